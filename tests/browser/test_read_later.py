"""A page tells by itself that other terms are in force on the day it is read, where they hold.

The site is built on 28 November 2026. The clock of the browser is set before, at and after the
change, which comes with the provider's midnight, wherever the visitor is.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.axe import violations
from tests.browser.conftest import PREFIX
from tests.browser.site_server import SiteServer
from tests.builds.other_policies import site_of_other_policies
from tests.pages.dated_policies import CHANGING

LISTENS = "() => document.querySelector('termwise-calculator').listening"
HOME = f"providers/{CHANGING}/"
ELSEWHERE = ("Europe/Warsaw", "Pacific/Kiritimati", "America/Los_Angeles")
NOTICES = "[data-terms-from], .tw-notice--terms"
"""What shows on another day than the page was built on; the rest is looked at as it is built."""
LAST_SECOND = "2027-06-30T21:59:59Z"
MIDNIGHT = "2027-06-30T22:00:00Z"
"""In Warsaw, where the terms hold; in Kiritimati it is noon, in Los Angeles the day before."""

SINCE = {
    "": "Since 1 July 2027 other terms apply. You are reading the earlier ones. ",
    "pl/": "Od 1 lipca 2027 obowiązują inne warunki. Czytają Państwo warunki wcześniejsze. ",
    "da/": "Siden 1. juli 2027 gælder andre vilkår. Du læser de tidligere. ",
    "pt/": "Desde 1 de julho de 2027 aplicam-se outras condições. Está a ler as anteriores. ",
}


@pytest.fixture(scope="module")
def dated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A site with a provider whose terms change, below a path."""
    with SiteServer({PREFIX: site_of_other_policies(tmp_path_factory)}) as running:
        yield running


@pytest.fixture(params=ELSEWHERE)
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A visitor in a time zone, whose browser cannot run Python: these notices do without."""
    context = browser.new_context(timezone_id=request.param)
    context.add_init_script("delete window.WebAssembly")
    yield context.new_page()
    context.close()


def _read(page: Page, server: SiteServer, address: str, moment: str) -> Locator:
    """Open a page at a moment; the notices that it shows."""
    page.clock.set_fixed_time(moment)
    page.goto(f"{server.origin}{PREFIX}{address}")
    page.wait_for_function(LISTENS)
    return page.locator("[data-terms-from]:visible")


@pytest.mark.parametrize("moment", ["2026-11-28T12:00:00Z", LAST_SECOND])
def test_before_the_change_nothing_is_shown(
    visitor: Page, dated_server: SiteServer, moment: str
) -> None:
    """Not a second before the provider's midnight, even where the visitor's day is the next."""
    assert _read(visitor, dated_server, HOME, moment).count() == 0
    assert visitor.get_by_text("From 1 July 2027 other terms apply.").is_visible()


@pytest.mark.parametrize("moment", [MIDNIGHT, "2027-12-24T12:00:00Z"])
def test_from_the_change_on_the_page_says_that_others_apply(
    visitor: Page, dated_server: SiteServer, moment: str
) -> None:
    """First below the heading, with a link to the page of those terms, which shows no notice."""
    shown = _read(visitor, dated_server, HOME, moment)
    assert shown.inner_text().startswith(SINCE[""])
    above = visitor.locator("h1, [data-terms-from]:visible, .tw-provenance, .tw-notice--terms")
    assert above.nth(1).inner_text() == shown.inner_text()
    assert visitor.get_by_text("From 1 July 2027 other terms apply.").is_hidden()
    shown.get_by_role("link").click()
    visitor.wait_for_url(f"**/{HOME}2027-07-01/")
    visitor.wait_for_function(LISTENS)
    assert visitor.locator("h1").inner_text().endswith("terms in force from 1 July 2027")
    assert visitor.locator("[data-terms-from]:visible").count() == 0


@pytest.mark.parametrize(
    ("place", "moment", "told", "leads_to"),
    [
        ("first", LAST_SECOND, "Since 1 July 2026 other terms apply.", "2026-07-01"),
        ("first", MIDNIGHT, "Since 1 July 2027 other terms apply.", "2027-07-01"),
        ("2026-07-01", "2026-06-01T12:00:00Z", "These terms apply only from 1 July 2026", "first"),
        ("2027-07-01", LAST_SECOND, "These terms apply only from 1 July 2027", "2026-07-01"),
    ],
)
def test_the_page_of_an_edition_leads_to_the_terms_of_the_day(
    visitor: Page, dated_server: SiteServer, place: str, moment: str, told: str, leads_to: str
) -> None:
    """One that is past as well as one that is not in force yet."""
    shown = _read(visitor, dated_server, f"{HOME}{place}/", moment)
    assert shown.count() == 1
    assert shown.inner_text().startswith(told)
    shown.get_by_role("link").click()
    visitor.wait_for_url(f"**/{HOME}{leads_to}/")


@pytest.mark.parametrize("language", SINCE)
def test_it_speaks_the_language_of_the_page(
    page: Page, dated_server: SiteServer, language: str
) -> None:
    """In words that the build prepared; axe has nothing against them, light or dark."""
    page.set_viewport_size({"width": 390, "height": 844})
    shown = _read(page, dated_server, f"{language}{HOME}", MIDNIGHT)
    assert shown.inner_text().startswith(SINCE[language])
    page.locator(".tw-notice--terms summary").evaluate_all("all => all.map((one) => one.click())")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page, within=NOTICES) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_words_hold_on_any_day(
    browser: Browser, dated_server: SiteServer
) -> None:
    """What is to come is told with its day; what depends on today is hidden."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{dated_server.origin}{PREFIX}{HOME}")
    assert page.locator("[data-terms-from]:visible").count() == 0
    told = page.locator(".tw-notice--terms").first.inner_text()
    assert told.startswith("From 1 July 2027 other terms apply.")
    context.close()
