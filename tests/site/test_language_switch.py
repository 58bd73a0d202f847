"""Readers come to their language with their case, and are never moved there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.site_server import SiteServer

CASE = "?service=remote-help&minutes=45#clause-base-rate"


@pytest.fixture(scope="module")
def origin(built_site: Path) -> Iterator[str]:
    """The site, below a path."""
    with SiteServer({"/terms/": built_site}) as server:
        yield f"{server.origin}/terms/"


@pytest.fixture
def polish(browser: Browser, origin: str) -> Iterator[BrowserContext]:
    """A reader whose browser prefers Polish, and who cannot run Python."""
    context = browser.new_context(locale="pl-PL", base_url=origin)
    context.add_init_script("delete window.WebAssembly")
    yield context
    context.close()


def test_another_language_is_offered_and_keeps_the_case(polish: BrowserContext) -> None:
    """In its own words; whoever follows it is not asked again."""
    page = polish.new_page()
    page.goto(f"providers/mastiff/{CASE}")
    offer = page.locator("[data-tw-offer] a")
    assert offer.inner_text() == "Czytaj tę stronę po polsku"
    assert offer.get_attribute("lang") == "pl"
    offer.click()
    page.wait_for_url("**/pl/providers/mastiff/?*")
    assert "minutes=45" in page.url
    assert page.url.endswith("#clause-base-rate")
    assert page.locator("[data-tw-offer]").is_hidden()


def test_who_declines_is_not_asked_again(polish: BrowserContext) -> None:
    """Neither on the page nor on the next one in that language."""
    page = polish.new_page()
    page.goto("da/about/")
    page.locator("[data-tw-offer] button").click()
    assert page.locator("[data-tw-offer]").is_hidden()
    page.goto("da/compare/")
    page.locator("[data-tw-search]").wait_for()
    assert page.locator("[data-tw-offer]").is_hidden()


def test_the_switch_keeps_the_case_and_is_remembered(polish: BrowserContext) -> None:
    """The language chosen is the one that is offered elsewhere."""
    page = polish.new_page()
    page.goto(f"pl/providers/mastiff/{CASE}")
    page.locator(".tw-languages summary").click()
    page.locator(".tw-languages a[hreflang=da]").click()
    page.wait_for_url("**/da/providers/mastiff/?*minutes=45*#clause-base-rate")
    page.goto("about/")
    assert page.locator("[data-tw-offer] a").inner_text() == "Læs denne side på dansk"
