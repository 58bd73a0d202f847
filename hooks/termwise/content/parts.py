"""The parts of a site, each made where it is not kept; what makes it is imported only then."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from termwise import places
from termwise.content.kept import KeptContent, KeptPart
from termwise.kept.digests import digest_of, digest_of_code, digest_of_files, files_in
from termwise.reading.folders import timezone_written
from termwise.today import today_in

if TYPE_CHECKING:
    from termwise.problems import Problem

MAKERS, PUT_TOGETHER = ("termwise.pages", "termwise.reading"), ("termwise.content",)
"""The rooms that make a part, and the one that asks them and keeps what they made."""


@dataclass(frozen=True)
class Parts:
    """The parts of one site; `worker` is the address of the browser's Python from the root."""

    kept: KeptContent
    worker: str
    zones: list[str]

    def shared(self) -> KeptPart:
        """What stands once in a site."""
        sources = [file for folder in (places.EXAMPLES, places.BENCH) for file in files_in(folder)]
        part = self.kept.shared(digest_of(code(), digest_of_files(sources, places.ROOT)))
        if not part.folder.exists():
            from termwise.pages.content import shared_content  # noqa: PLC0415

            self.kept.keep(part, shared_content())
        return part

    def provider(self, folder: Path, problems: "list[Problem]") -> KeptPart:
        """What comes from one provider; with problems it is not made."""
        files = digest_of_files(files_in(folder), folder)
        day = self.day_of(folder)
        made_from = digest_of(code(), files, day.isoformat(), self.worker)
        part = self.kept.place(folder.name, made_from)
        if not part.folder.exists():
            self._make(folder, day, part, problems)
        return part

    @staticmethod
    def day_of(folder: Path) -> date:
        """The day of the build where the provider is; any where its zone cannot be told."""
        return today_in(timezone_written(folder) or "UTC")

    def _make(self, folder: Path, day: date, part: KeptPart, problems: "list[Problem]") -> None:
        from termwise.pages.content import provider_content  # noqa: PLC0415
        from termwise.reading.policies import read_provider  # noqa: PLC0415
        from termwise.reading.providers import load_provider  # noqa: PLC0415

        read = read_provider(folder)
        problems += read.problems
        if not read.problems:
            [name] = read.policies
            provider = load_provider(read, name, day)
            assert provider.policy.zone.key in self.zones
            self.kept.keep(part, provider_content(provider, self.worker))


def code() -> str:
    """A digest of the code that decides a part."""
    return digest_of_code(*MAKERS, alone=PUT_TOGETHER)
