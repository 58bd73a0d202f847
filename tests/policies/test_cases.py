"""Priced cases as data: the calculator says what was worked out by hand from the source pages."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import read_policy_text
from termwise.reading.providers import Provider, load_provider
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.pricing.scenario import choose_terms, read_scenario
from tests.places import POLICIES
from tests.policies.cases.wording import in_words
from tests.real_providers import REFERENCE

FOLDER = Path(__file__).parent / "cases"
UNDATED = "effective: not stated\n"


def cases() -> Iterator[Any]:
    """Every case of every file; a file is named after its provider, and a topic if it has one."""
    for file in sorted(FOLDER.glob("*.yaml")):
        provider = file.name.partition(".")[0]
        # All scalars as text: amounts stay exact, yes and no stay words.
        for case in yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader):
            yield pytest.param(provider, case, id=f"{provider}: {case['case']}")


@pytest.mark.parametrize(("provider", "case"), list(cases()))
def test_case(provider: str, case: dict[str, Any], providers: Mapping[str, Provider]) -> None:
    """A case says at least its subtotal and its clauses, and always whether it is complete."""
    expected = {"missing": []} | case["expect"]
    priced = stated(provider, case["stated"]) if "stated" in case else providers[provider]
    if "problems" in expected:
        assert answered(priced, case) == case["expect"]
        return
    assert {"subtotal", "clauses"} <= expected.keys()
    answer = answered(priced, case)
    assert {key: answer.get(key, "no such key") for key in expected} == expected | {
        "clauses": sorted(expected["clauses"])
    }
    assert answer["complete"] == (expected["missing"] == [])


@cache
def stated(provider: str, day: str) -> Provider:
    """A provider as if its page said from which day its terms hold."""
    text = (POLICIES / provider / "policy.yaml").read_text(encoding="utf-8")
    assert text.count(UNDATED) == 1
    policy, problems = read_policy_text(text.replace(UNDATED, f"effective: {day}\n"))
    assert policy is not None, problems
    return load_provider(PolicyFolder({provider: policy}, {provider: {}}), provider, REFERENCE)


def answered(provider: Provider, case: Mapping[str, Any]) -> dict[str, Any]:
    """What the calculator answers to a case, in the words of the case files."""
    try:
        return in_words(quote_data(quoted(provider, case)))
    except ScenarioProblems as refused:
        return {"problems": sorted(f"{one.field} {one.code}" for one in refused.problems)}


def quoted(provider: Provider, case: Mapping[str, Any]) -> Quote:
    """The quote of a case. Raises ScenarioProblems where it must be refused."""
    given = dict(case.get("given", {}))
    on = given.pop("on", None)
    terms_on = date.fromisoformat(on) if on else None
    reference = provider.reference
    policy = choose_terms(provider.policies, case["service"], given, reference, terms_on)
    return price(policy, read_scenario(policy, case["service"], given, reference))
