"""Rules that claim one case together though only one of them can be meant.

What is no conflict, and why:

- charges of a service add up, so one may come on top of another, for all of its cases or for some;
- surcharges add up or multiply, as the service says;
- of several discounts, and of several allowances, the first that fits is taken: the service puts
  them in that order;
- limits on different charges or surcharges, or for different periods, each hold on their own;
- a condition is shown beside others.

What is one:

- two charges that count the same time or quantity, for answers to the same questions, where some
  answers have both, and each has answers of its own: these are alternatives that overlap;
- two maxima, or two minima, on the same charges in the same period;
- a minimum above the maximum on the same charges, or on more of them.

Windows of one rate, the prices of one table and response times are compared where they are read.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations as pairs
from typing import NamedTuple

from termwise_calculator.coverage.answers import Asked, combinations
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import Answers, Applies, Charge, Limit, stated


class Claim(NamedTuple):
    """Rules that both hold for some answers, at the times that `at` says: at any, if nothing."""

    rules: tuple[str, str]
    clauses: tuple[str, ...]
    answers: Sequence[Answers]
    at: tuple[Applies, ...]


def claims_of(policy: Policy, service: Service, questions: Sequence[Asked]) -> Iterator[Claim]:
    """Every pair of rules of a service that claim one case together."""
    charges = [policy.charges[name] for name in service.charges]
    for charge, other in pairs(charges, 2):
        if _count_the_same(charge, other):
            yield from _overlapping(charge, other, questions)
    limits = [policy.limits[name] for name in service.limits]
    for limit, other_limit in pairs(limits, 2):
        if _contradict(service, limit, other_limit):
            yield _both(limit, other_limit, questions)


def _count_the_same(charge: Charge, other: Charge) -> bool:
    """Tell whether charges count the same minutes or units, by answers to the same questions."""
    by_amount = charge.unit in ("increment", "quantity")
    same = (charge.unit, charge.counts) == (other.unit, other.counts)
    asked, asked_too = ({name for name, _ in one.when.answers} for one in (charge, other))
    return by_amount and same and bool(asked) and asked == asked_too


def _overlapping(charge: Charge, other: Charge, questions: Sequence[Asked]) -> Iterator[Claim]:
    ways = combinations(questions, (charge.when, other.when))
    both = [way for way in ways if charge.when.holds(way) and other.when.holds(way)]
    alone = [way for way in ways if charge.when.holds(way) and way not in both]
    other_alone = [way for way in ways if other.when.holds(way) and way not in both]
    if both and alone and other_alone:
        at = tuple(one.applies for one in (charge, other) if one.applies)
        yield Claim((charge.id, other.id), _clauses(charge, other), both, at)


def _contradict(service: Service, limit: Limit, other: Limit) -> bool:
    """Tell whether two limits cannot both be meant for a case for which both hold."""
    if bool(limit.surcharges) != bool(other.surcharges):
        return False
    covered, others = _covered(service, limit), _covered(service, other)
    if limit.most == other.most:
        periods = [(one.period_minutes, one.by_day) for one in (limit, other)]
        return covered == others and periods[0] == periods[1]
    most, least = (limit, other) if limit.most else (other, limit)
    bounded = covered <= others if least is limit else others <= covered
    known = isinstance(least.amount, Decimal) and isinstance(most.amount, Decimal)
    return bounded and known and stated(least.amount) > stated(most.amount)


def _covered(service: Service, limit: Limit) -> set[str]:
    """The charges of a service, or the surcharges, that a limit is on."""
    if limit.surcharges:
        return set(limit.surcharges) & set(service.surcharges)
    return set(limit.charges) & set(service.charges)


def _both(limit: Limit, other: Limit, questions: Sequence[Asked]) -> Claim:
    ways = combinations(questions, (limit.when, other.when))
    both = [way for way in ways if limit.when.holds(way) and other.when.holds(way)]
    at = tuple(Applies(one.window, inside=True) for one in (limit, other) if one.window)
    return Claim((limit.id, other.id), _clauses(limit, other), both, at)


def _clauses(*rules: Charge | Limit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for rule in rules for clause in rule.clauses))
