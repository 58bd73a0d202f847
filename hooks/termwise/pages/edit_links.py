"""Links from what a page shows to the line of the file that says so.

A page is made before it is known where its file may be edited: it holds marks, which become links,
or nothing.
"""

import re
from html import unescape

from markupsafe import Markup

from termwise.pages.safe_text import html

MARK = re.compile(r"<!-- edit (?P<line>\d+) (?P<label>[^>]*) -->")


def edit_mark(line: int, label: str) -> Markup:
    """The mark of a link to a line of the page's file."""
    return html("<!-- edit {line} {label} -->", line=line, label=label)


def with_edit_links(text: str, address: str) -> str:
    """A page whose file may be edited at an address, or nowhere."""

    def link(mark: re.Match[str]) -> str:
        if not address:
            return ""
        return html(
            '<a class="tw-clause__edit" href="{address}#L{line}" aria-label="{label}">✎</a>',
            address=address,
            line=mark["line"],
            label=unescape(mark["label"]),
        )

    return MARK.sub(link, text) if "<!-- edit " in text else text
