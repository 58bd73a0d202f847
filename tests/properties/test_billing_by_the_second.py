"""Time billed by the second, over tariffs and sessions drawn at random."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.pricing.counting import started, started_until
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.time.lengths import (
    length_data,
    length_from,
    length_text,
    of_seconds,
    read_minutes_and_seconds,
)
from tests.calculator.test_slots import COMPILED
from tests.properties.test_stages import REFERENCE, amounts, charge, limit, split_rate
from tests.properties.test_stages import starts as moments

START = datetime(2026, 3, 3, 12, tzinfo=UTC)

sessions = st.integers(0, 60_000)
steps = st.integers(1, 7200)
starts = moments.map(lambda moment: f"{moment:%Y-%m-%dT%H:%MZ}")
rules = st.sampled_from(["increment", "session", "in each window", "charge", "session end"])


def at(seconds: int) -> str:
    """A length as a visitor gives it."""
    return length_text(of_seconds(seconds))


def billed_by(seconds: int, amount: Decimal, **fields: Any) -> dict[str, Any]:
    """A compiled charge: a price for an hour, billed by begun steps of some seconds."""
    return charge(amount, increment_minutes=length_data(of_seconds(seconds)), **fields)


def quoted(labour: dict[str, Any], given_: dict[str, str], **rest: Any) -> Quote:
    """The quote of a session billed by the second."""
    service = {
        "clauses": ["base"],
        "kind": "session",
        "asks": ["start", "minutes"],
        "questions": [],
        "charges": ["labour"],
        "limits": list(rest),
        **dict.fromkeys(("discounts", "allowances", "conditions", "responses"), ()),
        "default": {"start": 0, "minutes": 60},
        "by_second": True,
    }
    about = {"questions": {}, "charges": {"labour": labour}, "limits": rest}
    policy = load_policy(COMPILED | about | {"services": {"help": service}}, "sha256:0")
    return price(policy, read_scenario(policy, "help", given_, REFERENCE))


def rate(how: str) -> dict[str, Any]:
    """A compiled rate that doubles in the evening, decided in any of the ways there are."""
    decided = {"increment": "increment", "session": "session"}.get(how, "window")
    rounded = {"in each window": "window", "charge": "charge"}.get(how, "session")
    return split_rate(Decimal(2), rounded) | {"decided_at": decided}


@given(seconds=st.integers(0, 10**7))
def test_a_length_is_written_and_read_exactly(seconds: int) -> None:
    """As text, as data and as a number; whole minutes stay plain integers."""
    length = of_seconds(seconds)
    assert (
        read_minutes_and_seconds(length_text(length)) == length_from(length_data(length)) == length
    )
    assert isinstance(length_data(length), int) == (seconds % 60 == 0)


@given(seconds=sessions, step=steps)
def test_increments_of_seconds_hold_the_time(seconds: int, step: int) -> None:
    """Exactly N increments are N, one second more begins another; on the clock as in lengths."""
    count = started(of_seconds(seconds), of_seconds(step))
    assert seconds <= count * step < seconds + step
    end = START + timedelta(seconds=seconds)
    assert started_until(START, end, of_seconds(step)) == count


@given(amount=amounts, start=starts, seconds=sessions, longer=sessions, step=steps, how=rules)
def test_a_longer_session_never_costs_less(
    amount: Decimal, start: str, seconds: int, longer: int, step: int, how: str
) -> None:
    """Nor does a second more, wherever the windows are and whatever decides."""
    labour = billed_by(step, amount, rate=rate(how))
    shorter, more = (
        quoted(labour, {"start": start, "minutes": at(one)}).subtotal
        for one in (seconds, seconds + longer)
    )
    assert shorter <= more


@given(amount=amounts, seconds=sessions, step=steps, times=st.integers(1, 20))
def test_finer_billing_never_costs_more(
    amount: Decimal, seconds: int, step: int, times: int
) -> None:
    """By the second at most as much as by begun steps, and those as by steps many times as long."""
    given_ = {"minutes": at(seconds)}
    by_second, fine, coarse = (
        quoted(billed_by(one, amount), given_).subtotal for one in (1, step, step * times)
    )
    assert by_second <= fine <= coarse


@given(amount=amounts, start=starts, minutes=st.integers(0, 3000), how=rules)
def test_whole_minutes_cost_what_they_cost_by_the_minute(
    amount: Decimal, start: str, minutes: int, how: str
) -> None:
    """Rounded once over all lines: by the second, edges lie where they lie by the minute."""
    given_ = {"start": start, "minutes": str(minutes)}
    by_second, by_minute = (
        quoted(billed_by(step, amount, rate=rate(how)), given_) for step in (1, 60)
    )
    assert [line.amount for line in by_second.lines] == [line.amount for line in by_minute.lines]


@given(start=starts, seconds=sessions, step=steps, how=rules)
def test_lines_follow_each_other_to_the_second(
    start: str, seconds: int, step: int, how: str
) -> None:
    """Each stretch begins where the one before it ends, the first at the start."""
    quote = quoted(
        billed_by(step, Decimal(36), rate=rate(how)), {"start": start, "minutes": at(seconds)}
    )
    timed = [line for line in quote.lines if line.start is not None]
    moments_of = [(line.start, line.end) for line in timed]
    assert [end for _, end in moments_of[:-1]] == [begin for begin, _ in moments_of[1:]]
    if timed:
        assert timed[0].start == quote.scenario.start


@given(amount=amounts, most=amounts, start=starts, seconds=sessions, step=steps)
def test_a_limit_per_period_holds_for_seconds(
    amount: Decimal, most: Decimal, start: str, seconds: int, step: int
) -> None:
    """No period of two hours exceeds the limit, however its increments lie."""
    held = limit(True, most, ["labour"]) | {"period_minutes": 120}
    given_ = {"start": start, "minutes": at(seconds)}
    quote = quoted(billed_by(step, amount), given_, cap=held)
    periods = -(-seconds // 7200)
    assert quote.subtotal <= most * max(periods, 1)


@given(start=starts, seconds=sessions, step=steps)
def test_the_lines_hold_the_time_that_they_charge(start: str, seconds: int, step: int) -> None:
    """What a line counts, in its own unit, is what its amount is worked out from."""
    quote = quoted(billed_by(step, Decimal(36)), {"start": start, "minutes": at(seconds)})
    assert quote_data(quote)["input"]["minutes"] == length_data(of_seconds(seconds))
    for line in quote.lines:
        assert line.unit_minutes is not None
        counted = line.unit_minutes * int(line.quantity)
        assert line.amount == (Decimal(int(counted * 60)) * 36 / 3600).quantize(Decimal("0.01"))
