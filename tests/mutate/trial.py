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
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import _lru_cache_wrapper
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import pairwise
from multiprocessing.sharedctypes import RawValue
from signal import SIGXCPU
from time import process_time
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple, Self

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
CODE = tuple(str(ROOT / room) for room in ("calculator", "hooks"))
TESTS = str(ROOT / "tests")
MEMORY = 4 << 30
"""Bytes that a trial may use: a change may make a list that never ends."""


NOTICED, BROKEN = 1, 255
"""What a trial ends with where a test fails, and where it could not be made."""


def read_before() -> None:
    """Import what every trial needs, none of it ours."""
    for module in READ_BEFORE:
        importlib.import_module(module)


def run_by_imports(modules: Collection[str]) -> set[tuple[str, str]]:
    """The functions of ours that run while these modules are imported, each with its file."""
    ran = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            ran.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        for module in modules:
            importlib.import_module(module)
    finally:
        sys.setprofile(None)
    return ran


class Collected:
    """The tests as pytest has collected them, once, for all trials: a plugin of its own run."""

    def __init__(self, ran: Collection[tuple[str, str]], then: Callable[[Self], None]) -> None:
        """Take what has run while modules were imported, and what to do with the tests."""
        self._ran, self._then = ran, then
        self._tests: dict[str, pytest.Item] = {}
        self._known: dict[CodeType, list[FunctionType]] = defaultdict(list)

    def after(self, files: Sequence[str]) -> bool:
        """Collect these files of tests, and do it; whether they could be collected."""
        paths = [str(ROOT / file) for file in files]
        options = (*QUIET, *WITHOUT, "--capture=no")
        return pytest.main([*options, *paths], plugins=[_FirstExample(), self]) == 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run none of them, since each trial does."""
        if session.testsfailed:
            return None
        self._tests = {test.nodeid: test for test in session.items}
        self.plugins = session.config.pluginmanager
        for known in gc.get_objects():
            if isinstance(known, _lru_cache_wrapper) and _is_ours(known):
                known.cache_clear()
            elif isinstance(known, FunctionType):
                self._known[known.__code__].append(known)
        gc.collect()
        gc.freeze()  # so that a fork copies no memory only to look for garbage
        self._then(self)
        return True

    def tests_of(self, file: str) -> list[str]:
        """All of a file, in their order."""
        return [test for test in self._tests if file_of(test) == file]

    def passes(self, test: str, following: str | None) -> bool:
        """Run one of them, as pytest does."""
        item, after = self._tests[test], self._tests.get(following or "")
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        return not item.session.testsfailed

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
        has_run = (was.co_filename, was.co_qualname) in self._ran
        if has_run or was.co_freevars != becomes.co_freevars:
            return False
        known = self._known.get(was, [])
        for function in known:
            function.__code__ = becomes
        return bool(known)


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


class Noticed(NamedTuple):
    """Which test notices a mutant, if one does; whether by never ending; whether any reaches it."""

    by: str | None
    endless: bool = False
    reached: bool = True


def noticed_by(
    mutant: Mutant, tests: Mapping[str, float], collected: Collected, longest: float
) -> Noticed:
    """The first of these tests that notices the mutant, within the longest time for all of them.

    Each is given with its usual seconds: a change that never ends, or takes many times as long, is
    noticed as well. A mutant that breaks the import of the code is noticed by the first.
    """
    order = [*tests]
    places = {test: number for number, test in enumerate(order)}
    now = RawValue("i", 0)

    def begin(test: str) -> bool:
        """Note that a test runs, unless there is no more time for it."""
        now.value = places[test]
        _let_run(10 + 5 * tests[test])
        return process_time() < longest

    def passing() -> int:
        if collected.put_in(mutant):
            following = dict(pairwise(order))
            for test in order:
                if begin(test) and not collected.passes(test, following.get(test)):
                    return NOTICED
            return 0
        _forget()
        sys.meta_path.insert(0, _Changed(mutant))
        for file in dict.fromkeys(file_of(test) for test in order):
            _let_run(60)
            if process_time() < longest and pass_of(file, _Begun(tests, begin)):
                return NOTICED
        return 0

    status = apart(passing)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != NOTICED:
        return Noticed(None)
    return Noticed(order[now.value], os.WIFSIGNALED(status) and os.WTERMSIG(status) == SIGXCPU)


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


def pass_of(file: str, *plugins: object) -> int:
    """What pytest says of a file of tests: 0 where all pass that are not left out."""
    arguments = [*QUIET, *WITHOUT, str(ROOT / file)]
    result = int(pytest.main(arguments, plugins=[_FirstExample(), *plugins]))
    return 0 if result == pytest.ExitCode.NO_TESTS_COLLECTED else result


def file_of(test: str) -> str:
    """The file of a test."""
    return test.partition("::")[0]


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


class _Begun:
    """Leaves out tests that are not asked for, and those for which there is no more time."""

    def __init__(self, tests: Collection[str], begin: Callable[[str], bool]) -> None:
        self._tests, self._begin = tests, begin

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        known = {item.nodeid: item for item in items}
        items[:] = [known[test] for test in self._tests if test in known]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        return None if self._begin(item.nodeid) else True
