"""HTML that the generated pages hold ready, which Markdown passes on unread.

Markdown reads each tag of an HTML block, and MkDocs reads it once more for its anchors: a fifth of
the build, for blocks in which there is nothing to find but the anchors.
"""

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

READY = re.compile(r"<!-- ready -->\n(.*?)\n<!-- /ready -->", re.DOTALL)
ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')
BEFORE_HTML = 25
"""Markdown looks for HTML at priority 20, MkDocs for anchors at 21."""


def ready_html(html: str) -> str:
    """A block of HTML for a Markdown page, with an empty line before and after it."""
    return f"<!-- ready -->\n{html}\n<!-- /ready -->"


def anchors(markdown: str) -> set[str]:
    """The anchors within the ready blocks of a Markdown page."""
    return {anchor for html in READY.findall(markdown) for anchor in ANCHOR.findall(html)}


class ReadyHtml(Extension):
    """Lets ready blocks through as they are."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown calls it so)
        """Set the blocks aside before anything reads them; Markdown itself puts them back."""
        md.preprocessors.register(_SetAside(md), "ready_html", BEFORE_HTML)


class _SetAside(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return READY.sub(self._stored, "\n".join(lines)).split("\n")

    def _stored(self, block: re.Match[str]) -> str:
        assert self.md is not None
        return self.md.htmlStash.store(f"{block[1]}\n")
