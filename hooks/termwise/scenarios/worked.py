"""The worked examples of the tariff language: snippets of policies, and what they come to.

They are kept under docs/examples, run as tests, and shown to the staff on a page of their own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from textwrap import indent
from typing import Any

import yaml

from termwise import places
from termwise.compiling.edition import Edition
from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.yaml_text.libyaml import Dumper, TextLoader
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.policy import Policy

FOLDER = places.EXAMPLES
REFERENCE = date(2026, 3, 2)
CURRENCY, TIMEZONE = "EUR", "Europe/Warsaw"
HEAD = f"""\
provider: example
name: Example
language: en
effective: 2026-01-01
timezone: {TIMEZONE}
currency: {CURRENCY}
source: {{title: Help, read: 2026-03-02}}
glance:
  - {{id: terms, clause: terms, text: Help at a price.}}
"""
TIME = re.compile(r"\d (s|min|h)$")
SERVED = ("surcharges", "discounts", "limits", "allowances", "conditions", "responses")
AMOUNTS = ("due", "net", "gross", "payable")
EXPECTED = (*AMOUNTS, *(f"{name}_to" for name in AMOUNTS), "missing", "answer", "why", "told")
"""What a case says of its price; all else is what the visitor gives."""


@dataclass(frozen=True)
class WorkedExample:
    """A feature of the tariff language: what it says, how it is written, and priced cases."""

    feature: str
    says: str
    written: str
    """The part of a policy file."""
    edition: Edition
    texts: Mapping[str, str]
    cases: tuple[tuple[Mapping[str, str], Quote], ...]
    """What is given in each case, and its quote."""

    @property
    def policy(self) -> Policy:
        """The terms of the example."""
        return self.edition.policy


@cache
def worked_examples() -> Mapping[str, tuple[WorkedExample, ...]]:
    """The worked examples by the name of their file, in its order."""
    return {name: tuple(map(worked_example, listed)) for name, listed in _files()}


def _files() -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for file in sorted(FOLDER.glob("*.yaml")):
        yield file.stem, yaml.load(file.read_text("utf-8"), TextLoader)


def worked_example(example: Mapping[str, Any]) -> WorkedExample:
    """An example as its file says it, compiled, with its cases priced."""
    policy = PolicyFile.model_validate(yaml.load(policy_text(example), TextLoader))
    edition = compile_editions(policy)[-1]
    cases = [(given_in(case), quote_of_case(edition.policy, case)) for case in example["prices"]]
    texts = {text.id: text.text for text in governing_texts(policy)}
    says, written = example["says"], _as_written(example)
    return WorkedExample(example["feature"], says, written, edition, texts, tuple(cases))


def _as_written(example: Mapping[str, Any]) -> str:
    """The example as it stands in a policy file, with its tax and what it says of the service."""
    tax = _tax(example["tax"]) if "tax" in example else ""
    tax = (f"currency: {example['currency']}\n" if "currency" in example else "") + tax
    own = {"services": {"help": example["service"]}} if "service" in example else {}
    return f"{tax}{example['policy']}{_written(own) if own else ''}"


def given_in(case: Mapping[str, str]) -> dict[str, str]:
    """What the visitor gives in a case."""
    return {name: value for name, value in case.items() if name not in EXPECTED}


def quote_of_case(policy: Policy, case: Mapping[str, str]) -> Quote:
    """The quote of one case of an example."""
    return price(policy, read_scenario(policy, "help", given_in(case), REFERENCE))


# ---- A snippet as a whole policy


def policy_text(example: Mapping[str, Any], slots: tuple[str, ...] = ()) -> str:
    """The example as a policy: one service with its rules, one clause that states these slots."""
    rules = yaml.load(example["policy"], TextLoader)
    services = {"help": service_of(rules, example.get("service", {}))}
    tax = _tax(example.get("tax", "not stated"))
    rest = _written({"services": services, "sections": [_section(slots)]})
    head = HEAD.replace(
        f"currency: {CURRENCY}\n", f"currency: {example.get('currency', CURRENCY)}\n"
    )
    return f"{head}{tax}{example['policy']}{rest}"


def _tax(written: str) -> str:
    """The tax as it stands in a policy file: a block, or what fits a line."""
    if "\n" in written:
        return "tax:\n" + indent(written, "  ")
    return f"tax: {written}\n"


def service_of(rules: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A service that asks everything and has every rule of the example, and fields of its own."""
    by_time = any(TIME.search(charge["per"]) for charge in rules["charges"].values())
    asks = (["start"] if _by_clock(rules) else []) + (["minutes"] if by_time else [])
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
        "default": {name: default[name] for name in own.get("asks", asks)},
    }


def _by_clock(rules: Mapping[str, Any]) -> bool:
    """Tell whether a rule needs to know when the session starts."""
    renewed = any("per" in limit for limit in rules.get("limits", {}).values())
    packages = any("valid" in allowance for allowance in rules.get("allowances", {}).values())
    return "windows" in rules or renewed or packages


def _section(slots: tuple[str, ...]) -> dict[str, Any]:
    """The one clause of the policy."""
    figures = " ".join(f"{{{slot}}}" for slot in slots)
    clause = {"id": "terms", "text": f"These figures hold. {figures}".strip()}
    return {"id": "terms", "title": "Terms", "clauses": [clause]}


def _written(data: Mapping[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=Dumper))
