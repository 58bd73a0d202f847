"""The worked examples of the staff guide: each snippet of a policy prices as it says."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import whole_ranges
from termwise.pages.staff.examples import example_list, words_for
from termwise.problems import Problem
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.providers import load_provider
from termwise.reports.coverage import coverage_lines
from termwise.scenarios.worked import FOLDER, REFERENCE, policy_text, quote_of_case, worked_examples
from termwise_calculator.pricing.quote import quote_data, quote_json
from termwise_calculator.pricing.scenario import terms_in_force
from termwise_calculator.telling.explaining.facts import explain
from termwise_calculator.telling.explaining.response import response_reasons
from termwise_calculator.telling.explaining.words import sentences
from termwise_calculator.telling.render import quote_text
from termwise_calculator.telling.view import QuoteView
from tests.drift.pages import visible

FILES = sorted(FOLDER.glob("*.yaml"))
GROUPS = [file.stem for file in FILES]
"""The names of the files: to collect the tests nothing need be priced."""


@cache
def examples() -> Sequence[Any]:
    """Every example of every file; all scalars as text."""
    read = (yaml.load(file.read_text("utf-8"), yaml.CBaseLoader) for file in FILES)
    return [pytest.param(one, id=one["feature"]) for listed in read for one in listed]


@lru_cache(maxsize=512)
def read(text: str) -> tuple[ReadPolicy | None, list[Problem]]:
    """A policy file, read once for all that is asked of it."""
    return read_policy_text(text)


def policy_of(example: Mapping[str, Any]) -> ReadPolicy:
    """The example as a whole policy, without problems."""
    policy, problems = read(text_of(example))
    assert policy is not None, [str(problem) for problem in problems]
    return policy


def text_of(example: Mapping[str, Any]) -> str:
    """The file of the example, whose one clause states all of its figures, as it must."""
    _, problems = read(policy_text(example))
    assert all("states this value" in problem.what for problem in problems), problems
    stated = {problem.expected for problem in problems}
    slots = tuple(figure.split("{")[1].split("}")[0] for figure in sorted(stated))
    return policy_text(example, slots)


@pytest.mark.parametrize("example", examples())
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


def test_the_day_of_the_start_chooses_the_rate_of_a_tax() -> None:
    """Until the last day of January the first rate holds, from February on the second."""
    name = "A rate of tax that changes on a date"
    example = next(one.values[0] for one in examples() if one.id == name)
    policies = [edition.policy for edition in policy_of(example).editions]
    for day, gross in (("2026-01-31", "121.00"), ("2026-02-01", "123.00")):
        terms = terms_in_force(policies, date.fromisoformat(day))
        assert quote_of_case(terms, {"minutes": "60"}).gross == Decimal(gross)


def test_coverage_tells_what_is_left_unsaid_of_a_tax() -> None:
    """Of one charge whether it includes the tax, where it is said of the others."""
    name = "Whether one price includes tax is not stated"
    example = next(one.values[0] for one in examples() if one.id == name)
    folder = PolicyFolder({"example": policy_of(example)}, {"example": {}})
    told = list(coverage_lines(load_provider(folder, "example", REFERENCE)))
    assert told == ["example: whether prices of parts include VAT is not published."]


@pytest.mark.parametrize("group", GROUPS)
def test_a_case_says_why(group: str) -> None:
    """What an example expects of the reasons for an answer, or of the quote, stands in them."""
    listed = yaml.load((FOLDER / f"{group}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    for example, written in zip(worked_examples()[group], listed, strict=True):
        words = words_for(example, "en")
        for (_, quote), case in zip(example.cases, written["prices"], strict=True):
            view = QuoteView(quote, words, example.edition.slots)
            reasons = [*response_reasons(view)]
            reasons += [one for line in explain(quote) for one in sentences(view, line)]
            told = "\n".join(reasons).replace("\N{NO-BREAK SPACE}", " ")
            assert [part for part in case.get("why", ()) if part not in told] == [], told
            said = quote_text(quote, words, example.edition.slots)
            said = said.replace("\N{NO-BREAK SPACE}", " ")
            assert [part for part in case.get("told", ()) if part not in said] == [], said


@pytest.mark.parametrize("example", examples())
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
        assert whole_ranges(example.written) in page
    assert page.count('<tr><th scope="row">') == sum(len(example.cases) for example in every)


@pytest.mark.parametrize("example", examples())
def test_the_price_table_shows_an_example(example: dict[str, Any]) -> None:
    """Every language has words for its table; in English it says what the example names."""
    policies, texts = {"example": policy_of(example)}, {"example": {}}
    provider = load_provider(PolicyFolder(policies, texts), "example", REFERENCE)
    tables = {language: price_table(PolicyView(provider, language)) for language in LANGUAGES}
    assert all("{" not in table for table in tables.values())
    shown = visible(tables["en"]).split()
    sought = [words.split() for words in example.get("page", [])]
    assert [words for words in sought if " ".join(words) not in " ".join(shown)] == []
