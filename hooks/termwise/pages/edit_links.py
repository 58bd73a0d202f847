"""Links from what a page shows to the line of the file that says so.

A page is made before it is known where its file may be edited: it holds marks, which become links,
or nothing.
"""

import re
from html import unescape
from urllib.parse import urljoin

from markupsafe import Markup

from termwise.pages.safe_text import html

MARK = re.compile(
    r"<!-- edit (?:in (?P<file>[\w./%-]+): )?(?P<line>\d+) (?P<label>[^>]*) -->", re.ASCII
)


def edit_mark(line: int, label: str, file: str = "") -> Markup:
    """The mark of a link to a line of the page's file, or of another, by its path from docs/."""
    where = html("in {}: ", file) if file else ""
    return html("<!-- edit {where}{line} {label} -->", where=where, line=line, label=label)


def with_edit_links(text: str, address: str, docs: str = "") -> str:
    """A page whose file may be edited at an address, or nowhere; `docs` is that of docs/."""

    def link(mark: re.Match[str]) -> str:
        if not address:
            return ""
        return html(
            '<a class="tw-clause__edit" href="{address}#L{line}" aria-label="{label}">✎</a>',
            address=urljoin(docs, mark["file"]) if mark["file"] else address,
            line=mark["line"],
            label=unescape(mark["label"]),
        )

    return MARK.sub(link, text) if "<!-- edit " in text else text
