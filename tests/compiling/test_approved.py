"""What a policy becomes is what somebody has read and approved."""

from typing import Any

import pytest
import yaml

from termwise.compiling.charges import counts_seconds
from termwise.policy_form.tariff.charges import ChargeTerms
from tests.compiling.approved import APPROVED, compiled, policies


def test_what_policies_become_is_approved() -> None:
    """Where a change is meant: `.venv/bin/python -m tests.compiling.approved`; read the diff."""
    approved = yaml.load_all(APPROVED.read_text("utf-8"), yaml.CSafeLoader)
    assert [*map(compiled, policies())] == [*approved]


def test_clauses_beyond_a_number_have_letters_without_end() -> None:
    """After z comes aa, after zz comes aaa; another number begins anew."""
    clauses = [{"id": f"c{at}", "text": "So."} for at in range(26 + 26 * 26 + 2)]
    numbered = [{"id": "one", "number": "1", "text": "So."}, *clauses]
    numbered += [{"id": "two", "number": "2", "text": "So."}, {"id": "last", "text": "So."}]
    sections = [{"id": "all", "title": "All", "clauses": numbered}]
    numbers = [*compiled(policies()[0] | {"sections": sections})["clause_numbers"].values()]
    assert numbers[:3] == ["1", "1a", "1b"]
    assert numbers[25:30] == ["1y", "1z", "1aa", "1ab", "1ac"]
    assert numbers[701:705] == ["1zy", "1zz", "1aaa", "1aab"]
    assert numbers[-2:] == ["2", "2a"]


IN_WINDOW = {"decided_at": "start of the session", "windows": {"day": {"clause": "terms"}}}
STEP = {"length": "30 s", "price": "free", "clause": "terms"}


@pytest.mark.parametrize(
    ("fields", "by_second"),
    [
        ({}, False),
        ({"per": "session"}, False),
        ({"per": "60 min"}, False),
        ({"per": "30 s"}, True),
        ({"per": "started 30 s"}, True),
        ({"per": "60 min", "increment": "5 min"}, False),
        ({"per": "60 min", "increment": "30 s"}, True),
        ({"per": "30 s", "increment": "5 min"}, False),
        ({"per": "10 units", "increment": "5 units"}, False),
        ({"per": "30 s", "counts": {"question": "spent"}}, False),
        ({"least": "30 s"}, True),
        ({"tolerance": {"length": "30 s", "clause": "terms"}}, True),
        ({"first": STEP}, True),
        ({"first": STEP | {"length": "30 min"}, "then": [STEP]}, True),
        ({"tiers": [{"up_to": "30 s", "clause": "terms"}]}, True),
        ({"tiers": [{"up_to": "2.5", "clause": "terms"}]}, False),
        ({"tiers": [{"up_to": {"gap": "none"}, "clause": "terms"}]}, False),
        ({"prices": {"one": {"price": "free", "least": "30 s"}}}, True),
        ({"rate": IN_WINDOW}, False),
        ({"rate": IN_WINDOW | {"otherwise": {"increment": "30 s", "clause": "terms"}}}, True),
        ({"rate": IN_WINDOW | {"otherwise": {"least": "30 s", "clause": "terms"}}}, True),
    ],
)
def test_a_charge_goes_by_the_second_where_any_length_does(
    fields: dict[str, Any], by_second: bool
) -> None:
    """Of what is billed, given or tolerated, at any hours; not where an answer is counted."""
    written = {"label": "A", "clause": "terms", "price": "free", "per": "started 60 min"} | fields
    assert counts_seconds(ChargeTerms.model_validate(written)) == by_second
