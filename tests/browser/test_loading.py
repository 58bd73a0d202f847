"""What a visitor has before, while and after Python loads."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX, visitor
from tests.browser.site_server import Fault, SiteServer

pytestmark = pytest.mark.browser

READ_BYTES = 150_000


def test_a_quote_with_its_case_is_there_without_scripts(
    browser: Browser, calculator: CalculatorPage
):
    """A visitor without JavaScript has a price, and no form that could not change it."""
    context = browser.new_context(java_script_enabled=False)
    plain = CalculatorPage(context.new_page(), calculator.url).open()
    expect(plain.control("minutes")).to_be_hidden()
    expect(plain.element.locator("noscript p")).to_be_visible()
    expect(plain.total).not_to_be_empty()
    expect(plain.output.locator(".tw-case").first).to_be_visible()
    expect(plain.part("progress")).to_be_hidden()
    context.close()


def test_python_leaves_the_default_quote_untouched(calculator: CalculatorPage, server: SiteServer):
    """The first answer is the page's own quote: not one node is replaced."""
    with server.fault("*.wasm", "stalled"):
        calculator.open()
        calculator.output.evaluate("output => { output.firstElementChild.untouched = true }")
    calculator.expect_state("ready")
    assert calculator.output.evaluate("output => output.firstElementChild.untouched === true")
    assert [kind for kind, _ in calculator.events()] == ["termwise:ready", "termwise:quote"]


def test_nothing_moves_when_python_is_ready(
    calculator: CalculatorPage, server: SiteServer, browser: Browser
):
    """A visitor of another time zone as well: the line with their own time is there before."""
    context = browser.new_context(timezone_id="America/Los_Angeles")
    there = CalculatorPage(context.new_page(), calculator.url)
    with server.fault("*.wasm", "stalled"):
        there.open()
        hint = there.page.locator("[data-hint=start]")
        expect(hint).to_be_visible()
        place, text = there.control("minutes").bounding_box(), hint.inner_text()
    there.expect_state("ready")
    assert there.control("minutes").bounding_box() == place
    assert hint.inner_text() == text
    context.close()


COUNT_FORMATS = """
window.formatsMade = 0;
for (const name of ["DateTimeFormat", "NumberFormat"]) {
  Intl[name] = new Proxy(Intl[name], {
    construct(...made) { window.formatsMade++; return Reflect.construct(...made); },
    apply(...made) { window.formatsMade++; return Reflect.apply(...made); },
  });
}
addEventListener("termwise:ready", () => { window.madeUntilReady = window.formatsMade; });
// On a busy machine Python takes longer than the half second for which they wait.
const { setTimeout } = window;
window.setTimeout = (task, after, ...more) => after !== 500 && setTimeout(task, after, ...more);
"""


def test_python_waits_for_no_date(browser: Browser, calculator: CalculatorPage):
    """A browser’s first format takes it long: who comes by a link is told last what needs one."""
    context = visitor(browser)
    linked = CalculatorPage(context.new_page(), calculator.url)
    linked.page.add_init_script(COUNT_FORMATS)
    linked.open("?minutes=137").expect_state("ready")
    expect(linked.page.locator("[data-hint=start]")).to_contain_text("London")
    expect(linked.part("made")).to_contain_text("March 2026")
    assert linked.page.evaluate("[formatsMade > 0, madeUntilReady]") == [True, 0]
    context.close()


def test_loading_is_told_in_bytes_while_the_form_works(
    calculator: CalculatorPage, server: SiteServer, built_site: Path
):
    """The bar stands at what has arrived; an edit made meanwhile is answered in the end."""
    kinds = ("trimmed-*/*.js", "trimmed-*/*.wasm", "memory-*.bin")
    needed = [file for kind in kinds for file in built_site.glob(f"assets/termwise/{kind}")]
    sizes = {file.name: file.stat().st_size for file in needed}
    assert len(sizes) == 4
    without_interpreter = 1 - sizes["pyodide.asm.wasm"] / sum(sizes.values())
    with server.fault("*.wasm", "stalled"):
        calculator.open()
        expect(calculator.part("progress")).to_be_visible()
        bar = calculator.part("progress").locator("progress")
        # Everything but the interpreter has arrived, and no more.
        expect(bar).to_have_attribute("value", re.compile(f"^{without_interpreter:.12f}"[:8]))
        calculator.type_minutes("157")
        expect(calculator.part("stale")).to_be_visible()
    calculator.expect_state("ready")
    expect(calculator.part("progress")).to_be_hidden()
    expect(calculator.part("stale")).to_be_hidden()
    calculator.expect_minutes(157)


def python_in(server: SiteServer) -> list[str]:
    """The files of Python that were asked for."""
    return [
        one.path
        for one in server.served
        if one.path.endswith((".wasm", ".bin", "/pyodide.js", "/pyodide.asm.js"))
    ]


def test_reading_costs_nothing(page: Page, server: SiteServer) -> None:
    """A page is opened, read and left: no Python, and no more than a picture would be."""
    server.served.clear()
    page.goto(f"{server.origin}{PREFIX}providers/mastiff/", wait_until="networkidle")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(500)
    assert python_in(server) == []
    assert page.workers == []
    assert sum(one.transferred for one in server.served) <= READ_BYTES
    page.locator("[name=minutes]").first.hover()
    expect(page.locator("termwise-calculator")).to_have_attribute("data-state", "ready")


@pytest.mark.parametrize(
    ("link", "fetched"),
    [
        ("?client=yes&minutes=120", False),
        ("?from=mail&minutes=120", False),
        ("?client=yes&minutes=137", True),
        ("?start=2026-12-03T09:10&minutes=120", True),
    ],
)
def test_a_link_fetches_python_where_the_page_has_no_answer(
    page: Page, server: SiteServer, link: str, *, fetched: bool
) -> None:
    """Of the first cases the page has the answers itself."""
    server.served.clear()
    page.goto(f"{server.origin}{PREFIX}providers/mastiff/{link}", wait_until="networkidle")
    minutes = link[-3:]
    expect(page.locator("output").first).to_contain_text(f"{minutes} minutes")
    assert bool(python_in(server)) is fetched


def test_a_link_without_an_answer_starts_python_beside_the_page(
    calculator: CalculatorPage, server: SiteServer
):
    """Its memory is asked for before the element's script is there, which then takes it over."""
    page = calculator.page
    with server.fault("*/calculator.js", "stalled"), page.expect_response("**/memory-*.bin"):
        page.goto(f"{calculator.url}?minutes=137", wait_until="commit")
    calculator.expect_state("ready")
    calculator.expect_minutes(137)
    assert len(page.workers) == 1


@pytest.mark.parametrize("kind", ["missing", "login"])
def test_what_fails_beside_the_page_is_told_and_mended(
    calculator: CalculatorPage, server: SiteServer, kind: Fault
):
    """The worker of the head fails before anybody listens to it."""
    with server.fault("*/worker-*.js", kind):
        calculator.page.goto(f"{calculator.url}?minutes=137")
        calculator.expect_state("failed")
        expect(calculator.element).to_have_attribute("data-reason", "download")
        expect(calculator.part("stale")).to_be_visible()
    calculator.element.locator("[data-action=retry]").click()
    calculator.expect_state("ready")
    calculator.expect_minutes(137)


def test_nothing_leaves_the_host_and_nothing_complains(calculator: CalculatorPage):
    """Boot, edit and strict content security policy give no complaint and no foreign request."""
    calculator.when_ready().type_minutes("200")
    expect(calculator.element).to_have_attribute("data-state", "ready")
    assert calculator.hosts == {urlsplit(calculator.url).netloc}
    assert calculator.complaints == []


def test_pages_without_a_calculator_load_no_python(
    calculator: CalculatorPage, server: SiteServer, built_site: Path
):
    """Python is for the pages that use it."""
    without = next(
        page
        for page in sorted(built_site.rglob("index.html"))
        if "<termwise-calculator" not in page.read_text(encoding="utf-8")
    )
    server.served.clear()
    path = without.relative_to(built_site).parent
    calculator.page.goto(f"{calculator.url}../../{path}/")
    calculator.page.wait_for_load_state("networkidle")
    loaded = re.findall("/assets/termwise/([a-z]+)-", " ".join(one.path for one in server.served))
    assert set(loaded) == {"scripts", "styles"}
