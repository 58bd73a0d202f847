"""What each stage of pricing promises, over tariffs and sessions drawn at random."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.pricing.counting import started
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.pricing.units import stepped
from termwise_calculator.terms.loading import load_policy
from tests.calculator.test_slots import CHARGE, COMPILED

REFERENCE = date(2026, 3, 2)
PLAIN = {"first": None, "stop": None, "rate": None, "unit": "increment", "minimum_increments": 0}
QUESTION = {"default": "0", "options": [], "when": {}, "newest_major": None}
CENT = Decimal("0.01")

amounts = st.integers(0, 500_00).map(lambda cents: Decimal(cents) / 100)
steps = st.integers(1, 120)
sessions = st.integers(0, 3000)
starts = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 20)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)


def charge(amount: Decimal, **fields: Any) -> dict[str, Any]:
    """A compiled charge by time: by the minute, for an hour, unless the fields say otherwise."""
    by_minute = {"increment_minutes": 1, "price_minutes": 60}
    return {**CHARGE, **PLAIN, **by_minute, "price": str(amount), **fields}


def quoted(
    charges: Mapping[str, Any],
    given_: Mapping[str, str],
    limits: Mapping[str, Any] | None = None,
    surcharges: Mapping[str, Any] | None = None,
    multiply: bool = False,
) -> Quote:
    """The quote of a service with these charges, limits and surcharges."""
    service = {
        "clauses": ["base"],
        "kind": "session",
        "asks": ["start", "minutes"],
        "questions": ["distance"],
        "charges": list(charges),
        "limits": list(limits or {}),
        "surcharges": list(surcharges or {}),
        "surcharges_multiply": multiply,
        **dict.fromkeys(("discounts", "allowances", "conditions", "responses"), ()),
        "default": {"start": 0, "minutes": 60},
    }
    compiled = COMPILED | {
        "questions": {"distance": QUESTION | {"kind": "number", "decimals": 3}},
        "charges": charges,
        "limits": limits or {},
        "surcharges": surcharges or {},
        "services": {"help": service},
    }
    policy = load_policy(compiled, "sha256:0")
    return price(policy, read_scenario(policy, "help", given_, REFERENCE))


def limit(most: bool, amount: Decimal, charges: list[str]) -> dict[str, Any]:
    """A compiled limit."""
    about = {"clauses": ["base"], "when": {}, "window": None, "readings": []}
    return about | {"most": most, "amount": str(amount), "tax_included": None, "charges": charges}


def split_rate(factor: Decimal, rounded: str) -> dict[str, Any]:
    """A compiled rate for time split at the edges of the evening."""
    evening = {"window": "evening", "factor": str(factor), "clauses": ["base"]}
    otherwise = {"factor": "1", "clauses": ["base"]}
    about = {"windows": [evening], "otherwise": otherwise}
    return about | {"decided_at": "window", "rounded": rounded}


@given(minutes=sessions, step=steps)
def test_increments_hold_the_time_and_less_than_one_more(minutes: int, step: int) -> None:
    """Count: exactly N increments are N; one minute more begins another."""
    counted = started(minutes, step) * step
    assert minutes <= counted < minutes + step
    assert started(counted, step) == started(minutes, step)


@given(thousandths=st.integers(0, 10**6), step=st.integers(1, 5000))
def test_steps_hold_the_quantity_and_less_than_one_more(thousandths: int, step: int) -> None:
    """Count: a quantity rounds up to its steps, and stays as it is without them."""
    units, size = Decimal(thousandths) / 1000, Decimal(step) / 100
    assert units <= stepped(units, size) < units + size
    assert stepped(units, None) == units


@given(amount=amounts, minutes=sessions)
def test_pro_rata_rounds_once(amount: Decimal, minutes: int) -> None:
    """Price: the exact share of the hourly price, rounded at the end and nowhere before."""
    quote = quoted({"labour": charge(amount)}, {"minutes": str(minutes)})
    assert quote.subtotal == (amount * minutes / 60).quantize(CENT, ROUND_HALF_UP)


@given(amount=amounts, factor=st.integers(1, 40), start=starts, minutes=sessions, by=sessions)
def test_splitting_a_session_at_an_edge_changes_nothing(
    amount: Decimal, factor: int, start: datetime, minutes: int, by: int
) -> None:
    """Rate: where time is split by the minute, two sessions cost what the whole one does."""
    rate = split_rate(Decimal(factor) / 10, "charge")
    charges = {"labour": charge(amount * 60, rate=rate)}
    first = min(by, minutes)
    later = (start + timedelta(minutes=first)).isoformat(timespec="minutes")
    given_ = {"start": start.isoformat(timespec="minutes")}
    try:
        whole = quoted(charges, given_ | {"minutes": str(minutes)})
        parts = [
            quoted(charges, given_ | {"minutes": str(first)}),
            quoted(charges, {"start": later, "minutes": str(minutes - first)}),
        ]
    except ValueError:  # a start in the hour that the clocks leave out
        return
    if all(crosses_no_clock_change(one) for one in (whole, *parts)):
        split = sum((part.subtotal for part in parts), Decimal(0))
        # Each line may be rounded by half a cent.
        assert abs(split - whole.subtotal) <= CENT * (len(whole.lines) + 4)


def crosses_no_clock_change(quote: Quote) -> bool:
    """Local and real time run alike over the whole session."""
    zone, start = quote.policy.zone, quote.scenario.start
    assert start is not None
    end = start + timedelta(minutes=quote.scenario.minutes or 0)
    return start.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset()


@given(amount=amounts, step=steps, start=starts, minutes=sessions)
def test_rounding_once_counts_no_more_than_rounding_in_each_window(
    amount: Decimal, step: int, start: datetime, minutes: int
) -> None:
    """Count: the whole rounded up once is whole steps, and never more than each part rounded."""
    given_ = {"start": start.isoformat(timespec="minutes") + "Z", "minutes": str(minutes)}
    counted = []
    for rounded in ("charge", "window"):
        rate = split_rate(Decimal(1), rounded)
        labour = charge(amount, increment_minutes=step, price_minutes=step, rate=rate)
        lines = quoted({"labour": labour}, given_).lines
        counted.append(sum(int(line.quantity) * (line.unit_minutes or 0) for line in lines))
    assert counted[0] == started(minutes, step) * step
    assert counted[0] <= counted[1]


@given(amount=amounts, minutes=sessions, bound=amounts, most=st.booleans())
def test_a_limit_is_kept(amount: Decimal, minutes: int, bound: Decimal, most: bool) -> None:
    """Limit: never more than the most, never less than the least, else nothing changes."""
    charges = {"labour": charge(amount)}
    free = quoted(charges, {"minutes": str(minutes)}).subtotal
    held = quoted(charges, {"minutes": str(minutes)}, {"bound": limit(most, bound, ["labour"])})
    assert held.subtotal == (min(free, bound) if most else max(free, bound))


@given(amount=amounts, energy=st.integers(0, 10**5), minutes=sessions, rates=st.booleans())
def test_shares_of_the_tax_make_up_its_sum(
    amount: Decimal, energy: int, minutes: int, rates: bool
) -> None:
    """Tax: the shares' bases are the subtotal, and their taxes the tax, at one rate or several."""
    by_unit = {"unit": "quantity", "increment_minutes": None, "price_minutes": None}
    reduced = {"tax_rate": "5"} if rates else {}
    travel = charge(amount / 7, **by_unit, counts="distance", **reduced)
    given_ = {"minutes": str(minutes), "distance": str(Decimal(energy) / 1000)}
    quote = quoted({"labour": charge(amount), "travel": travel}, given_)
    assert quote.total is not None
    assert sum(share.net or 0 for share in quote.shares) == quote.total.net == quote.subtotal
    assert sum(share.tax or 0 for share in quote.shares) == quote.total.tax
    data = quote_data(quote)
    assert (data["tax"]["rate"] is None) == (len(quote.shares) > 1)


@given(
    amount=amounts,
    percents=st.lists(st.integers(0, 300), max_size=4),
    minutes=sessions,
    multiply=st.booleans(),
)
def test_surcharges_add_or_multiply(
    amount: Decimal, percents: list[int], minutes: int, multiply: bool
) -> None:
    """Surcharge: a card that adds sums its percentages, one that multiplies chains them."""
    charges = {"labour": charge(amount)}
    rules = {f"plus-{at}": surcharge(percent) for at, percent in enumerate(percents)}
    base = quoted(charges, {"minutes": str(minutes)}).subtotal
    due = quoted(charges, {"minutes": str(minutes)}, None, rules, multiply).subtotal
    factor = 1 + Decimal(sum(percents)) / 100
    if multiply:
        factor = Decimal(1)
        for percent in percents:
            factor *= 1 + Decimal(percent) / 100
    # Each surcharge is a line, rounded by half a cent at most.
    assert abs(due - base * factor) <= CENT / 2 * len(percents)


def surcharge(percent: int) -> dict[str, Any]:
    """A compiled surcharge at any time."""
    about = {"clauses": ["base"], "when": {}, "window": None, "readings": []}
    return about | {"percent": str(percent), "charges": ["labour"]}


@given(
    lengths=st.lists(st.tuples(steps, amounts), max_size=4),
    minutes=sessions,
    more=sessions,
    tolerance=st.integers(0, 30),
    least=st.integers(0, 120),
)
def test_blocks_cap_the_price(
    lengths: list[tuple[int, Decimal]], minutes: int, more: int, tolerance: int, least: int
) -> None:
    """Count: blocks before a free rest never cost more than all of them, longer never less."""
    blocks = [
        {"minutes": length, "price": str(amount), "clauses": ["base"]} for length, amount in lengths
    ]
    fields = {
        "first": blocks[0] if blocks else None,
        "following": blocks[1:],
        "least_minutes": least,
        "tolerance": {"minutes": tolerance, "clauses": ["base"]},
    }
    free = {"labour": charge(Decimal(0), increment_minutes=60, price_minutes=60, **fields)}
    due = [quoted(free, {"minutes": str(each)}).subtotal for each in (minutes, minutes + more)]
    assert due[0] <= due[1] <= sum((amount for _, amount in lengths), Decimal(0))


TiersOfTime = list[tuple[int, Decimal, bool]]
"""Where each ends, its price, and whether that is one amount for all of it."""

tiers_of_time = st.lists(
    st.tuples(st.integers(1, 300), amounts, st.booleans()),
    max_size=3,
    unique_by=lambda tier: tier[0],
).map(sorted)


def subtotal_by_length(
    tiers: TiersOfTime, amount: Decimal, increment: int, minutes: int, graduated: bool
) -> Decimal:
    """What a session comes to, by the tiers and by the price of the charge."""
    compiled = [
        {"up_to": end, "price": str(own), "flat": flat, "clauses": ["base"]}
        for end, own, flat in tiers
    ]
    counted = {"increment_minutes": increment, "price_minutes": increment, "length_tiers": compiled}
    labour = charge(amount, graduated=graduated, **counted)
    return quoted({"labour": labour}, {"minutes": str(minutes)}).subtotal


@given(tiers=tiers_of_time, amount=amounts, increment=steps, minutes=sessions)
def test_all_of_a_session_has_the_price_of_its_length(
    tiers: TiersOfTime, amount: Decimal, increment: int, minutes: int
) -> None:
    """By volume: the first tier that the session fits prices all of it; none, the charge does."""
    _, own, flat = next((tier for tier in tiers if minutes <= tier[0]), (0, amount, False))
    times = min(minutes, 1) if flat else started(minutes, increment)
    found = subtotal_by_length(tiers, amount, increment, minutes, graduated=False)
    assert found == times * own


@given(tiers=tiers_of_time, amount=amounts, increment=steps, minutes=sessions)
def test_each_part_of_a_session_has_the_price_of_its_tier(
    tiers: TiersOfTime, amount: Decimal, increment: int, minutes: int
) -> None:
    """Graduated: what lies in a tier counts by itself, in increments begun where it begins."""
    begin, by_hand = 0, Decimal(0)
    for end, own, flat in [*tiers, (minutes, amount, False)]:
        inside = max(min(minutes, end) - begin, 0)
        by_hand += own * (min(inside, 1) if flat else started(inside, increment))
        begin = end
    assert subtotal_by_length(tiers, amount, increment, minutes, graduated=True) == by_hand
