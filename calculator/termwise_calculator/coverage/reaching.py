"""How much of something comes to an amount: where a total begins to decide otherwise."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.scenario import MOST_MINUTES, read_scenario
from termwise_calculator.terms.policy import Policy, Question, Service

MOST_UNITS = 10**6
"""More of something is no case that anybody has."""


def sizes_reaching(
    policy: Policy,
    service: Service,
    query: Mapping[str, str],
    total: Question,
    amount: Decimal,
    on: date,
) -> dict[str, int]:
    """For each field that says how much there is, the least whole answer that reaches an amount.

    All else is as in the query. Fields that never reach it are left out.
    """
    sizes = {}
    for field in fields_of(policy, service, total):
        most = MOST_MINUTES if field == "minutes" else MOST_UNITS

        def comes_to(size: int, field: str = field) -> Decimal:
            return _comes_to(policy, service, {**query, field: str(size)}, total, on)

        low, high = 0, most
        if not comes_to(low) < amount <= comes_to(high):
            continue
        while high - low > 1:  # more of something costs no less
            middle = (low + high) // 2
            low, high = (low, middle) if comes_to(middle) >= amount else (middle, high)
        sizes[field] = high
    return sizes


def _comes_to(
    policy: Policy, service: Service, query: Mapping[str, str], total: Question, on: date
) -> Decimal:
    """What a total comes to in a case; nothing where the case cannot be priced."""
    try:
        return price(policy, read_scenario(policy, service.id, query, on)).case.totals[total.id]
    except ScenarioProblems:
        return Decimal(0)


def fields_of(policy: Policy, service: Service, total: Question) -> list[str]:
    """The fields of the form that say how much there is of what a total adds up."""
    charges = [policy.charges[name] for name in total.of if name in service.charges]
    counted = [one.counts or "minutes" for one in charges if one.unit in ("increment", "quantity")]
    counted += [one.for_each for one in charges if one.for_each]
    return [name for name in dict.fromkeys(counted) if name in (*service.asks, *service.questions)]
