"""Finished policy pages, kept beside the Markdown that they come from.

Their folder stands for all that decides the Markdown. What stands around it is the frame: our code,
the theme, the hand-written files and what the generator is told.
"""

from pathlib import Path

from termwise.kept.digests import digest_of, digest_of_code
from termwise.kept.files import replace_file
from termwise.pages.parts import SitePage

MAKERS = ("termwise.site", "termwise.pages")
PUT_TOGETHER = ("termwise.mkdocs", "termwise.content")
"""The rooms that make a frame, and those that bring what others made to where it is wanted."""

FRAMES_KEPT = 3
"""For how many frames a page is kept: as served, as published, and as the tests build it."""


def code() -> str:
    """A digest of the code that decides a frame."""
    return digest_of_code(*MAKERS, alone=PUT_TOGETHER)


def kept_page(page: SitePage, frame: str) -> Path:
    """Where the finished page is, or will be, for a frame; `frame` is a digest of it."""
    made_from = digest_of(frame, page.edit_path)
    return page.markdown.parent / "pages" / f"{page.language}-{made_from}.html"


def keep_page(kept: Path, html: str) -> None:
    """Keep a finished page, and forget those of the oldest frames."""
    replace_file(kept, html)
    language, _, _ = kept.stem.partition("-")
    pages = sorted(kept.parent.glob(f"{language}-*.html"), key=lambda file: file.stat().st_mtime_ns)
    for former in pages[:-FRAMES_KEPT]:
        former.unlink(missing_ok=True)
