"""Which files of tests reach which line, and how long each takes."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import coverage

from tests.mutate.mutants import MUTATED
from tests.mutate.trial import apart, pass_of
from tests.places import ROOT

FAST = (
    "calculator", "checking", "compiling", "conformance", "generality", "pages", "policies",
    "policy_form", "properties", "reading", "scenarios", "words",
)  # fmt: skip
"""Folders of tests that need neither a built site nor a browser."""

KEPT = ROOT / ".termwise-cache" / "mutate"


def fast_tests() -> list[str]:
    """The files of tests that mutants have to pass, in their order."""
    files = (file for room in FAST for file in (ROOT / "tests" / room).glob("test_*.py"))
    return sorted(file.relative_to(ROOT).as_posix() for file in files)


class TestsFail(Exception):
    """A file of tests does not pass without any mutant."""


class Reached:
    """For each line of the code the files of tests that reach it, the quickest first."""

    def __init__(self, noted: Mapping[str, Mapping[str, Any]]) -> None:
        """Take what `noted_lines` found for each file of tests."""
        self._seconds = {file: found["seconds"] for file, found in noted.items()}
        self._lines = {
            file: {path: set(lines) for path, lines in found["lines"].items()}
            for file, found in noted.items()
        }

    def by(self, path: Path, lines: range) -> dict[str, float]:
        """Files of tests that reach any of these lines of a file, each with its usual seconds."""
        return {
            file: self._seconds[file]
            for file, reached in self._lines.items()
            if not reached.get(path.as_posix(), set()).isdisjoint(lines)
        }


def noted_lines(file: str) -> Mapping[str, Any]:
    """The lines that a file of tests reaches and its seconds, kept until something changes."""
    kept = KEPT / f"{_made_from(file)}.json"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        if apart(lambda: _note(file, kept)) != 0:
            raise TestsFail(file)
    found: Mapping[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _note(file: str, into: Path) -> int:
    watched = coverage.Coverage(
        data_file=None, config_file=False, include=[str(ROOT / room / "*") for room in MUTATED]
    )
    with watched.collect():
        result = pass_of(file)
    if result:
        return result
    data = watched.get_data()
    lines = {
        Path(path).relative_to(ROOT).as_posix(): sorted(data.lines(path) or ())
        for path in sorted(data.measured_files())
    }
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {"seconds": round(used.ru_utime + used.ru_stime, 1), "lines": lines}
    unfinished = into.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(found), encoding="utf-8")
    unfinished.replace(into)
    return 0


def _made_from(file: str) -> str:
    """A digest of the code, the policies, these tests, and what lies beside them."""
    folders = ("calculator", "hooks", "policies", "docs/examples", Path(file).parent)
    beside = [path for folder in folders for path in _texts(ROOT / folder)]
    paths = [ROOT / file, *beside, *(ROOT / "tests").glob("*.py")]
    digest = sha256(file.encode())
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _texts(folder: Path) -> Iterator[Path]:
    """All that its tests may read, but no other tests."""
    for path in folder.rglob("*"):
        if path.suffix in {".py", ".yaml", ".po"} and not path.name.startswith("test_"):
            yield path
