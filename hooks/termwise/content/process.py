"""Makes the generated part of the site, as often as it is asked; `made` starts it as a module.

It answers each line of standard input, a JSON object, with one of standard output.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termwise import places
from termwise.browser import RuntimeBuildError, build_runtime, wanted_runtime
from termwise.content.editor_runtime import editor_runtime
from termwise.content.kept import KeptContent, KeptPart
from termwise.content.parts import Parts
from termwise.content.sessions import kept_sessions
from termwise.progress import hand_on, result, step
from termwise.reading.committed import read_commits
from termwise.reading.folders import formerly_written, provider_folders, zones_written
from termwise.today import WrongDay, standing_moment, today_in

if TYPE_CHECKING:
    from termwise.problems import Problem

RUNTIME = places.CACHE / "site-runtime"


def made(
    policies: Path, earlier_site: Path | None = None, *, going_on: bool = False
) -> dict[str, Any]:
    """What is made for a folder of policies: folders of the parts, files, and problems.

    Superseded terms are carried over from an `earlier_site`. If it is `going_on`, the last good
    parts of providers with problems are among them.
    """
    folders, problems = _folders(policies)
    kept = KeptContent(policies)
    zones = sorted(_zones(folders, kept if going_on else None))
    try:
        today_in("UTC")  # before all the work, so that a wrong setting is told at once
        worker, runtime = _runtime(zones)
        editor, editors = editor_runtime(runtime)
    except (RuntimeBuildError, WrongDay) as unbuilt:
        return {"failure": str(unbuilt)}
    kept.tidy()
    parts = Parts(kept, worker, editor, zones, read_commits(policies))
    shared = parts.shared()
    made_parts = [
        pair
        for number, folder in enumerate(folders, 1)
        if (pair := _pair(parts, folder, problems, f"{number} of {len(folders)}", going_on))
    ]
    result(f"Policies: {parts.told()}")
    carried = _carried(earlier_site, folders, made_parts) if earlier_site and not problems else {}
    return {
        "problems": [astuple(problem) for problem in sorted(problems)],
        "shared": str(shared.folder),
        "providers": [[str(part.folder) for part in pair] for pair in made_parts],
        "carried": {"files": {}, "terms": {}, "remarks": []} | carried,
        "runtime": {uri: str(file) for uri, file in (runtime | editors).items()},
    }


def _pair(
    parts: Parts, folder: Path, problems: "list[Problem]", number: str, going_on: bool
) -> tuple[KeptPart, KeptPart] | None:
    """The two parts of a provider; if it is going on, the last good ones where it has problems."""
    step(f"Policy {number}: {folder.name}")
    own: list[Problem] = []
    provider = parts.provider(folder, own)
    history = parts.history(folder, own if going_on else [*problems, *own])
    problems += own
    return parts.last_good(folder) if own and going_on else (provider, history)


def _zones(folders: list[Path], kept: KeptContent | None) -> set[str]:
    """The zones of the policies as written, and of those `kept` that have problems now."""
    zones = {zone for folder in folders for zone in zones_written(folder)}
    if kept is not None:
        zones |= {zone for folder in folders for zone in kept.zones(folder.name)}
    return zones


def _carried(
    site: Path, folders: list[Path], parts: list[tuple[KeptPart, KeptPart]]
) -> dict[str, Any]:
    """What an earlier site has and this one has not: files, entries of lists, remarks."""
    from termwise.content.carried import carry  # noqa: PLC0415 (reads policies: most builds do not)

    known = [
        one["digest"]
        for part, history in parts
        for one in (*part.told["terms"], *history.told["superseded"])
    ]
    former = {folder.name: formerly_written(folder) for folder in folders}
    return asdict(carry(site, former, known))


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
    step("Python for the browser")
    manifest = build_runtime(
        RUNTIME, places.CALCULATOR_PROJECT, zones, kept_sessions(), runtime=wanted
    )
    files = {f"{places.ASSETS}/{path}": RUNTIME / path for path in manifest["files"]}
    return f"{places.ASSETS}/{manifest['worker']}", files


def told(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is `made` as it is asked for; what the system refuses to read or write is a problem too.

    Midnight passes between two answers, not within one.
    """
    earlier = asked["earlier_site"]
    try:
        with standing_moment():
            return made(
                Path(asked["policies"]),
                Path(earlier) if earlier else None,
                going_on=asked["going_on"],
            )
    except OSError as error:
        return {"failure": f"{error.filename}: {error.strerror or error}"}


if __name__ == "__main__":
    hand_on()
    for line in sys.stdin:
        print(json.dumps(told(json.loads(line))), flush=True)
