"""What was made for the site, kept in files between builds, each part under its sources' digest.

A part is made anew when anything has changed that it was made from: a policy's own files, our code
and words, the installed packages, the day of the build, the browser's Python. Nothing else decides
it, so all other policies stay as they are.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from termwise import places
from termwise.kept.digests import digest_of
from termwise.kept.files import ASIDE, keep_folder, replace_file
from termwise.pages.parts import (
    GeneratedPage,
    HistoryContent,
    ProviderContent,
    Rows,
    SharedContent,
    SiteAsset,
)

CACHE = places.CACHE / "content"
SHARED = ".shared"
Content = ProviderContent | HistoryContent | SharedContent
DAYS_KEPT = 7
"""For how long what another folder has left behind is kept unused."""

IN_USE = 3600
"""For how many seconds after its last use another build may still read what a part was before."""


@dataclass(frozen=True)
class KeptPart:
    """A part of the site in its folder."""

    folder: Path

    def taken(self) -> bool:
        """Whether it is there; if so it is in use from now on."""
        try:
            os.utime(self.folder)
        except FileNotFoundError:
            return False
        return True

    @property
    def told(self) -> Mapping[str, Any]:
        """The small things: rows, entries, news, where its pages stand."""
        told: Mapping[str, Any] = json.loads((self.folder / "told.json").read_bytes())
        return told

    def page(self, name: str, language: str) -> Path:
        """The Markdown of one of its pages in a language."""
        return self.folder / name / f"{language}.md"

    def assets(self) -> Iterator[SiteAsset]:
        """The files of the site in it."""
        root = self.folder / "assets"
        for file in sorted(root.rglob("*")):
            if file.is_file():
                yield SiteAsset(file.relative_to(root).as_posix(), file)


class KeptContent:
    """The parts of a site for one folder of policies."""

    def __init__(self, policies: Path) -> None:
        self._policies = policies.resolve()
        self._root = CACHE / digest_of(str(self._policies))[:24]

    def place(self, part: str, made_from: str) -> KeptPart:
        """Where a part is, or will be, that is made from what a digest stands for."""
        return KeptPart(self._root / part / made_from)

    def latest(self, part: str) -> KeptPart | None:
        """What a part was when it was used last; None if it never was."""
        folders = [one for one in (self._root / part).glob("*") if ASIDE not in one.name]
        latest = max(folders, key=lambda folder: folder.stat().st_mtime_ns, default=None)
        return KeptPart(latest) if latest else None

    def zones(self, provider: str) -> set[str]:
        """The time zones that a provider's terms named when its part was last made."""
        part = self.latest(provider)
        if part is None:
            return set()
        compiled = json.loads((part.folder / f"assets/api/v1/{provider}.json").read_bytes())
        policies = [edition["policy"] for edition in compiled["editions"]]
        questions = [one for policy in policies for one in policy["questions"].values()]
        places = {zone for one in questions for zone in one.get("zones", {}).values()}
        return places | {policy["timezone"] for policy in policies}

    def shared(self, made_from: str) -> KeptPart:
        """Where the part is that stands once in a site, which is the same whatever the policies."""
        return KeptPart(CACHE / SHARED / made_from)

    def keep(self, kept: KeptPart, content: Content) -> None:
        """Write a part, and remove what it was before, once no other build can be reading it."""
        keep_folder(kept.folder, _files(content))
        for former in _others(kept.folder):
            if _unused(former) > IN_USE:
                shutil.rmtree(former, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what no build has used for long, and what belongs to folders that are gone."""
        replace_file(self._root / "policies", str(self._policies))
        os.utime(self._root)
        for other in CACHE.iterdir():
            if other != self._root and _is_forgotten(other):
                shutil.rmtree(other, ignore_errors=True)


def _others(folder: Path) -> Iterator[Path]:
    """Former contents of the same part; not what another build is writing just now."""
    for other in folder.parent.iterdir():
        if ASIDE not in other.name and other != folder:
            yield other


def _is_forgotten(root: Path) -> bool:
    try:
        policies = (root / "policies").read_text(encoding="utf-8")
    except OSError:
        return False
    return _unused(root) > DAYS_KEPT * 24 * 3600 or not Path(policies).is_dir()


def _unused(folder: Path) -> float:
    """For how many seconds nobody has used it; none where another build has just removed it."""
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0


def _files(content: Content) -> dict[str, bytes]:
    """The files of a part by their paths in its folder."""
    files = {f"assets/{uri}": written for uri, written in content.assets.items()}
    if isinstance(content, ProviderContent):
        files |= {f"home/{language}.md": text.encode() for language, text in content.home.items()}
    for page in _pages(content):
        for language, text in page.markdown.items():
            files[f"{page.place.name}/{language}.md"] = text.encode()
    return files | {"told.json": json.dumps(_told(content)).encode()}


def _pages(content: Content) -> Sequence[GeneratedPage]:
    return () if isinstance(content, SharedContent) else content.pages


def _told(content: Content) -> dict[str, Any]:
    """What is neither page nor file."""
    if isinstance(content, SharedContent):
        return {"rows": content.rows, "quote_schemas": content.quote_schemas}
    pages = {"pages": [asdict(page.place) for page in content.pages]}
    if isinstance(content, ProviderContent):
        found = {
            language: [asdict(one) for one in found] for language, found in content.found.items()
        }
        told = {"rows": content.rows, "entry": content.entry, "terms": content.terms}
        more = {"found": found, "shows": content.shows, "used": content.used}
        return pages | told | more
    return pages | {
        "news": content.news,
        "superseded": content.superseded,
        "published": content.published,
    }


def filled(shared: Rows, parts: list[Rows]) -> dict[str, dict[str, str]]:
    """The markers of hand-written pages with the rows of all providers, in order."""
    return {
        marker: {
            language: text.replace("{rows}", "\n".join(_rows(parts, marker, language)))
            for language, text in texts.items()
        }
        for marker, texts in shared.items()
    }


def _rows(parts: list[Rows], marker: str, language: str) -> Iterator[str]:
    for part in parts:
        if marker in part:
            yield part[marker][language]
