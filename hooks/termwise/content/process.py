"""Makes the generated part of the site, and ends; `made` starts it as a module."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termwise import places
from termwise.browser import RuntimeBuildError, build_runtime, wanted_runtime
from termwise.content.build_date import build_date
from termwise.content.kept import KeptContent, KeptPart
from termwise.content.sessions import kept_sessions
from termwise.kept.digests import digest_of, digest_of_code, digest_of_files, files_in
from termwise.reading.folders import provider_folders, timezone_written

if TYPE_CHECKING:
    from termwise.problems import Problem

RUNTIME = places.CACHE / "site-runtime"


@dataclass(frozen=True)
class _Maker:
    """Makes what is not kept; what it needs for that is imported only then."""

    policies: Path
    kept: KeptContent
    worker: str
    zones: list[str]

    def shared(self) -> KeptPart:
        """What stands once in a site."""
        sources = [file for folder in (places.EXAMPLES, places.BENCH) for file in files_in(folder)]
        made_from = digest_of(digest_of_code(), digest_of_files(sources, places.ROOT))
        part = self.kept.shared(made_from)
        if not part.folder.exists():
            from termwise.pages.content import shared_content  # noqa: PLC0415

            self.kept.keep(part, shared_content())
        return part

    def provider(self, folder: Path, problems: "list[Problem]") -> KeptPart:
        """What comes from one provider; with problems it is not made."""
        files = digest_of_files(files_in(folder), folder)
        made_from = digest_of(digest_of_code(), files, self.worker)
        part = self.kept.place(folder.name, made_from)
        if not part.folder.exists():
            self._make(folder, part, problems)
        return part

    def _make(self, folder: Path, part: KeptPart, problems: "list[Problem]") -> None:
        from termwise.pages.content import provider_content  # noqa: PLC0415
        from termwise.reading.policies import read_provider  # noqa: PLC0415
        from termwise.reading.providers import load_provider  # noqa: PLC0415

        read = read_provider(folder)
        problems += read.problems
        if not read.problems:
            [name] = read.policies
            provider = load_provider(read, name, build_date())
            assert provider.policy.zone.key in self.zones
            self.kept.keep(part, provider_content(provider, self.worker))


def made(policies: Path) -> dict[str, Any]:
    """What is made for a folder of policies: folders of the parts, files, and problems."""
    folders, problems = _folders(policies)
    zones = sorted({zone for folder in folders if (zone := timezone_written(folder))})
    try:
        worker, runtime = _runtime(zones)
    except RuntimeBuildError as unbuilt:
        return {"problems": [str(unbuilt)]}
    kept = KeptContent(policies, build_date().isoformat())
    kept.tidy()
    maker = _Maker(policies, kept, worker, zones)
    shared = maker.shared()
    parts = [maker.provider(folder, problems) for folder in folders]
    return {
        "problems": [str(problem) for problem in sorted(problems)],
        "shared": str(shared.folder),
        "providers": [str(part.folder) for part in parts],
        "runtime": {uri: str(file) for uri, file in runtime.items()},
    }


def _folders(policies: Path) -> "tuple[list[Path], list[Problem]]":
    """The folders of the providers, or why there are none."""
    try:
        folders = provider_folders(policies)
    except OSError:
        folders = []
    if folders:
        return folders, []
    from termwise.reading.policies import read_policies  # noqa: PLC0415

    return [], read_policies(policies).problems


def _runtime(zones: list[str]) -> tuple[str, dict[str, Path]]:
    """The browser's Python: the address of its worker from the root, and all its files."""
    wanted = wanted_runtime()
    manifest = build_runtime(
        RUNTIME, places.CALCULATOR_PROJECT, zones, kept_sessions(), runtime=wanted
    )
    files = {f"{places.ASSETS}/{path}": RUNTIME / path for path in manifest["files"]}
    return f"{places.ASSETS}/{manifest['worker']}", files


if __name__ == "__main__":
    json.dump(made(Path(sys.argv[1])), sys.stdout)
