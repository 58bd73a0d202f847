"""What holds for every price of every provider."""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from termwise.compiling.editions import canonical_json, policy_digest
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import quote_data, quote_json
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy
from tests.properties.scenarios import Asked, asked

OTHER_ZONES = ("America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "UTC")


@given(scenario=asked())
def test_lines_sum_to_the_subtotal(scenario: Asked) -> None:
    """The subtotal is the sum of the shown amounts; net and tax make up the gross."""
    quote = quote_data(scenario.quote())
    shown = sum((Decimal(line["amount"]) for line in quote["lines"]), Decimal(0))
    assert Decimal(quote["subtotal"]) == shown
    if quote["tax"] is None:
        assert quote["net"] is quote["gross"] is None
    else:
        assert Decimal(quote["net"]) + Decimal(quote["tax"]["amount"]) == Decimal(quote["gross"])


@given(scenario=asked())
def test_each_line_multiplies_out(scenario: Asked) -> None:
    """Quantity × unit price × factor, rounded to the currency's digits, is the amount."""
    cent = Decimal(1).scaleb(-scenario.provider.policy.currency_digits)
    for line in quote_data(scenario.quote())["lines"]:
        exact = Decimal(line["quantity"]) * Decimal(line["unit_price"]) * Decimal(line["factor"])
        assert Decimal(line["amount"]) == exact.quantize(cent, ROUND_HALF_UP), line


@given(scenario=asked())
def test_nothing_is_quoted_without_a_clause(scenario: Asked) -> None:
    """Every line, gap and target names clauses of the policy; every note and condition is there."""
    policy, quote = scenario.provider.policy, scenario.quote()
    assert quote.lines or quote.missing
    named = [line.clauses for line in quote.lines]
    named += [quote.response.clauses] if quote.response else []
    for clauses in named:
        assert clauses
        assert set(clauses) <= policy.clause_numbers.keys()
    for missing in quote.missing:
        assert missing.clause in policy.clause_numbers
        assert missing.gap in policy.gaps
    assert set(quote.readings) <= policy.readings.keys()
    assert {condition.rule for condition in quote.conditions} <= policy.conditions.keys()


@given(scenario=asked(timed=True), more=st.integers(1, 600))
def test_a_longer_session_never_costs_less(scenario: Asked, more: int) -> None:
    """Nor does it become complete; with the same answers and the same start."""
    minutes = int(scenario.raw["minutes"])
    assume(minutes + more <= 44_640)
    short, long = scenario.quote(), scenario.quote(minutes=str(minutes + more))
    assert short.subtotal <= long.subtotal
    assert short.complete or not long.complete


@given(scenario=asked("iponto/remote-assistance"), more=st.integers(1, 120))
def test_less_free_time_never_costs_less(scenario: Asked, more: int) -> None:
    """Minutes of an allowance already used can only raise the price."""
    used = int(scenario.raw["allowance_used"])
    fewer_left = scenario.quote(allowance_used=str(used + more))
    assert scenario.quote().subtotal <= fewer_left.subtotal


@given(scenario=asked())
def test_discounts_never_cost_anything(scenario: Asked) -> None:
    """A discount takes off at most what the lines come to, so that no quote is below zero."""
    quote = scenario.quote()
    assert all(line.amount <= 0 for line in quote.lines if line.kind == "discount")
    assert all(line.amount >= 0 for line in quote.lines if line.kind != "discount")
    assert quote.subtotal >= 0


@given(scenario=asked(), random=st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(scenario: Asked, random: Random) -> None:
    """A scenario is a set of answers."""
    shuffled = dict(random.sample(sorted(scenario.raw.items()), len(scenario.raw)))
    policy, reference = scenario.provider.policy, scenario.provider.reference
    again = price(policy, read_scenario(policy, scenario.service.id, shuffled, reference))
    assert quote_json(again) == quote_json(scenario.quote())


@given(scenario=asked(), other=st.sampled_from(OTHER_ZONES))
def test_an_offset_start_equals_the_same_local_start(scenario: Asked, other: str) -> None:
    """One instant has one price, however it is written."""
    quote, zone = scenario.quote(), scenario.provider.policy.zone
    start = quote.scenario.start
    assert start is not None
    local = start.astimezone(zone)
    spellings = [local.isoformat(), start.astimezone(ZoneInfo(other)).isoformat()]
    if not local.fold:
        spellings.append(local.replace(tzinfo=None).isoformat())
    for spelling in spellings:
        assert quote_json(scenario.quote(start=spelling)) == quote_json(quote)


@given(scenario=asked(timed=True), hours=st.integers(0, 48))
def test_stretches_are_as_long_as_what_they_count(scenario: Asked, hours: int) -> None:
    """Elapsed time is real time: between start and end of a line lie its counted minutes."""
    for line in scenario.quote(minutes=str(60 * hours)).lines:
        if line.start is not None and line.end is not None:
            assert line.unit_minutes is not None
            counted = timedelta(minutes=int(line.quantity) * line.unit_minutes)
            assert line.end - line.start == counted


@given(scenario=asked())
def test_the_json_is_stable(scenario: Asked) -> None:
    """The same bytes twice, and again after reading and writing them."""
    written = quote_json(scenario.quote())
    assert written == quote_json(scenario.quote())
    read = json.loads(written)
    assert written == json.dumps(read, ensure_ascii=False, indent=2) + "\n"


@given(scenario=asked())
def test_money_is_never_a_float(scenario: Asked) -> None:
    """No float stands anywhere in a quote, and every amount is exact text."""
    quote = scenario.quote()
    assert not [leaf for leaf in leaves(quote_data(quote)) if isinstance(leaf, float)]
    assert all(isinstance(line.amount, Decimal) for line in quote.lines)


@given(scenario=asked())
def test_a_compiled_policy_survives_its_json(scenario: Asked) -> None:
    """Read again from the bytes behind its digest, a policy gives the same quote."""
    edition = scenario.provider.editions[-1]
    compiled = json.loads(canonical_json(edition.compiled))
    policy = load_policy(compiled, policy_digest(compiled))
    raw, reference = scenario.raw, scenario.provider.reference
    again = price(policy, read_scenario(policy, scenario.service.id, raw, reference))
    assert quote_json(again) == quote_json(scenario.quote())


def leaves(value: Any) -> Iterator[Any]:
    """Every value inside plain data that holds no other."""
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    else:
        yield value
