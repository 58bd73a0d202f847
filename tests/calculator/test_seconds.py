"""A service that is billed by the second: what is asked, what is said, what is kept as it was."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls, calculator_html
from termwise.pages.data_files import bundle
from termwise.pages.phrases.length_words import (
    billed_by_started,
    first_length,
    per_length,
)
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import read_policy_text
from termwise.reading.providers import Provider, load_provider
from termwise.scenarios.standard import standard_scenarios
from termwise.scenarios.worked import policy_text
from termwise_calculator.browser import address
from termwise_calculator.pricing.cost_steps import cost_steps
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import quote_json
from termwise_calculator.telling.begun import per_started
from termwise_calculator.telling.explaining.facts import explain
from termwise_calculator.telling.explaining.words import sentences
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import Minutes, length_from, of_seconds
from tests.conftest import ROOT
from tests.real_providers import REFERENCE, real_providers
from tests.scenarios.test_examples import policy_of

CHARGES = """
windows:
  evening: Mo-Fr 18:00-22:00
charges:
  call:
    label: Call
    clause: terms
    price: 36.00
    per: 60 min
    increment: 1 s
    rate:
      decided_at: start of each increment
      windows:
        evening: {times: 2, clause: terms}
      otherwise: {times: base, clause: terms}
  recording: {label: Recording, clause: terms, price: 0.50, per: started 90 s}
"""
URLS = CalculatorUrls("bundle", "runtime", "script")
FORGET = ROOT / "hooks/termwise/browser/memory/inside/forget.py"
FORGETFUL = """
import json, sys
from termwise_calculator.browser import open_session
bundle, names, query = json.load(sys.stdin)
for name in names:
    if module := sys.modules.pop(name, None):
        module.__dict__.clear()
print(open_session(bundle).answer(json.dumps({"query": query})))
"""
SECONDS_COUNT_NOT = "The case has seconds, and no charge of the service counts them"
GIVEN = {"start": "2026-03-03T17:46", "minutes": "24:10"}


@pytest.fixture(scope="module")
def provider() -> Provider:
    """A company that bills calls by the second and recordings by begun ninety seconds."""
    return offering(CHARGES)


def offering(charges: str) -> Provider:
    """A company with these charges."""
    folder = PolicyFolder({"example": policy_of({"policy": charges})}, {"example": {}})
    return load_provider(folder, "example", REFERENCE)


def test_the_quote_counts_seconds(provider: Provider) -> None:
    """Lines name seconds as their unit only where they count them, and moments where they need."""
    data = json.loads(quote_json(provider.quote("help", GIVEN)))
    assert data["input"]["minutes"] == "24:10"
    shown = ("quantity", "unit", "amount", "from", "to")
    assert [[line[name] for name in shown] for line in data["lines"]] == [
        ["840", "s", "8.40", "2026-03-03T17:46+01:00", "2026-03-03T18:00+01:00"],
        ["610", "s", "12.20", "2026-03-03T18:00+01:00", "2026-03-03T18:10:10+01:00"],
        ["17", "90 s", "8.50", "2026-03-03T17:46+01:00", "2026-03-03T18:11:30+01:00"],
    ]
    whole = json.loads(quote_json(provider.quote("help", GIVEN | {"minutes": "24"})))
    assert whole["input"]["minutes"] == 24


@pytest.mark.parametrize(
    ("language", "length", "each", "last"),
    [
        ("en", "10 minutes and 10 seconds", "Each second counts.", "18:10:09"),
        ("pl", "10 minut i\u00a010 sekund", "Liczy się każda sekunda.", "18:10:09"),
        ("da", "10 minutter og 10 sekunder", "Hvert sekund tæller.", "18.10.09"),
        ("pt", "10 minutos e 10 segundos", "Cada segundo conta.", "18:10:09"),
    ],
)
def test_an_explanation_names_seconds(
    provider: Provider, language: str, length: str, each: str, last: str
) -> None:
    """How long, by which steps, and until when, as the language writes it."""
    quote = provider.quote("help", GIVEN)
    view = QuoteView(quote, provider.words[language], provider.slots)
    told = "\n".join(sentences(view, explain(quote)[1]))
    assert [part for part in (length, each, last) if part not in told] == [], told


@pytest.mark.parametrize(
    ("length", "language", "said"),
    [
        ("90:00", "pl", "90 minut"),
        ("0:30", "pl", "30 sekund"),
        ("0:01", "pl", "1 sekundy"),
        ("1:01", "pl", "1 minuty i\u00a01 sekundy"),
        ("1:30", "en", "1 minute and 30 seconds"),
    ],
)
def test_a_length_has_a_genitive(provider: Provider, length: str, language: str, said: str) -> None:
    """As after “do” in Polish."""
    assert provider.words[language].minutes(length_from(length), case="genitive") == said


@pytest.mark.parametrize(
    ("phrase", "minutes", "said"),
    [
        (per_started, 60, "za każdy rozpoczęty okres 60 minut"),
        (per_started, 1, "za każdą rozpoczętą minutę"),
        (per_started, of_seconds(90), "za każdy rozpoczęty okres 1 minuty i 30 sekund"),
        (per_started, of_seconds(30), "za każdy rozpoczęty okres 30 sekund"),
        (per_length, of_seconds(1), "za sekundę"),
        (per_length, of_seconds(90), "za 1 minutę i 30 sekund"),
        (first_length, of_seconds(61), "za pierwszy okres 1 minuty i 1 sekundy"),
        (
            billed_by_started,
            of_seconds(150),
            "rozliczane za każdy rozpoczęty okres 2 minut i 30 sekund",
        ),
    ],
)
def test_polish_declines_a_length_with_seconds(
    provider: Provider, phrase: Callable[[Words, Minutes], str], minutes: Minutes, said: str
) -> None:
    """A phrase has the length in the case that it asks for."""
    assert phrase(provider.words["pl"], minutes).replace("\u00a0", " ") == said


def test_a_link_keeps_the_seconds(provider: Provider) -> None:
    """And a session of whole minutes looks as it does elsewhere."""
    for minutes in ("24:10", "24"):
        scenario = provider.quote("help", GIVEN | {"minutes": minutes}).scenario
        assert address(provider.policy, scenario).endswith(f"&minutes={minutes}")


def test_the_form_takes_seconds(provider: Provider) -> None:
    """Other forms have the control that they had."""
    form = calculator_html(PolicyView(provider, "en"), URLS)
    assert '<input id="tw-minutes" name="minutes" type="text" ' in form
    assert 'value="60"><span class="tw-unit">minutes:seconds</span>' in form
    for other in real_providers().values():
        form = calculator_html(PolicyView(other, "en"), URLS)
        if 'name="minutes"' in form:
            assert 'name="minutes" type="number" inputmode="numeric" min="0"' in form


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", ["", "12:60", "12:5", "1:2:3", "-1", "12.5"])
def test_what_is_no_length_is_refused(provider: Provider, language: str, length: str) -> None:
    """Named where there is something to name, with the notation that is expected."""
    with pytest.raises(ScenarioProblems) as refused:
        provider.quote("help", {"minutes": length})
    (problem,) = refused.value.problems
    said = describe(problem, provider.words[language])
    assert problem.field == "minutes"
    assert "12:30" in said
    assert length in said


@pytest.mark.parametrize("length", ["44641", "44640:01"])
def test_a_longer_session_than_the_longest_is_refused(provider: Provider, length: str) -> None:
    """In days, as people would say it."""
    with pytest.raises(ScenarioProblems) as refused:
        provider.quote("help", {"minutes": length})
    said = [describe(one, provider.words["en"]) for one in refused.value.problems]
    assert said == ["The longest session that is priced here is 31 days."]


def test_seconds_are_refused_where_none_count() -> None:
    """They would be rounded up without a word."""
    charges = CHARGES.replace("increment: 1 s", "increment: 1 min").replace("90 s", "2 min")
    with pytest.raises(ScenarioProblems) as refused:
        offering(charges).quote("help", {"minutes": "12:30"})
    assert [one.code for one in refused.value.problems] == ["not-minutes"]


@pytest.mark.parametrize(("increment", "told"), [("1 s", 0), ("1 min", 1)])
def test_an_example_has_seconds_where_a_charge_counts_them(increment: str, told: int) -> None:
    """Elsewhere they would be rounded up without a word."""
    charges = CHARGES.replace("increment: 1 s", f"increment: {increment}").replace("90 s", "2 min")
    example = 'examples:\n  - {id: call, service: help, start: Tu 17:46, minutes: "24:10"}\n'
    _, problems = read_policy_text(policy_text({"policy": charges}) + example)
    assert [one.what for one in problems].count(SECONDS_COUNT_NOT) == told


def test_standard_scenarios_lie_a_second_apart(provider: Provider) -> None:
    """Around each increment; every one of them can be priced."""
    queries = standard_scenarios(provider.policy)
    lengths = {query.get("minutes") for query in queries}
    assert {"0", "0:01", "0:02", "1:29", "1:30", "1:31", "4:30", "4:31"} <= lengths
    for query in queries:
        given = {name: value for name, value in query.items() if name != "service"}
        assert provider.quote("help", given).lines


def test_no_picture_shows_whole_minutes_as_steps(provider: Provider) -> None:
    """Steps that end within a minute are not drawn as if they ended on one."""
    fields = "label: It, clause: terms, price: 36.00, per: 60 min, increment: 15 min"
    hourly = f"charges:\n  it: {{{fields}, %s}}\n"
    by_second = offering(hourly % "least: 90 s")
    for drawn in (provider, by_second):
        assert cost_steps(drawn.policy, drawn.quote("help", {}).scenario) == ()
    whole = offering(hourly % "least: 2 min")
    assert cost_steps(whole.policy, whole.quote("help", {}).scenario)


def test_nothing_that_the_browser_forgets_is_needed(provider: Provider) -> None:
    """Fractions look into other modules when they are compared, not only when they are made."""
    forgotten = [
        name
        for node in ast.parse(FORGET.read_text("utf-8")).body
        if isinstance(node, ast.Assign)
        for name in strings_in(node.value)
    ]
    asked = json.dumps([bundle(provider, "en"), forgotten, {"service": "help", **GIVEN}])
    command = [sys.executable, "-c", FORGETFUL]
    told = subprocess.run(
        command, check=False, input=asked, capture_output=True, text=True, cwd=ROOT
    )
    assert told.stderr == ""
    assert json.loads(told.stdout)["json"] == quote_json(provider.quote("help", GIVEN))


def strings_in(node: ast.AST) -> list[str]:
    """The texts of an expression."""
    constants = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return [value for value in constants if isinstance(value, str)]
