"""A link restores a scenario, and the address follows the form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.clipboard import allow_clipboard, clipboard_of, copied_by
from tests.browser.conftest import MOMENT_OF_THE_BUILD, PREFIX, visitor
from tests.browser.printed import pages_of
from tests.browser.shared_by import share_anew, shares_of, stub_share
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

LINK = "?service=remote-help&start=2026-03-04T19:15&minutes=130&client=yes"


@pytest.fixture(scope="module")
def able_to_share(browser: Browser, server: SiteServer) -> Iterator[CalculatorPage]:
    """One page with Python running, in a browser that can share."""
    context = visitor(browser)
    page = context.new_page()
    stub_share(page)
    yield CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/").when_ready()
    context.close()


@pytest.fixture
def sharing(able_to_share: CalculatorPage) -> CalculatorPage:
    """The calculator as it is before anything was shared."""
    able_to_share.complaints.clear()
    share_anew(able_to_share.page)
    return able_to_share.revisit()


@pytest.fixture
def at_noon(ready: CalculatorPage) -> Iterator[CalculatorPage]:
    """The calculator some months later, shortly after noon in Warsaw."""
    ready.page.clock.set_fixed_time("2026-07-01T10:20:00Z")
    yield ready.revisit()
    ready.page.clock.set_fixed_time(MOMENT_OF_THE_BUILD)


def test_a_link_restores_the_scenario(calculator: CalculatorPage):
    """Every control shows the link's value, and the quote is priced for it."""
    calculator.when_ready(LINK)
    expect(calculator.control("start")).to_have_value("2026-03-04T19:15")
    expect(calculator.control("minutes")).to_have_value("130")
    expect(calculator.element.locator("[data-for=minutes]")).to_have_value("130")
    expect(calculator.control("client", "yes")).to_be_checked()
    expect(calculator.part("stale")).to_be_hidden()
    assert calculator.quote()["input"]["start"] == "2026-03-04T19:15+01:00"
    calculator.expect_minutes(130)


def test_a_start_with_an_offset_is_shown_on_the_providers_clock(ready: CalculatorPage):
    """18:30 in London is 19:30 in Warsaw."""
    ready.revisit("?start=2026-03-04T18:30%2B00:00")
    expect(ready.control("start")).to_have_value("2026-03-04T19:30")
    assert ready.quote()["input"]["start"] == "2026-03-04T19:30+01:00"


def test_the_visitors_own_time_is_beside_the_providers(ready: CalculatorPage):
    """The browser of these tests stands in London, an hour behind Warsaw."""
    ready.revisit("?start=2026-03-04T19:30")
    hint = ready.element.locator("[data-hint=start]")
    expect(hint).to_contain_text("18:30")
    expect(hint).to_contain_text("London")
    ready.control("start").fill("2026-03-04T00:30")
    expect(hint).to_contain_text("Tue 23:30")
    for no_time in ("2026-03-29T02:30", ""):  # the clocks go forward over it
        ready.control("start").fill(no_time)
        expect(hint).to_be_hidden()


def test_the_address_follows_edits_and_restores_them(calculator: CalculatorPage):
    """After a pause the address holds the scenario; loading it anew gives the same quote."""
    calculator.when_ready().type_minutes("150")
    calculator.page.wait_for_url("**minutes=150**")
    quote = calculator.json()
    shown = calculator.output.inner_html()
    calculator.page.reload()
    calculator.expect_state("ready")
    assert calculator.json() == quote
    assert calculator.output.inner_html() == shown


def test_an_unedited_page_keeps_its_address(calculator: CalculatorPage):
    """Nothing is appended for a visitor who only reads; an anchor survives an edit."""
    calculator.when_ready("#anchor")
    assert calculator.page.url == f"{calculator.url}#anchor"
    calculator.type_minutes("150")
    calculator.page.wait_for_url("**minutes=150**#anchor")


def test_the_copied_link_is_the_scenario(ready: CalculatorPage):
    """Copied at once after an edit, the link holds the edit."""
    ready.type_minutes("150")
    link = copied_by(ready.element.locator("[data-action=copy-link]"))
    assert parse_qs(urlsplit(link).query)["minutes"] == ["150"]
    assert urlsplit(link).path == urlsplit(ready.url).path


def test_no_link_is_copied_of_what_cannot_be_priced(ready: CalculatorPage):
    """The entries are to be mended first: the clipboard stays as it is."""
    allow_clipboard(ready.page)
    ready.page.evaluate("() => navigator.clipboard.writeText('before')")
    ready.control("minutes").fill("99999")
    expect(ready.problem("minutes")).to_contain_text("The longest session that is priced here")
    button = ready.element.locator("[data-action=copy-link]")
    button.click()
    expect(button).to_have_text("Correct the marked entries first.")
    assert clipboard_of(ready.page) == "before"
    expect(button).to_have_text("Copy link")


def test_a_shared_quote_is_the_one_of_the_entries(sharing: CalculatorPage):
    """Whose it is, the case with its total, and its link; at once after an edit, too."""
    sharing.type_minutes("61")
    sharing.element.locator("[data-action=share]").click()
    (shared,) = shares_of(sharing.page, 1)
    assert shared["title"] == "Mastiff monitory"
    assert (
        shared["text"] == "Remote help, Tuesday, 3 March 2026, 17:30, 61 minutes: PLN\u00a0369.00"
    )
    assert shared["url"].startswith(sharing.url)
    assert parse_qs(urlsplit(shared["url"]).query)["minutes"] == ["61"]
    assert sharing.complaints == []


def test_a_share_that_the_visitor_gives_up_tells_nothing(sharing: CalculatorPage):
    """The browser has shown it; neither the button nor the voice says anything."""
    share_anew(sharing.page, fails="AbortError")
    button = sharing.element.locator("[data-action=share]")
    button.click()
    shares_of(sharing.page, 1)
    expect(button).to_have_text("Share")
    expect(sharing.part("status")).to_have_text("")
    assert sharing.complaints == []


@pytest.mark.parametrize("error", ["NotAllowedError", "DataError", "TypeError"])
def test_a_share_that_fails_says_what_else_helps(sharing: CalculatorPage, error: str):
    """To the eye and to the ear."""
    share_anew(sharing.page, fails=error)
    button = sharing.element.locator("[data-action=share]")
    button.click()
    expect(button).to_have_text("Copy the address of this page instead.")
    expect(sharing.part("status")).to_have_text("Copy the address of this page instead.")
    expect(button).to_have_text("Share")


def test_what_cannot_be_priced_is_not_shared(sharing: CalculatorPage):
    """Nor by a click at once after the edit."""
    sharing.control("minutes").fill("99999")
    button = sharing.element.locator("[data-action=share]")
    for _ in range(2):
        button.click()
        expect(button).to_have_text("Correct the marked entries first.")
        expect(sharing.part("status")).to_have_text("Correct the marked entries first.")
        expect(button).to_have_text("Share")
    assert shares_of(sharing.page, 0) == []


def test_a_browser_that_cannot_share_has_no_button_for_it(ready: CalculatorPage):
    """As this one, on Linux."""
    expect(ready.element.locator("[data-action=copy-link]")).to_be_visible()
    expect(ready.element.locator("[data-action=share]")).to_be_hidden()


def test_now_is_the_providers_present(at_noon: CalculatorPage):
    """The button fills in the provider's clock, whatever the visitor's shows."""
    at_noon.element.locator("[data-action=now]").click()
    expect(at_noon.control("start")).to_have_value("2026-07-01T12:20")
    expect(at_noon.output).not_to_have_attribute("data-stale", "")
    assert at_noon.quote()["input"]["start"] == "2026-07-01T12:20+02:00"


def test_the_present_is_that_of_the_place_that_is_chosen(at_noon: CalculatorPage):
    """Where an answer is a place with a clock of its own, the start goes by that one."""
    place = at_noon.element.locator("[name=client]").last
    place.evaluate("(answer) => { answer.dataset.timezone = 'Atlantic/Azores'; }")
    place.check()
    at_noon.element.locator("[data-action=now]").click()
    expect(at_noon.control("start")).to_have_value("2026-07-01T10:20")


def test_the_download_is_the_canonical_quote(ready: CalculatorPage):
    """The file holds what Python made, when, and the address that makes it anew."""
    with ready.page.expect_download() as started:
        ready.element.locator("[data-action=download]").click()
    assert started.value.suggested_filename == "mastiff-quote-2026-03-01.json"
    kept = json.loads(started.value.path().read_text(encoding="utf-8"))
    assert kept.pop("made") == "2026-03-01"
    assert "terms=" in kept["link"]
    assert "client=no" in kept.pop("link")
    assert json.dumps(kept, ensure_ascii=False, indent=2) + "\n" == ready.json()
    assert kept["terms"]["source"]["title"] == "Instrukcja obsługi modułu pomocy zdalnej"


def test_a_printed_quote_says_where_it_came_from(ready: CalculatorPage):
    """In print, and only there, the quote carries the scenario's own address."""
    link = ready.part("link")
    expect(link).to_be_hidden()
    expect(ready.part("made")).to_have_text("Made on 1 March 2026.")
    expect(ready.element.locator(".tw-terms")).to_contain_text("Instrukcja obsługi")
    ready.control("minutes").fill("150")
    ready.page.evaluate("() => { dispatchEvent(new Event('beforeprint')) }")
    ready.page.emulate_media(media="print")
    expect(link).to_be_visible()
    expect(ready.part("made")).to_be_visible()
    expect(link).to_contain_text("minutes=150")
    ready.page.emulate_media(media="screen")


def test_print_leaves_the_rest_of_the_page_out(ready: CalculatorPage):
    """The button prints the quote alone; printing over, the page is as it was."""
    root = ready.page.locator("html")
    ready.page.evaluate("() => { window.print = () => {} }")
    ready.element.locator("[data-action=print]").click()
    expect(root).to_have_attribute("data-print", "quote")
    ready.page.evaluate("() => { dispatchEvent(new Event('afterprint')) }")
    expect(root).not_to_have_attribute("data-print", "quote")


def test_a_quote_is_printed_on_one_page(ready: CalculatorPage):
    """Three rates, a discount and the clauses behind them, below the head of the page."""
    ready.control("client", "yes").check()
    ready.type_minutes("301")
    ready.expect_minutes(301)
    expect(ready.output.locator(".tw-lines tbody tr:not(.tw-why)")).to_have_count(4)
    ready.page.evaluate("() => { window.print = () => {} }")
    ready.element.locator("[data-action=print]").click()
    ready.page.emulate_media(media="print")
    assert pages_of(ready.page.pdf(format="A4")) == 1
    ready.page.emulate_media(media="screen")
