"""No answer falls back to English: each of its messages is found in the reader's language."""

from typing import Any

import pytest

from termwise.pages.staff.examples import words_data_for
from termwise.scenarios.worked import WorkedExample, worked_example, worked_examples
from termwise_calculator.telling.render import quote_html, quote_text
from termwise_calculator.telling.words import Words
from tests.calculator.test_edges import edges
from tests.scenarios.test_examples import GROUPS


class Translated(dict[str, Any]):
    """Messages of which none may be asked for that is not there."""

    def get(self, key: str, default: object = None) -> Any:  # noqa: ARG002 (as a dict has it)
        """The message, and never the English one."""
        return self[key]


def assert_translated(worked: WorkedExample) -> None:
    """As HTML, and as text with its reasons."""
    data = words_data_for(worked, "da")
    words = Words(data | {"messages": Translated(data["messages"])})
    for _, quote in worked.cases:
        quote_html(quote, words, worked.edition.slots)
        quote_text(quote, words, worked.edition.slots, reasons=True)


@pytest.mark.parametrize("name", GROUPS)
def test_every_message_about_an_example_is_translated(name: str) -> None:
    """Whatever the examples of a kind have to tell."""
    for worked in worked_examples()[name]:
        assert_translated(worked)


@pytest.mark.parametrize("edge", list(edges()))
def test_every_message_about_an_edge_is_translated(edge: dict[str, Any]) -> None:
    """The same of what no guide shows."""
    assert_translated(worked_example(edge))
