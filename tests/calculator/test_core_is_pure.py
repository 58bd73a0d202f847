"""The core reads no file, no clock and no network, and stands on a few modules of Python alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

FOLDER = ROOT / "calculator" / "termwise_calculator"
FILES = sorted(FOLDER.rglob("*.py"))
# All that the browser has to load besides the core itself. `zoneinfo` reads the time zones.
ALLOWED = {
    "bisect",
    "collections.abc",
    "datetime",
    "decimal",
    "fractions",
    "functools",
    "itertools",
    "json",
    "re",
    "typing",
    "zoneinfo",
}
# What reaches outside: files, the clock, the environment, other code; called, or as an attribute.
FORBIDDEN_NAMES = {"open", "input", "print", "exec", "eval", "compile", "__import__", "breakpoint"}
FORBIDDEN_ATTRIBUTES = {"now", "today", "utcnow", "fromtimestamp", "read_text", "write_text"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def reaches_outside(tree: ast.AST) -> set[str]:
    """The forbidden names and attributes that a file uses."""
    nodes = list(ast.walk(tree))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return (names & FORBIDDEN_NAMES) | (attributes & FORBIDDEN_ATTRIBUTES)


def floats(tree: ast.AST) -> list[int]:
    """The lines on which a float stands, as a literal or by name."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


def test_the_core_is_there() -> None:
    """The files that the other tests look at exist."""
    assert {"price.py", "render.py", "browser.py"} <= {file.name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_a_file_of_the_core_is_pure(file: Path) -> None:
    """It imports the core and the listed modules, reaches for nothing outside, and has no float."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {name for name in imported(tree) if name.split(".")[0] != "termwise_calculator"}
    assert modules <= ALLOWED
    assert reaches_outside(tree) == set()
    assert floats(tree) == []
