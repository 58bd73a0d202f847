"""The case that the comparison shows at first, which is one moment for all providers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from termwise.compiling.edition import Edition
from termwise.pages.calculator.first_scenarios import form_values, scenarios_near
from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import choose_terms
from termwise_calculator.terms.policy import Service

TUESDAY, AT = 1, time(16, 30)  # UTC: about when office hours end in Europe
MINUTES = 90
DAYS_A_WEEK = 7

MOST_SCENARIOS = 32
"""Of a provider: half as many as its own form has, since nobody turns all rows at once."""


def first_start(day: date) -> datetime:
    """The moment, on or after a day of UTC."""
    until = timedelta(days=(TUESDAY - day.weekday()) % DAYS_A_WEEK)
    return datetime.combine(day + until, AT, UTC)


class FirstRow(NamedTuple):
    """What the comparison shows of a provider at first: its terms then, and a quote or problems.

    `provider` stands under the edition that prices the case.
    """

    provider: Provider
    service: Service
    query: Query
    quote: Quote | None
    problems: Sequence[ScenarioProblem]


def first_row(provider: Provider, start: datetime) -> FirstRow:
    """The case under a provider's first service and the terms in force when it starts."""
    service = next(iter(provider.policy.services.values()))
    values = _values(provider, start)
    raw = {name: values[name] for name in service.asks}
    query = {"service": service.id} | raw
    try:
        under = provider.under(_edition(provider, service, raw))
        return FirstRow(under, service, query, under.quote(service.id, raw), ())
    except ScenarioProblems as refused:
        return FirstRow(provider, service, query, None, refused.problems)


def _edition(provider: Provider, service: Service, raw: Query) -> Edition:
    """The edition that prices a case. Raises ScenarioProblems."""
    terms = choose_terms(provider.policies, service.id, raw, provider.reference)
    return next(one for one in provider.editions if one.digest == terms.digest)


def scenarios_beside(provider: Provider, start: datetime) -> list[Query]:
    """What visitors are likely to turn the row of a provider to."""
    return scenarios_near(provider.policy, _values(provider, start), MOST_SCENARIOS)


def _values(provider: Provider, start: datetime) -> Query:
    """What the fields hold: moment by the provider's clock, length, the likeliest answers."""
    local = start.astimezone(provider.policy.zone).replace(tzinfo=None)
    case = {"start": local.isoformat(timespec="minutes"), "minutes": str(MINUTES)}
    return form_values(provider) | case
