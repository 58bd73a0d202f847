"""The prices that minutes or units have one after the other: of blocks, of tiers, of the charge."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from termwise_calculator.pricing.rates import price_under
from termwise_calculator.terms.tariff import Charge, Figure, Unpublished, WindowRate, multiplied
from termwise_calculator.time.lengths import Minutes

Amount = Minutes | Decimal
"""Minutes or units."""


class PriceStep(NamedTuple):
    """What is due for minutes or units `beyond` a number, with the factor on it.

    Whoever has more comes by it too, unless all of them have one price, that of the tier which
    their number reaches: then it is for those `up_to` another number.
    """

    beyond: Amount
    up_to: Amount | None
    price: Figure


def price_steps(charge: Charge, rate: WindowRate | Unpublished | None) -> Iterator[PriceStep]:
    """Every price of a charge under a rate, from the first minute or unit on.

    None in time of which nothing is said.
    """
    if rate is None and charge.rate is not None:
        return

    def due(own: Figure | None) -> Figure:
        return multiplied(*price_under(charge, rate, own))

    reached: Minutes = 0
    for length in charge.length_tiers:
        if isinstance(length.up_to, Unpublished):
            yield PriceStep(reached, None, length.up_to)
            return
        yield PriceStep(reached, None if charge.graduated else length.up_to, due(length.price))
        reached = length.up_to
    minutes: Minutes = 0
    for block in charge.blocks:
        yield PriceStep(max(minutes, reached), None, due(block.price))
        minutes += block.minutes
    units = Decimal(0)
    for tier in charge.tiers:
        if isinstance(tier.up_to, Unpublished):
            yield PriceStep(units, None, tier.up_to)
            return
        yield PriceStep(units, tier.up_to if charge.by_volume else None, due(tier.price))
        units = tier.up_to
    yield PriceStep(units if charge.tiers else max(minutes, reached), None, due(None))
