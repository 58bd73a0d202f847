"""Prepaid packages: their last day, and what a quote says of one that does not hold."""

from datetime import date
from typing import Any

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import Provider, load_provider
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.render import quote_html
from termwise_calculator.terms.packages import months_later
from tests.drift.pages import visible
from tests.scenarios.test_examples import FOLDER, REFERENCE, policy_of

OLD = {"start": "2026-03-03T10:00", "minutes": "90", "package": "old"}


@pytest.fixture(scope="module")
def provider() -> Provider:
    """The worked example of a package."""
    examples: list[Any] = yaml.load((FOLDER / "packages.yaml").read_text("utf-8"), yaml.CBaseLoader)
    policies = {"example": policy_of(examples[0])}
    return load_provider(PolicyFolder(policies, {"example": {}}), "example", REFERENCE)


@pytest.mark.parametrize(
    ("bought", "months", "last"),
    [
        ("2025-03-03", 12, "2026-03-03"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2025-11-15", 13, "2026-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_day_of_the_same_number(bought: str, months: int, last: str) -> None:
    """Or on the last day of a month that has no such day."""
    assert months_later(date.fromisoformat(bought), months) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "valid until 2 March 2026"),
        ("pl", "ważne do 2 marca 2026"),
        ("da", "gælder til og med 2. marts 2026"),
        ("pt", "válido até 2 de março de 2026"),
    ],
)
def test_the_quote_says_until_when_a_package_was_valid(
    language: str, words: str, provider: Provider
) -> None:
    """An expired package has a line of its own, which covers nothing."""
    quote = provider.quote("help", {**OLD, "bought": "2025-03-02"})
    assert (quote.lines[0].unit, quote.lines[0].amount) == ("expired", 0)
    assert words in visible(quote_html(quote, provider.words[language], provider.slots))


def test_the_quote_says_from_when_a_package_is_valid(provider: Provider) -> None:
    """One bought after the session covers nothing either."""
    quote = provider.quote("help", {**OLD, "bought": "2026-03-04"})
    assert quote.lines[0].unit == "not yet valid"
    said = visible(quote_html(quote, provider.words["en"], provider.slots))
    assert "valid from 4 March 2026" in said


@pytest.mark.parametrize("text", ["2026-02-30", "yesterday", "2026-3-4", "20260304", "٢٠٢٦-03-04"])
def test_what_is_no_date_is_told(text: str, provider: Provider) -> None:
    """In every language."""
    with pytest.raises(ScenarioProblems) as caught:
        provider.quote("help", {**OLD, "bought": text})
    assert [(one.field, one.code) for one in caught.value.problems] == [("bought", "not-a-date")]
    for language in LANGUAGES:
        assert text in describe(caught.value.problems[0], provider.words[language])
