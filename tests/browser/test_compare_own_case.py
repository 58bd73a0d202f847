"""One case, priced by every provider: before Python, with it, without it, and in a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from tests.browser.clipboard import copied_by
from tests.browser.conftest import PREFIX, visitor
from tests.browser.shared_by import shares_of, stub_share
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

PARIS = "Europe/Paris"
NOON = "2026-03-03T12:00"


class ComparisonPage:
    """Opens the comparison, edits it, reads its rows."""

    def __init__(self, page: Page, server: SiteServer) -> None:
        self.page = page
        self.url = f"{server.origin}{PREFIX}compare/"
        self.requested: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))

    def open(self, **query: str) -> ComparisonPage:
        """Open the page, with a case in its address."""
        self.page.goto(f"{self.url}?{urlencode(query)}" if query else self.url)
        expect(self.element).to_have_attribute("data-listening", "")
        return self

    @property
    def element(self) -> Locator:
        """The comparison itself."""
        return self.page.locator("termwise-comparison")

    def row(self, provider: str) -> Locator:
        """The row of a provider."""
        return self.page.locator(f'tr[data-provider="{provider}"]')

    def total(self, provider: str) -> Locator:
        """The figure of a row, or the words in its place."""
        return self.row(provider).locator("[data-total]")

    def mark(self, provider: str) -> Locator:
        """That the figure of a row is not for the entries."""
        return self.row(provider).locator("[data-part=stale]")

    def providers(self) -> list[str]:
        """In the order of the rows."""
        rows = self.page.locator("tr[data-provider]")
        return [
            str(name) for name in rows.evaluate_all("all => all.map((one) => one.dataset.provider)")
        ]

    def copied_link(self) -> str:
        """What the button puts into the clipboard."""
        return copied_by(self.page.locator("[data-action=copy-link]"))


@pytest.fixture
def comparison(page: Page, server: SiteServer) -> ComparisonPage:
    """The comparison, not opened yet."""
    return ComparisonPage(page, server)


@pytest.fixture
def waiting(comparison: ComparisonPage, server: SiteServer) -> Iterator[ComparisonPage]:
    """The comparison whose Python does not arrive before the test is over."""
    with server.fault("*.wasm", "stalled"):
        yield comparison


def priced(provider: Provider, start: datetime, minutes: int) -> Quote:
    """What a provider's first service costs then, by the core itself."""
    service = next(iter(provider.policy.services.values()))
    case = {"start": start.isoformat(timespec="minutes"), "minutes": str(minutes)}
    return provider.quote(service.id, {name: case[name] for name in service.asks})


def headline(provider: Provider, quote: Quote) -> str:
    """What the renderer of quotes says first of it."""
    return QuoteView(quote, PolicyView(provider, "en").words, provider.slots).headline()


def test_reading_the_table_fetches_nothing(comparison: ComparisonPage):
    """Neither answers nor Python, before somebody turns to the form."""
    comparison.open().page.mouse.move(100, 600)
    comparison.page.wait_for_timeout(500)
    fetched = [url for url in comparison.requested if "/answers/" in url or "worker" in url]
    assert fetched == []
    with comparison.page.expect_request("**/answers/comparison/mastiff.*"):
        comparison.page.locator("#tw-minutes").hover()


def test_the_first_cases_are_answered_before_python(waiting: ComparisonPage):
    """What the build has thought of; the rest is marked, and no figure of another case is bare."""
    waiting.open().page.locator("#tw-minutes").fill("60")
    expect(waiting.total("mastiff")).to_have_text("PLN 123.00")
    expect(waiting.total("duxtel")).to_have_text("A$82.50")
    for provider in waiting.providers():
        expect(waiting.mark(provider)).to_be_hidden()
    waiting.page.locator("#tw-minutes").fill("61")
    expect(waiting.mark("mastiff")).to_contain_text("Not for your entries, but for: Remote help")
    expect(waiting.mark("remote-utilities")).to_be_hidden()  # which asks for no length
    waiting.row("remote-utilities").locator("[name=licence]").select_option("pro")
    expect(waiting.total("remote-utilities")).to_have_text("about 3 hours")


def test_one_moment_is_the_same_for_every_provider(
    comparison: ComparisonPage, providers: Mapping[str, Provider]
):
    """Noon in Paris, which no page has thought of: every row says what the core says of it."""
    comparison.open(start=NOON, zone=PARIS, minutes="77")
    expect(comparison.element).to_have_attribute("data-state", "ready")
    start = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    for name, provider in providers.items():
        expected = headline(provider, priced(provider, start, 77))
        expect(comparison.total(name)).to_have_text(expected)
        expect(comparison.mark(name)).to_be_hidden()
    expect(comparison.row("iponto").locator(".tw-case").first).to_contain_text("11:00")
    expect(comparison.page.locator("[data-hint=start]")).to_contain_text("11:00 in your time zone")


def test_a_link_carries_the_whole_comparison(
    comparison: ComparisonPage, server: SiteServer, browser: Browser
):
    """Read in another zone: the same moment, answers, order and rates; and the same amounts."""
    page = comparison.open(start=NOON, zone=PARIS, minutes="77").page
    comparison.row("mastiff").locator("[name=client][value=yes]").check()
    page.locator("#tw-order").select_option("cost")
    page.locator("[data-part=currency] summary").click()
    page.locator("[name=in]").fill("eur")
    page.get_by_label("1 PLN").fill("0,2345")
    expect(comparison.total("mastiff")).to_have_text("PLN 123.00")
    link = comparison.copied_link()
    query = parse_qs(urlsplit(link).query)
    assert query["start"] == [f"{NOON}+01:00"]
    assert query["rate.PLN"] == ["0.2345"]
    assert query["mastiff.client"] == ["yes"]
    context = visitor(browser)
    other = ComparisonPage(context.new_page(), server)
    other.page.goto(link)
    expect(other.total("mastiff")).to_have_text("PLN 123.00")
    expect(other.page.locator("#tw-zone")).to_have_value(PARIS)
    expect(other.row("mastiff").locator("[data-part=converted]")).to_have_text(
        "€28.84 at your rate: 1 PLN = 0.2345 EUR"
    )
    assert other.providers() == comparison.providers()
    assert other.copied_link() == link
    context.close()


def test_a_shared_comparison_is_of_the_case_entered(comparison: ComparisonPage):
    """Its link, at once after an edit; whose prices it compares is for the page to say."""
    stub_share(comparison.page)
    page = comparison.open().page
    page.locator("#tw-minutes").fill("61")
    page.locator("[data-action=share]").click()
    (shared,) = shares_of(page, 1)
    assert shared["title"] == page.title()
    assert "text" not in shared
    assert parse_qs(urlsplit(shared["url"]).query)["minutes"] == ["61"]


def test_a_second_currency_needs_the_visitors_rate(comparison: ComparisonPage):
    """Without one nothing is converted, nor what is not published; a wrong one is told."""
    stub_share(comparison.page)
    page = comparison.open().page
    page.locator("[data-part=currency] summary").click()
    page.locator("[name=in]").fill("EUR")
    for provider in comparison.providers():
        expect(comparison.row(provider).locator("[data-part=converted]")).to_be_hidden()
    page.get_by_label("1 PLN").fill("a lot")
    expect(page.locator("[data-part=currency] [data-problem]")).to_contain_text("Enter a rate")
    for deed in ("copy-link", "share"):
        page.locator(f"[data-action={deed}]").click()
        expect(page.locator(f"[data-action={deed}]")).to_have_text(
            "Correct the marked entries first."
        )
    assert shares_of(page, 0) == []
    page.get_by_label("1 PLN").fill("0.1")
    page.locator("#tw-zone").select_option("Europe/Warsaw")
    page.locator("#tw-start").fill("2026-03-03T08:30")
    expect(comparison.row("mastiff").locator("[data-part=converted]")).to_have_text(
        "Not converted: the amount is not published in full."
    )
    expect(comparison.row("satisoft").locator("[data-part=converted]")).to_contain_text("€49.20")


def test_costs_are_ordered_where_currencies_agree(comparison: ComparisonPage):
    """Nothing first, then each currency by itself; across them only at the visitor's rates."""
    page = comparison.open(order="cost").page
    expect(comparison.total("mastiff")).to_be_visible()
    order = comparison.providers()
    assert order[0] == "remote-utilities"
    assert order.index("mastiff") < order.index("satisoft")
    page.locator("[data-part=currency] summary").click()
    page.locator("[name=in]").fill("EUR")
    page.get_by_label("1 PLN").fill("0.001")
    page.get_by_label("1 AUD").fill("9")
    assert comparison.providers() == ["remote-utilities", "mastiff", "satisoft", "iponto", "duxtel"]
    expect(page.get_by_label("1 AUD")).to_be_focused()


def test_an_hour_that_comes_twice_is_kept_by_the_link(comparison: ComparisonPage):
    """And one that does not come at all is told, for those whom it concerns."""
    comparison.open(start="2026-10-25T02:30+01:00", zone="Europe/Warsaw", minutes="60")
    assert parse_qs(urlsplit(comparison.copied_link()).query)["start"] == ["2026-10-25T02:30+01:00"]
    comparison.page.locator("#tw-start").fill("2026-03-29T02:30")
    problem = comparison.page.locator("#tw-start-problem")
    expect(problem).to_contain_text("2026-03-29 02:30 does not exist in Europe/Warsaw")
    expect(comparison.mark("mastiff")).to_be_visible()
    expect(comparison.mark("satisoft")).to_be_hidden()  # which does not ask when


def test_without_python_it_says_why_and_marks_what_it_cannot_price(
    comparison: ComparisonPage, server: SiteServer
):
    """The stored answers go on; and another try prices what waited."""
    with server.fault("*.wasm", "missing"):
        comparison.open().page.locator("#tw-minutes").fill("61")
        failure = comparison.page.locator("[data-part=failure]")
        expect(failure).to_contain_text("The calculator could not be loaded.")
        expect(comparison.mark("satisoft")).to_be_visible()
        comparison.page.locator("#tw-minutes").fill("60")
        expect(comparison.total("satisoft")).to_have_text("PLN 246.00")
        expect(comparison.mark("satisoft")).to_be_hidden()
        comparison.page.locator("#tw-minutes").fill("61")
    comparison.page.locator("[data-action=retry]").click()
    expect(comparison.total("satisoft")).to_have_text("PLN 492.00")
    expect(failure).to_be_hidden()


def test_a_refused_length_is_told_once_and_priced_by_nobody(comparison: ComparisonPage):
    """Beside its field; the figures of the last case are marked as such."""
    comparison.open().page.locator("#tw-minutes").fill("")
    expect(comparison.page.locator("#tw-minutes-problem")).to_have_text(
        "Enter a number of minutes."
    )
    expect(comparison.mark("duxtel")).to_be_visible()
    expect(comparison.row("duxtel").locator("[data-problem-other]")).to_be_hidden()


def test_a_link_under_other_terms_says_so(comparison: ComparisonPage):
    """The amount is by the terms in force; the provider's page shows what has changed."""
    comparison.open(minutes="60", **{"mastiff.terms": "0123456789ab"})
    notice = comparison.row("mastiff").locator("[data-part=changed]")
    expect(notice).to_contain_text("This link was made under different terms.")
    expect(notice.locator("a")).to_have_attribute("href", re.compile("terms=0123456789ab"))
    expect(comparison.row("duxtel").locator("[data-part=changed]")).to_be_hidden()


def test_it_prints_legibly(comparison: ComparisonPage):
    """With the case, the answers, and where it can be had again; nothing smaller than 8 points."""
    page = comparison.open().page
    page.evaluate("document.documentElement.dataset.print = 'quote'")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("[data-part=link]")).to_contain_text("/compare/?start=")
    row = comparison.row("mastiff")
    expect(row.get_by_text("“Are you a client of this company?” – no")).to_be_visible()
    expect(row.locator(".tw-fold").get_by_text("We take the times")).to_be_visible()
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    sizes = row.evaluate(f"row => [...row.querySelectorAll('*')].map({size})")
    assert min(sizes) * 72 / 96 >= 8
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2


def test_a_phone_shows_the_costs_first(comparison: ComparisonPage):
    """What is asked, and what is left open, opens; what is wrong with an answer opens by itself."""
    page = comparison.page
    page.set_viewport_size({"width": 390, "height": 844})
    comparison.open()
    first, last = (comparison.total(one).bounding_box() for one in ("duxtel", "satisoft"))
    assert last["y"] - first["y"] < 1000
    row = comparison.row("mastiff")
    assert page.locator("#tw-zone option:checked").inner_text() == "your time zone (London)"
    client = row.locator("[name=client][value=yes]")
    expect(client).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 844})
    folds = row.locator(".tw-fold").all()
    assert max(fold.bounding_box()["height"] for fold in folds) < 50, "none is squeezed"
    row.get_by_text("What it asks you").click()
    client.check()
    expect(comparison.total("mastiff")).not_to_have_text("PLN 369.00")
    comparison.open(**{"iponto.eligible": "yes", "iponto.allowance_used": "many"})
    expect(comparison.row("iponto").locator("[data-problem]:visible")).to_be_visible()


SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shifted += value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("screen", [{"width": 390, "height": 844}, {"width": 1280, "height": 900}])
def test_nothing_moves_when_the_script_comes_late(
    browser: Browser, server: SiteServer, screen: Mapping[str, int]
):
    """What it shows has its place from the first paint on."""
    context = visitor(browser, viewport=screen)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    comparison = ComparisonPage(page, server)
    with server.fault("*/comparison.js", "stalled"):
        page.goto(comparison.url, wait_until="commit")
        expect(page.locator("footer")).to_be_attached()
        expect(comparison.total("mastiff")).to_be_visible()
        expect(page.locator("#tw-zone")).to_be_hidden()
    expect(comparison.element).to_have_attribute("data-listening", "")
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen, 50)))")
    assert page.evaluate("shifted") < 0.01
    context.close()


def test_without_scripts_the_table_stands(browser: Browser, server: SiteServer):
    """And nothing is offered that only scripts can do."""
    context = visitor(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.origin}{PREFIX}compare/")
    expect(page.locator('tr[data-provider="mastiff"] [data-total]')).to_have_text("PLN 369.00")
    expect(page.locator("[data-part=case]")).to_contain_text("(UTC)")
    controls = page.locator("termwise-comparison :is(input, select, button)")
    assert [one for one in controls.all() if one.is_visible()] == []
    context.close()
