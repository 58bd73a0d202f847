"""Counting quantities: units in started steps, and the tiers of price they fall into."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from calculator.tariff import Charge, Tier

ONE = Decimal(1)


class Units(NamedTuple):
    """A number of units at one price for `per` of them; None is the charge's own price."""

    quantity: Decimal
    unit: str
    price: Decimal | None = None
    per: Decimal = ONE
    clauses: tuple[str, ...] = ()


def stepped(units: Decimal, step: Decimal | None) -> Decimal:
    """A quantity counted in started steps; exactly as it is where there are none."""
    if step is None:
        return units
    return (units / step).to_integral_value(ROUND_CEILING) * step


def tiered(charge: Charge, units: Decimal) -> Iterator[Units]:
    """Units by the tier that prices them: each part by its own, or all by the one they reach."""
    if charge.by_volume:
        reached = next((tier for tier in charge.tiers if units <= tier.up_to), None)
        if units:
            yield _in_tier(charge, reached, units)
        return
    below = Decimal(0)
    for tier in charge.tiers:
        part = min(units, tier.up_to) - below
        if part > 0:
            yield _in_tier(charge, tier, part)
        below = tier.up_to
    if units > below:
        yield _in_tier(charge, None, units - below)


def _in_tier(charge: Charge, tier: Tier | None, quantity: Decimal) -> Units:
    unit = charge.counts or charge.unit
    if tier is None:
        return Units(quantity, unit, per=charge.per_units)
    if tier.flat:
        return Units(ONE, "session", tier.price, clauses=tier.clauses)
    return Units(quantity, unit, tier.price, charge.per_units, tier.clauses)
