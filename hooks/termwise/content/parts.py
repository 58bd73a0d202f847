"""The parts of a site, each made where it is not kept; what makes it is imported only then."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from termwise import places
from termwise.content.kept import KeptContent, KeptPart
from termwise.kept.digests import digest_of, digest_of_code, digest_of_files, files_in
from termwise.pages.parts import EditorRuntime, Sources
from termwise.reading.folders import POLICY_FILE, formerly_written, timezone_written
from termwise.today import today_in

if TYPE_CHECKING:
    from termwise.problems import Problem
    from termwise.reading.committed import Commits, CommittedState
    from termwise.reading.policies import PolicyFolder
    from termwise.reading.providers import Provider

MAKERS, PUT_TOGETHER = ("termwise.pages", "termwise.reading"), ("termwise.content",)
"""The rooms that make a part, and the one that asks them and keeps what they made."""


@dataclass(frozen=True)
class Parts:
    """The parts of one site; `worker` is the address of the browser's Python from the root."""

    kept: KeptContent
    worker: str
    editor: EditorRuntime
    zones: list[str]
    commits: "Commits | None"
    read: "dict[Path, PolicyFolder]" = field(default_factory=dict, repr=False)
    """The folder that was read last."""
    made: "list[str]" = field(default_factory=list, repr=False)
    reused: "list[str]" = field(default_factory=list, repr=False)

    def told(self) -> str:
        """Which providers were made, and how many were not."""
        parts = [f"{len(self.reused)} reused"] if self.reused else []
        parts += [f"{len(self.made)} made ({', '.join(self.made)})"] if self.made else []
        return ", ".join(parts) or "none"

    def last_good(self, folder: Path) -> tuple[KeptPart, KeptPart] | None:
        """What a provider was made of last, whatever it was made from; None if it never was."""
        part = self.kept.latest(folder.name)
        history = self.kept.latest(f"{folder.name}.history")
        return (part, history) if part and history else None

    def shared(self) -> KeptPart:
        """What stands once in a site."""
        sources = [file for folder in (places.EXAMPLES, places.BENCH) for file in files_in(folder)]
        sources.append(places.RECIPE)
        day = today_in("UTC")
        made_from = digest_of(code(), digest_of_files(sources, places.ROOT), day.isoformat())
        part = self.kept.shared(made_from)
        if not part.taken():
            from termwise.pages.content import shared_content  # noqa: PLC0415

            self.kept.keep(part, shared_content(day))
        return part

    def provider(self, folder: Path, problems: "list[Problem]") -> KeptPart:
        """What comes from one provider; with problems it is not made."""
        part = self.kept.place(folder.name, _made_from(folder, self.worker, repr(self.editor)))
        if part.taken():
            self.reused.append(folder.name)
        else:
            self._make(folder, part, problems)
        return part

    def history(self, folder: Path, problems: "list[Problem]") -> KeptPart:
        """What has changed in one provider's terms, as far as git knows."""
        states = self._states(folder)
        part = self.kept.place(f"{folder.name}.history", _made_from(folder, repr(states)))
        if not part.taken() and not problems:
            self._make_history(folder, part)
        return part

    def _states(self, folder: Path) -> "tuple[bool, list[CommittedState]]":
        if self.commits is None:
            return False, []
        states = self.commits.states(folder.name, formerly_written(folder))
        return self.commits.shallow, states

    def _make(self, folder: Path, part: KeptPart, problems: "list[Problem]") -> None:
        from termwise.pages.content import provider_content  # noqa: PLC0415
        from termwise.pages.staff.editor_page import with_editor  # noqa: PLC0415
        from termwise.pages.staff.fields import with_fields_used  # noqa: PLC0415
        from termwise.pages.staff.translation_status import (  # noqa: PLC0415
            with_translation_status,
        )

        read = self._read(folder)
        problems += read.problems
        if not read.problems:
            provider = _provider(read, folder)
            assert set(provider.policy.zones) <= set(self.zones)
            content = provider_content(provider, self.worker, today_in("UTC"))
            sources = _sources(folder)
            content = with_translation_status(content, read, sources)
            content = with_fields_used(content, read)
            self.kept.keep(part, with_editor(content, sources, self.editor))
            self.made.append(folder.name)

    def _make_history(self, folder: Path, part: KeptPart) -> None:
        from termwise.history.states import published, tidy  # noqa: PLC0415
        from termwise.history.terms import stated_terms  # noqa: PLC0415
        from termwise.pages.history.content import history_content  # noqa: PLC0415

        read = self._read(folder)
        [name] = read.policies
        known = published(self.commits, name, formerly_written(folder))
        self.kept.keep(
            part, history_content(_provider(read, folder), stated_terms(read, name), known)
        )
        tidy()

    def _read(self, folder: Path) -> "PolicyFolder":
        """A provider's folder, read once for both of its parts."""
        from termwise.reading.policies import read_provider  # noqa: PLC0415

        if folder not in self.read:
            self.read.clear()
            self.read[folder] = read_provider(folder)
        return self.read[folder]


def _provider(read: "PolicyFolder", folder: Path) -> "Provider":
    from termwise.reading.providers import load_provider  # noqa: PLC0415

    [name] = read.policies
    return load_provider(read, name, day_of(folder))


def _sources(folder: Path) -> Sources:
    """What the editor of a provider begins with: the policy and its translations."""
    files = [folder / POLICY_FILE, *sorted(folder.glob("*.po"))]
    texts = {file.name: file.read_bytes().decode() for file in files}
    return Sources(f"{folder.resolve().parent.name}/{folder.name}", texts)


def day_of(folder: Path) -> date:
    """The day of the build where the provider is; any where its zone cannot be told."""
    return today_in(timezone_written(folder) or "UTC")


def _made_from(folder: Path, *more: str) -> str:
    """A digest of what decides a provider's part: its files, our code, its day, and more."""
    files = digest_of_files(files_in(folder), folder)
    days = [day_of(folder).isoformat(), today_in("UTC").isoformat()]
    return digest_of(code(), files, *days, *more)


def code() -> str:
    """A digest of the code that decides a part."""
    return digest_of_code(*MAKERS, alone=PUT_TOGETHER)
