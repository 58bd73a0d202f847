"""Which tests reach which line, and how long each takes."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import coverage
import pytest

from tests.mutate.mutants import MUTATED
from tests.mutate.trial import Collected, apart
from tests.places import ROOT

FAST = (
    "calculator", "checking", "compiling", "conformance", "generality", "pages", "policies",
    "policy_form", "properties", "reading", "scenarios", "words",
)  # fmt: skip
"""Folders of tests that need neither a built site nor a browser."""

NOT_FAST = (
    "tests/reading/test_hostile_files.py",
    "tests/scenarios/test_drift_of_examples.py",
)
"""What measures its own time, and what takes as long as half of the others."""

KEPT = ROOT / ".termwise-cache" / "mutate"

SHARED = "shared"
"""What stands for all tests of a file while something is made for several of them."""


def fast_tests() -> list[str]:
    """The files of tests that mutants have to pass, in their order."""
    files = (file for room in FAST for file in tests_in(f"tests/{room}"))
    return sorted({*files} - {*NOT_FAST})


def tests_in(place: str) -> list[str]:
    """The files of tests in a folder, or the one file that is named."""
    if not (ROOT / place).is_dir():
        return [place]
    return sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / place).rglob("test_*.py"))


class TestsFail(Exception):
    """A file of tests does not pass without any mutant."""


class Reached:
    """For each line of the code the tests that reach it, with the seconds that each takes."""

    def __init__(self, noted: Mapping[str, Mapping[str, Any]]) -> None:
        """Take what `noted_lines` found for each file of tests."""
        self._noted = noted

    def by(self, path: Path, lines: range) -> dict[str, float]:
        """Tests that reach any of these lines of a file, each with its usual seconds.

        A table is read while modules are imported, and no test reaches it by itself: those that
        run anything of its file, or else all of them.
        """
        wanted = _numbers(lines)
        return self._that(path, wanted) or self._that(path, None) or self._that(None, None)

    def at_all(self, path: Path, lines: range) -> bool:
        """Whether any test reaches any of these lines by itself."""
        return bool(self._that(path, _numbers(lines)))

    def near(self, path: Path) -> dict[str, float]:
        """For each test how much of a file it reaches that few others do: these tell the most."""
        near: dict[str, float] = defaultdict(float)
        reaching: Counter[str] = Counter()
        sets = [noted["lines"].get(path.as_posix(), {}) for noted in self._noted.values()]
        for lines, tests in (one for found in sets for one in found.items()):
            reaching.update({line: len(tests) for line in lines.split()})
        for lines, tests in (one for found in sets for one in found.items()):
            rare = sum(1 / reaching[line] for line in lines.split())
            for test in tests:
                near[test] += rare
        return near

    def _that(self, path: Path | None, wanted: set[str] | None) -> dict[str, float]:
        """The tests that reach some lines, or any, of a file, or of none."""
        tests: dict[str, float] = {}
        for noted in self._noted.values():
            seconds, sets = noted["seconds"], noted["lines"].get(path and path.as_posix(), {})
            found = {
                test
                for lines, reaching in sets.items()
                if wanted is None or not wanted.isdisjoint(lines.split())
                for test in reaching
            }
            all_of_it = path is None or SHARED in found
            tests |= {test: seconds[test] for test in (seconds if all_of_it else sorted(found))}
        return tests


def _numbers(lines: range) -> set[str]:
    return {str(line) for line in lines}


def noted_lines(file: str, collected: Collected) -> Mapping[str, Any]:
    """The lines that each test of a file reaches and its seconds, kept until something changes."""
    kept = KEPT / f"{made_from(file)}.json"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        if apart(lambda: _note(file, collected, kept)) != 0:
            raise TestsFail(file)
    found: Mapping[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _note(file: str, collected: Collected, into: Path) -> int:
    watched = coverage.Coverage(
        data_file=None, config_file=False, include=[str(ROOT / room / "*") for room in MUTATED]
    )
    watched.set_option("run:disable_warnings", ["no-data-collected"])
    collected.plugins.register(_Shared(watched))
    tests, seconds = collected.tests_of(file), {}
    following = dict(pairwise(tests))
    with watched.collect():
        for test in tests:
            watched.switch_context(test)
            began = process_time()
            if not collected.passes(test, following.get(test)):
                return 1
            seconds[test] = round(process_time() - began, 3)
    found = {"seconds": seconds, "lines": _lines(watched.get_data())}
    unfinished = into.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(found), encoding="utf-8")
    unfinished.replace(into)
    return 0


def _lines(data: coverage.CoverageData) -> dict[str, dict[str, list[str]]]:
    """For each file of the code: lines that the same tests reach, and these tests."""
    found = {}
    for path in sorted(data.measured_files()):
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for line, tests in data.contexts_by_lineno(path).items():
            alike[tuple(sorted({*tests} - {""}))].append(line)
        found[Path(path).relative_to(ROOT).as_posix()] = {
            " ".join(map(str, sorted(lines))): [*tests] for tests, lines in alike.items()
        }
    return found


class _Shared:
    """Tells when something is made for several tests."""

    def __init__(self, watched: coverage.Coverage) -> None:
        self._watched = watched

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        test = os.environ["PYTEST_CURRENT_TEST"].removesuffix(" (setup)")
        if fixturedef.scope != "function":
            self._watched.switch_context(SHARED)
        result = yield
        self._watched.switch_context(test)
        return result


def made_from(file: str) -> str:
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
        if path.suffix in {".py", ".yaml", ".po", ".txt"} and not path.name.startswith("test_"):
            yield path
