"""Tests run on a changed file, in a process forked from one that has collected them all.

Where only what functions do has changed, they get their new code where they stand. Else, and where
a function has already run while modules were imported, all of ours is imported anew.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import _lru_cache_wrapper
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from math import inf
from time import process_time
from types import CodeType, FrameType, FunctionType
from typing import Any

import hypothesis
import pytest

from tests.mutate.mutants import MUTATED, Mutant
from tests.places import ROOT

READ_BEFORE = (
    "_pytest.assertion.rewrite", "babel.core", "babel.numbers", "holidays", "hypothesis.strategies",
    "markdown", "opening_hours", "playwright.sync_api", "pydantic.main", "yaml",
)  # fmt: skip
"""What takes long to import and is not ours: each trial begins with it in memory."""

QUIET = ("-x", "--quiet", "--tb=no", "--no-header", "--no-summary", "--assert=plain")
WITHOUT = ("-pno:cacheprovider", "-pno:xdist", "-pno:faulthandler")
CODE = tuple(str(ROOT / room) for room in ("calculator", "hooks"))
TESTS = str(ROOT / "tests")
MUTATED_FILES = tuple(str(ROOT / room) for room in MUTATED)
MEMORY = 4 << 30
"""Bytes that a trial may use: a change may make a list that never ends."""


ALL, BROKEN = 254, 255
"""What a trial ends with where every file passes, and where it could not be made."""


def read_before() -> None:
    """Import what every trial needs, none of it ours."""
    for module in READ_BEFORE:
        importlib.import_module(module)


class Collected:
    """The tests as pytest has collected them, once, for all trials: a plugin of its own run."""

    def __init__(self, then: Callable[[Collected], None]) -> None:
        """Take what to do once they are collected."""
        self._then = then
        self._tests: dict[str, list[pytest.Item]] = defaultdict(list)
        self._known: dict[CodeType, list[FunctionType]] = defaultdict(list)
        self._ran: set[tuple[str, str]] = set()

    def after(self, files: Sequence[str]) -> bool:
        """Collect these files of tests, and do it; whether they could be collected."""
        paths = [str(ROOT / file) for file in files]
        options = (*QUIET, *WITHOUT, "--capture=no")
        sys.setprofile(self._note)
        return pytest.main([*options, *paths], plugins=[_FirstExample(), self]) == 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run none of them, since each trial does."""
        sys.setprofile(None)
        if session.testsfailed:
            return None
        for test in session.items:
            self._tests[test.path.relative_to(ROOT).as_posix()].append(test)
        for known in gc.get_objects():
            if isinstance(known, _lru_cache_wrapper) and _is_ours(known):
                known.cache_clear()
            elif isinstance(known, FunctionType):
                self._known[known.__code__].append(known)
        gc.collect()
        gc.freeze()  # so that a fork copies no memory only to look for garbage
        self._then(self)
        return True

    def pass_of(self, file: str, longest: float) -> int:
        """As the function below, for tests that are collected, as long as there is time."""
        tests = self._tests[file]
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            if process_time() > longest:
                break
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            if test.session.testsfailed:
                return 1
        return 0

    def put_in(self, mutant: Mutant) -> bool:
        """Give functions their changed code; whether that is all that the change does."""
        before, after = (
            compile(code, str(ROOT / mutant.path), "exec", dont_inherit=True)
            for code in (mutant.before, mutant.code)
        )
        old, new = [*_functions(before)], [*_functions(after)]
        changed = [(one, two) for one, two in zip(old, new, strict=False) if one != two]
        if _outside(before) != _outside(after) or len(changed) != 1:
            return False
        was, becomes = changed[0]
        if (
            was.co_filename,
            was.co_qualname,
        ) in self._ran or was.co_freevars != becomes.co_freevars:
            return False
        known = self._known.get(was, [])
        for function in known:
            function.__code__ = becomes
        return bool(known)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        """A function that runs while a module of ours, and not of the tests, is imported."""
        code, caller = frame.f_code, frame.f_back
        if event != "call" or not code.co_filename.startswith(MUTATED_FILES):
            return
        while caller and not caller.f_code.co_filename.startswith(TESTS):
            if caller.f_code.co_name == "<module>":
                self._ran.add((code.co_filename, code.co_qualname))
                return
            caller = caller.f_back


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and its classes, not those within them."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & inspect.CO_OPTIMIZED:
                yield constant
            else:
                yield from _functions(constant)


def _outside(code: CodeType) -> tuple[object, ...]:
    """All that a module and its classes do but what their functions do."""
    inner = (
        constant
        if not isinstance(constant, CodeType)
        else constant.co_qualname
        if constant.co_flags & inspect.CO_OPTIMIZED
        else _outside(constant)
        for constant in code.co_consts
    )
    return (code.co_code, code.co_names, *inner)


def noticed_by(
    mutant: Mutant, files: Mapping[str, float], collected: Collected, longest: float
) -> int:
    """How many of the files of tests pass, one after the other, before one notices the mutant.

    All of them where none does, or none within the longest time that may be spent on it. Each file
    is given with its usual seconds: a change that never ends, or takes many times as long, is
    noticed as well, by the first.
    """

    def passing() -> int:
        in_place = collected.put_in(mutant)
        if not in_place:
            _forget()
            sys.meta_path.insert(0, _Changed(mutant))
        for at, (file, seconds) in enumerate(files.items()):
            _let_run(20 + 4 * seconds)
            if (collected.pass_of if in_place else pass_of)(file, longest):
                return at
            if process_time() > longest:
                break
        return ALL

    status = apart(passing)
    if not os.WIFEXITED(status):
        return 0
    return len(files) if os.WEXITSTATUS(status) == ALL else os.WEXITSTATUS(status)


def _is_ours(kept: _lru_cache_wrapper[Any]) -> bool:
    code = getattr(kept.__wrapped__, "__code__", None)
    return code is not None and code.co_filename.startswith((*CODE, TESTS))


def _forget() -> None:
    """Drop every module of ours, of the rooms and of the tests."""
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None) or ""
        if file.startswith((*CODE, TESTS)):
            del sys.modules[name]


def _let_run(seconds: float) -> None:
    """From now on, so much of the processor's time; then this process is ended."""
    end = int(process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def apart(run: Callable[[], int]) -> int:
    """The wait status of a function in a fork of this process."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(run())
    finally:
        os._exit(BROKEN)  # where `run` raised


def pass_of(file: str, longest: float = inf) -> int:
    """What pytest says of a file of tests, as long as there is time: 0 where all pass."""
    plugins = [_FirstExample(), _Until(longest)]
    return int(pytest.main([*QUIET, *WITHOUT, str(ROOT / file)], plugins=plugins))


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


class _Until:
    """Leaves tests out once this process has used so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        return True if process_time() > self._seconds else None
