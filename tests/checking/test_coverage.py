"""Coverage finds what a card leaves open or says twice, and its examples show it in a quote."""

import shlex
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.checking.uncovered.cases import example_of
from termwise.checking.uncovered.words import finding, readable_case
from termwise.commands.termwise import main
from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise.reports.coverage import coverage_lines
from termwise.scenarios.worked import policy_text
from termwise.words.messages import message_words
from termwise_calculator.coverage.regions import Region
from termwise_calculator.coverage.uncovered import uncovered
from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.rates import rate_at
from termwise_calculator.pricing.scenario import Scenario, answers_to_match, read_scenario
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import Charge
from termwise_calculator.time.windows import MINUTES_PER_DAY
from tests.places import GENERALITY, SOUND
from tests.real_providers import POLICIES, REFERENCE, real_providers

HERE = Path(__file__).parent
FOLDERS = (POLICIES, GENERALITY, SOUND)
REAL = ("duxtel", "iponto", "mastiff", "remote-utilities", "satisoft")
CARDS = yaml.load((HERE / "coverage.yaml").read_text("utf-8"), yaml.CBaseLoader)
NAMES = [card["card"] for card in CARDS]

# Gaps that no quote can meet, and why: what is not published is no price and no time.
OF_PROSE = {
    ("iponto", "tax-not-stated"): "whether prices include tax changes no price that is published",
    ("duxtel", "service-hours"): "the price does not depend on when the work is done",
    ("duxtel", "currency-name"): "whichever dollar it is, the amount is published",
    ("duxtel", "tax-rate"): "the rate is taken from outside the page, which is said",
    ("satisoft", "service-hours"): "the price does not depend on when the work is done",
    ("remote-utilities", "tickets-or-forum"): "which way a licence may ask has no price",
}


@cache
def every_provider() -> tuple[Provider, ...]:
    """The real providers and the invented ones."""
    folders = [read_policies(folder) for folder in FOLDERS]
    return tuple(one for folder in folders for one in load_providers(folder, REFERENCE))


@cache
def policy_of(card: str) -> Policy:
    """The policy of a card of the collection, which check need not accept."""
    (written,) = [one for one in CARDS if one["card"] == card]
    policy = PolicyFile.model_validate(yaml.load(policy_text(written), yaml.CBaseLoader))
    return compile_editions(policy)[-1].policy


def policy_named(name: str) -> Policy:
    """A provider's policy, or that of a card."""
    found = [one.policy for one in every_provider() if one.policy.provider == name]
    return found[0] if found else policy_of(name)


def quoted(policy: Policy, region: Region) -> tuple[Scenario, Quote]:
    """The example of a region, priced."""
    query = example_of(policy, region, REFERENCE)
    scenario = read_scenario(policy, region.service, query, REFERENCE)
    return scenario, price(policy, scenario)


def shows(policy: Policy, region: Region) -> bool:
    """Tell whether the example of a region shows in a quote what the region is about."""
    scenario, quote = quoted(policy, region)
    case = Case(policy, scenario, answers_to_match(policy, scenario))
    if region.gap:
        return (region.gap, region.clauses[0]) in [(one.gap, one.clause) for one in quote.missing]
    if region.rule is None:
        return not any(line.kind == "charge" for line in quote.lines) and quote.complete
    if region.rule in policy.responses:
        return _response_shows(case, region, quote)
    if not region.claimed_by:
        return region.rule not in [charge.id for charge in case.charges if _has_price(case, charge)]
    holding = {one.id for one in [*case.charges, *case.limits]} | _claiming(case, region)
    return set(region.claimed_by) <= holding and len(region.claimed_by) > 1


def _has_price(case: Case, charge: Charge) -> bool:
    """Tell whether a charge has a price when the session starts."""
    return charge.rate is None or rate_at(charge.rate, case.open_at_start(charge)) is not None


def _response_shows(case: Case, region: Region, quote: Quote) -> bool:
    targets = [one for one in case.responses if one.target_for(case.answers)]
    if not region.claimed_by:
        return not targets and quote.response is None
    whens = [when for one in targets for when in one.whens.values() if when.holds(case.answers)]
    return len(whens) > 1


def _claiming(case: Case, region: Region) -> set[str]:
    """The windows of a rate that are open at the start, and the prices of a table that hold."""
    charge, start = case.policy.charges.get(region.rule or ""), case.scenario.start
    if charge is None:
        return set()
    local = start.astimezone(case.policy.zone) if start else None
    windows = (
        [case.policy.windows[one.window] for one in charge.rate.windows] if charge.rate else []
    )
    opened = {one.id for one in windows if local and one.is_open(local)}
    return opened | {
        entry.id
        for entry in charge.table
        if entry.when.holds(case.answers)
        and (entry.window is None or (local and case.policy.windows[entry.window].is_open(local)))
    }


@pytest.mark.parametrize("name", [*REAL, "northlight", "tidewater", *NAMES])
def test_the_example_of_each_region_shows_it(name: str) -> None:
    """A gap is missing in the quote; of a conflict all rules hold; without a charge is no line."""
    policy = policy_named(name)
    for region in uncovered(policy):
        assert shows(policy, region), (region, example_of(policy, region, REFERENCE))


@pytest.mark.parametrize("provider", REAL)
def test_the_command_of_each_region_shows_it(
    provider: str, providers: Mapping[str, Provider]
) -> None:
    """What is printed can be run as it stands, and names the gap's clause."""
    for paragraph in coverage_lines(providers[provider]):
        lines = paragraph.splitlines()
        if len(lines) > 1:
            arguments = shlex.split(lines[3].split("termwise ")[1])
            result = CliRunner().invoke(main, [*arguments, "--json", "--policies", str(POLICIES)])
            assert result.exit_code == 0, result.stderr
            (missing,) = yaml.safe_load(result.stdout)["missing"]
            assert missing["clause"] == lines[2].split()[1]


@pytest.mark.parametrize("provider", REAL)
def test_each_recorded_gap_is_found(provider: str, providers: Mapping[str, Provider]) -> None:
    """Each gap of a policy is a region, or has its reason for being none."""
    policy = providers[provider].policy
    found = {region.gap for region in uncovered(policy)}
    of_prose = {gap for name, gap in OF_PROSE if name == provider}
    assert found | of_prose == set(policy.gaps)
    assert found & of_prose == set()


def test_the_gaps_of_the_source_pages_are_told() -> None:
    """What the pages leave open, as a reader finds it in the report."""
    told = {
        (policy.provider, region.gap): readable_case(message_words("en"), policy, region)
        for policy in (provider.policy for provider in real_providers().values())
        for region in uncovered(policy)
    }
    assert told == {
        ("iponto", "sos-fee"): "every day, 21:00–10:00; any answers",
        ("mastiff", "no-rate"): (
            "Monday–Friday, 06:00–10:00; Saturday and Sunday, 06:00–18:00; any answers"
        ),
        ("remote-utilities", "reseller-target"): "at any time; licence: reseller",
    }
    # Whether tax is included is not published by two of them; where all is free nobody asks.
    taxes = [line for one in real_providers().values() for line in coverage_lines(one)]
    assert [line for line in taxes if "tax" in line] == [
        "iponto: whether prices include tax is not published."
    ]


@pytest.mark.parametrize("card", CARDS, ids=NAMES)
def test_a_card_has_these_regions(card: dict[str, Any]) -> None:
    """What is found in a card, in words; nothing where it is whole."""
    policy = policy_of(card["card"])
    words = message_words("en")
    regions = uncovered(policy)
    found = [
        f"{region.rule or 'no charge'}: {region.gap or ' and '.join(region.claimed_by) or 'none'}: "
        f"{readable_case(words, policy, region)}"
        for region in regions
    ]
    assert found == card["regions"]
    assert all(region.clauses == ("terms",) for region in regions)


@pytest.mark.parametrize(
    ("card", "claimed"),
    [
        ("Two charges for one product", {"both claim the price"}),
        ("Two response times, and a case without one", {"both claim the response time"}),
        (
            "Limits that contradict each other",
            {
                "both claim the maximum",
                "contradict each other: the least is more than the most",
            },
        ),
    ],
)
def test_a_conflict_says_what_is_claimed(card: str, claimed: set[str]) -> None:
    """A price, a response time, or a limit."""
    policy = policy_of(card)
    told = [finding(policy, region) for region in uncovered(policy) if region.claimed_by]
    assert {one.partition(": ")[2].split(" ", 3)[3] for one in told} == claimed


def test_a_conflict_names_the_clauses_of_both() -> None:
    """In the order of the policy."""
    policy = policy_of("Two charges for one product")
    named = {name: one._replace(clauses=(name,)) for name, one in policy.charges.items()}
    regions = [one for one in uncovered(policy._replace(charges=named)) if one.claimed_by]
    assert {region.clauses for region in regions} == {region.claimed_by for region in regions}


def test_an_example_is_never_in_an_hour_that_is_left_out() -> None:
    """The clocks jump over the region on 29 March: its example is a week later."""
    policy = policy_of("No price in the hour that one Sunday of the year leaves out")
    (region,) = uncovered(policy)
    query = example_of(policy, region, date(2026, 3, 23))
    assert query["start"] == "2026-04-05T02:00"


# ---- Every moment


def lies_in(region: Region, local: datetime) -> bool:
    """Tell whether a local time lies in a region."""
    if region.window is None:
        return True
    minute = local.weekday() * MINUTES_PER_DAY + local.hour * 60 + local.minute
    if region.on is not None and local.date() not in region.on.days:
        return False
    besides = {day for kind in region.besides for day in kind.days}
    return local.date() not in besides and region.window.contains(minute)


def regions_of(policy: Policy, service: str, rule: str) -> list[Region]:
    """The gaps of one rule of a service."""
    every = uncovered(policy)
    return [one for one in every if (one.service, one.rule) == (service, rule) and one.gap]


def moments(policy: Policy, day: date, step: int) -> Iterator[datetime]:
    """Instants of a local day, each hour that the clocks repeat twice and none they leave out."""
    start = datetime.combine(day, datetime.min.time()).replace(tzinfo=policy.zone).astimezone(UTC)
    instant = start
    while instant.astimezone(policy.zone).date() == day:
        yield instant
        instant += timedelta(minutes=step)


def assert_are_the_gaps(
    regions: list[Region], policy: Policy, service: str, day: date, step: int = 1
) -> None:
    """A session of a minute lacks its price at the moments of the regions, and at no others."""
    for instant in moments(policy, day, step):
        local = instant.astimezone(policy.zone)
        given = {"start": local.isoformat(timespec="minutes"), "minutes": "1"}
        quote = price(policy, read_scenario(policy, service, given, REFERENCE))
        expected = [one.gap for one in regions if lies_in(one, local)]
        assert [missing.gap for missing in quote.missing] == expected, local


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
@pytest.mark.parametrize(
    ("provider", "service", "rule"),
    [("mastiff", "remote-help", "labour"), ("iponto", "remote-assistance", "sos")],
)
def test_the_days_on_which_clocks_change_are_covered(
    provider: str, service: str, rule: str, day: date, providers: Mapping[str, Provider]
) -> None:
    """Each minute of both days, 23 and 25 hours long: windows are local time, and so are regions.

    The hour that is left out has no price to lack, the one that comes twice has the same price.
    """
    policy = providers[provider].policy
    assert_are_the_gaps(regions_of(policy, service, rule), policy, service, day)


def test_every_day_of_a_year_is_covered() -> None:
    """Holidays, a season and the days beside them, against quotes."""
    policy = policy_named("northlight")
    regions = regions_of(policy, "remote-help", "remote")
    for number in range(0, 366, 2):
        day = date(2026, 12, 1) + timedelta(days=number)
        if day.month in (7, 12) or number % 30 == 0 or day == date(2027, 3, 29):
            assert_are_the_gaps(regions, policy, "remote-help", day, step=60)


def test_an_example_of_other_days_lies_on_none_that_has_hours_of_its_own() -> None:
    """Even where that day is the one from which on a day is looked for."""
    policy = policy_of("No price out of hours, other hours on holidays and in a season")
    (region,) = [one for one in uncovered(policy) if one.besides]
    days = {day for kind in region.besides for day in kind.days}
    starts = [example_of(policy, region, day)["start"] for day in sorted(days)]
    assert days.isdisjoint(date.fromisoformat(start[:10]) for start in starts)


@pytest.mark.parametrize("name", [*REAL, "northlight", "tidewater", *NAMES])
def test_an_example_answers_what_is_asked_and_nothing_else(name: str) -> None:
    """Not when a package was bought by somebody who has none, say."""
    policy = policy_named(name)
    for region in uncovered(policy):
        query = example_of(policy, region, REFERENCE)
        asked = read_scenario(policy, region.service, query, REFERENCE).answers
        assert query.keys() - {"start", "minutes"} <= asked.keys(), (region, query)


def test_an_example_lies_on_the_next_such_day_or_else_on_the_last() -> None:
    """From the reference date on; where all such days are over, on the latest of them."""
    policy = policy_of("No price out of hours, other hours on holidays and in a season")
    found = [region for region in uncovered(policy) if region.on]
    assert len(found) == 3
    for region in found:
        days, after = region.on.days if region.on else (), timedelta(days=1)
        for reference, day in (
            (days[0], days[0]),
            (days[0] + after, days[1]),
            (date.max, days[-1]),
        ):
            assert example_of(policy, region, reference)["start"].startswith(f"{day}T")
