"""What is not published, as its readers see it: in quotes, in price tables, in the week."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.pages.staff.examples import words_for
from termwise.reading.providers import Provider
from termwise.scenarios.worked import WorkedExample, quote_of_case, worked_examples
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.telling.render import quote_html, quote_text
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.terms.tariff import Figure, Unpublished, multiplied, stated
from tests.pages.test_week_picture import columns, example

GAP, OTHER = Unpublished("gap"), Unpublished("other")
EXAMPLES = {one.feature: one for one in worked_examples()["gaps"]}


def told(feature: str, language: str = "en", **case: str) -> list[str]:
    """The lines of a quote's text; a non-breaking space is a plain one."""
    one = EXAMPLES[feature]
    text = quote_text(quote_of(one, **case), words_for(one, language), slot_table(one.policy))
    return text.replace("\u00a0", " ").splitlines()


def quote_of(one: WorkedExample, **case: str) -> Quote:
    """The quote of a case of an example."""
    return quote_of_case(one.policy, case)


# ---- One mechanism


@pytest.mark.parametrize(
    ("price", "factor", "due"),
    [
        (Decimal(2), Decimal(3), Decimal(6)),
        (GAP, Decimal(3), GAP),
        (Decimal(2), GAP, GAP),
        (GAP, OTHER, GAP),
        (Decimal(0), GAP, Decimal(0)),
        (GAP, Decimal(0), Decimal(0)),
    ],
)
def test_nothing_stays_nothing_and_a_gap_a_gap(price: Figure, factor: Figure, due: Figure) -> None:
    """What is free needs no factor, and what has a gap has no amount."""
    assert multiplied(price, factor) == due


def test_a_gap_is_never_taken_for_a_number_by_mistake() -> None:
    """Who needs a figure that may be missing says what it counts as."""
    assert stated(GAP, 1) == 1
    with pytest.raises(TypeError, match="published"):
        stated(GAP)


# ---- Quotes


def test_a_missing_surcharge_leaves_the_line_without_it() -> None:
    """The work is told, the surcharge is named with its time, and the total says plus."""
    lines = told(
        "The size of a surcharge is not published", start="2026-03-03T21:00", minutes="120"
    )
    assert "Work 21:00–22:00  1 × €100.00 (60 minutes)  €100.00  § 1" in lines
    assert "€200.00 plus an amount that is not published" in lines
    assert "At night 22:00–23:00: The page says that nights cost more but not how much." in lines


def test_a_missing_discount_or_maximum_leaves_the_most_that_is_due() -> None:
    """What is known can only become less."""
    discount = told("The size of a discount is not published", school="yes")
    assert "at most €80.00; the exact amount is not published" in discount
    assert "Schools: The page promises schools a discount without a figure." in discount
    assert "at most €90.00; the exact amount is not published" in told(
        "The most for a session is not published", minutes="60"
    )


def test_amounts_that_raise_and_lower_are_told_together() -> None:
    """Neither the least nor the most is known then."""
    lines = told(
        "The most for a day is not published, nor the least for a session at the weekend",
        start="2026-03-07T12:00",
        minutes="60",
    )
    assert "€30.00 before additions and reductions that are not published" in lines


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "najwyżej 80,00 €; dokładnej kwoty nie opublikowano"),
        ("da", "højst 80,00 €; det nøjagtige beløb er ikke offentliggjort"),
        ("pt", "no máximo 80,00 €; o montante exato não está publicado"),
    ],
)
def test_the_total_is_told_in_the_language_of_the_page(language: str, words: str) -> None:
    """The figure of the most that is due, and that it is no more than that."""
    assert words in told("The size of a discount is not published", language, school="yes")


def test_machines_read_whether_the_subtotal_is_the_most() -> None:
    """Without the mark it is the least."""
    one = EXAMPLES["The size of a discount is not published"]
    data = quote_data(quote_of(one, school="yes"))
    assert (data["complete"], data["subtotal"]) == (False, "80.00")
    assert data["missing"] == [{"clause": "terms", "why": "schools", "lowers": True}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feature", list(EXAMPLES))
def test_every_incomplete_quote_is_laid_out_and_explained(feature: str, language: str) -> None:
    """Each gap has its box, and each line that is known its reasons."""
    one = EXAMPLES[feature]
    for _, quote in one.cases:
        markup = quote_html(quote, words_for(one, language), slot_table(one.policy))
        assert markup.count('<div class="tw-gap">') == len(quote.missing)
        assert markup.count('<tr class="tw-why">') == len(quote.lines)


# ---- The week


def test_a_window_without_a_rate_is_hatched() -> None:
    """The hours of one window are a gap; the others have their prices."""
    assert columns(example("The rate of one window is not published"))["Monday–Friday"] == [
        "00:00–06:00 3 €200.00",
        "06:00–18:00 1 €100.00",
        "18:00–22:00 gap not published",
        "22:00–24:00 3 €200.00",
    ]


def test_hours_without_a_price_or_a_percentage_are_hatched() -> None:
    """Whatever way a window says its price."""
    feature = "A price in a window, a percentage in another, and neither is published"
    assert columns(example(feature)) == {
        "Every day": [
            "00:00–06:00 gap not published",
            "06:00–18:00 1 €100.00",
            "18:00–24:00 gap not published",
        ]
    }


def test_hours_with_a_surcharge_of_unknown_size_are_hatched() -> None:
    """The work alone is no price of these hours."""
    assert columns(example("The size of a surcharge is not published")) == {
        "Every day": [
            "00:00–06:00 gap not published",
            "06:00–22:00 1 €100.00",
            "22:00–24:00 gap not published",
        ]
    }


def test_an_example_leads_to_the_clause_that_leaves_its_price_open(
    providers: Mapping[str, Provider],
) -> None:
    """It does not repeat what stands there."""
    page = policy_page(PolicyView(providers["mastiff"], "en"), CalculatorUrls("", "", ""))
    _, _, after = page.partition("<strong>No price is published for this</strong> ")
    assert after.startswith('<a class="tw-ref" href="#clause-round-the-clock">')
