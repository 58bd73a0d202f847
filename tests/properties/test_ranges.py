"""Any figures of any worked example as ranges: both ends are exact, and neither knows the other."""

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import standard_scenarios
from termwise.scenarios.worked import FOLDER, REFERENCE, policy_text
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Line, Quote, quote_data, quote_json
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.money import round_to_currency
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.ranges import at_cheapest, at_dearest

FIGURES = ("price", "amount", "factor", "percent")
OF_RULES = ("charges", "surcharges", "discounts", "limits")
DIGEST = "sha256:0"
Path = tuple[str | int, ...]


@cache
def examples() -> dict[str, Any]:
    """The compiled terms of every worked example, without ranges, by their names."""
    found = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for example in yaml.load(file.read_text("utf-8"), yaml.CBaseLoader):
            written = PolicyFile.model_validate(yaml.load(policy_text(example), yaml.CBaseLoader))
            compiled = at_cheapest(compile_editions(written)[-1].compiled)
            if any(places(compiled)):
                found[example["feature"]] = compiled
    return found


def places(compiled: Any) -> Iterator[Path]:
    """Every figure of compiled terms that may be a range."""
    for kind in OF_RULES:
        for name, rule in compiled.get(kind, {}).items():
            alone = rule.get("tax_included") is not None
            yield from () if alone else ((kind, name, *path) for path in _figures(rule))


def _figures(data: Any) -> Iterator[Path]:
    pairs = enumerate(data) if isinstance(data, list) else data.items()
    for step, part in pairs:
        if isinstance(part, dict | list):
            yield from ((step, *path) for path in _figures(part))
        elif step in FIGURES and isinstance(part, str) and "percent" not in part:
            yield (step,)


def with_ranges(compiled: Any, widths: dict[Path, Decimal]) -> Any:
    """The terms with ranges from what some figures are to so much more."""
    changed = copy.deepcopy(compiled)
    for (*steps, last), width in widths.items():
        holder = changed
        for step in steps:
            holder = holder[step]
        figure = Decimal(holder[last])
        # No discount takes off more than everything.
        end = min(figure + width, Decimal(100)) if steps[0] == "discounts" else figure + width
        holder[last] = {"from": str(figure), "to": str(end)}
    return changed


@cache
def scenarios(name: str) -> list[Query]:
    """The standard scenarios of an example."""
    return standard_scenarios(load_policy(examples()[name], DIGEST))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, dict[Path, Decimal], Query]:
    """An example, how much wider than a figure some of its figures are, and a case of it."""
    name = draw(st.sampled_from(sorted(examples())))
    compiled = examples()[name]
    chosen = draw(st.lists(st.sampled_from(list(places(compiled))), min_size=1, max_size=4))
    cents = st.integers(0, 5000).map(lambda number: Decimal(number) / 100)
    widths = {place: draw(cents) for place in chosen}
    return compiled, widths, draw(st.sampled_from(scenarios(name)))


def quoted(compiled: Any, query: Query) -> Quote | None:
    """The quote of a query; None where its holidays are not known."""
    policy: Policy = load_policy(compiled, DIGEST)
    raw = {key: value for key, value in query.items() if key != "service"}
    try:
        return price(policy, read_scenario(policy, "help", raw, REFERENCE))
    except ScenarioProblems:
        return None


@given(cases())
def test_both_ends_are_what_exact_terms_come_to(
    case: tuple[Any, dict[Path, Decimal], Query],
) -> None:
    """The least is what the cheapest ends cost as exact prices, the most what the dearest do."""
    compiled, widths, query = case
    ranged = with_ranges(compiled, widths)
    quote = quoted(ranged, query)
    if quote is None:
        return
    for end, exact in ((quote, at_cheapest(ranged)), (quote.dearest, at_dearest(ranged))):
        alone = quoted(exact, query)
        assert alone is not None
        assert end.subtotal == alone.subtotal
        assert set(alone.missing) <= set(quote.missing)
        assert quote.total is None or _sums(end) == _sums(alone)


def _sums(quote: Quote) -> Any:
    """Net, tax and gross."""
    total = quote.total
    return total and (total.net, total.tax, total.gross)


@given(cases())
def test_the_least_is_never_more_than_the_most(
    case: tuple[Any, dict[Path, Decimal], Query],
) -> None:
    """Neither with tax nor without; and the lines add up to the sum at both ends."""
    compiled, widths, query = case
    quote = quoted(with_ranges(compiled, widths), query)
    if quote is None:
        return
    assert quote.subtotal <= quote.dearest.subtotal
    if not (quote.policy.limits and len(quote.bases) > 1):
        # Rates of tax that share a maximum may give way to one another.
        assert quote.due <= quote.dearest.due
    assert sum(line.amount for line in quote.lines) == quote.subtotal
    dearest = [line.dearest or line for line in quote.lines]
    assert sum(line.amount for line in dearest) == quote.dearest.subtotal
    for line in [*quote.lines, *dearest]:
        assert _worked_out(quote, line) == line.amount


def _worked_out(quote: Quote, line: Line) -> Decimal:
    exact = line.quantity * line.times * line.unit_price * line.factor / line.per
    return round_to_currency(exact, quote.policy.currency_digits, quote.policy.rounding)


@given(cases())
def test_a_range_of_one_figure_is_that_figure(case: tuple[Any, dict[Path, Decimal], Query]) -> None:
    """Where both ends are the same the quote has the bytes of the exact terms."""
    compiled, widths, query = case
    ranged = with_ranges(compiled, dict.fromkeys(widths, Decimal(0)))
    quote, exact = quoted(ranged, query), quoted(compiled, query)
    assert (quote and quote_json(quote)) == (exact and quote_json(exact))


@given(cases())
def test_the_json_has_both_ends(case: tuple[Any, dict[Path, Decimal], Query]) -> None:
    """Each figure that differs stands beside its other end, and no other does."""
    compiled, widths, query = case
    quote = quoted(with_ranges(compiled, widths), query)
    if quote is None:
        return
    data = quote_data(quote)
    assert Decimal(data.get("subtotal_to", data["subtotal"])) == quote.dearest.subtotal
    assert ("subtotal_to" in data) == (quote.subtotal != quote.dearest.subtotal)
    told = [Decimal(line.get("amount_to", line["amount"])) for line in data["lines"]]
    assert sum(told) == quote.dearest.subtotal
    for holder in (data, data["tax"] or {}, *data["lines"], *data.get("taxes", ())):
        ends = [name for name in holder if name.endswith("_to")]
        assert all(holder[name] != holder[name.removesuffix("_to")] for name in ends)
    assert json.loads(quote_json(quote)) == data


def test_every_kind_of_figure_is_tried() -> None:
    """Charges, blocks, tiers, tables, windows, and all rules on them."""
    kinds = {
        (path[0], *(step for step in path[2:] if isinstance(step, str)))
        for compiled in examples().values()
        for path in places(compiled)
    }
    assert kinds >= {
        ("charges", "price"),
        ("charges", "first", "price"),
        ("charges", "following", "price"),
        ("charges", "tiers", "price"),
        ("charges", "length_tiers", "price"),
        ("charges", "prices", "price"),
        ("charges", "rate", "windows", "factor"),
        ("charges", "rate", "windows", "price"),
        ("charges", "rate", "otherwise", "factor"),
        ("surcharges", "percent"),
        ("discounts", "percent"),
        ("limits", "amount"),
    }


@pytest.mark.parametrize("kind", ["cheapest", "dearest"])
def test_discounts_are_cheapest_at_their_higher_end(kind: str) -> None:
    """What raises the price and what lowers it take opposite ends."""
    compiled = {
        "charges": {"work": {"price": {"from": "10.00", "to": "20.00"}}},
        "discounts": {"less": {"percent": {"from": "5", "to": "15"}}},
        "surcharges": {"more": {"percent": {"from": "1", "to": "2"}}},
        "limits": {"most": {"amount": {"from": "100.00", "to": "200.00"}}},
    }
    told = at_cheapest(compiled) if kind == "cheapest" else at_dearest(compiled)
    figures = [
        told["charges"]["work"]["price"],
        told["discounts"]["less"]["percent"],
        told["surcharges"]["more"]["percent"],
        told["limits"]["most"]["amount"],
    ]
    cheapest, dearest = ["10.00", "15", "1", "100.00"], ["20.00", "5", "2", "200.00"]
    assert figures == (cheapest if kind == "cheapest" else dearest)
