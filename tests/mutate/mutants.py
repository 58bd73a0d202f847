"""The mutants of the rooms that figures come from: each is one small change of one file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import unified_diff
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from tests.mutate.operators import changes, is_strict
from tests.places import ROOT

MUTATED = (
    "calculator/termwise_calculator",
    "hooks/termwise/checking",
    "hooks/termwise/compiling",
)
"""The rooms whose mistakes would be wrong figures, or mistakes in policies that nobody finds."""


class Name(NamedTuple):
    """What a mutant is called whatever moves around it: its function, the line, what it becomes."""

    where: str
    was: str
    becomes: str


class Mutant:
    """One change of one file: its `node` becomes `new`, in a statement on these lines."""

    def __init__(self, file: File, function: str, node: cst.CSTNode, new: cst.CSTNode) -> None:
        self.path, self.line, self.lines = file.path, *file.lines_of(node)
        self.where = f"{file.path.as_posix()}::{function}"
        self._file, self._node, self._new = file, node, new

    @property
    def module(self) -> str:
        """The name by which the file is imported."""
        return ".".join(self.path.relative_to(self.path.parts[0]).with_suffix("").parts)

    @property
    def text(self) -> list[str]:
        """The lines of its statement."""
        return self.before.splitlines()[self.lines.start - 1 : self.lines.stop - 1]

    @property
    def before(self) -> str:
        """The whole file without it."""
        return self._file.code

    @cached_property
    def code(self) -> str:
        """The whole file with the change."""
        return self._file.tree.deep_replace(self._node, self._new).code  # type: ignore[union-attr]

    @cached_property
    def diff(self) -> tuple[str, ...]:
        """The lines that change, with - and +."""
        before, after = self._file.code.splitlines(), self.code.splitlines()
        lines = [*unified_diff(before, after, lineterm="", n=0)][2:]
        return tuple(line for line in lines if not line.startswith("@"))

    @property
    def name(self) -> Name:
        """What `survivors.yaml` knows it by."""
        was, becomes = (
            " ".join(line[1:].strip() for line in self.diff if line.startswith(sign))
            for sign in "-+"
        )
        return Name(self.where, was, becomes)

    @property
    def place(self) -> str:
        """The file and the line, to click on."""
        return f"{self.path.as_posix()}:{self.line}"


class File(cst.CSTVisitor):
    """A file of the code, and everything that may be changed in it."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: Path) -> None:
        """Take a path below the root."""
        super().__init__()
        self.path = path
        self.code = (ROOT / path).read_text(encoding="utf-8")
        self.mutants: list[Mutant] = []
        self._scope: list[str] = []
        self._statements: list[cst.BaseStatement] = []
        wrapper = MetadataWrapper(cst.parse_module(self.code), unsafe_skip_copy=True)
        self.tree = wrapper.module
        wrapper.visit(self)

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note every change of a node that runs; then look below it."""
        if isinstance(node, NEVER_RUN) or is_strict(node) or _names_a_type(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._scope.append(node.name.value)
        if isinstance(node, cst.BaseStatement):
            self._statements.append(node)
        for new in changes(node):
            self.mutants.append(Mutant(self, ".".join(self._scope) or "module", node, new))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Leave a function, or a statement."""
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._scope.pop()
        if isinstance(original_node, cst.BaseStatement):
            self._statements.pop()

    def lines_of(self, node: cst.CSTNode) -> tuple[int, range]:
        """Where a node begins, and its statement: Python may name any line of it as the one run."""
        own = self.get_metadata(PositionProvider, node)
        statement = self._statements[-1]
        whole = self.get_metadata(PositionProvider, statement)
        end = (whole if isinstance(statement, cst.SimpleStatementLine) else own).end.line
        return own.start.line, range(whole.start.line, end + 1)


NEVER_RUN = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator, cst.TypeAlias)
"""Types are mypy's, an import that lacks is found at once, and a cache changes no answer."""


def _names_a_type(node: cst.CSTNode) -> bool:
    """Tell `Answers = Mapping[str, str]`, which nothing but mypy reads."""
    if not isinstance(node, cst.Assign):
        return False
    name = node.targets[0].target
    return isinstance(name, cst.Name) and name.value[0].isupper() and not name.value.isupper()


def all_mutants(files: Collection[str] = ()) -> Iterator[Mutant]:
    """Every mutant of every file, or of some, always in the same order."""
    for room in MUTATED:
        for path in sorted((ROOT / room).rglob("*.py")):
            below = path.relative_to(ROOT)
            if not files or below.as_posix() in files:
                yield from File(below).mutants
