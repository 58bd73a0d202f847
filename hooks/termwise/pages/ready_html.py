"""HTML that the generated pages hold ready, which Markdown passes on unread.

Markdown reads each tag of an HTML block, and MkDocs reads it once more for its anchors: a fifth of
the build, for blocks in which there is nothing to find but the anchors.
"""

import re

from markupsafe import Markup

READY = re.compile(r"<!-- ready -->\n(.*?)\n<!-- /ready -->", re.DOTALL)
ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')


def ready_html(html: Markup) -> str:
    """A block of HTML for a Markdown page, with an empty line before and after it."""
    return f"<!-- ready -->\n{html}\n<!-- /ready -->"


def anchors(markdown: str) -> set[str]:
    """The anchors within the ready blocks of a Markdown page."""
    return {anchor for html in READY.findall(markdown) for anchor in ANCHOR.findall(html)}
