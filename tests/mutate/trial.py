"""Tests run in a process of their own, forked from one that has read everything but our code."""

from __future__ import annotations

import importlib
import os
import resource
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType
from typing import Any

import hypothesis
import pytest

from tests.mutate.mutants import Mutant
from tests.places import ROOT

READ_BEFORE = (
    "_pytest.assertion.rewrite", "babel.core", "babel.numbers", "holidays", "hypothesis.strategies",
    "markdown", "opening_hours", "playwright.sync_api", "pydantic.main", "yaml",
)  # fmt: skip
"""What takes long to import and is not ours: each trial begins with it in memory."""

QUIET = ("-x", "--quiet", "--tb=no", "--no-header", "--no-summary", "--assert=plain")
WITHOUT = ("-pno:cacheprovider", "-pno:xdist", "-pno:faulthandler")
MEMORY = 4 << 30
"""Bytes that a trial may use: a change may make a list that never ends."""


ALL, BROKEN = 254, 255
"""What a trial ends with where every file passes, and where it could not be made."""


def read_before() -> None:
    """Import what every trial needs, none of it ours."""
    for module in READ_BEFORE:
        importlib.import_module(module)


def noticed_by(mutant: Mutant, files: Sequence[str], seconds: float) -> int:
    """How many of the files of tests pass, one after the other, before one notices the mutant.

    All of them where none does. A change that never ends, or takes many times the usual seconds of
    them all, is noticed as well, by the first.
    """

    def passing() -> int:
        sys.meta_path.insert(0, _Changed(mutant))
        return next((at for at, file in enumerate(files) if pass_of(file) != 0), ALL)

    status = apart(passing, int(20 + 4 * seconds))
    if not os.WIFEXITED(status):
        return 0
    return len(files) if os.WEXITSTATUS(status) == ALL else os.WEXITSTATUS(status)


def apart(run: Callable[[], int], seconds: int) -> int:
    """The wait status of a function in a fork of this process, with so much processor time."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(run())
    finally:
        os._exit(BROKEN)  # where `run` raised


def pass_of(file: str) -> int:
    """What pytest says of a file of tests: 0 where all pass."""
    return int(pytest.main([*QUIET, *WITHOUT, str(ROOT / file)], plugins=[_FirstExample()]))


class _Changed(MetaPathFinder):
    """Finds the changed file in place of the one on disk."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        if fullname != self._mutant.module:
            return None
        path = str(ROOT / self._mutant.path)
        return spec_from_file_location(fullname, path, loader=_Loader(fullname, path, self._mutant))


class _Loader(SourceFileLoader):
    """Compiles the changed text, and keeps nothing of it."""

    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (as importlib calls it)
        return compile(self._mutant.code, self.path, "exec", dont_inherit=True)


class _FirstExample:
    """A property that fails once has failed: no smaller example is looked for."""

    def pytest_sessionstart(self) -> None:
        hypothesis.settings.register_profile(
            "first example",
            hypothesis.settings.get_profile("same"),
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
            report_multiple_bugs=False,
        )
        hypothesis.settings.load_profile("first example")
