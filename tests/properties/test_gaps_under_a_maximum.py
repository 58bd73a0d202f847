"""A quote that a maximum completes costs the same, whatever is put in the place of its gaps."""

import copy
from functools import cache
from typing import Any

import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.scenarios.worked import REFERENCE, policy_text
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy

POLICY = """
windows:
  evening: Mo-Fr 18:00-22:00
questions:
  express: {kind: yes-no, default: no, label: Is it urgent}
  used: {kind: minutes, default: 0, label: How many minutes are used}
charges:
  labour:
    label: Work
    clause: terms
    price: 55.55
    per: 60 min
    rate:
      decided_at: edges of the windows
      windows: {evening: {times: 2, clause: terms}}
      otherwise: {times: base, clause: terms}
  fee: {label: Fee, clause: terms, when: {express: yes}, price: 25.00, per: session}
surcharges:
  express: {label: Express, clause: terms, when: {express: yes}, percent: 15%}
  evening: {label: Evening, clause: terms, in: evening, percent: 35%}
discounts:
  client: {label: Clients, clause: terms, in: evening, percent: 90%}
limits:
  least: {label: Least, clause: terms, minimum: 70.00}
  work: {label: Most for work, clause: terms, maximum: 90.00, charges: [labour]}
  fees: {label: Most for fees, clause: terms, maximum: 20.00, charges: [fee]}
  most: {label: Most, clause: terms, maximum: 100.00}
  day: {label: Most on a day, clause: terms, maximum: 80.00, per: calendar day}
allowances:
  free: {label: Free, clause: terms, minutes: 30, used: used, charges: [labour]}
"""
TAX = "{name: VAT, rate: 20%, prices: excluded, clause: terms}"
WINDOW = ("charges", "labour", "rate", "windows", 0, "factor")
PLACES = (
    ("charges", "labour", "price"),
    WINDOW,
    ("charges", "fee", "price"),
    ("surcharges", "express", "percent"),
    ("surcharges", "evening", "percent"),
    ("discounts", "client", "percent"),
    ("limits", "least", "amount"),
    ("limits", "work", "amount"),
    ("allowances", "free", "minutes"),
)
# What lets a maximum decide; the rest of the draws is anything.
LIKELY: dict[str, list[list[str]]] = {
    "limits": [["most"], ["least", "most"], ["most", "least"]],
    "surcharges": [[], ["evening", "express"]],
    "discounts": [[]],
    "allowances": [[]],
}
VALUES = ("0", "1", "2", "33", "70", "99", "100")


@cache
def whole() -> Any:
    """The compiled policy with all of its rules."""
    text = policy_text({"policy": POLICY, "tax": TAX})
    return compile_editions(PolicyFile.model_validate(yaml.load(text, TextLoader)))[-1].compiled


def compiled(data: st.DataObject) -> Any:
    """The policy with some of its rules, in some order; now and then fees at a tax of their own."""
    terms = copy.deepcopy(whole())
    served = terms["services"]["help"]
    for kind in ("limits", "surcharges", "discounts", "allowances"):
        some = st.lists(st.sampled_from(served[kind]), unique=True)
        served[kind] = data.draw(st.one_of(*map(st.just, LIKELY[kind]), some), label=kind)
    served["surcharges_multiply"] = data.draw(st.booleans())
    terms["charges"]["fee"]["tax_rate"] = data.draw(st.sampled_from([None, "7"]))
    return terms


def put(terms: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The terms with a value, or a gap, at a path."""
    changed = copy.deepcopy(terms)
    changed["gaps"]["planted"] = {"clause": "terms", "when": {}}
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


def quoted(terms: Any, query: dict[str, str]) -> Quote:
    """The quote of a query under these terms."""
    policy = load_policy(terms, "sha256:0")
    return price(policy, read_scenario(policy, "help", query, REFERENCE))


@settings(max_examples=300)
@given(data=st.data())
def test_a_complete_quote_needs_none_of_its_gaps(data: st.DataObject) -> None:
    """Whatever limits, discounts, rates and gaps there are: complete is complete."""
    terms, path = compiled(data), data.draw(st.sampled_from(PLACES), label="gap")
    gapped = put(terms, path, {"gap": "planted"})
    query = {
        "start": f"2026-03-03T{data.draw(st.integers(14, 20))}:00",
        "minutes": str(data.draw(st.integers(0, 480))),
        "express": data.draw(st.sampled_from(["yes", "no"])),
        "used": "0",
    }
    quote = quoted(gapped, query)
    if quote.complete:
        value = data.draw(st.sampled_from(VALUES), label="value")
        filled = quoted(put(terms, path, int(value) if path[-1] == "minutes" else value), query)
        assert (quote.subtotal, quote.total) == (filled.subtotal, filled.total)
        event(f"a maximum is reached: {quote.lines != filled.lines}")
