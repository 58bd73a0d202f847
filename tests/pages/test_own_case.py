"""The table of the comparison, as it stands before any script runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.first_answers import answers_assets
from termwise.pages.comparison.first_case import (
    MINUTES,
    first_row,
    first_start,
    scenarios_beside,
)
from termwise.pages.comparison.row import RowFiles, compared
from termwise.pages.edition_pages import edition_bundles
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from tests.pages.dated_policies import changing_provider, write_dated_policies
from tests.real_providers import REFERENCE

START = first_start(REFERENCE)
WORKER = "assets/termwise/worker-0123456789abcdef.js"


def row_of(provider: Provider, language: str, start: datetime = START) -> str:
    """The row of a provider, as the page has it."""
    bundles, name = edition_bundles(provider), provider.policy.provider
    own = {language: bundles[provider.policy.digest, language] for language in LANGUAGES}
    kept = answers_assets(provider, own, WORKER, name, scenarios_beside(provider, start))
    return str(compared(provider, language, start, RowFiles(bundles, dict(kept), WORKER)))


def said(row: str) -> str:
    """What a row says, without its spaces: tags stand beside some and between others."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", row)))


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 3, 4), date(2026, 10, 25)])
def test_the_first_case_is_the_next_tuesday_of_utc(day: date):
    """One moment for all, on the day itself or within a week."""
    start = first_start(day)
    assert start.weekday() == 1
    assert timedelta() <= start.date() - day < timedelta(days=7)
    assert (start.hour, start.minute, start.tzinfo) == (16, 30, UTC)


def test_every_provider_is_asked_for_the_same_moment(providers: Mapping[str, Provider]):
    """Whatever its clock shows then; and for the same length, where it asks for these."""
    for provider in providers.values():
        first = first_row(provider, START)
        assert first.quote is not None
        scenario = first.quote.scenario
        assert scenario.start in (START, None)
        assert scenario.minutes in (MINUTES, None)
        assert (scenario.start is None) == ("start" not in first.service.asks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_names_what_is_taken_as_read_and_left_open(
    providers: Mapping[str, Provider], language: str
):
    """Every fact from outside, every gap, every reading of the quote, every question."""
    for provider in providers.values():
        view, row = PolicyView(provider, language), row_of(provider, language)
        shown = said(row)
        quote = first_row(provider, START).quote
        assert quote is not None
        texts = [f"outside.{fact['id']}" for fact in view.document["outside"]]
        texts += [f"gap.{gap}" for gap in view.policy.gaps]
        texts += [f"reading.{reading}" for reading in quote.readings]
        texts += [f"question.{question}.label" for question in view.policy.questions]
        for text in texts:
            assert said(view.inline(text)) in shown, text
        for question in view.policy.questions:
            assert f'name="{question}"' in row


def test_duxtel_leaves_open_what_its_page_does_not_say(providers: Mapping[str, Provider]):
    """Hours, currency and rate of the tax; the rate that is applied is not its own."""
    shown = said(row_of(providers["duxtel"], "en"))
    assert said("nothing that we found") not in shown
    for gap in ("at what hours", "does not say of which country", "but not at what rate"):
        assert said(gap) in shown
    assert said("We apply the general Australian rate of 10%.") in shown


def test_a_case_without_a_price_has_words_in_its_place(providers: Mapping[str, Provider]):
    """At an hour for which Mastiff publishes no rate: no amount to sort or convert by."""
    early = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    row = row_of(providers["mastiff"], "en", early)
    assert "No price is published for this" in row
    assert "data-least" not in row
    assert 'data-least="369.00"' in row_of(providers["mastiff"], "en")


def test_a_start_under_coming_terms_is_priced_by_them(tmp_path: Path):
    """And the links of that quote lead to the page of these terms."""
    provider = changing_provider(write_dated_policies(tmp_path / "policies"))
    coming = provider.editions[-1]
    assert coming.effective is not None
    start = datetime.combine(coming.effective + timedelta(days=10), START.timetz())
    first = first_row(provider, start)
    assert first.quote is not None
    assert first.quote.policy.digest == coming.digest
    row = row_of(provider, "en", start)
    assert set(re.findall(r'href="([^"#]*)#clause-', row)) == {
        f"{{root}}providers/{provider.policy.provider}/{coming.place}/"
    }
    assert json.loads(unescape(re.findall(r'data-editions="([^"]*)"', row)[0]))


def test_what_is_asked_beside_the_first_case_starts_with_it(providers: Mapping[str, Provider]):
    """The stored answers hold the case that the page shows, also in the weeks to come."""
    for provider in providers.values():
        asked, first = scenarios_beside(provider, START), first_row(provider, START).query
        assert first.items() <= asked[0].items()
        starts = [query["start"] for query in starts_of(asked)]
        for weeks in range(1, 5):
            if "start" in first:
                later = datetime.fromisoformat(first["start"]) + timedelta(weeks=weeks)
                assert later.isoformat(timespec="minutes") in starts


def starts_of(asked: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The queries that have a start."""
    return (query for query in asked if "start" in query)
