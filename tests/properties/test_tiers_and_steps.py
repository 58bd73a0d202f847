"""Tiers and steps: each tier counts its own begun steps, as somebody would who counts by hand."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.pricing.units import priced_units, stepped
from termwise_calculator.terms.loading import load_charge
from termwise_calculator.terms.tariff import Charge

TENTH = Decimal("0.1")
tenths = st.integers(1, 400).map(lambda number: number * TENTH)
ends_of_tiers = st.sets(tenths, max_size=3).map(sorted)


def charge_with(
    ends: list[Decimal], step: Decimal, by_volume: bool = False, before: bool = False
) -> Charge:
    """A charge by steps, with a tier of its own price up to each of some ends."""
    tiers = [{"up_to": str(end), "price": "1", "flat": False, "clauses": ["terms"]} for end in ends]
    unused = dict.fromkeys(("increment_minutes", "first", "stop", "rate", "applies"))
    compiled = unused | {
        "clauses": ["terms"],
        "when": {},
        "price": "1",
        "unit": "quantity",
        "readings": [],
        "minimum_increments": 0,
        "counts": "units",
        "tiers": tiers,
        "by_volume": by_volume,
        "step_units": str(step),
        "per_units": str(step),
        "steps_before_tiers": before,
    }
    return load_charge("travel", compiled)


def begun_by_hand(first: Decimal, last: Decimal, step: Decimal) -> int:
    """How many steps somebody begins who walks tenth by tenth from one number to another."""
    begun, paid_until, at = 0, first, first
    while at < last:
        at += TENTH
        if at > paid_until:
            begun, paid_until = begun + 1, paid_until + step
    return begun


@given(units=tenths, ends=ends_of_tiers, step=tenths)
def test_each_tier_counts_the_steps_begun_in_it(
    units: Decimal, ends: list[Decimal], step: Decimal
) -> None:
    """Graduated: from the beginning of each tier, whatever was left over in the one before."""
    bounds = [Decimal(0), *(end for end in ends if end < units), units]
    by_hand = [begun_by_hand(first, last, step) for first, last in pairwise(bounds)]
    parts = list(priced_units(charge_with(ends, step), units))
    assert [part.quantity / part.per for part in parts] == by_hand
    assert sum(part.entered for part in parts if part.entered) == units


@given(units=tenths, ends=ends_of_tiers, step=tenths)
def test_the_number_entered_decides_the_tier(
    units: Decimal, ends: list[Decimal], step: Decimal
) -> None:
    """By volume: what a begun step adds reaches no further tier."""
    [part] = priced_units(charge_with(ends, step, by_volume=True), units)
    assert part.quantity / part.per == begun_by_hand(Decimal(0), units, step)
    assert part.tier == next((at for at, end in enumerate(ends) if units <= end), None)


@given(units=tenths, ends=ends_of_tiers, step=tenths)
def test_steps_before_tiers_add_up_to_whole_steps(
    units: Decimal, ends: list[Decimal], step: Decimal
) -> None:
    """Before the tiers: the parts make up the number in whole steps, which none of them need be."""
    parts = list(priced_units(charge_with(ends, step, before=True), units))
    assert sum(part.quantity for part in parts) == stepped(units, step)


@given(units=tenths, ends=ends_of_tiers, step=tenths, by_volume=st.booleans())
def test_tiers_that_end_on_steps_are_the_same_either_way(
    units: Decimal, ends: list[Decimal], step: Decimal, by_volume: bool
) -> None:
    """Where each tier holds whole steps, it does not matter which comes first."""
    whole = [end * 10 * step for end in ends]
    ways = [
        [(part.tier, part.quantity) for part in priced_units(charge, units)]
        for charge in (
            charge_with(whole, step, by_volume, before=before) for before in (False, True)
        )
    ]
    assert ways[0] == ways[1]
