"""Prices by the length of a session: its tier prices all of it, or each of its parts has its own.

A part is what lies in one tier; its place among the tiers is None beyond them all.
"""

from collections.abc import Iterator

from termwise_calculator.pricing.counting import Run, Work, count_increments
from termwise_calculator.terms.tariff import Charge, LengthTier, Unpublished
from termwise_calculator.time.lengths import Minutes


def parts_by_length(charge: Charge, work: Work) -> Iterator[tuple[int | None, Work]]:
    """The parts of some work that have prices by tier, each with the place of its tier."""
    if not charge.graduated:
        yield _tier_reached(charge, work), work
        return
    begin: Minutes = 0
    for place, tier in enumerate(charge.length_tiers):
        if isinstance(tier.up_to, Unpublished) or work.minutes <= tier.up_to - begin:
            yield place, work
            return
        length, begin = tier.up_to - begin, tier.up_to
        yield place, work.first(length)
        work = work.after(length)
    yield None, work


def _tier_reached(charge: Charge, work: Work) -> int | None:
    """The place of the tier that some work reaches, or may reach; None beyond them all.

    What is only added for the least does not count: nobody worked then.
    """
    worked = work.minutes - work.added
    for place, tier in enumerate(charge.length_tiers):
        if isinstance(tier.up_to, Unpublished) or worked <= tier.up_to:
            return place
    return None


def is_one_amount(tier: LengthTier) -> bool:
    """Tell whether a tier has one amount for all that lies in it, as far as that is known."""
    return tier.flat or isinstance(tier.up_to, Unpublished)


def runs_of_tier(charge: Charge, work: Work, place: int) -> list[Run]:
    """The runs that some work counts as in a tier of its charge, wherever the windows are.

    An amount for all of it is due once work has begun, or for what is ordered where the charge has
    one increment as its minimum.
    """
    tier = charge.length_tiers[place]
    if not is_one_amount(tier):
        return [in_tier(charge, run, place) for run in count_increments(charge, work)]
    if not work.minutes and not charge.minimum_increments:
        return []
    length = work.minutes or charge.increment
    run = Run(work.start, 1, length, charge.clauses, until=work.end)
    return [in_tier(charge, run, place)]


def in_tier(charge: Charge, run: Run, place: int) -> Run:
    """A run at the price of a tier."""
    tier = charge.length_tiers[place]
    price = tier.up_to if isinstance(tier.up_to, Unpublished) else tier.price
    clauses = dict.fromkeys(
        (*tier.clauses, *(one for one in run.clauses if one not in charge.clauses))
    )
    return run._replace(price=price, tier=place, clauses=tuple(clauses))
