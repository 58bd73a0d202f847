"""A provider's page is long: what a visitor needs stays in sight, and the way about it is short."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX, visitor
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 700}
MASTIFF = "providers/mastiff/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A new visitor with a phone."""
    context = visitor(browser, viewport=PHONE, has_touch=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A new visitor at a desk, with a low window."""
    context = visitor(browser, viewport=DESK, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _is_in_view(part: Locator) -> bool:
    """Whether nothing of it lies outside the window, or under something else."""
    seen: bool = part.evaluate(
        """(part) => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const isOnTop = part.contains(found) || Boolean(found?.contains(part));
          return top >= 0 && bottom <= innerHeight && isOnTop;
        }"""
    )
    return seen


def test_on_a_phone_a_failure_is_told_beside_what_is_edited(
    phone: Page, server: SiteServer
) -> None:
    """At the bottom edge in place of the total, which is not for the entries; with its button."""
    calculator = CalculatorPage(phone, f"{server.origin}{PREFIX}{MASTIFF}")
    with server.fault("*.wasm", "missing"):
        calculator.open()
        calculator.type_minutes("157")
        told = calculator.part("failure")
        expect(told.get_by_role("button")).to_be_visible(timeout=60_000)
        assert _is_in_view(calculator.control("minutes"))
        assert _is_in_view(told.locator("[data-reason]:visible"))
        assert _is_in_view(told.get_by_role("button"))
    told.get_by_role("button").click()
    calculator.expect_state("ready")
    expect(told).to_be_hidden()
    assert _is_in_view(calculator.total)


def test_on_a_phone_the_contents_open_from_wherever_one_is(phone: Page, server: SiteServer) -> None:
    """By touch or by keyboard; they name the section that is read, and close behind a choice."""
    phone.goto(f"{server.origin}{PREFIX}{MASTIFF}")
    contents = phone.locator(".tw-contents")
    button = phone.get_by_role("button", name="On this page")
    for section in ("rates", "open"):
        phone.locator(f"#{section}").evaluate("one => one.scrollIntoView()")
        expect(contents.locator("[aria-current]")).to_have_attribute("href", f"#{section}")
        assert _is_in_view(button)
    expect(contents).to_be_hidden()
    button.press("Enter")
    contents.get_by_role("link", name="At a glance").click()
    expect(contents).to_be_hidden()
    assert _is_in_view(phone.locator("#glance"))
    button.click()
    phone.keyboard.press("Escape")
    expect(contents).to_be_hidden()


def test_at_a_desk_the_form_stays_beside_a_long_quote(desk: Page, server: SiteServer) -> None:
    """And the contents stay open beside both."""
    desk.goto(f"{server.origin}{PREFIX}{MASTIFF}")
    desk.locator(".tw-terms").evaluate("one => one.scrollIntoView({ block: 'end' })")
    assert not _is_in_view(desk.locator("[data-total]").first)
    assert _is_in_view(desk.locator("[name=minutes]").first)
    expect(desk.locator(".tw-contents [aria-current]")).to_have_attribute("href", "#cost")
