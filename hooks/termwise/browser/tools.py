"""Runs the tools that make the runtime, and keeps what they made under a digest of its inputs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from termwise.kept.digests import digest_of, digest_of_files, files_in
from termwise.policy_form.calendar.time_zones import zone_file

HERE = Path(__file__).parent
# A fixed moment for every file date that a tool writes: 1980-01-01, the earliest a zip can hold.
# Zip files hold local time: in a zone west of Greenwich it would still be 1979.
EPOCH = "315532800"
MEMORY_UNFIT = 3
"""Scripts of a later stage end with it where what the memory rests on did not hold."""


class RuntimeBuildError(RuntimeError):
    """The runtime could not be built; the message is for whoever builds it."""


class Unfit(RuntimeBuildError):
    """A stage does not fit the Pyodide at hand, or the calculator does not run in it."""

    def __init__(self, stage: str, what: str) -> None:
        super().__init__(f"{stage}: {what}")
        self.stage = stage
        self.what = what


class Sessions(NamedTuple):
    """What the interpreter must be able to do: bundles, each with queries, read when needed."""

    digest: str
    read: Callable[[], Sequence[Mapping[str, object]]]


NO_SESSIONS = Sessions("", list)


@dataclass(frozen=True)
class Inputs:
    """What every stage is made from, and the folder where it is kept."""

    calculator: Path
    """The project of the calculator's wheel."""
    pyodide: Path
    """The npm package."""
    sessions: Sessions
    cache: Path

    def digest_of_pyodide(self, *names: str) -> str:
        """A digest of some files of Pyodide."""
        return digest_of_files([self.pyodide / name for name in names], self.pyodide)


def digest_of_stages(*stages: str) -> str:
    """A digest of the code that makes these stages, in Python and inside Pyodide."""
    found = [file for stage in stages for file in files_in(HERE / stage)]
    ours = [file for file in found if file.suffix in (".py", ".mjs")]
    return digest_of(digest_of_files([*ours, Path(__file__)], HERE))


def zone_of_sessions() -> bytes:
    """The compiled time zone that sessions are in: Europe/Warsaw."""
    return zone_file("Europe/Warsaw")


def kept(places: Sequence[Path], make: Callable[[Path], Sequence[Path]]) -> list[bytes]:
    """What is kept at these places of one folder; where it is not, `make` makes it in another.

    Each file takes its place in one step, so that a broken build leaves no half file.
    """
    if not all(place.exists() for place in places):
        places[0].parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=places[0].parent) as work:
            for made, place in zip(make(Path(work)), places, strict=True):
                made.replace(place)
    return [place.read_bytes() for place in places]


def run(command: Sequence[str | Path]) -> None:
    """Run a tool quietly; raises RuntimeBuildError with its last lines if it fails."""
    done = _done(command)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise RuntimeBuildError(f"{Path(command[0]).name} failed:\n{said}")


def run_inside(stage: str, script: Path, *arguments: str | Path) -> None:
    """Run a script for a stage with Node.js; raises Unfit with the last that it says."""
    done = _done([_node(), script, *arguments])
    if done.returncode:
        failed = "memory" if done.returncode == MEMORY_UNFIT else stage
        raise Unfit(failed, _last_line(done.stdout + done.stderr))


def _done(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )


def _last_line(said: str) -> str:
    """Errors of Python and of JavaScript end with what went wrong."""
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")


def _node() -> str:
    """Find Node.js: beside this Python, where the set-up puts it, or on the path."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("node", path=beside) or shutil.which("node")
    if found is None:
        raise RuntimeBuildError("Node.js is not installed. Run `make setup`.")
    return found
