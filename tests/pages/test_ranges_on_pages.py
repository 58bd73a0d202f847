"""A published range on the page: tables, pictures, linked data and quotes show both its ends."""

import json
from functools import cache

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.linked_data import linked_data
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise_calculator.telling.view import QuoteView
from tests.drift.pages import visible
from tests.pages.test_pictures import changed, cost, steps_told
from tests.pages.test_week_picture import columns

PRICE = "price: 100.00", "price: {from: 100.00, to: 150.00}"
NIGHT = "night: {times: 4", "night: {times: {from: 3, to: 4}"
DISCOUNT = "percent: 50%", "percent: {from: 20%, to: 50%}"


@cache
def ranged() -> Provider:
    """A provider with a range of amounts, one of factors, and one of percentages taken off."""
    return changed("mastiff", PRICE, NIGHT, DISCOUNT)


def view_of(given: dict[str, str], language: str) -> QuoteView:
    """A quote under terms with ranges, in a language."""
    provider = ranged()
    quote = provider.quote("remote-help", {"start": "2026-03-03T17:30", "minutes": "60"} | given)
    return QuoteView(quote, provider.words[language], provider.slots)


@pytest.mark.parametrize(
    ("language", "total", "made_of"),
    [
        (
            "en",
            "from PLN 123.00 to PLN 184.50",
            "PLN 100.00–150.00 net + PLN 23.00–34.50 VAT at 23%",
        ),
        (
            "pl",
            "od 123,00 zł do 184,50 zł",
            "100,00–150,00 zł netto + 23,00–34,50 zł VAT (23%)",
        ),
        (
            "da",
            "fra 123,00 PLN til 184,50 PLN",
            "100,00–150,00 PLN ekskl. moms + 23,00–34,50 PLN moms (23 %)",
        ),
        (
            "pt",
            "de 123,00 PLN a 184,50 PLN",
            "100,00–150,00 PLN sem imposto + 23,00–34,50 PLN de IVA (23%)",
        ),
    ],
)
def test_a_quote_says_from_and_to(language: str, total: str, made_of: str) -> None:
    """In the reader's notation, with the currency once where there is little room."""
    view = view_of({}, language)
    assert view.total().replace("\xa0", " ") == total
    assert view.breakdown().replace("\xa0", " ") == made_of


def test_what_is_taken_off_ends_where_the_customer_pays_most() -> None:
    """Half of the lower price, or a fifth of the higher one: the lines add up at both ends."""
    view = view_of({"client": "yes"}, "en")
    told = [(view.count(line), view.amount(line)) for line in view.quote.lines]
    assert [tuple(part.replace("\xa0", " ") for part in line) for line in told] == [
        ("1 × PLN 100.00–150.00 (60 minutes)", "from PLN 100.00 to PLN 150.00"),
        ("from −50% to −20% of PLN 100.00–150.00", "from −PLN 50.00 to −PLN 30.00"),
    ]
    assert view.totals()[0][1].replace("\xa0", " ") == "from PLN 50.00 to PLN 120.00"


def test_what_no_range_touches_stays_one_figure() -> None:
    """What is free stays free."""
    view = view_of({"client": "yes", "purchased_equipment": "yes"}, "en")
    assert view.total() == "free of charge"
    assert (
        view.count(view.quote.lines[0]).replace("\xa0", " ").endswith("100.00–150.00 (60 minutes)")
    )


@pytest.mark.parametrize(
    ("language", "price", "discount"),
    [
        ("en", "PLN 100.00–150.00", "−20–50%"),
        ("pl", "100,00–150,00 zł", "−20–50%"),
        ("da", "100,00–150,00 PLN", "−20–50 %"),
        ("pt", "100,00–150,00 PLN", "−20–50%"),
    ],
)
def test_the_table_has_both_ends(language: str, price: str, discount: str) -> None:
    """Of prices, of prices in a window, and of what is taken off."""
    table = visible(price_table(PolicyView(ranged(), language))).replace("\xa0", " ")
    assert price in table
    assert discount in table


def test_a_factor_in_a_window_has_both_ends() -> None:
    """The page states what it does to the price, and what the price then is."""
    table = visible(price_table(PolicyView(ranged(), "en"))).replace("\xa0", " ")
    assert "PLN 300.00–600.00" in table
    assert "3–4 × the basic price" in table


@pytest.mark.parametrize(
    ("written", "price", "made_of"),
    [
        ("times: 2", "PLN 200.00", "2 × the basic price"),
        ("add: 50%", "PLN 150.00", "the basic price plus 50%"),
    ],
)
def test_a_price_in_a_window_cannot_be_multiplied_again(
    written: str, price: str, made_of: str
) -> None:
    """Beside an amount, a bare “× 2” or “plus 50%” would seem to be added to it."""
    provider = changed("mastiff", ("evening: {times: 2", f"evening: {{{written}"))
    table = visible(price_table(PolicyView(provider, "en"))).replace("\xa0", " ")
    assert f"{price}per 60 minutes or part of them: {made_of}" in table


def test_the_week_has_both_ends() -> None:
    """The shade goes by the price that may be due; a range that has a gap is not published."""
    assert columns(ranged())["Monday–Friday"] == [
        "00:00–06:00 3 PLN 300.00–600.00",
        "06:00–10:00 gap not published",
        "10:00–18:00 1 PLN 100.00–150.00",
        "18:00–22:00 2 PLN 200.00–300.00",
        "22:00–24:00 3 PLN 300.00–600.00",
    ]


def test_what_everybody_has_off_is_taken_from_both_ends() -> None:
    """A discount without conditions stands in the picture, from the end at which it is more."""
    for_all = changed(
        "mastiff", PRICE, DISCOUNT, ("    when: {client: yes}\n    percent", "    percent")
    )
    assert "10:00–18:00 1 PLN 50.00–120.00" in columns(for_all)["Monday–Friday"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cost_is_drawn_at_both_ends(language: str) -> None:
    """Two lines of steps, a note that says so, and both amounts in the table."""
    picture = cost(ranged(), language)
    assert picture.count('class="tw-steps"') == 2
    first = steps_told(picture)[0][1]
    assert first == view_of({}, language).total().replace("\xa0", " ")
    note = ranged().words[language].say("The two lines are the lowest and the highest price.")
    assert note.replace("\xa0", " ") in picture


def test_exact_prices_are_drawn_as_one_line() -> None:
    """Without ranges there is nothing to tell of two lines."""
    picture = cost(changed("mastiff"))
    assert picture.count('class="tw-steps"') == 1
    assert "two lines" not in picture


def test_machines_read_both_ends() -> None:
    """As schema.org writes them: the least and the most in place of a price."""
    offers = json.loads(linked_data(PolicyView(ranged(), "en")))["about"]["offers"]
    found = [one["priceSpecification"] for one in offers]
    assert [(one["minPrice"], one["maxPrice"]) for one in found] == [
        ("100.00", "150.00"),
        ("200.00", "300.00"),
        ("300.00", "600.00"),
    ]
    assert not any("price" in one for one in found)


def test_a_range_from_nothing_is_not_free() -> None:
    """The lower end alone says nothing: the table shows both, and so does the quote."""
    provider = changed("mastiff", (PRICE[0], "price: {from: 0.00, to: 50.00}"))
    table = visible(price_table(PolicyView(provider, "en"))).replace("\xa0", " ")
    assert "PLN 0.00–50.00" in table
    quote = provider.quote("remote-help", {"start": "2026-03-03T12:00", "minutes": "60"})
    view = QuoteView(quote, provider.words["en"], provider.slots)
    assert view.total().replace("\xa0", " ") == "from PLN 0.00 to PLN 61.50"
    # A gap matters where the price is not nothing.
    outside = provider.quote("remote-help", {"start": "2026-03-03T08:00", "minutes": "60"})
    assert [one.gap for one in outside.missing] == ["no-rate"]


def test_a_discount_of_up_to_everything_is_not_free() -> None:
    """It may take off all, and may not."""
    provider = changed("mastiff", (DISCOUNT[0], "percent: {from: 50%, to: 100%}"))
    table = visible(price_table(PolicyView(provider, "en"))).replace("\xa0", " ")
    assert "−50–100%" in table
