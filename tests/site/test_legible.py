"""What stands on a page can be read on the smallest phone, and stays in its place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES
from tests.browser.site_server import SiteServer

SMALLEST_PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1440, "height": 900}
MASTIFF = "providers/mastiff/"
SMALL_LETTERS = """
(least) => [...document.querySelectorAll("main svg text")].filter((text) => {
  const scale = text.getScreenCTM()?.a ?? 1;
  return parseFloat(getComputedStyle(text).fontSize) * scale < least;
}).map((text) => text.textContent)
"""
ONE_BELOW_ANOTHER = """
(cells) => cells.filter((cell) => {
  const [first, last] = [cell.firstElementChild, cell.lastElementChild];
  return last.getBoundingClientRect().top > first.getBoundingClientRect().bottom;
}).map((cell) => cell.parentElement.textContent)
"""
WIDER_THAN_THEIR_PLACE = """
(texts) => texts.filter((text) =>
  text.getBoundingClientRect().right > text.parentElement.getBoundingClientRect().right + 1
).map((text) => text.textContent)
"""
BESIDE_THEIR_TRANSLATIONS = """
(texts) => texts.map((text) =>
  text.getBoundingClientRect().left > text.parentElement.children[1].getBoundingClientRect().right
)
"""
WIDTHS = "cells => cells.map((cell) => cell.getBoundingClientRect().width)"


@pytest.fixture(scope="module")
def origin(built_site: Path) -> Iterator[str]:
    """The site on a host of its own."""
    with SiteServer({"/": built_site}) as server:
        yield server.origin


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor who only reads."""
    context = browser.new_context(viewport=SMALLEST_PHONE)
    context.add_init_script("delete window.WebAssembly")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_pictures_are_not_tiny(page: Page, origin: str, language: str) -> None:
    """A picture that is made smaller takes its letters along; 11 px are little enough."""
    home = origin if language == DEFAULT_LANGUAGE else f"{origin}/{language}"
    page.goto(f"{home}/{MASTIFF}")
    assert page.locator("main svg text").count() > 10
    assert page.evaluate(SMALL_LETTERS, 11) == []


def test_what_opens_makes_no_column_narrower(page: Page, origin: str) -> None:
    """Else the lines of a quote break anew under the finger that opens one."""
    page.goto(f"{origin}/{MASTIFF}")
    cells = page.locator(".tw-lines tbody tr:not(.tw-why) > *")
    closed = cells.evaluate_all(WIDTHS)
    page.locator(".tw-why details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert cells.evaluate_all(WIDTHS) == closed


def test_a_digest_keeps_to_its_place(page: Page, origin: str) -> None:
    """However narrow that is: it has no space at which it could break."""
    for size in (SMALLEST_PHONE, DESK):
        page.set_viewport_size(size)
        page.goto(f"{origin}/{MASTIFF}")
        digests = page.locator(".tw-digest")
        assert digests.count() > 1
        assert digests.evaluate_all(WIDER_THAN_THEIR_PLACE) == []


def test_a_clause_and_its_mark_share_a_line(page: Page, origin: str) -> None:
    """At a desk: a mark below each § made every row of the prices a line higher."""
    page.set_viewport_size(DESK)
    page.goto(f"{origin}/{MASTIFF}")
    cells = page.locator(".tw-prices tbody td:last-child")
    assert cells.evaluate_all(ONE_BELOW_ANOTHER) == []


def test_on_a_phone_the_clauses_of_a_price_end_at_the_edge(page: Page, origin: str) -> None:
    """Beside the price; a column as wide as at a desk would break both."""
    page.goto(f"{origin}/{MASTIFF}")
    row = page.locator(".tw-prices tbody tr").first
    ends = [
        one.evaluate("(box) => box.getBoundingClientRect().right")
        for one in (row, row.locator("td:last-child > :last-child"))
    ]
    assert ends[0] - ends[1] < 8


@pytest.mark.parametrize("size", [SMALLEST_PHONE, DESK], ids=["phone", "desk"])
def test_one_switch_shows_each_clause_in_the_language_of_the_source(
    page: Page, origin: str, size: ViewportSize
) -> None:
    """Beside its translation at a desk, below it on a phone."""
    page.set_viewport_size(size)
    page.goto(f"{origin}/{MASTIFF}")
    originals = page.locator(".tw-clause > .tw-original")
    assert originals.count() == page.locator(".tw-clause").count()
    assert page.locator(".tw-original:visible").count() == 0
    page.locator(".tw-beside input").check()
    assert page.locator(".tw-original:visible").count() == originals.count()
    beside = originals.evaluate_all(BESIDE_THEIR_TRANSLATIONS)
    assert beside == [size is DESK] * originals.count()


def test_an_edit_asks_nothing_anew_of_the_root(built_site: Path) -> None:
    """What hangs on all that is on a page is asked for all of it, whenever the quote changes."""
    (sheet,) = built_site.glob("assets/termwise/styles-*/site.css")
    written = sheet.read_text(encoding="utf-8")
    asked = re.findall(r":root:has\([^{]*", written)
    assert asked  # of the root alone, which holds how far it scrolls
    assert not [one for one in asked if re.search(r"\)\s*[ >+~]\s*\S", one)]
