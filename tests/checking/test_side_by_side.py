"""What is right stands beside what is wrong: each mistake is told on its line, and nothing else is.

A file holds many rules of one kind, one a line. Below a line that is wrong stands in comments what
is told of it, with its column; a line without such a comment is right, however near it comes.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from termwise.checking.remarks import remarks
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import read_source
from termwise.problems import Problem
from termwise.reading.policy_text import read_policy_text

FOLDER = Path(__file__).parent / "side_by_side"
HEAD = (FOLDER / "head.yaml").read_text("utf-8")
TOLD = re.compile(r"\s*#! (?P<column>\d+): (?P<told>.+)")
NOT_ASKED = ("No clause states this value", "Nothing uses this ")
"""These rules stand in no sentence and in no service: that is not the matter here."""


def policies(folder: Path) -> list[Any]:
    """Every policy of a folder, with a beginning; a file may hold several, as YAML does."""
    return [
        pytest.param(text if "\nprovider:" in text else HEAD + text, id=f"{file.stem} {number}")
        for file in sorted(folder.glob("*.yaml"))
        if file.stem != "head"
        for number, text in enumerate(file.read_text("utf-8").split("---\n"))
    ]


def written(text: str) -> Iterator[tuple[int, int, str]]:
    """What the comments of a policy say of the line above them."""
    line = 0
    for number, each in enumerate(text.splitlines(), 1):
        if found := TOLD.fullmatch(each):
            yield line, int(found["column"]), found["told"]
        else:
            line = number


def told(problems: Iterable[Problem]) -> list[tuple[int, int, str]]:
    """The same of what is told of it."""
    return [
        (one.place.line, one.place.column, str(one).removeprefix(f"{one.place}: "))
        for one in problems
    ]


@pytest.mark.parametrize("text", policies(FOLDER))
def test_each_mistake_is_told_on_its_line_and_nothing_else(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what was found, what is expected and how to mend it."""
    monkeypatch.setattr("termwise.problems.MOST_PROBLEMS", 1_000)  # so that none is left out
    _, problems = read_policy_text(text)
    not_asked = NOT_ASKED if text.startswith(HEAD) else ()
    assert told(one for one in problems if not one.what.startswith(not_asked)) == [*written(text)]


@pytest.mark.parametrize("text", policies(FOLDER / "asked"))
def test_each_question_is_asked_on_its_line_and_no_other(text: str) -> None:
    """What may be a slip; a policy that is not sound is asked about all the same."""
    source = read_source(text, "policy.yaml")
    assert told(remarks(PolicyFile.model_validate(source.data), source)) == [*written(text)]
