"""A reference to a clause shows the clause, by the rules for what hovering or focus shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PREFIX, visitor
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

IN_THE_QUOTE = "output .tw-lines .tw-ref"
OPENED_GAP = ".tw-gap .tw-ref[href^='#gap-']"


@pytest.fixture(scope="module")
def page(browser: Browser, server: SiteServer) -> Iterator[Page]:
    """A provider's page."""
    context = visitor(browser, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(f"{server.origin}{PREFIX}providers/mastiff/")
    yield opened
    context.close()


@pytest.mark.parametrize("reference", [IN_THE_QUOTE, OPENED_GAP])
def test_the_pointer_shows_what_stands_there_and_may_go_to_it(page: Page, reference: str) -> None:
    """It can be read with the pointer on it; it goes when that leaves both, or by Escape."""
    link, preview = page.locator(reference).first, page.get_by_role("tooltip")
    place = (link.get_attribute("href") or "").removeprefix("#")
    text = page.locator(f"#{place} .tw-clause__text, p#{place}").first.inner_text()
    link.hover()
    expect(preview).to_contain_text(text)
    expect(preview.locator("strong").first).to_have_text(link.inner_text())
    preview.hover()
    page.wait_for_timeout(600)
    expect(preview).to_be_visible()
    page.mouse.move(1, 1)
    expect(preview).to_be_hidden()
    link.hover()
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_the_keyboard_shows_it_too_and_it_describes_the_reference(page: Page) -> None:
    """As long as the focus is there; axe finds nothing."""
    link, preview = page.locator(IN_THE_QUOTE).first, page.get_by_role("tooltip")
    page.mouse.move(1, 1)
    page.keyboard.press("Tab")  # by keyboard from now on
    link.focus()
    expect(preview).to_be_visible()
    described = page.locator(f"#{link.get_attribute('aria-describedby')}")
    expect(described).to_have_text(preview.inner_text(), use_inner_text=True)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(link).to_be_focused()
    link.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(preview).to_be_visible()
    link.press("Tab")  # perhaps to another reference, which shows its own
    expect(link).not_to_have_attribute("aria-describedby", "tw-preview")


def test_a_reference_to_another_page_shows_what_stands_there(
    browser: Browser, server: SiteServer
) -> None:
    """The comparison and the home page hold no clauses: the page of the terms is fetched, once."""
    context = visitor(browser, reduced_motion="reduce")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.origin}{PREFIX}da/")
    link, preview = page.locator(IN_THE_QUOTE).first, page.get_by_role("tooltip")
    terms, _, place = link.evaluate("link => link.href").partition("#")
    link.scroll_into_view_if_needed()
    assert terms not in asked
    link.hover()
    expect(preview).to_be_visible()
    shown = preview.inner_text()
    page.mouse.move(1, 1)
    expect(preview).to_be_hidden()
    link.hover()
    expect(preview).to_be_visible()
    assert asked.count(terms) == 1
    page.goto(f"{terms}#{place}")
    assert page.locator(f"#{place} .tw-clause__text").inner_text() in shown
    context.close()
