"""The worked examples of the staff guide: each snippet of a policy prices as it says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
import yaml

from calculator.loading import load_policy
from calculator.markup import escape
from calculator.slots import slot_table
from hooks.pages.example_list import example_list
from hooks.policy_files import LANGUAGES, ReadPolicy, read_policy_text
from hooks.worked_examples import FOLDER, policy_text, quoted, worked_examples


def examples() -> Iterator[Any]:
    """Every example of every file; all scalars as text."""
    for file in sorted(FOLDER.glob("*.yaml")):
        for example in yaml.load(file.read_text("utf-8"), yaml.BaseLoader):
            yield pytest.param(example, id=example["feature"])


def policy_of(example: Mapping[str, Any]) -> ReadPolicy:
    """The example as a whole policy whose one clause states all of its figures, as it must."""
    _, problems = read_policy_text(policy_text(example))
    figures = {problem.expected for problem in problems if "states this value" in problem.what}
    assert len(figures) == len(problems), problems
    slots = tuple(figure.split("{")[1].split("}")[0] for figure in sorted(figures))
    policy, problems = read_policy_text(policy_text(example, slots))
    assert policy is not None, [str(problem) for problem in problems]
    return policy


@pytest.mark.parametrize("example", list(examples()))
def test_an_example_prices_as_it_says(example: dict[str, Any]) -> None:
    """Each case comes to its amount, without tax unless the case names the gross."""
    edition = policy_of(example).editions[-1]
    terms = load_policy(edition.compiled, edition.digest)
    for case in example["prices"]:
        quote = quoted(terms, case)
        assert quote.subtotal == Decimal(case["due"]), case
        assert [missing.gap for missing in quote.missing] == list(case.get("missing", []))
        if "gross" in case:
            assert quote.total is not None
            assert quote.total.gross == Decimal(case["gross"])


@pytest.mark.parametrize("example", list(examples()))
def test_every_figure_of_an_example_has_a_slot(example: dict[str, Any]) -> None:
    """What a policy writes is what its texts can say."""
    edition = policy_of(example).editions[-1]
    assert slot_table(load_policy(edition.compiled, edition.digest))


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
