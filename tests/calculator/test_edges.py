"""The edges of rules, which no guide needs to show: priced, and told in words."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.pages.staff.examples import words_for
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.scenarios.worked import worked_example
from termwise_calculator.telling.render import quote_text

EDGES = Path(__file__).parent / "edges.yaml"


def edges() -> Iterator[Any]:
    """Each edge, named by its feature; all scalars as text."""
    for edge in yaml.load(EDGES.read_text("utf-8"), TextLoader):
        yield pytest.param(edge, id=edge["feature"])


@pytest.mark.parametrize("edge", list(edges()))
def test_an_edge_is_priced_and_told(edge: dict[str, Any]) -> None:
    """What is due, with tax where it is said, what is not known, and the words of the answer."""
    worked = worked_example(edge)
    for (_, quote), case in zip(worked.cases, edge["prices"], strict=True):
        told = quote_text(quote, words_for(worked, "en"), worked.edition.slots, reasons=True)
        told = told.replace("\N{NO-BREAK SPACE}", " ")
        assert quote.subtotal == Decimal(case["due"]), case
        assert [missing.gap for missing in quote.missing] == list(case.get("missing", []))
        if "gross" in case:
            assert quote.gross == (None if case["gross"] == "none" else Decimal(case["gross"]))
        assert [part for part in case.get("why", ()) if part not in told] == [], told


def test_units_of_a_tier_without_an_end_are_those_that_lie_in_it() -> None:
    """Of what is free no number is told; programs read it."""
    feature = "An end that is not published of a later tier, at hours that are free"
    (edge,) = [one.values[0] for one in edges() if one.id == feature]
    (_, free), _ = worked_example(edge).cases
    assert [line.quantity for line in free.lines] == [10, 5]
