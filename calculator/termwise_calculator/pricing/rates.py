"""Rates: what a price and its increment are while some windows are open."""

from decimal import Decimal

from termwise_calculator.terms.tariff import Charge, Figure, Rate, Unpublished, WindowRate
from termwise_calculator.time.lengths import Minutes


def rate_at(rate: Rate | None, open_windows: frozenset[str]) -> WindowRate | Unpublished | None:
    """The rate of the open window, what holds outside all of them, or no rate at all."""
    if rate is None:
        return None
    for window_rate in rate.windows:
        if window_rate.window in open_windows:
            return window_rate
    return rate.otherwise


def price_under(
    charge: Charge, rate: WindowRate | Unpublished | None, own: Figure | None = None
) -> tuple[Figure, Figure]:
    """The price under a rate, and the factor on it; `own` is that of a block or a tier.

    What is free stays free at hours of which nothing is published, unless the charge has prices of
    its own at others: then nobody knows which.
    """
    if isinstance(rate, Unpublished):
        free = own == 0 if own is not None else charge.price == 0 and not _priced_by_window(charge)
        return Decimal(0) if free else rate, Decimal(1)
    price = rate.price if rate and rate.price is not None else charge.price
    return price if own is None else own, rate.factor if rate else Decimal(1)


def _priced_by_window(charge: Charge) -> bool:
    return any(one.price is not None for one in charge.rate.windows) if charge.rate else False


def is_free(rate: WindowRate | Unpublished | None) -> bool:
    """Tell whether time under a rate costs nothing."""
    return isinstance(rate, WindowRate) and (not rate.factor or rate.price == 0)


def least_of(charge: Charge, rate: WindowRate | Unpublished | None) -> Minutes:
    """The least time that is billed, in minutes: the window's own, or the charge's."""
    own = rate.least_minutes if isinstance(rate, WindowRate) else None
    return charge.least_minutes if own is None else own


def increment_of(charge: Charge, rate: WindowRate | Unpublished | None) -> Minutes:
    """The increment in minutes: the window's own, or the charge's."""
    own = rate.increment_minutes if isinstance(rate, WindowRate) else None
    return own or charge.increment
