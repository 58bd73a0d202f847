"""Priced cases as data: the calculator says what was worked out by hand from the source pages."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculator.pricing import price
from calculator.problems import ScenarioProblems
from calculator.quote import quote_data
from calculator.scenario import choose_terms, read_scenario
from hooks.providers import Provider

FOLDER = Path(__file__).parent / "cases"


def cases() -> Iterator[Any]:
    """Every case of every file; a file is named after its provider, and a topic if it has one."""
    for file in sorted(FOLDER.glob("*.yaml")):
        provider = file.name.partition(".")[0]
        # All scalars as text: amounts stay exact, yes and no stay words.
        for case in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader):
            yield pytest.param(provider, case, id=f"{provider}: {case['case']}")


@pytest.mark.parametrize(("provider", "case"), list(cases()))
def test_case(provider: str, case: dict[str, Any], providers: Mapping[str, Provider]) -> None:
    """A case says at least its subtotal and its clauses, and always whether it is complete."""
    expected = {"missing": []} | case["expect"]
    if "problems" in expected:
        assert answered(providers[provider], case) == case["expect"]
        return
    assert {"subtotal", "clauses"} <= expected.keys()
    answer = answered(providers[provider], case)
    assert {key: answer.get(key, "no such key") for key in expected} == expected | {
        "clauses": sorted(expected["clauses"])
    }
    assert answer["complete"] == (expected["missing"] == [])


def answered(provider: Provider, case: Mapping[str, Any]) -> dict[str, Any]:
    """What the calculator answers to a case, in the words of the case files."""
    given = dict(case.get("given", {}))
    on = given.pop("on", None)
    terms_on = date.fromisoformat(on) if on else None
    reference = provider.reference
    try:
        policy = choose_terms(provider.policies, given, reference, terms_on)
        scenario = read_scenario(policy, case["service"], given, reference)
    except ScenarioProblems as refused:
        return {"problems": sorted(f"{one.field} {one.code}" for one in refused.problems)}
    return in_words(quote_data(price(policy, scenario)))


def in_words(quote: Mapping[str, Any]) -> dict[str, Any]:
    """A quote as the case files write one."""
    lines, missing, scenario = quote["lines"], quote["missing"], quote["input"]
    response = quote["response"] or {"target_minutes": None, "due": None, "clauses": []}
    named = [*lines, response, *({"clauses": [gap["clause"]]} for gap in missing)]
    texts = {key: text(quote[key]) for key in ("currency", "subtotal", "net", "gross")}
    return texts | {
        "terms": quote["terms"]["effective"],
        "start": text(scenario["start"]),
        "minutes": text(scenario["minutes"]),
        "set": [f"{question} {answer}" for question, answer in scenario["set"].items()],
        "lines": [line_in_words(line) for line in lines],
        "times": times(lines),
        "tax": text(quote["tax"] and quote["tax"]["amount"]),
        "complete": quote["complete"],
        "missing": [gap["why"] for gap in missing],
        "missing_times": times(missing),
        "clauses": sorted({clause for one in named for clause in one["clauses"]}),
        "readings": quote["readings"],
        "conditions": quote["conditions"],
        "response_minutes": text(response["target_minutes"]),
        "response_due": text(response["due"]),
    }


def line_in_words(line: Mapping[str, str]) -> str:
    """A line as the case files write one: `labour 2 × 60 min × 100.00 × 4 = 800.00`."""
    charge, price_, factor = line["charge"], line["unit_price"], line["factor"]
    if line["unit"] == "discount":
        return f"{charge} {factor} of {price_} = {line['amount']}"
    if line["unit"] == "min":
        return f"{charge} {line['quantity']} min free"
    factors = [line["quantity"], line["unit"], price_] + ([factor] if factor != "1" else [])
    return f"{charge} {' × '.join(factors)} = {line['amount']}"


def times(items: list[dict[str, str]]) -> list[str]:
    """The stretches of local time that items cover."""
    return [f"{item['from']} to {item['to']}" for item in items if "from" in item]


def text(value: object) -> str:
    """A value as text; "none" for what is not stated."""
    return "none" if value is None else str(value)
