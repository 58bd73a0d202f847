"""The home page: what this is, and a calculator that prices, before anything else is read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.clipboard import copied_by
from tests.browser.conftest import PREFIX, visitor
from tests.browser.shared_by import shares_of, stub_share
from tests.browser.site_server import SiteServer
from tests.browser.test_loading import READ_BYTES, python_in

pytestmark = pytest.mark.browser

SCREENS = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen["width"]))
def test_the_first_screen_prices_and_costs_nothing_to_read(
    browser: Browser, server: SiteServer, screen: dict[str, int]
) -> None:
    """The length can be entered and the total is seen there; Python comes with the first touch."""
    context = visitor(browser, viewport=screen)
    page = context.new_page()
    server.served.clear()
    page.goto(server.origin + PREFIX, wait_until="networkidle")
    assert python_in(server) == []
    assert sum(one.transferred for one in server.served) <= READ_BYTES
    for seen in ("[name=minutes]", "[data-total]"):
        box = page.locator(seen).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= screen["height"], seen
    context.close()


def test_a_quote_on_the_home_page_leads_to_its_terms(browser: Browser, server: SiteServer) -> None:
    """Its clauses stand on the provider's page, before Python and after; so does a copied case."""
    context = visitor(browser)
    home = CalculatorPage(context.new_page(), server.origin + PREFIX)
    stub_share(home.page)
    clause = home.output.locator(".tw-lines .tw-ref").first
    expect(home.open().output).to_be_visible()
    before = clause.get_attribute("href")
    assert before
    home.expect_state("ready")
    home.type_minutes("137")
    home.expect_minutes(137)
    assert re.fullmatch(r"providers/[a-z-]+/#clause-[a-z-]+", before)
    expect(clause).to_have_attribute("href", before)
    copied = copied_by(home.element.locator("[data-action=copy-link]"))
    home.element.locator("[data-action=share]").click()
    (shared,) = shares_of(home.page, 1)
    assert shared["url"] == copied
    assert shared["title"] == "Mastiff monitory"
    assert copied.startswith(server.origin + PREFIX + before.partition("#")[0] + "?service=")
    home.page.goto(copied)
    expect(home.output).to_contain_text("137 minutes")
    clause.click()
    assert home.page.evaluate("document.querySelector(':target').id") == before.partition("#")[2]
    context.close()


def test_each_price_opens_the_calculator_at_its_case(browser: Browser, server: SiteServer) -> None:
    """The list of prices and the quotes that it leads to have the same figures."""
    context = visitor(browser)
    page = context.new_page()
    page.goto(server.origin + PREFIX)
    links = page.locator(".tw-from a").evaluate_all(
        "links => links.map((link) => [link.href, link.querySelector('strong').textContent])"
    )
    assert len(links) >= 5
    for address, price in links:
        page.goto(address)
        total = page.locator("output .tw-lines tfoot tr:last-child td").first
        shown = page.locator("output")
        expect(shown).not_to_have_attribute("data-stale", "")
        expect(total if total.count() else shown).to_contain_text(price)
    context.close()
