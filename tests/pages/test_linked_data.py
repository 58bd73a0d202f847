"""What machines read of a policy says the figures of its page, and moves with them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.linked_data import linked_data
from termwise.pages.policy.plain_page import plain_page
from termwise.pages.policy.tables import price_rows
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import as_text
from termwise.reading.providers import Provider
from tests.pages.dated_policies import PRICES, changing_provider, write_dated_policies


def _offers(view: PolicyView) -> list[dict[str, Any]]:
    offers: list[dict[str, Any]] = json.loads(linked_data(view))["about"]["offers"]
    return offers


def _prices(view: PolicyView) -> list[str]:
    return [one["priceSpecification"]["price"] for one in _offers(view)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_price_offered_stands_in_the_table(
    providers: Mapping[str, Provider], language: str
) -> None:
    """In the reader's notation there, plainly here."""
    for provider in providers.values():
        view = PolicyView(provider, language)
        table = "\n".join(as_text(figure) for _, _, figure, _ in price_rows(view))
        figures = {re.sub(r"[^\d]", "", one) for one in re.findall(r"\d[\d.,]*\d", table)}
        for price in _prices(view):
            assert price == "0.00" or price.replace(".", "") in figures, (price, table)


def test_an_offer_says_what_its_price_is_for(providers: Mapping[str, Provider]) -> None:
    """Worked out by hand from the page: a begun hour in the office's time, without tax."""
    [office, evening, night] = _offers(PolicyView(providers["mastiff"], "en"))
    assert office["name"].startswith("Remote work by a technician: Monday–Friday")
    assert office["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "price": "100.00",
        "priceCurrency": "PLN",
        "referenceQuantity": {"@type": "QuantitativeValue", "value": 60, "unitCode": "MIN"},
        "valueAddedTaxIncluded": False,
    }
    assert [one["priceSpecification"]["price"] for one in (evening, night)] == ["200.00", "400.00"]


def test_the_plain_page_says_all_clauses(providers: Mapping[str, Provider]) -> None:
    """With their numbers, in every language, and without any markup."""
    for provider in providers.values():
        for language in LANGUAGES:
            view = PolicyView(provider, language)
            text = plain_page(view)
            unmarked = re.sub("[†‡]", "", text)
            for clause, number in provider.policy.clause_numbers.items():
                plain = " ".join(view.plain(clause).split())
                assert f"**§ {number}** {plain}\n" in unmarked
            assert not re.search(r"</?[a-z]+", text)


def test_they_move_with_the_terms(tmp_path: Path) -> None:
    """Under each edition the price of that edition, and no other one."""
    provider = changing_provider(write_dated_policies(tmp_path / "policies"))
    for edition in provider.editions:
        view = PolicyView(provider.under(edition), "en")
        own = PRICES[edition.place]
        assert _prices(view)[0] == own
        assert all((price in plain_page(view)) is (price == own) for price in PRICES.values())
