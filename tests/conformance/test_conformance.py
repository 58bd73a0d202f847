"""The tariff examples of a public specification, priced to the cent from policy files alone."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.commands.termwise import main
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise_calculator.pricing.quote import quote_data
from tests.real_providers import REFERENCE

FOLDER = Path(__file__).parent
POLICIES = FOLDER / "policies"


def cases() -> Iterator[Any]:
    """Every case, named as its sentence; all scalars as text."""
    for case in yaml.load((FOLDER / "cases.yaml").read_text("utf-8"), yaml.CBaseLoader):
        yield pytest.param(case, id=case["case"])


@cache
def providers() -> dict[str, Provider]:
    """The policies of the examples, read and compiled once."""
    folder = read_policies(POLICIES)
    assert [str(problem) for problem in folder.problems] == []
    return {one.policy.provider: one for one in load_providers(folder, REFERENCE)}


@pytest.mark.parametrize("case", list(cases()))
def test_example(case: dict[str, Any]) -> None:
    """Without and with tax, as printed; the shares of the tax make up its sum; its rate, if one."""
    provider, service = case["offer"].split("/")
    quote = quote_data(providers()[provider].quote(service, case["given"]))
    assert quote["complete"]
    if "without" in case:
        assert Decimal(quote["net"]) == Decimal(case["without"])
    if "with" in case:
        assert Decimal(quote["gross"]) == Decimal(case["with"])
    if "rate" in case:
        assert quote["tax"]["rate"] == case["rate"]
    taxes = quote.get("taxes", [quote["tax"]])
    assert sum(Decimal(share["amount"]) for share in taxes) == Decimal(quote["tax"]["amount"])


def test_a_quantity_is_given_on_the_command_line() -> None:
    """`--quantity` answers a question for a number."""
    arguments = ["quote", "ocpi/t10", "--quantity", "energy=20", "--quantity", "parking=40"]
    result = CliRunner().invoke(main, [*arguments, "--policies", str(POLICIES)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "20 kWh × €0.25" in result.stdout
    assert "45 minutes × €2.00 per 60 minutes" in result.stdout
    assert "€7.90" in result.stdout
