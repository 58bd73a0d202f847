"""Limits per period: never exceeded, begun anew, and never a reason for another sum."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from tests.properties.test_stages import CENT, amounts, charge, limit, quoted, sessions, starts

HOURS = st.integers(1, 30)
WIDE = Decimal(10**9)


def per_hours(hours: int) -> dict[str, int]:
    """A period from the start of the session on."""
    return {"period_minutes": hours * 60}


def session(start: datetime, minutes: int) -> dict[str, str]:
    """What a visitor enters."""
    return {"start": start.isoformat(timespec="minutes"), "minutes": str(minutes)}


def sums_by_period(quote: Quote, hours: int) -> Mapping[int, Decimal]:
    """What falls in each period, by the start of each line."""
    sums: dict[int, Decimal] = {}
    start = quote.scenario.start
    assert start is not None
    for line in quote.lines:
        period = ((line.start or start) - start) // timedelta(hours=hours)
        sums[period] = sums.get(period, Decimal(0)) + line.amount
    return sums


def priced(given_: Mapping[str, str], **rules: Any) -> Quote | None:
    """The quote, or nothing where the clocks leave the start out."""
    try:
        return quoted(rules.pop("charges"), given_, **rules)
    except ValueError:
        return None


@given(amount=amounts, most=amounts, hours=HOURS, start=starts, minutes=sessions, step=HOURS)
def test_a_maximum_is_exceeded_in_no_period(
    amount: Decimal, most: Decimal, hours: int, start: datetime, minutes: int, step: int
) -> None:
    """Whatever an increment is, each period stays within its maximum."""
    charges = {"labour": charge(amount, increment_minutes=step * 7, price_minutes=60)}
    limits = {"most": limit(True, most, ["labour"]) | per_hours(hours)}
    quote = priced(session(start, minutes), charges=charges, limits=limits)
    if quote is not None:
        assert all(due <= most for due in sums_by_period(quote, hours).values())


@given(amount=amounts, least=amounts, hours=HOURS, start=starts, minutes=sessions)
def test_a_minimum_holds_in_each_period_that_is_begun(
    amount: Decimal, least: Decimal, hours: int, start: datetime, minutes: int
) -> None:
    """A session begins a period with each so many hours, and one at least."""
    limits = {"least": limit(False, least, ["labour"]) | per_hours(hours)}
    quote = priced(session(start, minutes), charges={"labour": charge(amount)}, limits=limits)
    if quote is not None:
        begun = max(-(-minutes // (hours * 60)), 1)
        assert quote.subtotal >= least * begun
        assert all(due >= least for due in sums_by_period(quote, hours).values())


@given(amount=amounts, hours=HOURS, start=starts, minutes=sessions, percent=st.integers(0, 200))
def test_cutting_lines_at_periods_changes_no_sum(
    amount: Decimal, hours: int, start: datetime, minutes: int, percent: int
) -> None:
    """A limit that is never reached costs nothing but the rounding of each line."""
    night = {"clauses": ["base"], "when": {}, "window": "evening", "readings": []}
    surcharges = {"night": night | {"percent": str(percent), "charges": ["labour"]}}
    charges = {"labour": charge(amount)}
    limits = {"most": limit(True, WIDE, ["labour"]) | per_hours(hours)}
    whole = priced(session(start, minutes), charges=charges, surcharges=surcharges)
    cut = priced(session(start, minutes), charges=charges, surcharges=surcharges, limits=limits)
    if whole is not None and cut is not None:
        assert sum(line.amount for line in cut.lines) == cut.subtotal
        assert abs(cut.subtotal - whole.subtotal) <= CENT * (len(cut.lines) + len(whole.lines))


@given(amount=amounts, most=amounts, start=starts, minutes=st.integers(0, 1440))
def test_one_long_period_is_the_whole_session(
    amount: Decimal, most: Decimal, start: datetime, minutes: int
) -> None:
    """A limit on a period that the session does not leave is a limit on the session."""
    charges = {"labour": charge(amount)}
    whole = limit(True, most, ["labour"])
    one = priced(session(start, minutes), charges=charges, limits={"most": whole})
    other = priced(session(start, minutes), charges=charges, limits={"most": whole | per_hours(24)})
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.subtotal == other.subtotal


@given(
    amount=amounts,
    most=amounts,
    hours=HOURS,
    start=starts,
    minutes=sessions,
    step=st.integers(1, 9),
)
def test_hours_that_run_from_the_start_need_no_start(
    amount: Decimal, most: Decimal, hours: int, start: datetime, minutes: int, step: int
) -> None:
    """Whether or not anybody says when a session starts, its periods are the same."""
    charges = {"labour": charge(amount, increment_minutes=step * 7, price_minutes=60)}
    limits = {"most": limit(True, most, ["labour"]) | per_hours(hours)}
    quote = priced(session(start, minutes), charges=charges, limits=limits)
    if quote is not None:
        unasked = price(quote.policy, quote.scenario._replace(start=None))
        assert [line.amount for line in unasked.lines] == [line.amount for line in quote.lines]
