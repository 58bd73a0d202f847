"""What each further minute does to a price: steps of whole minutes that cost the same."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import Scenario, answers_to_match
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.lengths import is_whole

INCREMENTS = 5
"""How many increments the steps go on for, or to the end of the session where that is later."""

MOST_INCREMENTS = 4 * INCREMENTS
LEAST_LENGTH = 10
"""Shorter pictures show no more than their minutes."""


class CostStep(NamedTuple):
    """Whole minutes from `first` to `last` that cost the same; `quote` is that of the first."""

    first: int
    last: int
    quote: Quote

    @property
    def cost(self) -> Decimal | None:
        """What is due, as the quote's total; None where a price is not published."""
        return None if _lacks_a_price(self.quote) else self.quote.due

    @property
    def most(self) -> Decimal | None:
        """The same at the dearest end of what is published as a range."""
        return None if _lacks_a_price(self.quote) else self.quote.dearest.due


def cost_steps(policy: Policy, scenario: Scenario) -> tuple[CostStep, ...]:
    """The price of each whole minute of a case; empty where time costs nothing, or has no steps."""
    length = _length(policy, scenario)
    if not length:
        return ()
    quotes = _Quotes(policy, scenario)
    never_falls = _never_falls(policy, scenario)
    found = _changes(quotes, 0, length) if never_falls else _all_changes(quotes, length)
    steps = tuple(
        CostStep(first, after - 1, quotes[first])
        for first, after in pairwise([0, *found, length + 1])
    )
    return steps if any(step.cost != 0 for step in steps) else ()


class _Quotes(dict[int, Quote]):
    """The quotes of a case by its minutes, each priced when it is asked for."""

    def __init__(self, policy: Policy, scenario: Scenario) -> None:
        super().__init__()
        self._case = policy, scenario

    def __missing__(self, minutes: int) -> Quote:
        policy, scenario = self._case
        self[minutes] = quote = price(policy, scenario._replace(minutes=minutes))
        return quote


def _changes(quotes: _Quotes, first: int, last: int) -> Iterator[int]:
    """The minutes after the first from which on the price is another, in order.

    For prices that never fall: where both ends are alike, so is all between them. A price that is
    missing does not come back.
    """
    if _alike(quotes[first]) == _alike(quotes[last]):
        return
    if last - first == 1:
        yield last
        return
    middle = (first + last) // 2
    yield from _changes(quotes, first, middle)
    yield from _changes(quotes, middle, last)


def _all_changes(quotes: _Quotes, last: int) -> Iterator[int]:
    """The same for any prices."""
    alike = [_alike(quotes[minutes]) for minutes in range(last + 1)]
    return (minutes for minutes in range(1, last + 1) if alike[minutes] != alike[minutes - 1])


def _never_falls(policy: Policy, scenario: Scenario) -> bool:
    """Tell whether more time never costs less.

    It may where time is split but rounded up only at its end: what is rounded up to a dear hour
    reaches a cheap one. So it may where the length of a session decides the price of all of it.
    """
    charges = [policy.charges[name] for name in scenario.service.charges]
    if scenario.service.totals:  # from a sum on a fee may fall away
        return False
    if any(charge.length_tiers and not charge.graduated for charge in charges):
        return False
    rates = [charge.rate for charge in charges if charge.rate is not None]
    return all(one.decided_at != "window" or one.rounded == "window" for one in rates)


def _length(policy: Policy, scenario: Scenario) -> int:
    """Minutes in a few increments of the longest charge that the answers call for."""
    if scenario.minutes is None or policy.currency == NO_CURRENCY:
        return 0
    answers = answers_to_match(policy, scenario)
    counted = [
        (
            charge.first.minutes if charge.first else charge.increment_minutes,
            charge.increment_minutes,
        )
        for charge in map(policy.charges.__getitem__, scenario.service.charges)
        if charge.increment_minutes is not None
        and charge.counts is None
        and charge.when.holds(answers)
    ]
    lengths = [begin + (INCREMENTS - 1) * each for begin, each in counted]
    # Time that is counted by the minute has no steps to draw, and what is billed by the second
    # none that lie on whole minutes.
    by_minute = all(map(is_whole, lengths)) and not scenario.service.by_second
    if not lengths or not by_minute or min(lengths) < LEAST_LENGTH:
        return 0
    most = MOST_INCREMENTS * max(each for _, each in counted)
    return int(max(*lengths, min(scenario.minutes, most)))


def _alike(quote: Quote) -> tuple[Decimal, Decimal, bool]:
    return quote.due, quote.dearest.due, _lacks_a_price(quote)


def _lacks_a_price(quote: Quote) -> bool:
    return any(missing.what == "price" for missing in quote.missing)
