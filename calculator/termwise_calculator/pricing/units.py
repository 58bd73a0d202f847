"""Counting quantities: the tiers of price that units fall into, and the started steps of each."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from termwise_calculator.terms.tariff import Charge, Figure, Unpublished

ONE = Decimal(1)


class Units(NamedTuple):
    """A number of units at one price for `per` of them; None is the charge's own price.

    `tier` is the place of the tier that prices them, None for those beyond all tiers. `entered` are
    the units of which started steps have made this quantity.
    """

    quantity: Decimal
    unit: str
    price: Figure | None = None
    per: Decimal = ONE
    clauses: tuple[str, ...] = ()
    tier: int | None = None
    entered: Decimal | None = None


def stepped(units: Decimal, step: Decimal | None) -> Decimal:
    """A quantity counted in started steps; exactly as it is where there are none."""
    if step is None:
        return units
    return (units / step).to_integral_value(ROUND_CEILING) * step


def priced_units(charge: Charge, units: Decimal) -> Iterator[Units]:
    """Units by the tier that prices them, each part in steps begun where its tier begins.

    None at all are due nothing, or one step or flat tier where the charge has that as its minimum.
    """
    if not units and charge.minimum_increments:
        place, tier = (0, charge.tiers[0]) if charge.tiers else (None, None)
        yield _in_tier(charge, place, charge.per_in(tier).step or units, units)
    elif charge.steps_before_tiers:
        counted = stepped(units, charge.step_units)
        for place, part in _tiered(charge, counted):
            yield _in_tier(charge, place, part, part)
    else:
        for place, part in _tiered(charge, units):
            step = charge.per_in(None if place is None else charge.tiers[place]).step
            yield _in_tier(charge, place, stepped(part, step), part)


def _tiered(charge: Charge, units: Decimal) -> Iterator[tuple[int | None, Decimal]]:
    """The place of a tier and the units in it: each part in its own, or all in that they reach."""
    if charge.by_volume:
        if units:
            yield _tier_reached(charge, units), units
        return
    below = Decimal(0)
    for place, tier in enumerate(charge.tiers):
        if units <= below:
            return
        if isinstance(tier.up_to, Unpublished):
            yield place, units - below
            return
        yield place, min(units, tier.up_to) - below
        below = tier.up_to
    if units > below:
        yield None, units - below


def _tier_reached(charge: Charge, units: Decimal) -> int | None:
    """The place of the tier that a number of units reaches, or may reach; None beyond them all."""
    for place, tier in enumerate(charge.tiers):
        if isinstance(tier.up_to, Unpublished) or units <= tier.up_to:
            return place
    return None


def _in_tier(charge: Charge, place: int | None, quantity: Decimal, entered: Decimal) -> Units:
    unit = charge.counts or charge.unit
    if place is None:
        return Units(quantity, unit, per=charge.per_units, entered=entered)
    tier = charge.tiers[place]
    if isinstance(tier.up_to, Unpublished):
        return Units(quantity, unit, tier.up_to, tier=place, entered=entered)
    if tier.flat:
        return Units(ONE, "session", tier.price, clauses=tier.clauses, tier=place, entered=entered)
    per = charge.per_in(tier).units
    return Units(quantity, unit, tier.price, per, tier.clauses, place, entered)
