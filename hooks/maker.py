"""Makes the generated part of the site, and ends: `python -m hooks.maker`, for hooks/making.py."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hooks.build_date import build_date
from hooks.kept_content import KeptContent, KeptPart
from hooks.made_from import ROOT, digest_of, digest_of_code, digest_of_files, files_in
from hooks.policy_folders import provider_folders, timezone_written

if TYPE_CHECKING:
    from hooks.problems import Problem

RUNTIME = ROOT / ".termwise-cache" / "site-runtime"
EXAMPLES = ROOT / "tests" / "examples"
BENCH = ROOT / "docs" / "data"
"""What hand-written pages draw beside the policies."""


@dataclass(frozen=True)
class _Maker:
    """Makes what is not kept; what it needs for that is imported only then."""

    policies: Path
    kept: KeptContent
    worker: str
    zones: list[str]

    def shared(self) -> KeptPart:
        """What stands once in a site."""
        sources = [file for folder in (EXAMPLES, BENCH) for file in files_in(folder)]
        made_from = digest_of(digest_of_code(), digest_of_files(sources, ROOT))
        part = self.kept.shared(made_from)
        if not part.folder.exists():
            from hooks.pages import shared_content  # noqa: PLC0415

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
        from hooks.pages import provider_content  # noqa: PLC0415
        from hooks.policy_files import read_provider  # noqa: PLC0415
        from hooks.providers import load_provider  # noqa: PLC0415

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
    worker, runtime = _runtime(zones)
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
    from hooks.policy_files import read_policies  # noqa: PLC0415

    return [], read_policies(policies).problems


def _runtime(zones: list[str]) -> tuple[str, dict[str, Path]]:
    """The browser's Python: the address of its worker from the root, and all its files."""
    import calculator  # noqa: PLC0415
    from hooks.runtime import Sessions, build_runtime  # noqa: PLC0415

    examples = digest_of_files(files_in(EXAMPLES), ROOT)
    sessions = Sessions(digest_of(digest_of_code(), examples), _sessions)
    manifest = build_runtime(RUNTIME, Path(calculator.__file__).parent, zones, sessions)
    folder = "assets/termwise"
    files = {f"{folder}/{path}": RUNTIME / path for path in manifest["files"]}
    return f"{folder}/{manifest['worker']}", files


def _sessions() -> list[dict[str, Any]]:
    from hooks.pages.samples import calculator_samples  # noqa: PLC0415
    from hooks.worked_examples import worked_examples  # noqa: PLC0415

    return calculator_samples(worked_examples())


if __name__ == "__main__":
    json.dump(made(Path(sys.argv[1])), sys.stdout)
