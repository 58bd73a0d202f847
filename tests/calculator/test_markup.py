"""The HTML of quotes and comparisons is well formed, and the style sheets know its classes."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from termwise.pages.staff.examples import words_for
from termwise.scenarios.worked import worked_example
from termwise_calculator.telling.render import quote_html
from tests.calculator.test_comparison import HOUR, compared, session
from tests.calculator.test_edges import edges
from tests.places import ROOT

STYLES = "".join(file.read_text() for file in (ROOT / "docs/assets/stylesheets").glob("*.css"))
NO_TEXT = {"table", "thead", "tbody", "tfoot", "tr", "ul", "details", "div", None}
"""Elements that hold others alone, and what is around them all."""


class WellFormed(HTMLParser):
    """Asserts that elements end as they begin, and that no words stand between them."""

    def __init__(self, html: str) -> None:
        """Read it all."""
        super().__init__()
        self.open: list[str | None] = [None]
        self.classes: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == [None]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.open.append(tag)
        self.classes.update((dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words, or what is between elements."""
        assert self.open[-1] not in NO_TEXT or not data.strip(), data


def assert_sound(html: str) -> None:
    """It is well formed, and each of its classes is styled."""
    classes = WellFormed(html).classes
    assert [one for one in sorted(classes) if not re.search(rf"\.{one}\b", STYLES)] == []


@pytest.mark.parametrize("edge", list(edges()))
def test_the_markup_of_a_quote_is_sound(edge: dict[str, Any]) -> None:
    """Whatever a quote has to tell."""
    worked = worked_example(edge)
    for _, quote in worked.cases:
        assert_sound(quote_html(quote, words_for(worked, "en"), worked.edition.slots))


def test_the_markup_of_a_comparison_is_sound() -> None:
    """With the clauses that have changed, and where a case cannot be priced any more."""
    clause = ("{labour.price}", "exactly {labour.price}")
    for then in (session(price="90.00"), session(clause=clause)):
        assert_sound(compared(then, session())["comparison"])
    assert_sound(compared(session(), session(drop=HOUR["service"]))["comparison"])


def test_nothing_stands_beside_what_costs_nothing() -> None:
    """Nothing is made of nothing, and no element is left empty for it."""
    assert '"></' not in compared(session(price="0.00"), session())["comparison"]
