"""Finished policy pages, kept beside the Markdown that they come from.

Their folder stands for all that decides the Markdown. What MkDocs puts around it is the frame: our
code, the theme, the hand-written pages that the head of each page names, and the configuration.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from termwise.kept.digests import digest_of, digest_of_code, digest_of_files, files_in
from termwise.kept.files import replace_file
from termwise.pages.parts import SitePage

STAND_IN = "---\ntemplate: kept.html\n---\n"
"""What MkDocs reads in place of a page that is kept; docs/overrides/kept.html shows the page."""

MAKERS = ("termwise.site", "termwise.pages")
PUT_TOGETHER = ("termwise.mkdocs", "termwise.content")
"""The rooms that make a frame, and those that bring what others made to where it is wanted."""

FRAMES_KEPT = 3
"""For how many frames a page is kept: as served, as published, and as the tests build it."""


def frame_of(config: MkDocsConfig, content_security_policy: str) -> str:
    """A digest of all that decides a page besides its Markdown."""
    configured = (config.site_url, config.edit_uri, config.repo_url, config.use_directory_urls)
    return digest_of(
        code(),
        digest_of_files(files_in(Path(config.docs_dir)), Path(config.docs_dir)),
        Path(config.config_file_path).read_bytes(),
        content_security_policy,
        repr(configured),
    )


def code() -> str:
    """A digest of the code that decides a frame."""
    return digest_of_code(*MAKERS, alone=PUT_TOGETHER)


@dataclass
class KeptPages:
    """The pages of one build: those that are kept, and those to keep when all has gone well."""

    frame: str
    pages: dict[str, SitePage] = field(default_factory=dict)
    """By the address of their source, of all languages that were built."""
    built: dict[str, tuple[File, list[str]]] = field(default_factory=dict)
    """What was built anew, with its anchors."""
    warnings: CountHandler = field(default_factory=lambda: CountHandler(level=logging.WARNING))

    def __post_init__(self) -> None:
        logging.getLogger("mkdocs").addHandler(self.warnings)

    def html(self, uri: str) -> Path | None:
        """The kept page of a source; None where there is none for this frame."""
        page = self.pages.get(uri)
        file = self._file(page) if page else None
        return file if file and file.exists() else None

    def anchors(self, uri: str) -> set[str]:
        """The anchors of a kept page, for MkDocs' check of links."""
        kept = self._file(self.pages[uri]).with_suffix(".json")
        return set(json.loads(kept.read_bytes()))

    def remember(self, file: File, anchors: Iterable[str]) -> None:
        """Note a page that was built, to be kept at the end."""
        self.built[file.src_uri] = (file, sorted(anchors))

    def keep(self) -> None:
        """Keep what was built, unless something was warned of: then it must be said again."""
        self.close()
        if not self.warnings.get_counts():
            for uri, (file, anchors) in self.built.items():
                self._keep(self.pages[uri], Path(file.abs_dest_path), anchors)

    def close(self) -> None:
        """Listen to warnings no longer."""
        logging.getLogger("mkdocs").removeHandler(self.warnings)

    def _keep(self, page: SitePage, built: Path, anchors: list[str]) -> None:
        kept = self._file(page)
        replace_file(kept.with_suffix(".json"), json.dumps(anchors))
        replace_file(kept, built.read_bytes())  # at last: it stands for both
        for former in _oldest(kept.parent, page.language):
            former.unlink(missing_ok=True)
            former.with_suffix(".json").unlink(missing_ok=True)

    def _file(self, page: SitePage) -> Path:
        made_from = digest_of(self.frame, page.edit_path)
        return page.markdown.parent / "pages" / f"{page.language}-{made_from}.html"


def _oldest(folder: Path, language: str) -> list[Path]:
    found = folder.glob(f"{language}-*.html")
    return sorted(found, key=lambda file: file.stat().st_mtime_ns)[:-FRAMES_KEPT]
