"""The worked examples of the staff guide: each snippet of a policy prices as it says."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculator.loading import load_policy
from calculator.pricing import price
from calculator.quote import Quote, quote_json
from calculator.scenario import read_scenario
from calculator.slots import slot_table
from hooks.pages.tables import price_table
from hooks.pages.view import PolicyView
from hooks.policy_files import LANGUAGES, PolicyFolder, ReadPolicy, read_policy_text
from hooks.providers import load_provider
from tests.drift.changes import changes_of, figures
from tests.drift.checker import PolicyText, outcome_of
from tests.drift.pages import visible

FOLDER = Path(__file__).parent / "examples"
REFERENCE = date(2026, 3, 2)
HEAD = """\
provider: example
name: Example
language: en
effective: 2026-01-01
timezone: Europe/Warsaw
currency: EUR
source: {{title: Help, read: 2026-03-02}}
tax: {tax}
glance:
  - {{id: terms, clause: terms, text: Help at a price.}}
"""
SERVED = ("surcharges", "discounts", "limits", "limits", "allowances", "conditions", "responses")


def examples() -> Iterator[Any]:
    """Every example of every file; all scalars as text."""
    for file in sorted(FOLDER.glob("*.yaml")):
        for example in yaml.load(file.read_text("utf-8"), yaml.BaseLoader):
            yield pytest.param(example, id=example["feature"])


def policy_of(example: Mapping[str, Any]) -> ReadPolicy:
    """The example as a whole policy, without problems."""
    policy, problems = read_policy_text(text_of(example))
    assert policy is not None, [str(problem) for problem in problems]
    return policy


def text_of(example: Mapping[str, Any]) -> str:
    """The file of the example: one service with its rules, one clause with its figures."""
    head = HEAD.format(tax=example.get("tax", "not stated"))
    rules = yaml.load(example["policy"], yaml.BaseLoader)
    service = service_of(rules, example.get("service", {}))
    text = f"{head}{example['policy']}{yaml.safe_dump({'services': {'help': service}})}"
    _, problems = read_policy_text(f"{text}{clause_with([])}")
    assert all("states this value" in problem.what for problem in problems), problems
    stated = {problem.expected for problem in problems}
    slots = [figure.split("{")[1].split("}")[0] for figure in sorted(stated)]
    return f"{text}{clause_with(slots)}"


def service_of(rules: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, Any]:
    """A service that asks everything and has every rule of the example, and fields of its own."""
    by_time = any("min" in charge["per"] for charge in rules["charges"].values())
    by_clock = "windows" in rules or any("per" in one for one in rules.get("limits", {}).values())
    by_clock |= any("valid" in one for one in rules.get("allowances", {}).values())
    asks = (["start"] if by_clock else []) + (["minutes"] if by_time else [])
    default = {"start": "Tu 10:00", "minutes": "60"}
    return {
        "name": "Help",
        "summary": "Help.",
        "clause": "terms",
        "kind": "session",
        "asks": asks,
        "questions": list(rules.get("questions", [])),
        "charges": list(rules["charges"]),
        **{kind: list(rules[kind]) for kind in SERVED if kind in rules},
        **own,
        "default": {name: default[name] for name in asks},
    }


def clause_with(slots: list[str]) -> str:
    """The one clause of the policy, which states all of its figures."""
    figures = " ".join(f"{{{slot}}}" for slot in slots)
    clause = {"id": "terms", "text": f"These figures hold. {figures}".strip()}
    section = {"id": "terms", "title": "Terms", "clauses": [clause]}
    return yaml.safe_dump({"sections": [section]})


def quoted(policy: ReadPolicy, case: Mapping[str, str]) -> Quote:
    """The quote of one case of an example."""
    edition = policy.editions[-1]
    terms = load_policy(edition.compiled, edition.digest)
    given = {name: value for name, value in case.items() if name not in ("due", "gross", "missing")}
    return price(terms, read_scenario(terms, "help", given, REFERENCE))


@pytest.mark.parametrize("example", list(examples()))
def test_an_example_prices_as_it_says(example: dict[str, Any]) -> None:
    """Each case comes to its amount, whatever order its answers are given in.

    The amount is without tax unless the case names the gross.
    """
    policy = policy_of(example)
    for case in example["prices"]:
        quote = quoted(policy, case)
        assert quote.subtotal == Decimal(case["due"]), case
        assert quote_json(quoted(policy, dict(reversed(case.items())))) == quote_json(quote)
        assert [missing.gap for missing in quote.missing] == list(case.get("missing", []))
        if "gross" in case:
            assert quote.total is not None
            assert quote.total.gross == Decimal(case["gross"])


@pytest.mark.parametrize("example", list(examples()))
def test_the_price_table_shows_an_example(example: dict[str, Any]) -> None:
    """Every language has words for its table; in English it says what the example names."""
    policies, texts = {"example": policy_of(example)}, {"example": {}}
    provider = load_provider(PolicyFolder(policies, texts), "example", REFERENCE)
    tables = {language: price_table(PolicyView(provider, language)) for language in LANGUAGES}
    assert all("{" not in table for table in tables.values())
    assert [words for words in example.get("page", []) if words not in visible(tables["en"])] == []


@pytest.mark.parametrize("example", list(examples()))
def test_every_figure_of_an_example_has_a_slot(example: dict[str, Any]) -> None:
    """What a policy writes is what its texts can say."""
    edition = policy_of(example).editions[-1]
    assert slot_table(load_policy(edition.compiled, edition.digest))


@pytest.mark.parametrize("example", list(examples()))
def test_no_value_of_an_example_drifts(example: dict[str, Any]) -> None:
    """Each figure moves page and quotes together, as those of the real policies do."""
    policy = PolicyText("example", text_of(example), {})
    rules = yaml.load(example["policy"], yaml.BaseLoader)
    values = [value for value in figures(policy.text) if value.path[0] in rules]
    found = [outcome_of(policy, change) for value in values for change in changes_of(value)[:2]]
    assert [(str(one.change), drift) for one in found for drift in one.drifts] == []
