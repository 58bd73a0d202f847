"""Free time: used up once by the charges that share it, and faster at some hours."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from termwise.scenarios.worked import worked_examples
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Line, Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.policy import Policy
from tests.properties.scenarios import starts
from tests.scenarios.test_examples import REFERENCE, policy_of

WARSAW = ZoneInfo("Europe/Warsaw")
SIZE = 240
WINDOWS = 'windows: {evening: "Mo-Fr 17:00-22:00", weekend: Sa-Su}'
RULES = """
questions:
  used: {kind: minutes, default: 0, label: How many free minutes have you used}
  travel: {kind: minutes, default: 0, label: How long do we travel}
  waiting: {kind: minutes, default: 0, label: How long did we wait}
charges:
  waiting: {label: Waiting, clause: terms, price: 20.00, per: 60 min, counts: {question: waiting}}
  travel: {label: Travel, clause: terms, price: 30, per: started 15 min, counts: {question: travel}}
  labour: {label: Work, clause: terms, price: 60.00, per: 60 min}
"""
BURNS = "{evening: {times: 1.5, clause: terms}, weekend: {times: 2, clause: terms}}"
FACTORS = {"evening": 1.5, "weekend": 2.0}

minutes = st.integers(0, 400)


@cache
def policy(burns: str, charges: str) -> Policy:
    """A policy with 240 free minutes for some charges."""
    allowance = (
        "allowances: {free: {label: Free, clause: terms, minutes: 240, period: calendar year, "
        f"used: used, burns: {burns}, charges: {charges}}}}}"
    )
    windows = WINDOWS if burns == BURNS else ""
    return policy_of({"policy": f"{windows}{RULES}{allowance}\n"}).editions[-1].policy


def free_lines(quote: Quote) -> list[Line]:
    """What free time pays for."""
    return [line for line in quote.lines if line.kind == "allowance"]


@given(used=minutes, labour=minutes, travel=minutes, waiting=minutes)
def test_charges_that_share_free_time_use_it_up_once(
    used: int, labour: int, travel: int, waiting: int
) -> None:
    """In the order in which it names them: each takes what the ones before it have left."""
    terms = policy("by the clock", "[labour, waiting, travel]")
    raw = {"minutes": labour, "used": used, "travel": travel, "waiting": waiting}
    given_ = {name: str(value) for name, value in raw.items()}
    lines = free_lines(price(terms, read_scenario(terms, "help", given_, REFERENCE)))
    left = max(SIZE - used, 0)
    for name, counted in (
        ("labour", labour),
        ("waiting", waiting),
        ("travel", -(-travel // 15) * 15),
    ):
        expected = min(left, counted)
        assert sum(line.time for line in lines if line.covers == name) == expected
        left -= expected
    assert sum(line.used for line in lines) <= max(SIZE - used, 0)


@given(used=minutes, left=minutes, worked=st.integers(0, 900))
def test_what_is_left_of_a_period_adds_to_the_next(used: int, left: int, worked: int) -> None:
    """Up to its most: as many minutes as if the period had had them from the beginning."""
    [example] = [one for one in worked_examples()["packages"] if "month before" in one.feature]
    raw = {"minutes": str(worked), "used": str(used), "left": str(left)}
    quote = price(example.policy, read_scenario(example.policy, "help", raw, REFERENCE))
    counted = begun_quarters(worked)
    covered = min(counted, max(300 + min(left, 120) - used, 0))
    assert sum(line.time for line in free_lines(quote)) == covered
    assert quote.subtotal == Decimal(begun_quarters(counted - covered)) * 90 / 60


def begun_quarters(worked: int) -> int:
    """Minutes in begun quarters of an hour."""
    return -(-worked // 15) * 15


@given(start=starts, length=st.integers(0, 600), used=st.integers(0, SIZE))
def test_a_block_burns_minute_by_minute(start: str, length: int, used: int) -> None:
    """What it covers is what somebody counts who looks at the clock in each minute."""
    terms = policy(BURNS, "[labour]")
    raw = {"start": start, "minutes": str(length), "used": str(used)}
    quote = price(terms, read_scenario(terms, "help", raw, REFERENCE))
    covered, left = by_hand(datetime.fromisoformat(start), length, SIZE - used)
    lines = free_lines(quote)
    assert [line.time for line in lines] == ([covered] if covered else [])
    assert sum(float(line.used) for line in lines) == SIZE - used - left
    paid = sum(line.quantity for line in quote.lines if line.rule == "labour")
    assert covered + paid == length


def by_hand(start: datetime, length: int, left: float) -> tuple[int, float]:
    """The minutes that a block covers, and what is left of it."""
    for minute in range(length):
        local = (start + timedelta(minutes=minute)).astimezone(WARSAW)
        if local.weekday() > 4:
            factor = FACTORS["weekend"]
        else:
            factor = FACTORS["evening"] if 17 <= local.hour < 22 else 1.0
        if factor > left:
            return minute, left
        left -= factor
    return length, left
