"""Any value of any worked example as a gap: it does not matter, or the quote names it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import getitem
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.checking.uncovered.cases import example_of
from termwise.compiling.edition import Edition
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import standard_scenarios
from termwise.scenarios.worked import REFERENCE, worked_examples
from termwise_calculator.coverage.regions import Region
from termwise_calculator.coverage.uncovered import uncovered
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Line, Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy

GAP = "planted"
Path = tuple[str | int, ...]
PER_RULE = {"surcharges": "percent", "discounts": "percent", "allowances": "minutes"}


@dataclass(frozen=True)
class Planted:
    """An example as it is, and with one of its values as a gap."""

    edition: Edition
    path: Path

    @property
    def whole(self) -> Policy:
        """As it is."""
        return self.edition.policy

    @cached_property
    def gapped(self) -> Policy:
        """With the gap; loaded when first asked for, since every process needs all the names."""
        return load_policy(with_gap(self.edition.compiled, self.path), "sha256:0")


def places(compiled: Any) -> Iterator[Path]:
    """Every value of compiled terms that may be a gap, and is none."""
    for name, charge in compiled["charges"].items():
        for step in _in_charge(charge):
            yield ("charges", name, *step)
    for kind, field in PER_RULE.items():
        yield from ((kind, name, field) for name in compiled.get(kind, {}))
    for name, limit in compiled.get("limits", {}).items():
        if limit["tax_included"] is None:
            yield "limits", name, "amount"


def _in_charge(charge: Any) -> Iterator[Path]:
    yield from [] if charge["price"] is None else [("price",)]
    yield from (("prices", at, "price") for at in range(len(charge.get("prices", ()))))
    yield from [("first", "price")] if charge["first"] else []
    yield from (("following", at, "price") for at in range(len(charge.get("following", ()))))
    for at in range(len(charge.get("tiers", ()))):
        yield from (("tiers", at, "price"), ("tiers", at, "up_to"))
    for at, window in enumerate(charge["rate"]["windows"] if charge["rate"] else ()):
        yield "rate", "windows", at, "price" if "price" in window else "factor"


def at(compiled: Any, path: Path) -> Any:
    """What stands at a path."""
    return reduce(getitem, path, compiled)


def with_gap(compiled: Any, path: Path) -> Any:
    """The terms with a gap at a path."""
    changed = copy.deepcopy(compiled)
    changed["gaps"][GAP] = {"clause": "terms", "when": {}}
    at(changed, path[:-1])[path[-1]] = {"gap": GAP}
    return changed


@cache
def planted() -> dict[str, Planted]:
    """Each example with each of its values as a gap, by its name and the path of the value."""
    return {
        f"{example.feature}: {'/'.join(map(str, path))}": Planted(example.edition, path)
        for group in worked_examples().values()
        for example in group
        for path in places(example.edition.compiled)
        if not isinstance(at(example.edition.compiled, path), dict)  # a gap is there already
    }


NAMES = list(planted())


@cache
def scenarios(name: str) -> list[Query]:
    """The standard scenarios of an example, of which each change of it is asked some."""
    return standard_scenarios(planted()[name].whole)


def quoted(policy: Policy, query: Query) -> Quote | None:
    """The quote of a query; None where its holidays are not known."""
    raw = {key: value for key, value in query.items() if key != "service"}
    try:
        return price(policy, read_scenario(policy, "help", raw, REFERENCE))
    except ScenarioProblems:
        return None


def due(quote: Quote) -> tuple[Any, ...]:
    """What a quote charges, and what it lacks; lines of nothing apart.

    Of what a discount makes free, or a maximum cuts, only the sum matters, not what it is the
    sum of.
    """
    limits = quote.policy.limits.values()
    free = any(limit.most and limit.amount == quote.subtotal for limit in limits)
    free |= any((line.kind, line.factor) == ("discount", -1) for line in quote.lines)
    lines = [_bare(line) for line in quote.lines if line.amount and not free]
    return quote.subtotal, quote.total, quote.missing, lines


def _bare(line: Line) -> tuple[Any, ...]:
    return line.kind, line.rule, line.quantity, line.unit_price, line.factor, line.amount


def names(quote: Quote) -> bool:
    """Tell whether a quote names the planted gap, with its clause."""
    found = [one for one in quote.missing if one.gap == GAP]
    assert {one.clause for one in found} <= {"terms"}
    return bool(found)


@given(data=st.data())
def test_a_gap_matters_or_changes_nothing(data: st.DataObject) -> None:
    """Complete quotes keep their amounts; of others, what is known is the least or the most."""
    name = data.draw(st.sampled_from(NAMES))
    one, query = planted()[name], data.draw(st.sampled_from(scenarios(name)))
    whole, gapped = quoted(one.whole, query), quoted(one.gapped, query)
    if whole is None or gapped is None:
        return
    if not names(gapped):
        assert due(gapped) == due(whole)
    elif whole.complete:
        lowers = {missing.lowers for missing in gapped.missing}
        assert lowers != {False} or gapped.subtotal <= whole.subtotal
        assert lowers != {True} or gapped.subtotal >= whole.subtotal


@given(data=st.data())
def test_a_gap_that_matters_lies_in_a_region(data: st.DataObject) -> None:
    """Whatever answers make a quote name a gap, coverage tells of it."""
    name = data.draw(st.sampled_from(NAMES))
    one, query = planted()[name], data.draw(st.sampled_from(scenarios(name)))
    quote = quoted(one.gapped, query)
    if quote is not None and names(quote):
        answers = quote.case.answers
        assert any(region.holds_for(answers) for region in regions(name))


@cache
def regions(name: str) -> tuple[Region, ...]:
    """What coverage finds of the planted gap."""
    found = uncovered(planted()[name].gapped)
    return tuple(region for region in found if region.gap == GAP)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_region_meets_the_gap(name: str) -> None:
    """A region is there only where a quote lacks the figure."""
    policy = planted()[name].gapped
    for region in regions(name):
        quote = quoted(policy, example_of(policy, region, REFERENCE))
        assert quote is not None
        assert names(quote), (region, quote.scenario)
