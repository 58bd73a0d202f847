"""Drift, by mutation: no value of a policy can move the page without the price, or the reverse.

Every figure and window of every policy file is changed in memory, one at a time. Then either the
check refuses the file, or the page changes in every language (in a clause, for values of the
tariff) and a standard quote changes with it, and no old figure remains.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import date

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from tests.conftest import ROOT
from tests.counted import tell_at_the_end
from tests.drift.changes import Change, changes_of, figures, unaccounted
from tests.drift.checker import Outcome, PolicyText, Published, Refused, outcome_of
from tests.drift.report import Figure, figures_in, outcomes_of_all, pool_of_workers, summary

POLICIES = ROOT / "policies"
UNDATED, STATED = "effective: not stated", "effective: 2026-01-01"
FIGURES = figures_in(POLICIES)

Outcomes = Mapping[Figure, Future[list[Outcome]]]


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest) -> Iterator[Outcomes]:
    """What comes of changing the values of the chosen tests, all of them started at once."""
    chosen = [
        item.callspec.params["figure"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == test_no_drift.__name__
    ]
    with pool_of_workers() as pool:
        started = outcomes_of_all(chosen, pool)
        yield started
        tell_at_the_end(request.config, f"drift: {summary(found_in(started))}")
        pool.shutdown(cancel_futures=True)


def found_in(outcomes: Outcomes) -> list[list[Outcome]]:
    """What has come out so far, where nothing failed."""
    ended = [one for one in outcomes.values() if one.done() and not one.cancelled()]
    return [future.result() for future in ended if not future.exception()]


@pytest.mark.parametrize("figure", FIGURES, ids=[figure.name for figure in FIGURES])
def test_no_drift(figure: Figure, outcomes: Outcomes) -> None:
    """Page, quotes and languages follow a value together, or the check refuses the change."""
    found = outcomes[figure].result()
    assert found, "no other value is known for this one: teach tests/drift/changes.py"
    drifts = [f"{one.change}: {drift}" for one in found for drift in one.drifts]
    assert not drifts, f"{figure.name}\n" + "\n".join(drifts)
    places = [problem.place for one in found for problem in one.problems]
    assert all(place.file and place.line > 0 and place.column > 0 for place in places)


@pytest.mark.parametrize("folder", sorted(file.parent.name for file in POLICIES.glob("*/*.yaml")))
def test_every_figure_is_changed(folder: str) -> None:
    """Digits stand only in values that are changed here, in prose, or in values known by name."""
    assert unaccounted((POLICIES / folder / "policy.yaml").read_text("utf-8")) == []


# ---- The checker itself: each kind of drift, planted, is found


@pytest.fixture(scope="module")
def mastiff() -> PolicyText:
    """The policy with the most kinds of values."""
    return PolicyText.read(POLICIES / "mastiff")


def change_of(policy: PolicyText, path: str) -> Change:
    """The first change of the value at a path."""
    value = next(one for one in figures(policy.text) if "/".join(map(str, one.path)) == path)
    return changes_of(value)[0]


def drifts_of(policy: PolicyText, path: str) -> list[str]:
    """What drifts when the value at a path changes; the change must not be refused."""
    outcome = outcome_of(policy, change_of(policy, path))
    assert outcome.problems == []
    return outcome.drifts


def test_a_figure_hidden_in_a_clause_is_found(mastiff: PolicyText) -> None:
    """A price written by hand, marked as a literal, does not follow the tariff."""
    clause = "O cenie decyduje, w jakim dniu tygodnia i o jakiej porze pomoc jest udzielana."
    assert clause in mastiff.text
    text = mastiff.text.replace(clause, "W biurze godzina kosztuje {'100,00 zł'}.")
    planted = dataclasses.replace(mastiff, text=text)
    assert drifts_of(planted, "charges/labour/price") == [
        "pl: price-depends still says “100,00 zł”",
        "pl: the page still says “100,00 zł”",
    ]


def test_a_figure_hidden_in_one_translation_is_refused(mastiff: PolicyText) -> None:
    """A translator who writes the figure in place of the slot is told so by the check."""
    slot, hand = b"betales {labour.price} ", b"betales {'PLN 100'} "
    assert slot in mastiff.translations["da"]
    danish = mastiff.translations["da"].replace(slot, hand, 1)
    planted = dataclasses.replace(mastiff, translations={**mastiff.translations, "da": danish})
    outcome = outcome_of(planted, change_of(planted, "charges/labour/price"))
    assert {problem.place.file for problem in outcome.problems} == {"mastiff/da.po"}


def test_a_page_that_prints_a_constant_is_found(mastiff: PolicyText) -> None:
    """A renderer that knows a price by heart is caught by the figure that remains."""

    def by_heart(view: PolicyView, urls: CalculatorUrls) -> str:
        mark = '<p class="tw-clause__text">'
        return policy_page(view, urls).replace(mark, mark + "PLN 100.00 an hour. ")

    planted = dataclasses.replace(mastiff, make_page=by_heart)
    assert drifts_of(planted, "charges/labour/price") == ["en: the page still says “PLN 100.00”"]


def test_a_page_that_stays_behind_in_one_language_is_found(mastiff: PolicyText) -> None:
    """A page that is not made anew keeps the old figures."""
    before = mastiff.published[0].provider

    def left_behind(view: PolicyView, urls: CalculatorUrls) -> str:
        old = PolicyView(before, view.language)
        return policy_page(old if view.language == "da" else view, urls)

    planted = dataclasses.replace(mastiff, make_page=left_behind)
    drifts = drifts_of(planted, "windows/night")
    assert "da: the page does not change" in drifts
    assert all(drift.startswith("da: ") for drift in drifts)


def test_a_page_that_moves_only_in_the_calculator_is_found(mastiff: PolicyText) -> None:
    """A clause without the figure is not made good by the default quote or the worked examples."""
    before = mastiff.published[0].provider

    def only_calculator(view: PolicyView, urls: CalculatorUrls) -> str:
        _, terms = policy_page(PolicyView(before, view.language), urls).split("{#glance}")
        top, _ = policy_page(view, urls).split("{#glance}")
        return top + terms

    planted = dataclasses.replace(mastiff, make_page=only_calculator)
    assert "pt: no clause changes" in drifts_of(planted, "charges/labour/price")


def test_a_quote_that_ignores_the_tariff_is_found(mastiff: PolicyText) -> None:
    """A calculator that prices by the old terms moves only the page."""
    before = mastiff.published[0].provider.policy

    def old_price(provider: Provider, query: Query) -> Quote:
        given = {key: value for key, value in query.items() if key != "service"}
        scenario = read_scenario(before, query["service"], given, provider.reference)
        return price(before, scenario)

    planted = dataclasses.replace(mastiff, make_quote=old_price)
    assert drifts_of(planted, "discounts/client-discount/percent") == ["no quote changes"]


def test_a_window_that_no_price_uses_is_asked_about(mastiff: PolicyText) -> None:
    """A window that a clause states and no rule uses moves only the page, until it is meant so."""
    text = mastiff.text.replace("  night: Mo-Su", "  visits: Mo-Fr 09:00-12:00\n  night: Mo-Su", 1)
    text = text.replace("we wszystkie dni tygodnia", "a wizyty {windows.visits}")
    planted = dataclasses.replace(mastiff, text=text)
    assert planted.asked == [*mastiff.asked, "Only texts use this window"]
    assert drifts_of(planted, "windows/visits") == ["no quote changes"]
    meant = dataclasses.replace(mastiff, text=f"{text}meant: [windows.visits]\n")
    assert meant.asked == mastiff.asked
    assert drifts_of(meant, "windows/visits") == []


def test_a_window_that_a_price_uses_is_not_for_readers(mastiff: PolicyText) -> None:
    """Nobody may say of it that no price goes by it, and no longer drift."""
    text = f"{mastiff.text}meant: [windows.night]\n"
    planted = dataclasses.replace(mastiff, text=text)
    with pytest.raises(Refused) as refused:
        _ = planted.published
    assert [one.what for one in refused.value.problems] == ["The check asks nothing of this name"]


def test_a_window_that_nothing_uses_is_refused(mastiff: PolicyText) -> None:
    """It would move neither."""
    text = mastiff.text.replace("  night: Mo-Su", "  visits: Mo-Fr 09:00-12:00\n  night: Mo-Su", 1)
    planted = dataclasses.replace(mastiff, text=text)
    outcome = outcome_of(planted, change_of(planted, "windows/visits"))
    told = [problem.what for problem in outcome.problems]
    assert told == ["Nothing uses this window", "No clause states this value"]


def test_dated_values_do_not_drift(mastiff: PolicyText) -> None:
    """Each row of a dated value moves the page and the quotes of the terms it stands in."""
    rows = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2026-07-01, value: 110.00, source: the page}
"""
    text = mastiff.text.replace("price: 100.00\n", rows, 1).replace(UNDATED, STATED)
    planted = dataclasses.replace(mastiff, text=text)
    dated = [one for one in figures(planted.text) if one.path[:3] == ("charges", "labour", "price")]
    assert len(dated) == 4
    days = [(one.provider.day, one.provider.edition.effective) for one in planted.published]
    assert days == [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2026, 1, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
    ]
    found = [outcome_of(planted, change) for value in dated for change in changes_of(value)]
    assert [outcome.drifts for outcome in found if outcome.drifts] == []


# ---- Across editions: a dated value holds from its day on, for page and quotes alike

DAY_OF_CHANGE, DAY_BEFORE = date(2027, 7, 1), date(2027, 6, 30)


def dated(policy: PolicyText, change: Change) -> PolicyText:
    """The change as a row from its day on, below one with the value as it was."""
    rows = [("2026-01-01", change.value.text), (DAY_OF_CHANGE, change.new)]
    written = ", ".join(f"{{from: {day}, value: '{text}', source: x}}" for day, text in rows)
    spot = change.value.spot
    text = f"{policy.text[: spot.start]}[{written}]{policy.text[spot.end :]}"
    return dataclasses.replace(policy, text=text)


def from_that_day(policy: PolicyText, change: Change) -> PolicyText:
    """The same change without rows, in terms that begin on its day."""
    text = change.apply(policy.text)
    assert text.count(UNDATED) == 1
    text = text.replace(UNDATED, f"effective: {DAY_OF_CHANGE}")
    return dataclasses.replace(policy, text=text)


def dated_and_plain(policy: PolicyText) -> Iterator[tuple[Change, PolicyText, PolicyText]]:
    """One change of each value of the tariff, with rows and without.

    A few values take no rows, and some changes contradict other values.
    """
    for value in figures(policy.text):
        change = changes_of(value)[0]
        if change.of_tariff:
            yield change, dated(policy, change), from_that_day(policy, change)


def differences(one: Published, other: Published) -> Iterator[str]:
    """What readers get otherwise from the one than from the other, at the same default starts."""
    provider = dataclasses.replace(other.provider, reference=one.provider.reference)
    expected = dataclasses.replace(other, provider=provider)
    for language in LANGUAGES:
        if one.pages[language].whole != expected.pages[language].whole:
            yield f"{language}: the page"
    if one.provider.policy.digest != expected.provider.policy.digest:
        yield "the terms"
    if quotes_of(one) != quotes_of(expected):
        yield "the quotes"


def quotes_of(one: Published) -> list[str]:
    """Each service as its form begins, and the worked examples; equal terms price all alike."""
    queries = [{"service": service} for service in one.provider.policy.services]
    return [one.figures_of(quote) for quote in (*map(one.quote, queries), *one.examples)]


@pytest.mark.parametrize("folder", sorted(file.parent.name for file in POLICIES.glob("*/*.yaml")))
def test_a_dated_value_holds_from_its_day_on(folder: str) -> None:
    """Before it all is as without the row; on the day all is as with the value itself.

    That page, quotes and languages follow the value itself together is told for each above.
    """
    policy = PolicyText.read(POLICIES / folder)
    before = policy.published_on(DAY_BEFORE)
    found, changed = [], 0
    for change, rows, plain in dated_and_plain(policy):
        with suppress(Refused):
            on_the_day = rows.published_on(DAY_OF_CHANGE), plain.published_on(DAY_OF_CHANGE)
            the_day_before = rows.published_on(DAY_BEFORE), before
            changed += 1
            found += [f"{change}, before: {what}" for what in differences(*the_day_before)]
            found += [f"{change}, on the day: {what}" for what in differences(*on_the_day)]
    assert changed
    assert found == []


def test_a_page_of_another_edition_is_found() -> None:
    """The comparison itself: the page of the day before differs from that of the day."""
    policy = PolicyText.read(POLICIES / "mastiff")
    change = change_of(policy, "charges/labour/price")
    rows = dated(policy, change)
    told = [*differences(rows.published_on(DAY_BEFORE), rows.published_on(DAY_OF_CHANGE))]
    assert told == [*(f"{language}: the page" for language in LANGUAGES), "the terms", "the quotes"]
