"""Answers that are none: each is told with all that its message needs, or else it is taken."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.reading.policy_text import read_policy_text
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.scenario import (
    EditionDates,
    dates_in_force,
    default_start,
    read_scenario,
)
from termwise_calculator.telling.problems import SENTENCES, describe
from termwise_calculator.terms.policy import Policy
from tests.calculator.test_language import words_of
from tests.places import GENERALITY, SOUND
from tests.real_providers import REFERENCE

TABLE = Path(__file__).with_name("refused.yaml")
JULY, AUGUST, YEAR_AFTER = date(2026, 7, 1), date(2026, 8, 1), date(2027, 7, 1)


def tidewater() -> Policy:
    """The company that has one of everything, but for a number."""
    return policy_in(SOUND / "tidewater")


@cache
def policy_in(folder: Path) -> Policy:
    """The first terms of a policy."""
    policy, problems = read_policy_text((folder / "policy.yaml").read_text(encoding="utf-8"))
    assert policy is not None, problems
    return policy.editions[0].policy


@pytest.mark.parametrize("row", yaml.load(TABLE.read_text(encoding="utf-8"), yaml.CBaseLoader))
def test_what_is_no_answer_is_told(row: dict[str, Any]) -> None:
    """Every problem of a scenario, with what was found and what was expected."""
    policy = policy_in(GENERALITY / row["of"]) if "of" in row else tidewater()
    assert said_of(policy, row["service"], row["given"]) == row["problems"]


def said_of(policy: Policy, service: str, given: dict[str, str]) -> list[str]:
    """Each problem as one line of the table."""
    try:
        read_scenario(policy, service, given, REFERENCE)
    except ScenarioProblems as refused:
        return [
            " ".join([one.field, one.code, *(f"{key}={text}" for key, text in one.details.items())])
            for one in refused.problems
        ]
    return []


FOUND = {
    "found": "x", "expected": "a, b", "least": "0", "most": "44640", "decimals": "2",
    "zone": "Europe/Lisbon", "example": "12:30",
}  # fmt: skip
DATED = {
    "no-terms": {"found": "2026-03-29", "expected": "2026-07-01"},
    "terms-ended": {"found": "2026-03-29", "expected": "2026-01-31"},
    "unknown-holidays": {"found": "2026-03-29", "first": "2026-07-01", "last": "2026-12-31"},
}
WAYS = (
    *((code, DATED.get(code, FOUND)) for code in SENTENCES),
    ("not-a-length", FOUND | {"found": ""}),
    ("not-a-number", FOUND | {"decimals": "0"}),
)
"""Every problem, with what it is told with, in each way that makes another sentence of it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_told_in_its_own_words(language: str) -> None:
    """In every language, whatever was found."""
    words, english = words_of(language), words_of("en")
    problems = [ScenarioProblem("start", code, details) for code, details in WAYS]
    told = [describe(problem, words) for problem in problems]
    assert len({*told}) == len(WAYS)
    # What is empty is not quoted: the message begins with what to enter.
    ways = ({}, {"found": ""})
    whole, empty = (told[WAYS.index(("not-a-length", FOUND | found))] for found in ways)
    assert whole.endswith(f" {empty}")
    assert language == "en" or {*told}.isdisjoint(describe(one, english) for one in problems)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 6, 30), "no-terms 2026-06-30 2026-07-01"),
        (JULY, JULY),
        (date(2026, 7, 31), JULY),
        (AUGUST, AUGUST),
        (date(2027, 6, 30), AUGUST),
        (YEAR_AFTER, "terms-ended 2027-07-01 2027-06-30"),
    ],
)
def test_terms_hold_from_their_first_day_to_their_last(on: date, found: object) -> None:
    """A day outside is told with the first day of them all, or the last one."""
    calendar = [EditionDates(JULY, AUGUST, "first"), EditionDates(AUGUST, YEAR_AFTER, "last")]
    try:
        assert dates_in_force(calendar, on).effective == found
    except ScenarioProblems as refused:
        (problem,) = refused.problems
        details = problem.details
        assert f"{problem.code} {details['found']} {details['expected']}" == found


@pytest.mark.parametrize(
    ("reference", "start"),
    [
        (date(2026, 3, 2), datetime(2026, 3, 3, 17, 30, tzinfo=UTC)),
        (date(2026, 3, 3), datetime(2026, 3, 3, 17, 30, tzinfo=UTC)),
        (date(2026, 3, 4), datetime(2026, 3, 10, 17, 30, tzinfo=UTC)),
        # Summer time: half past five in Lisbon is an hour earlier in UTC.
        (date(2026, 7, 5), datetime(2026, 7, 7, 16, 30, tzinfo=UTC)),
    ],
)
def test_a_default_start_is_on_or_next_after_the_reference(
    reference: date, start: datetime
) -> None:
    """A Tuesday at 17:30, local."""
    assert default_start(tidewater(), 24 * 60 + 17 * 60 + 30, reference) == start
