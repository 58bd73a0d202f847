"""Each line of a quote is explained by what priced it, in words anyone understands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings

from termwise.commands.termwise import main
from termwise.languages import LANGUAGES
from termwise.pages.staff.examples import words_for
from termwise.reading.policies import PolicyFolder, read_policies
from termwise.reading.providers import Provider, load_provider, load_providers
from termwise.scenarios.worked import worked_examples
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.explaining.facts import Explanation, explain
from termwise_calculator.telling.explaining.response import response_reasons
from termwise_calculator.telling.explaining.words import sentences
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.tariff import Charge
from tests.places import GENERALITY
from tests.properties.scenarios import Asked, asked
from tests.real_providers import REFERENCE, real_providers
from tests.scenarios.test_examples import GROUPS, policy_of

HERE = Path(__file__).parent
QUOTE = ["quote", "mastiff/remote-help", "--start", "2026-03-03T17:30", "--minutes", "90"]


def listed(file: Path) -> Iterator[Any]:
    """The cases of a file, each named as its sentence; all scalars as text."""
    for case in yaml.load(file.read_text("utf-8"), yaml.CBaseLoader):
        yield pytest.param(case, id=case["case"])


@pytest.fixture(scope="module")
def offered() -> Mapping[str, Provider]:
    """The real providers and the invented company."""
    (invented,) = load_providers(read_policies(GENERALITY), REFERENCE)
    return {**real_providers(), invented.policy.provider: invented}


@pytest.mark.parametrize("case", list(listed(HERE / "explanations.yaml")))
def test_a_line_says_why(case: dict[str, Any], offered: Mapping[str, Provider]) -> None:
    """Each part stands in the reasons of the line."""
    name, service = case["offer"].split("/")
    provider = offered[name]
    quote = provider.quote(service, case.get("given", {}))
    view = QuoteView(quote, provider.words[case.get("language", "en")], provider.slots)
    told = spaced("\n".join(sentences(view, explain(quote)[int(case["line"]) - 1])))
    assert [part for part in case["says"] if part not in told] == [], told


@pytest.mark.parametrize("case", list(listed(HERE / "alike.yaml")))
def test_lines_that_look_alike_are_told_apart(case: dict[str, Any]) -> None:
    """The reasons are those of what priced a line, whatever else comes to the same figures."""
    provider = load_provider(
        PolicyFolder({"example": policy_of(case)}, {"example": {}}), "example", REFERENCE
    )
    quote = provider.quote("help", case["given"])
    view = QuoteView(quote, provider.words["en"], provider.slots)
    told = [spaced("\n".join(sentences(view, one))) for one in explain(quote)]
    assert len(told) == len(case["says"])
    for place, parts in enumerate(case["says"]):
        for part in parts:
            assert [part in reasons for reasons in told] == [at == place for at in range(len(told))]
    assert case.get("never", "nothing that is ever told") not in "".join(told)


def spaced(text: str) -> str:
    """A text with plain spaces: those in amounts do not break a line."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@settings(max_examples=100)
@given(scenario=asked())
def test_every_line_is_explained_by_what_priced_it(scenario: Asked) -> None:
    """The facts lead to the line's own figures, and there is always something to say."""
    check_explained(scenario.provider, scenario.quote())


@pytest.mark.parametrize("case", list(listed(GENERALITY.with_name("cases.yaml"))))
def test_an_invented_card_is_explained(
    case: dict[str, Any], offered: Mapping[str, Provider]
) -> None:
    """The same for a card that uses most of the tariff language."""
    name, service = case["offer"].split("/")
    check_explained(offered[name], offered[name].quote(service, case["given"]))


@pytest.mark.parametrize("group", GROUPS)
def test_every_worked_example_is_explained(group: str) -> None:
    """Every feature of the tariff language has its reasons, in every language."""
    for example in worked_examples()[group]:
        slots = slot_table(example.policy)
        for _, quote in example.cases:
            for one in explain(quote):
                for end, of_end in zip(quote.ends or [quote], one.ends or [one], strict=True):
                    if of_end is not None:
                        assert_facts(end, of_end)
                for language in LANGUAGES:
                    view = QuoteView(quote, words_for(example, language), slots)
                    assert sentences(view, one), example.feature


def check_explained(provider: Provider, quote: Quote) -> None:
    """Hold the explanation of each line against the line."""
    explained = explain(quote)
    assert [one.line for one in explained] == list(quote.lines)
    for one in explained:
        assert_facts(quote, one)
        for language in provider.words:
            view = QuoteView(quote, provider.words[language], provider.slots)
            assert sentences(view, one)


def assert_facts(quote: Quote, one: Explanation) -> None:
    """What the explanation names is what the line was worked out from."""
    line, rule = one.line, one.rule
    assert rule.id == line.rule
    if isinstance(rule, Charge):
        # What is free is so at hours of which nothing is published, too.
        assert rule.rate is None or not line.quantity or one.rate or not line.unit_price
        assert line.factor == (one.rate.factor if one.rate and line.quantity else 1)
        assert all(line.unit_price == rule.blocks[place].price for place in line.blocks)
        assert one.tier is None or line.unit_price == one.tier.price
    elif line.kind == "limit":
        alike = (each for each in quote.lines if each.rule == line.rule)
        changed = [each.amount for each in alike if each.start == line.start]
        assert one.sum + sum(changed) == quote.policy.limits[line.rule].amount
    elif line.kind in ("surcharge", "discount"):
        basis = sum((each.amount for each in one.basis), Decimal(0))
        assert basis
        # Surcharges before it are part of it, discounts before it only where they multiply.
        multiply = quote.scenario.service.discounts_together == "multiply"
        if rule.of_the_whole:
            assert line.unit_price == basis
        else:
            assert line.unit_price >= basis or (multiply and line.kind == "discount")


def test_the_command_explains() -> None:
    """`--explain` adds the reasons of each line, and its clauses word for word."""
    run = CliRunner().invoke(main, [*QUOTE, "--explain", "--language", "pl"])
    assert (run.exit_code, run.stderr) == (0, "")
    assert "Skąd się biorą poszczególne pozycje" in run.stdout
    assert "  1 × 2 × 100,00 zł (60 minut) = 200,00 zł\n" in spaced(run.stdout)
    assert "  § 16: W godzinach wieczornych, do godziny 22:00," in spaced(run.stdout)


def test_data_are_not_explained() -> None:
    """The JSON is a promise of its own; who asks for both is told."""
    run = CliRunner().invoke(main, [*QUOTE, "--explain", "--json"])
    assert run.exit_code == 2
    assert "give one of them" in run.stderr


def test_a_price_that_is_not_published_is_no_zero() -> None:
    """Where no line has an amount, the text has no sums either."""
    arguments = ["quote", "mastiff/remote-help", "--start", "2026-11-28T12:00", "--minutes", "30"]
    run = CliRunner().invoke(main, arguments)
    assert (run.exit_code, run.stderr) == (0, "")
    assert "No price is published for this" in run.stdout
    assert "0.00" not in run.stdout


def test_an_explanation_asks_the_case_that_was_priced(offered: Mapping[str, Provider]) -> None:
    """It is not built a second time, and the same scenario makes the same quote."""
    raw = {"start": "2026-03-03T17:30", "minutes": "95"}
    quote = offered["mastiff"].quote("remote-help", raw)
    assert {id(one.case) for one in explain(quote)} == {id(quote.case)}
    assert quote == offered["mastiff"].quote("remote-help", raw)


def test_an_answer_says_which_holiday_it_waits_for() -> None:
    """A deadline that a holiday moves names it, and what else stops the time, in every language."""
    [example] = [
        one for one in worked_examples()["responses"] if one.feature.startswith("Answers in hours")
    ]
    given_ = {"start": "2026-06-03T16:00", "severity": "normal"}
    [quote] = [quote for given, quote in example.cases if given == given_]
    slots = slot_table(example.policy)
    for language in LANGUAGES:
        reasons = response_reasons(QuoteView(quote, words_for(example, language), slots))
        assert len(reasons) == 3
        assert "18" in reasons[1]
        assert "Corpus Christi" in reasons[2]


def reasons_of_answer(hours: str, within: str, start: str) -> list[str]:
    """Why an answer is due when it is, in English, where public holidays are off."""
    example = {
        "policy": "holidays: {country: PL, clause: terms}\n"
        f"windows: {{support: '{hours}; PH off'}}\n"
        "charges: {answer: {label: Answer, clause: terms, price: free, per: request}}\n"
        "responses: {first: {label: Answer, clause: terms, window: support, "
        f"targets: {{all: {{within: {within}, clause: terms}}}}}}}}\n",
        "service": {"kind": "request"},
    }
    folder = PolicyFolder({"example": policy_of(example)}, {"example": {}})
    provider = load_provider(folder, "example", REFERENCE)
    quote = provider.quote("help", {"start": start})
    return response_reasons(QuoteView(quote, provider.words["en"], provider.slots))


@pytest.mark.parametrize(("within", "listed_"), [("5 h", True), ("6 h", False)])
def test_a_few_pauses_are_listed(within: str, listed_: bool) -> None:
    """More of them would say no more than the hours themselves."""
    reasons = reasons_of_answer("Mo-Su 10:00-11:00", within, "2026-06-08T10:00")
    assert any("stands still" in reason for reason in reasons) == listed_


def test_a_holiday_that_changes_no_hours_is_not_named() -> None:
    """All Saints' Day of 2026 is a Sunday, and the second day of Christmas a Saturday."""
    support = "Mo-Fr 09:00-17:00"
    assert not any(
        "is a public holiday" in one
        for one in reasons_of_answer(support, "8 h", "2026-10-30T16:00")
    )
    told = reasons_of_answer(support, "2 working days", "2026-12-23T16:00")
    assert [one.rpartition(": ")[2] for one in told[1:]] == ["Christmas Eve.", "Christmas Day."]
