"""The link of a quote keeps its word: it prices by the terms that it names, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.clipboard import copied_by
from tests.browser.conftest import PREFIX
from tests.browser.dated_site import DatedSite
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

BEFORE = "?service=remote-help&minutes=60&start=2027-06-30T10:00"
AFTER = "?service=remote-help&minutes=60&start=2027-07-01T10:00"
CHANGED = {
    "": "The terms have changed since this link was made.",
    "pl/": "Od utworzenia tego odnośnika warunki się zmieniły.",
    "da/": "Vilkårene er ændret, siden dette link blev lavet.",
    "pt/": "As condições mudaram desde que esta hiperligação foi criada.",
}


@pytest.fixture(scope="module")
def server(site: DatedSite) -> Iterator[SiteServer]:
    """Serves it."""
    with SiteServer({PREFIX: site.folder}) as running:
        yield running


def net(calculator: CalculatorPage) -> str:
    """The amount of the quote on the page."""
    return str(calculator.quote()["net"])


def expect_in_force(calculator: CalculatorPage) -> None:
    """Wait until nothing is said of the terms of a link."""
    expect(calculator.part("link-terms")).to_be_hidden()
    expect(calculator.part("stale")).to_be_hidden()


def expect_nothing_priced(calculator: CalculatorPage, reason: str) -> None:
    """Why is said, and that the quote on the page is another one."""
    told = calculator.element.locator(f"[data-link={reason}]")
    expect(told).to_be_visible()
    expect(told).to_contain_text("The quote shown is not for this link.")
    expect(calculator.output).to_have_attribute("data-stale", "")
    expect(calculator.part("stale")).to_contain_text(
        "Under different terms from those of this link, for:"
    )
    expect(calculator.part("edition")).to_be_hidden()
    assert calculator.element.evaluate("element => element.json") is None


def test_the_copied_link_names_the_terms(ready: CalculatorPage, site: DatedSite):
    """Also at once after an edit that leads to other terms, where these have been asked before.

    A link waits a second for an answer that is on its way, and no longer.
    """
    ready.revisit(AFTER)
    for start, terms in (("2027-06-30T10:00", site.present), ("2027-07-01T10:00", site.coming)):
        ready.control("start").fill(start)
        link = copied_by(ready.element.locator("[data-action=copy-link]"))
        assert parse_qs(urlsplit(link).query)["terms"] == [terms]
        ready.page.wait_for_url(f"**terms={terms}")


def test_a_link_to_the_terms_in_force_is_an_ordinary_quote(ready: CalculatorPage, site: DatedSite):
    """Of the page's edition, and of the coming one for a start under it."""
    ready.revisit(f"{BEFORE}&terms={site.present}")
    expect_in_force(ready)
    expect(ready.part("edition")).to_be_hidden()
    assert net(ready) == "100.00"
    ready.revisit(f"{AFTER}&terms={site.coming}")
    expect(ready.part("edition")).to_contain_text("Terms in force from 1 July 2027")
    expect_in_force(ready)
    assert net(ready) == "120.00"
    assert ready.part("problem-other").count() == 0
    ready.control("minutes").fill("61")
    ready.expect_minutes(61)
    expect_in_force(ready)


@pytest.mark.parametrize("language", CHANGED)
def test_a_link_to_superseded_terms_keeps_its_price_and_tells_what_has_changed(
    ready: CalculatorPage, site: DatedSite, server: SiteServer, language: str
):
    """The amount then and now, and the clause with the words that differ, in each language."""
    own, ready.url = ready.url, f"{server.origin}{PREFIX}{language}providers/mastiff/"
    ready.when_ready(f"{BEFORE}&terms={site.superseded}")
    ready.url = own
    expect(ready.part("link-terms")).to_contain_text(CHANGED[language])
    assert net(ready) == "90.00"
    expect(ready.output).to_have_attribute("data-superseded", "")
    expect(ready.element.locator("[data-link=kept]")).to_be_visible()
    rows = ready.part("comparison").locator("tr")
    expect(rows.nth(0)).to_contain_text("110")
    expect(rows.nth(1)).to_contain_text("123")
    marked = ready.part("comparison").locator("li")
    expect(marked.locator("del").first).to_contain_text("90")
    expect(marked.locator("ins").first).to_contain_text("100")
    expect(marked.locator("a.tw-ref").first).to_have_attribute("href", "#clause-base-rate")
    assert ready.output.locator("a[href]").count() == 0


def test_a_button_prices_by_the_terms_in_force(ready: CalculatorPage, site: DatedSite):
    """An edit before keeps to the terms of the link; afterwards nothing is left of them."""
    ready.revisit(f"{BEFORE}&terms={site.superseded}")
    expect(ready.part("comparison")).to_contain_text("PLN 123.00")
    ready.control("minutes").fill("61")
    ready.expect_minutes(61)
    assert net(ready) == "180.00"
    ready.page.wait_for_url(f"**minutes=61**terms={site.superseded}")
    ready.element.locator("[data-action=terms-in-force]").click()
    expect_in_force(ready)
    assert net(ready) == "200.00"
    expect(ready.output).not_to_have_attribute("data-superseded", "")
    ready.page.wait_for_url(f"**minutes=61**terms={site.present}")


def test_a_list_that_mixes_up_terms_prices_nothing(ready: CalculatorPage, site: DatedSite):
    """Nothing says the digest of the list; the quote says by which terms it is."""

    def mixed_up(route: Route) -> None:
        response = route.fetch()
        listed = response.json()
        (other,) = [one for one in listed["terms"] if site.present in one["digest"]]
        mixed = [one | {"bundles": other["bundles"]} for one in listed["terms"]]
        route.fulfill(response=response, json=listed | {"terms": mixed})

    ready.page.route("**/api/v1/mastiff/terms.json", mixed_up)
    ready.page.goto("about:blank")
    ready.open(f"{BEFORE}&terms={site.superseded}").expect_state("failed")
    assert ready.element.get_attribute("data-reason") == "damaged"
    assert ready.element.evaluate("element => element.json") is None
    ready.page.unroute("**/api/v1/mastiff/terms.json")
    ready.page.goto("about:blank")


def test_a_link_made_before_a_change_was_known_is_compared_with_it(
    ready: CalculatorPage, site: DatedSite
):
    """It names terms of today's file, under which its start does not lie any more."""
    ready.revisit(f"{AFTER}&terms={site.present}")
    expect(ready.part("comparison")).to_contain_text("Terms in force from 1 July 2027")
    assert net(ready) == "100.00"
    clause = ready.part("comparison").locator("a.tw-ref").first
    expect(clause).to_have_attribute("href", "../../providers/mastiff/2027-07-01/#clause-base-rate")


def test_a_case_whose_price_has_not_changed_says_so(ready: CalculatorPage, site: DatedSite):
    """A client's help with equipment bought here was free, and is."""
    free = f"{BEFORE}&client=yes&purchased_equipment=yes&terms={site.superseded}"
    ready.revisit(free)
    expect(ready.part("comparison")).to_contain_text("the price of this case has not")


@pytest.mark.parametrize("terms", ["", "c658ec296c6", "C658EC296C69", "not-a-digest"])
def test_half_a_digest_is_told_and_prices_nothing(
    ready: CalculatorPage, server: SiteServer, terms: str
):
    """Nothing is looked up for it; the button prices by the terms in force."""
    server.served.clear()
    ready.page.goto("about:blank")
    ready.when_ready(f"{BEFORE}&terms={terms}")
    expect_nothing_priced(ready, "incomplete")
    assert [one.path for one in server.served if "/api/" in one.path] == []
    ready.element.locator("[data-action=terms-in-force]").click()
    expect_in_force(ready)
    assert net(ready) == "100.00"
    expect(ready.control("start")).to_have_value("2027-06-30T10:00")


def test_unknown_terms_are_told_and_price_nothing(ready: CalculatorPage):
    """Not even after an edit; the copied link still names them."""
    ready.page.goto("about:blank")
    ready.when_ready(f"{BEFORE}&terms=0123456789ab")
    expect_nothing_priced(ready, "unknown")
    ready.control("minutes").fill("61")
    expect(ready.control("minutes")).to_have_value("61")
    expect_nothing_priced(ready, "unknown")
    ready.page.evaluate("() => { dispatchEvent(new Event('beforeprint')) }")
    assert "terms=0123456789ab" in str(ready.part("link").text_content())
    ready.element.locator("[data-action=terms-in-force]").click()
    expect_in_force(ready)
    ready.expect_minutes(61)
    assert ready.complaints == []


def test_terms_that_begin_after_the_start_price_nothing(ready: CalculatorPage, site: DatedSite):
    """A link that somebody has written by hand."""
    ready.page.goto("about:blank")
    ready.when_ready(f"{BEFORE}&terms={site.coming}")
    expect_nothing_priced(ready, "unfit")


def test_a_list_that_does_not_arrive_can_be_asked_for_again(
    ready: CalculatorPage, site: DatedSite, server: SiteServer
):
    """Like anything else that fails to load."""
    ready.page.goto("about:blank")
    with server.fault("*/terms.json", "missing"):
        ready.open(f"{BEFORE}&terms={site.superseded}").expect_state("failed")
    ready.element.locator("[data-action=retry]").click()
    ready.expect_state("ready")
    assert net(ready) == "90.00"


def test_a_link_without_terms_is_priced_by_those_in_force(ready: CalculatorPage):
    """As links were before they named terms."""
    ready.revisit(BEFORE)
    expect_in_force(ready)
    assert net(ready) == "100.00"
