"""A company that is not in the repository works through its policy file alone."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.commands.termwise import main
from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.data_files import bundle
from termwise.pages.policy.page import policy_page
from termwise.pages.policy.responses import response_table
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise_calculator.browser import open_session
from termwise_calculator.pricing.quote import quote_data
from tests.real_providers import REFERENCE

FOLDER = Path(__file__).parent
POLICIES = str(FOLDER / "policies")


def cases() -> Iterator[Any]:
    """Every case, named as its sentence; all scalars as text."""
    for case in yaml.load((FOLDER / "cases.yaml").read_text("utf-8"), yaml.CBaseLoader):
        yield pytest.param(case, id=case["case"])


@pytest.fixture(scope="module")
def northlight() -> Provider:
    """The invented company."""
    (provider,) = load_providers(read_policies(Path(POLICIES)), REFERENCE)
    return provider


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any], northlight: Provider) -> None:
    """Each case comes to what was worked out by hand."""
    quote = northlight.quote(case["offer"].split("/")[1], case["given"])
    assert quote.subtotal == Decimal(case["due"])
    assert quote.total is not None
    assert quote.total.gross == Decimal(case["gross"])
    if "answer" in case:
        assert quote_data(quote)["response"]["due"] == case["answer"]
    if "rate" in case:
        assert quote_data(quote)["tax"]["rate"] == case["rate"]
    assert [missing.gap for missing in quote.missing] == case.get("missing", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tables_name_every_rule(language: str, northlight: Provider) -> None:
    """Each charge, surcharge, discount, limit and allowance has a row, with its figure filled."""
    view = PolicyView(northlight, language)
    table = price_table(view) + response_table(view)
    policy = northlight.policy
    rules = [*policy.charges, *policy.surcharges, *policy.discounts, *policy.limits]
    kinds = {"charge": policy.charges, "surcharge": policy.surcharges, "limit": policy.limits}
    for kind, named in kinds.items():
        for rule in named:
            assert view.inline(f"{kind}.{rule}") in table, rules
    assert "{" not in table
    if language == "en":
        assert "at least 45 minutes billed" in table
        assert "up to 4 minutes over not billed" in table
        assert "Covers: Work at your place; Call-out" in table


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_example_is_told(language: str, northlight: Provider) -> None:
    """The page words its example, quantities too."""
    page = policy_page(PolicyView(northlight, language), CalculatorUrls("", "", ""))
    assert ("41.5 km" if language == "en" else "41,5 ") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_prices_it(language: str, northlight: Provider) -> None:
    """The browser's bundle holds every text that a quote needs: units, questions, answers."""
    session = open_session(bundle(northlight, language))
    answer = json.loads(session.answer('{"query": {"service": "visit", "distance": "41.5"}}'))
    assert "41.5 km" in answer["html"] or "41,5 km" in answer["html"]


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_a_command_takes_the_folder(command: str) -> None:
    """`--policies` is all it needs."""
    result = CliRunner().invoke(main, [command, "--policies", POLICIES])
    assert (result.exit_code, result.stderr) == (0, "")


def test_coverage_finds_what_the_card_leaves_open() -> None:
    """The two declared gaps, one of them at other hours on holidays and in July, and no mistake."""
    result = CliRunner().invoke(main, ["coverage", "--policies", POLICIES])
    found = [line for line in result.stdout.splitlines() if line.startswith("northlight/")]
    assert found == [
        *["northlight/remote-help: remote: not published (declared gap other-hours)"] * 3,
        "northlight/question: first-answer: not published (declared gap wishes)",
    ]


def test_a_quote_on_the_command_line() -> None:
    """Answers and quantities by their options."""
    arguments = ["quote", "northlight/care", "--quantity", "users=51", "--quantity", "tickets=12"]
    result = CliRunner().invoke(main, [*arguments, "--policies", POLICIES])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "51 users × €4.50" in result.stdout
    assert "€429.38" in result.stdout
