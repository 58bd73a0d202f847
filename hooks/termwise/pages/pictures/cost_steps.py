"""What each further minute does to the price: steps of whole minutes that cost the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import answers_to_match
from termwise_calculator.terms.policy import Service
from termwise_calculator.time.lengths import is_whole

INCREMENTS = 5
"""How many increments the picture is long."""

LEAST_LENGTH = 10
"""Shorter pictures show no more than their minutes."""


@dataclass(frozen=True, slots=True)
class CostStep:
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


@dataclass(frozen=True, slots=True)
class _Case:
    """What the steps depend on; a digest stands for all the terms."""

    digest: str
    service: str
    reference: date
    provider: Provider = field(compare=False, repr=False)


def cost_steps(provider: Provider, service: Service) -> tuple[CostStep, ...]:
    """The price of each whole minute of the default case; empty where time is not counted."""
    case = _Case(provider.policy.digest, service.id, provider.reference, provider)
    return _priced_steps(case)


@lru_cache(maxsize=16)  # every language shows the same steps
def _priced_steps(case: _Case) -> tuple[CostStep, ...]:
    length = _length(case)
    if not length:
        return ()
    quotes = _Quotes(case)
    found = _changes(quotes, 0, length) if _never_falls(case) else _all_changes(quotes, length)
    firsts = [0, *found]
    lasts = [*(first - 1 for first in firsts[1:]), length]
    return tuple(
        CostStep(first, last, quotes[first]) for first, last in zip(firsts, lasts, strict=True)
    )


class _Quotes(dict[int, Quote]):
    """The quotes of a case by its minutes, each priced when it is asked for."""

    def __init__(self, case: _Case) -> None:
        super().__init__()
        self._case = case

    def __missing__(self, minutes: int) -> Quote:
        raw = {"minutes": str(minutes)}
        self[minutes] = quote = self._case.provider.quote(self._case.service, raw)
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


def _never_falls(case: _Case) -> bool:
    """Tell whether more time never costs less.

    It may where time is split but rounded up only at its end: what is rounded up to a dear hour
    reaches a cheap one. So it may where the length of a session decides the price of all of it.
    """
    policy = case.provider.policy
    charges = [policy.charges[name] for name in policy.services[case.service].charges]
    if any(charge.length_tiers for charge in charges):
        return False
    rates = [charge.rate for charge in charges if charge.rate is not None]
    return all(one.decided_at != "window" or one.rounded == "window" for one in rates)


def _length(case: _Case) -> int:
    """Minutes in a few increments of the longest charge that the default answers call for."""
    scenario = case.provider.quote(case.service, {}).scenario
    answers = answers_to_match(case.provider.policy, scenario)
    charges = [case.provider.policy.charges[charge] for charge in scenario.service.charges]
    lengths = [
        (charge.first.minutes if charge.first else charge.increment_minutes)
        + (INCREMENTS - 1) * charge.increment_minutes
        for charge in charges
        if charge.increment_minutes is not None
        and charge.counts is None
        and charge.when.holds(answers)
    ]
    # Time that is counted by the minute has no steps to draw, and what is billed by the second
    # none that lie on whole minutes.
    by_minute = all(map(is_whole, lengths)) and not scenario.service.by_second
    return int(max(lengths)) if lengths and by_minute and min(lengths) >= LEAST_LENGTH else 0


def _alike(quote: Quote) -> tuple[Decimal, Decimal, bool]:
    return quote.due, quote.dearest.due, _lacks_a_price(quote)


def _lacks_a_price(quote: Quote) -> bool:
    return any(missing.what == "price" for missing in quote.missing)
