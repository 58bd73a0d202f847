"""A start under other terms than the page's is priced by these, and the quote says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX
from tests.browser.dated_site import DatedSite
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

CASE = "?service=remote-help&minutes=60&start="
BEFORE, AT, AFTER = "2027-06-30T10:00", "2027-07-01T10:00", "2028-02-01T10:00"


@pytest.fixture(scope="module")
def server(site: DatedSite) -> Iterator[SiteServer]:
    """Serves it."""
    with SiteServer({PREFIX: site.folder}) as running:
        yield running


def bundles(server: SiteServer) -> list[str]:
    """The bundles that were asked for, by provider and language."""
    return [one.path for one in server.served if "/assets/termwise/policies/" in one.path]


def digest_of(calculator: CalculatorPage) -> str:
    """The terms of the quote, as links name them."""
    return str(calculator.quote()["terms"]["digest"]).removeprefix("sha256:")[:12]


@pytest.mark.parametrize(
    ("start", "edition", "net"),
    [
        (BEFORE, "present", "100.00"),
        (AT, "coming", "120.00"),
        (AFTER, "coming", "120.00"),
        ("2027-06-30T21:30%2B00:00", "present", "400.00"),
        ("2027-06-30T22:30%2B00:00", "coming", "480.00"),
        ("2027-07-01T07:30%2B10:00", "present", "400.00"),
    ],
)
def test_the_day_of_the_start_at_the_provider_chooses_the_terms(
    ready: CalculatorPage, site: DatedSite, start: str, edition: str, net: str
):
    """In Warsaw the new day begins two hours before that of UTC."""
    ready.revisit(CASE + start)
    notice = ready.part("edition")
    if edition == "present":
        expect(notice).to_be_hidden()
    else:
        expect(notice).to_contain_text("Terms in force from 1 July 2027")
    assert digest_of(ready) == getattr(site, edition)
    assert ready.quote()["net"] == net
    expect(ready.part("stale")).to_be_hidden()
    expect(ready.part("link-terms")).to_be_hidden()


def test_an_edit_leads_to_other_terms_and_back(ready: CalculatorPage, site: DatedSite):
    """The notice comes, is spoken with the total, and goes; the address names the terms."""
    ready.control("start").fill(AT)
    expect(ready.part("edition")).to_be_visible()
    expect(ready.part("status")).to_contain_text("Terms in force from 1 July 2027")
    ready.page.wait_for_url(f"**terms={site.coming}")
    ready.control("start").fill(BEFORE)
    expect(ready.part("edition")).to_be_hidden()
    ready.page.wait_for_url(f"**terms={site.present}")


def test_the_notice_leads_to_the_page_of_these_terms_with_the_case(
    ready: CalculatorPage, site: DatedSite, server: SiteServer
):
    """There the same case is priced by the page's own terms, to the same quote."""
    ready.revisit(CASE + AT)
    expect(ready.part("edition")).to_be_visible()
    quote = ready.json()
    page = ready.part("edition").locator("a").evaluate("link => link.href")
    assert page.startswith(f"{server.origin}{PREFIX}providers/mastiff/2027-07-01/?")
    assert page.endswith(f"&terms={site.coming}")
    ready.page.goto(page)
    ready.expect_state("ready")
    assert ready.json() == quote
    expect(ready.part("edition")).to_be_hidden()
    expect(ready.part("link-terms")).to_be_hidden()
    ready.open().expect_state("ready")


def test_clauses_of_the_quote_are_those_of_its_terms(ready: CalculatorPage):
    """Their links lead to the page of the edition that prices."""
    ready.revisit(CASE + AT)
    expect(ready.part("edition")).to_be_visible()
    links = ready.output.locator("a.tw-ref").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert links
    assert all(
        re.fullmatch(r"\.\./\.\./providers/mastiff/2027-07-01/#clause-.+", way) for way in links
    )


def test_other_editions_are_fetched_when_a_start_asks_for_them(page: Page, server: SiteServer):
    """Reading the page and edits under its terms ask for one bundle; a later start for one more."""
    calculator = CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")
    server.served.clear()
    calculator.when_ready().control("start").fill(BEFORE)
    page.wait_for_url("**2027-06-30**")
    assert len(bundles(server)) == 1
    calculator.control("start").fill(AT)
    expect(calculator.part("edition")).to_be_visible()
    assert len(bundles(server)) == 2
    calculator.control("start").fill(AFTER)
    page.wait_for_url("**2028-02-01**")
    assert len(bundles(server)) == 2
    assert [one.path for one in server.served if "/api/" in one.path] == []
    assert calculator.complaints == []


def test_a_start_under_other_terms_waits_for_python(page: Page, server: SiteServer):
    """The answers that the page brings are by its own terms alone."""
    calculator = CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")
    with server.fault("*/memory-*.bin", "stalled"):
        calculator.open(CASE + AT)
        expect(calculator.part("stale")).to_be_visible()
        assert calculator.element.evaluate("element => element.json") is None
    calculator.expect_state("ready")
    assert calculator.quote()["net"] == "120.00"


def test_until_other_terms_arrive_the_figure_is_marked(page: Page, server: SiteServer):
    """Python runs, but not with these terms yet; the visitor's own time is that of the field."""
    calculator = CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")
    calculator.when_ready(CASE + BEFORE)
    hint = calculator.element.locator("[data-hint=start]")
    with server.fault("*/policies/*", "stalled"):
        calculator.control("start").fill(AT.replace("10:00", "23:30"))
        expect(calculator.output).to_have_attribute("data-stale", "")
        expect(calculator.part("stale")).to_contain_text("Wednesday, 30 June 2027, 10:00")
        expect(hint).to_have_text("22:30 in your time zone (London)")
        calculator.control("start").fill(AT)
        expect(hint).to_have_text("09:00 in your time zone (London)")
        assert calculator.quote()["net"] == "100.00"
    expect(calculator.part("stale")).to_have_count(0)
    assert calculator.quote()["net"] == "120.00"
    expect(hint).to_have_text("09:00 in your time zone (London)")
