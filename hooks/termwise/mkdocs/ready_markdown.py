"""The extension of Markdown that lets ready HTML through (`hooks/termwise/pages/ready_html.py`).

It stands apart because what makes pages needs no Markdown: two megabytes, for nothing.
"""

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from termwise.pages.ready_html import READY

BEFORE_HTML = 25
"""Markdown looks for HTML at priority 20, MkDocs for anchors at 21."""


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
