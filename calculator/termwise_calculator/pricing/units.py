"""Counting quantities: units in started steps, and the tiers of price they fall into."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from termwise_calculator.terms.tariff import Charge, Figure, Unpublished

ONE = Decimal(1)


class Units(NamedTuple):
    """A number of units at one price for `per` of them; None is the charge's own price.

    `tier` is the place of the tier that prices them, None for those beyond all tiers.
    """

    quantity: Decimal
    unit: str
    price: Figure | None = None
    per: Decimal = ONE
    clauses: tuple[str, ...] = ()
    tier: int | None = None


def stepped(units: Decimal, step: Decimal | None) -> Decimal:
    """A quantity counted in started steps; exactly as it is where there are none."""
    if step is None:
        return units
    return (units / step).to_integral_value(ROUND_CEILING) * step


def tiered(charge: Charge, units: Decimal) -> Iterator[Units]:
    """Units by the tier that prices them: each part by its own, or all by the one they reach."""
    if charge.by_volume:
        if units:
            yield _in_tier(charge, _tier_reached(charge, units), units)
        return
    below = Decimal(0)
    for place, tier in enumerate(charge.tiers):
        if units <= below:
            return
        if isinstance(tier.up_to, Unpublished):
            yield _in_tier(charge, place, units - below)
            return
        yield _in_tier(charge, place, min(units, tier.up_to) - below)
        below = tier.up_to
    if units > below:
        yield _in_tier(charge, None, units - below)


def _tier_reached(charge: Charge, units: Decimal) -> int | None:
    """The place of the tier that a number of units reaches, or may reach; None beyond them all."""
    for place, tier in enumerate(charge.tiers):
        if isinstance(tier.up_to, Unpublished) or units <= tier.up_to:
            return place
    return None


def _in_tier(charge: Charge, place: int | None, quantity: Decimal) -> Units:
    unit = charge.counts or charge.unit
    if place is None:
        return Units(quantity, unit, per=charge.per_units)
    tier = charge.tiers[place]
    if isinstance(tier.up_to, Unpublished):
        return Units(quantity, unit, tier.up_to, tier=place)
    if tier.flat:
        return Units(ONE, "session", tier.price, clauses=tier.clauses, tier=place)
    return Units(quantity, unit, tier.price, charge.per_units, tier.clauses, place)
