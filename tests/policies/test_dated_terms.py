"""A new value is a new dated row: each case is priced by the terms in force on its day."""

from collections.abc import Sequence
from datetime import date

import pytest

from termwise.reading.policy_text import read_policy_text
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import quote_data
from termwise_calculator.pricing.scenario import choose_terms, read_scenario
from termwise_calculator.terms.policy import Policy
from tests.real_providers import POLICIES, REFERENCE

UNDATED = "effective: not stated"
OLD = "price: 100.00"
DATED = """price:
      - {from: 2026-01-01, value: 100.00, source: the page as first read}
      - {from: 2026-07-01, value: 110.00, source: a later page}"""


@pytest.fixture(scope="module")
def editions() -> Sequence[Policy]:
    """Mastiff's terms as if the base rate had risen from 100.00 to 110.00 on 1 July 2026.

    They hold from the beginning of that year, and do not end.
    """
    return mastiff_from("effective: 2026-01-01")


def mastiff_from(beginning: str) -> Sequence[Policy]:
    """The editions of Mastiff's terms with that change, and these lines on when they hold."""
    text = (POLICIES / "mastiff" / "policy.yaml").read_text(encoding="utf-8")
    for once in (OLD, UNDATED):
        assert text.count(once) == 1
    policy, problems = read_policy_text(text.replace(OLD, DATED).replace(UNDATED, beginning))
    assert policy is not None, "\n".join(map(str, problems))
    return [edition.policy for edition in policy.editions]


def effective_and_price(
    editions: Sequence[Policy], start: str, on: date | None = None
) -> tuple[str | None, str]:
    """Which terms price one office hour from `start`, and at how much."""
    raw = {"start": start, "minutes": "60"}
    policy = choose_terms(editions, "remote-help", raw, REFERENCE, on)
    quote = quote_data(price(policy, read_scenario(policy, "remote-help", raw, REFERENCE)))
    return quote["terms"]["effective"], quote["subtotal"]


@pytest.mark.parametrize(
    ("start", "effective", "subtotal"),
    [
        ("2026-06-30T17:59", "2026-01-01", "100.00"),
        ("2026-07-01T10:00", "2026-07-01", "110.00"),
        # 21:59 in UTC is 23:59 in Warsaw, 22:00 is the first minute of July; both at night, × 4.
        ("2026-06-30T21:59Z", "2026-01-01", "400.00"),
        ("2026-06-30T22:00Z", "2026-07-01", "440.00"),
    ],
)
def test_the_day_of_the_start_decides(
    editions: Sequence[Policy], start: str, effective: str, subtotal: str
) -> None:
    """The local date of the start chooses the terms."""
    assert effective_and_price(editions, start) == (effective, subtotal)


def test_a_date_asked_for_decides_before_the_start(editions: Sequence[Policy]) -> None:
    """Last year's invoice can be explained, and next year's foretold."""
    start = "2026-07-01T10:00"
    assert effective_and_price(editions, start, date(2026, 6, 30)) == ("2026-01-01", "100.00")
    assert effective_and_price(editions, start, date(2027, 1, 1)) == ("2026-07-01", "110.00")


def test_there_are_no_terms_before_the_first(editions: Sequence[Policy]) -> None:
    """A date before all recorded terms is refused, not guessed."""
    with pytest.raises(ScenarioProblems, match="start: no-terms"):
        effective_and_price(editions, "2026-03-03T10:00", date(2025, 12, 31))


def test_each_edition_has_its_own_digest(editions: Sequence[Policy]) -> None:
    """A changed price is another policy, and the digest says so."""
    assert [edition.effective for edition in editions] == [date(2026, 1, 1), date(2026, 7, 1)]
    assert len({edition.digest for edition in editions}) == 2


# ---- Terms without a stated beginning


@pytest.mark.parametrize(
    ("start", "effective", "subtotal"),
    [
        ("2015-03-03T10:00", None, "100.00"),
        ("2026-06-30T17:59", None, "100.00"),
        ("2026-07-01T10:00", "2026-07-01", "110.00"),
        ("2026-06-30T21:59Z", None, "400.00"),
        ("2026-06-30T22:00Z", "2026-07-01", "440.00"),
    ],
)
def test_terms_without_a_date_hold_from_ever(
    start: str, effective: str | None, subtotal: str
) -> None:
    """Until the day of the first dated row, whatever the day of the row above it says."""
    assert effective_and_price(mastiff_from(UNDATED), start) == (effective, subtotal)


def test_a_first_row_of_any_day_begins_nothing() -> None:
    """It holds from ever, like the terms; only the rows below it begin editions."""
    assert [edition.effective for edition in mastiff_from(UNDATED)] == [None, date(2026, 7, 1)]


# ---- Terms that end


ENDING = "effective: not stated\nends: 2027-03-31"


@pytest.mark.parametrize("beginning", [ENDING, ENDING.replace("not stated", "2026-01-01")])
def test_the_last_day_has_a_price_and_the_next_has_none(beginning: str) -> None:
    """In the provider's zone; the problem names the last day."""
    editions = mastiff_from(beginning)
    assert effective_and_price(editions, "2027-03-31T10:00") == ("2026-07-01", "110.00")
    assert effective_and_price(editions, "2027-03-31T21:59Z") == ("2026-07-01", "440.00")
    for start, on in [
        ("2027-03-31T22:00Z", None),
        ("2027-04-01T00:00", None),
        ("2026-07-01T10:00", date(2027, 4, 1)),
    ]:
        with pytest.raises(ScenarioProblems, match="start: terms-ended") as refused:
            effective_and_price(editions, start, on)
        assert refused.value.problems[0].details == {
            "found": "2027-04-01",
            "expected": "2027-03-31",
        }


def test_an_end_that_is_not_published_ends_nothing() -> None:
    """Nobody knows the day, so every later day has the price."""
    editions = mastiff_from("effective: not stated\nends: not stated")
    assert effective_and_price(editions, "2035-07-02T10:00") == ("2026-07-01", "110.00")
    assert [(one.ends, one.ends_some_day) for one in editions] == [(None, True)] * 2
