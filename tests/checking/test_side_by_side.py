"""What is right stands beside what is wrong: each mistake is told on its line, and nothing else is.

A file holds many rules of one kind, one a line. Below a line that is wrong stands in comments what
is told of it, with its column; a line without such a comment is right, however near it comes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from termwise.reading.policy_text import read_policy_text

FOLDER = Path(__file__).parent / "side_by_side"
HEAD = (FOLDER / "head.yaml").read_text("utf-8")
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml") if file.stem != "head")
TOLD = re.compile(r"\s*#! (?P<column>\d+): (?P<told>.+)")
NOT_ASKED = ("No clause states this value", "Nothing uses this ")
"""These rules stand in no sentence and in no service: that is not the matter here."""


def written(text: str) -> Iterator[tuple[int, int, str]]:
    """What the comments of a policy say of the line above them."""
    line = 0
    for number, each in enumerate(text.splitlines(), 1):
        if found := TOLD.fullmatch(each):
            yield line, int(found["column"]), found["told"]
        else:
            line = number


@pytest.mark.parametrize("name", FILES)
def test_each_mistake_is_told_on_its_line_and_nothing_else(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what was found, what is expected and how to mend it."""
    text = HEAD + (FOLDER / f"{name}.yaml").read_text("utf-8")
    monkeypatch.setattr("termwise.problems.MOST_PROBLEMS", 1_000)  # so that none is left out
    _, problems = read_policy_text(text)
    assert [
        (one.place.line, one.place.column, str(one).removeprefix(f"{one.place}: "))
        for one in problems
        if not one.what.startswith(NOT_ASKED)
    ] == [*written(text)]
