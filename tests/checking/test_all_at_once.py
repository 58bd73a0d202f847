"""One mistake hides no other: a value that cannot be read, a text, a meaning, a translation."""

from pathlib import Path
from typing import Any

import pytest

from termwise.reading.policies import read_provider
from tests.checking.test_broken_policies import break_it, cases

TEXT = ("answer: At night only.", "answer: At night only, at 7.")
MEANING = ("[long-session, old-version]", "[long-session, old-version, old-version]")
TRANSLATION = ("Odcinek liczymy od chwili", "Odcinek 7 liczymy od chwili")
OF_YAML = (
    *("YAML", "A tab", "not used here", "written twice", "A quote", "begins here", "as a key"),
    *("The line lacks", "at another column", "A backslash in double quotes"),
    *("No value is written", "The text ends before"),
)


OF_WHAT_IS_LEFT_OUT = {
    "A clause has no text",
    "Fields stand where a list belongs",
    "A text stands where fields belong",
    "A question is of an unknown kind",
    "A question has no kind",
    "A choice has a single option",
    "A question id has a hyphen",
    "A list has no items",
    "A gap of another name",
    "Who is not liable for tax says so in words",
    "Words in place of a response target",
    "Words in place of what holds outside the windows",
    "The likeliest case has more seconds than a minute",
    "The likeliest start is written with pm",
    "The tax is called by its name",
    "A question is of a kind that programs know",
    "What a service asks is no list",
    "The questions of a service are no list",
    "A condition is written as words",
    "A condition is written as programs do",
    "A service asks for a duration",
    "A service asks for a length",
    "Hours of a window stand in brackets",
    "The weekday of a start has three letters",
    "The tax is a percentage alone",
}
"""Cases in which nothing can stand in for what is wrong, so that nothing is said of the rest."""


def readable_but_wrong() -> list[Any]:
    """Cases in which a field or a value is wrong, in a file that is YAML."""
    return [
        parameter
        for parameter in cases()
        if parameter.id.startswith(("form: ", "values: ", "gaps: "))
        and "whole" not in (case := parameter.values[0])
        and case["file"] == "policy.yaml"
        and not any(word in problem for problem in case["problems"] for word in OF_YAML)
    ]


def told_of(folder: Path) -> set[str]:
    """All problems of a provider, without the path of its folder."""
    return {str(one).replace(f"{folder}/", "") for one in read_provider(folder).problems}


def plant(folder: Path, file: str, change: tuple[str, str]) -> bool:
    """Make one more mistake on one line; tell whether the case has left its place as it was."""
    path = folder / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(*change), "utf-8")
    return text.count(change[0]) == 1


@pytest.mark.parametrize("case", readable_but_wrong())
def test_what_cannot_be_read_hides_no_other_mistake(case: dict[str, Any], tmp_path: Path) -> None:
    """Text and translation are always told; a meaning unless something had to be left out."""
    folder = break_it(case, tmp_path / "policies")
    planted = [plant(folder, "policy.yaml", TEXT), plant(folder, "pl.po", TRANSLATION)]
    meant = plant(folder, "policy.yaml", MEANING)
    others = told_of(folder) - set(case["problems"])
    assert set(case["problems"]) <= told_of(folder), "what the case is about is told as it was"
    digits = [one for one in others if "A digit stands in the prose: found “7”" in one]
    assert len(digits) == sum(planted)
    twice = [one for one in others if "The list names this twice: found “old-version”" in one]
    assert len(others) == len(digits) + len(twice), "and nothing that is no mistake"
    assert len(twice) == (meant and case["case"] not in OF_WHAT_IS_LEFT_OUT)
