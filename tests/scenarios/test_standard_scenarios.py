"""The standard scenarios: the cases that drift, reports and browsers are measured by."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from termwise.reading.policy_text import read_policy_text
from termwise.reading.providers import Provider
from termwise.scenarios.answers import MOST_ANSWER_SETS
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import grid, standard_scenarios
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.scenario import Scenario, read_scenario
from termwise_calculator.terms.policy import Policy

DAYS = ["23", "24", "25", "26", "27", "28", "29"]
"""Of November 2026: the first whole week from the day on which the policies were read."""


def of_service(provider: Provider, service: str) -> list[Query]:
    """The standard scenarios of one service."""
    return [one for one in standard_scenarios(provider.policy) if one["service"] == service]


def test_every_scenario_can_be_priced(providers: Mapping[str, Provider]) -> None:
    """None is refused, no service is left out, none stands twice."""
    for provider in providers.values():
        scenarios = standard_scenarios(provider.policy)
        assert {one["service"] for one in scenarios} == provider.policy.services.keys()
        assert len({tuple(sorted(one.items())) for one in scenarios}) == len(scenarios)
        for query in scenarios:
            given = {name: text for name, text in query.items() if name != "service"}
            read_scenario(provider.policy, query["service"], given, provider.reference)


def test_lengths_stand_around_every_increment(providers: Mapping[str, Provider]) -> None:
    """Minutes 0, 1 and N - 1, N, N + 1 of a first period, the next ones and an allowance."""
    lengths = {one.get("minutes") for one in of_service(providers["iponto"], "remote-assistance")}
    around = [60, 90, 120]
    expected = {0, 1} | {length + beside for length in around for beside in (-1, 0, 1)}
    assert {str(minutes) for minutes in expected} <= lengths


def test_starts_stand_around_every_edge_on_every_day(providers: Mapping[str, Provider]) -> None:
    """One minute before, at and after each edge, for every set of answers."""
    scenarios = of_service(providers["mastiff"], "remote-help")
    clocks = ["05:59", "06:00", "06:01", "09:59", "10:00", "10:01", "17:59", "18:00", "18:01"]
    clocks += ["21:59", "22:00", "22:01"]
    for answers in ({"client": "no"}, {"client": "yes", "purchased_equipment": "yes"}):
        starts = {one.get("start") for one in scenarios if answers.items() <= one.items()}
        assert {f"2026-11-{day}T{clock}" for day in DAYS for clock in clocks} <= starts


def test_both_clock_changes_are_there(providers: Mapping[str, Provider]) -> None:
    """A minute before, at and after the hour that is left out and the hour that comes twice."""
    scenarios = of_service(providers["mastiff"], "remote-help")
    starts = {one["start"] for one in scenarios if "+" in one.get("start", "")}
    assert {"2027-03-28T01:59+01:00", "2027-03-28T03:00+02:00"} <= starts
    assert {"2027-10-31T02:59+02:00", "2027-10-31T02:00+01:00"} <= starts


def test_allowances_and_versions_are_answered_in_each_way(
    providers: Mapping[str, Provider],
) -> None:
    """Free time unused, partly used and used up; a version supported, older, newer, not given."""
    free = of_service(providers["iponto"], "remote-assistance")
    assert {"0", "60", "119", "120"} <= {one.get("allowance_used") for one in free}
    support = of_service(providers["remote-utilities"], "support")
    assert {None, "6.0.0.0", "7.0.0.0", "8.0.0.0"} <= {one.get("version") for one in support}


def test_the_examples_of_the_page_are_among_them(providers: Mapping[str, Provider]) -> None:
    """A worked example is a standard scenario, on its weekday of the standard week."""
    scenarios = standard_scenarios(providers["mastiff"].policy)
    saturday = {"service": "remote-help", "start": "2026-11-28T12:00", "minutes": "30"}
    assert saturday in scenarios


def test_a_service_that_asks_much_keeps_its_scenarios_few() -> None:
    """Too many sets of answers become every pair of questions, with defaults for the rest."""
    questions = "\n".join(
        f"  {name}: {{kind: choice, default: a, label: Which?, options: {{a: A, b: B, c: C}}}}"
        for name in ("one", "two", "three", "four", "five", "six")
    )
    policy, problems = read_policy_text(MUCH.replace("  QUESTIONS", questions))
    assert policy is not None, problems
    loaded = policy.editions[0].policy
    scenarios = standard_scenarios(loaded)
    assert len(scenarios) < MOST_ANSWER_SETS
    pairs = {(one.get("one"), one.get("six")) for one in scenarios}
    assert {(first, last) for first in "abc" for last in "abc"} <= pairs
    assert all(price(loaded, _read(loaded, query)).complete for query in scenarios)


def _read(policy: Policy, query: Query) -> Scenario:
    given = {name: text for name, text in query.items() if name != "service"}
    return read_scenario(policy, query["service"], given, date(2026, 1, 5))


MUCH = """
provider: much
name: Much
language: en
effective: 2026-01-01
timezone: Europe/Lisbon
currency: EUR
source: {title: Prices, read: 2026-01-01}
tax: not stated
questions:
  QUESTIONS
charges:
  work: {label: Work, clause: price, price: 10.00, per: request}
sections:
  - {id: prices, title: Prices, clauses: [{id: price, text: 'Work costs {work.price}.'}]}
glance: [{id: price, clause: price, text: 'Work costs {work.price}.'}]
services:
  advice:
    name: Advice
    summary: Advice on the telephone.
    clause: price
    kind: request
    asks: []
    questions: [one, two, three, four, five, six]
    charges: [work]
    default: {}
"""


def test_the_grid_is_large_and_always_the_same(providers: Mapping[str, Provider]) -> None:
    """At least 2,000 scenarios over all services, drawn ones among them, equal in every run."""
    policies = [provider.policy for provider in providers.values()]
    scenarios = grid(policies)
    assert len(scenarios) >= 2000
    assert scenarios == grid(policies)
    services = {(provider, query["service"]) for provider, query in scenarios}
    assert services == {(one.provider, service) for one in policies for service in one.services}
    months = {
        datetime.fromisoformat(query["start"]).month for _, query in scenarios if "start" in query
    }
    assert months == set(range(1, 13))


@pytest.mark.parametrize("least", [3000, 6000])
def test_the_grid_grows_as_asked(providers: Mapping[str, Provider], least: int) -> None:
    """What is missing from the wanted number is drawn."""
    assert len(grid([providers["satisoft"].policy], least)) >= least
