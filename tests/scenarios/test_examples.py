"""The worked examples of the staff guide: each snippet of a policy prices as it says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.pages.staff.examples import example_list, words_for
from termwise.reading.policies import PolicyFolder, ReadPolicy, read_policy_text
from termwise.reading.providers import load_provider
from termwise.scenarios.worked import FOLDER, REFERENCE, policy_text, quote_of_case, worked_examples
from termwise_calculator.pricing.quote import quote_data, quote_json
from termwise_calculator.telling.explanation import explain
from termwise_calculator.telling.explanation_response import response_reasons
from termwise_calculator.telling.explanation_words import sentences
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView
from tests.drift.changes import changes_of, figures
from tests.drift.checker import Outcome, PolicyText, outcome_of
from tests.drift.pages import visible


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
    """The file of the example, whose one clause states all of its figures, as it must."""
    _, problems = read_policy_text(policy_text(example))
    assert all("states this value" in problem.what for problem in problems), problems
    stated = {problem.expected for problem in problems}
    slots = tuple(figure.split("{")[1].split("}")[0] for figure in sorted(stated))
    return policy_text(example, slots)


@pytest.mark.parametrize("example", list(examples()))
def test_an_example_prices_as_it_says(example: dict[str, Any]) -> None:
    """Each case comes to its amount, whatever order its answers are given in.

    The amount is without tax unless the case names the gross; a range has its upper end as well.
    """
    terms = policy_of(example).editions[-1].policy
    for case in example["prices"]:
        quote = quote_of_case(terms, case)
        due = Decimal(case["due"])
        assert quote.subtotal == due, case
        assert quote.dearest.subtotal == Decimal(case.get("due_to", due)), case
        assert quote_json(quote_of_case(terms, dict(reversed(case.items())))) == quote_json(quote)
        assert [missing.gap for missing in quote.missing] == list(case.get("missing", []))
        if "answer" in case:
            response = quote_data(quote)["response"]
            assert response is not None, case
            assert (response["due"] or "unknown") == case["answer"], case
        for end, suffix in ((quote, ""), (quote.dearest, "_to")):
            known = {"net": end.net, "gross": end.gross, "payable": end.due}
            for name, amount in known.items():
                expected = case.get(f"{name}{suffix}", case.get(name, "not said"))
                found = "none" if amount is None else amount
                assert expected == "not said" or found == amount_of(expected), case


def amount_of(written: str) -> Decimal | str:
    """An amount that a case expects; “none” for one that nobody knows."""
    return written if written == "none" else Decimal(written)


@pytest.mark.parametrize("group", worked_examples())
def test_a_case_says_why(group: str) -> None:
    """What an example expects of the reasons for an answer stands in them."""
    listed = yaml.load((FOLDER / f"{group}.yaml").read_text("utf-8"), yaml.BaseLoader)
    for example, written in zip(worked_examples()[group], listed, strict=True):
        words = words_for(example, "en")
        for (_, quote), case in zip(example.cases, written["prices"], strict=True):
            view = QuoteView(quote, words, example.edition.slots)
            reasons = [*response_reasons(view)]
            reasons += [one for line in explain(quote) for one in sentences(view, line)]
            told = "\n".join(reasons).replace("\N{NO-BREAK SPACE}", " ")
            assert [part for part in case.get("why", ()) if part not in told] == [], told


@pytest.mark.parametrize("example", list(examples()))
def test_every_figure_of_an_example_has_a_slot(example: dict[str, Any]) -> None:
    """What a policy writes is what its texts can say."""
    assert policy_of(example).editions[-1].slots


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_example(language: str) -> None:
    """Each feature has a heading of its own, its snippet word for word, and its cases."""
    shown = worked_examples()
    page = example_list(shown, language)
    every = [example for group in shown.values() for example in group]
    assert len({example.feature for example in every}) == len(every)
    for example in every:
        assert f"### {example.feature} {{#" in page
        assert escape(example.written) in page
    assert page.count('<tr><th scope="row">') == sum(len(example.cases) for example in every)


@pytest.mark.parametrize("example", list(examples()))
def test_the_price_table_shows_an_example(example: dict[str, Any]) -> None:
    """Every language has words for its table; in English it says what the example names."""
    policies, texts = {"example": policy_of(example)}, {"example": {}}
    provider = load_provider(PolicyFolder(policies, texts), "example", REFERENCE)
    tables = {language: price_table(PolicyView(provider, language)) for language in LANGUAGES}
    assert all("{" not in table for table in tables.values())
    assert [words for words in example.get("page", []) if words not in visible(tables["en"])] == []


@pytest.mark.parametrize("example", list(examples()))
def test_no_value_of_an_example_drifts(example: dict[str, Any]) -> None:
    """Each figure moves page and quotes together, as those of the real policies do."""
    policy = PolicyText("example", text_of(example), {})
    rules = {"tax", *yaml.load(example["policy"], yaml.BaseLoader)}
    behind_gaps = example.get("in_no_quote", [])
    values = [
        value
        for value in figures(policy.text)
        if value.path[0] in rules and "/".join(map(str, value.path)) not in behind_gaps
    ]
    found = [outcome_of(policy, change) for value in values for change in changes_of(value)[:2]]
    assert [
        (str(one.change), drift) for one in found for drift in one.drifts if told(one, drift)
    ] == []


def told(outcome: Outcome, drift: str) -> bool:
    """Tell all drifts but old hours that remain: another window, or a season, may have the same."""
    return outcome.change.value.kind != "window" or "still says" not in drift
