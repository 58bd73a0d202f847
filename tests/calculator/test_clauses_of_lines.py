"""Each line of a quote names its clauses: those of the part of a rule that held."""

from collections.abc import Mapping

import pytest
import yaml

from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.scenarios.worked import policy_text
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.scenario import read_scenario
from tests.real_providers import REFERENCE

ASKED = """
windows: {evening: 'Mo-Fr 18:00-22:00'}
questions:
  units: {kind: number, default: 0, unit: units, label: How many}
"""
BY_UNIT = "price: 1.00, per: unit, counts: {question: units}"
TIERS = "[{up_to: 10, flat: 20.00, clause: flat}, {up_to: 20, price: 2.00, clause: second}]"
GRADUATED = f"{{label: It, clause: terms, {BY_UNIT}, tiers_priced: graduated, tiers: {TIERS}}}"
BY_VOLUME = f"{{label: It, clause: terms, {BY_UNIT}, tiers_priced: by volume, tiers: {TIERS}}}"
BLOCKS = (
    "{label: It, clause: terms, price: 60.00, per: started 60 min, "
    "first: {length: 30 min, price: 40.00, clause: first}, "
    "then: [{length: 30 min, price: 30.00, clause: then}]}"
)
OF_LENGTH = (
    "{label: It, clause: terms, price: 60.00, per: started 60 min, tiers_priced: by volume, "
    "tiers: [{up_to: 30 min, flat: 20.00, clause: short}]}"
)
RATED = (
    "{label: It, clause: terms, price: 60.00, per: started 60 min, rate: "
    "{decided_at: start of each increment, windows: {evening: {times: 2, clause: evening}}, "
    "otherwise: {times: base, clause: other-hours}}}"
)


@pytest.mark.parametrize(
    ("charge", "given", "named"),
    [
        (GRADUATED, {"units": "25"}, ["flat", "second", "terms"]),
        (GRADUATED, {"units": "5"}, ["flat"]),
        (BY_VOLUME, {"units": "5"}, ["flat"]),
        (BY_VOLUME, {"units": "15"}, ["second"]),
        (BY_VOLUME, {"units": "25"}, ["terms"]),
        (BLOCKS, {"minutes": "30"}, ["first"]),
        (BLOCKS, {"minutes": "90"}, ["first", "then", "terms"]),
        (OF_LENGTH, {"minutes": "30"}, ["short"]),
        (OF_LENGTH, {"minutes": "31"}, ["terms"]),
        (
            RATED,
            {"start": "2026-03-03T17:00", "minutes": "120"},
            ["terms other-hours", "terms evening"],
        ),
    ],
)
def test_a_line_names_its_clauses(charge: str, given: Mapping[str, str], named: list[str]) -> None:
    """Of the tier, the block or the window; else of the charge."""
    text = policy_text({"policy": f"{ASKED}charges: {{it: {charge}}}\n"})
    written = PolicyFile.model_validate(yaml.load(text, yaml.CBaseLoader))
    policy = compile_editions(written)[-1].policy
    scenario = read_scenario(policy, "help", given, REFERENCE)
    assert [" ".join(line.clauses) for line in price(policy, scenario).lines] == named
