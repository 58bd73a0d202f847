"""Whatever goes wrong: no figure beside entries that it is not for, and the visitor is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.conftest import MOMENT_OF_THE_BUILD, PREFIX, visitor
from tests.browser.releases import DIGEST, next_release
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

Fault = Mapping[str, Any]
TABLE = yaml.load(Path(__file__).with_name("faults.yaml").read_text("utf-8"), yaml.CSafeLoader)
FAULTS: list[Fault] = [{**row, "step": step} for step, rows in TABLE.items() for row in rows]
TOLD_AFTER_MS = {"slow": 2000, "timeout": 45_000}
"""Reasons that are told when nothing has come for so long; the others are told at once."""

KEPT_AFTER_MS = 1000
"""Then the page asks its service worker to keep it."""

OTHER_MINUTES = 157
"""No first answer of the page is for them."""

REFUSED = "throw new DOMException('refused', 'SecurityError')"
BROWSERS = {
    "offline": """
        let online = false;
        Object.defineProperty(navigator, "onLine", { get: () => online });
        addEventListener("online", () => { online = true; }, { capture: true });
    """,
    "stopping script": "Object.defineProperty(URLSearchParams.prototype, 'get', { value: null })",
    "no definition": "customElements.define = () => {}",
    "no custom elements": "delete window.customElements",
    "no workers": "delete window.Worker",
    "workers refused": f"window.Worker = function () {{ {REFUSED}; }}",
    "no WebAssembly": "delete window.WebAssembly",
    "no service workers": "delete Navigator.prototype.serviceWorker",
    "service workers refused": f"""
        Object.defineProperty(navigator, "serviceWorker", {{ get() {{ {REFUSED}; }} }});
    """,
    "storage blocked": f"""
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {{
          Object.defineProperty(window, name, {{ get() {{ {REFUSED}; }} }});
        }}
        navigator.serviceWorker.register = async () => {{ {REFUSED}; }};
    """,
}
WORKERS = {
    "dies": "self.close();",
    "never ends": "self.onmessage = () => { for (;;); };",
    "stops": "self.onmessage = () => { throw new Error('stopped'); };",
    "no memory": """
        const refuse = () => { throw new RangeError("could not allocate memory"); };
        WebAssembly.Memory = function () { refuse(); };
        WebAssembly.instantiate = async () => refuse();
        WebAssembly.instantiateStreaming = async () => refuse();
    """,
    "no buffer": """
        Response.prototype.arrayBuffer = async () => {
          throw new RangeError("Array buffer allocation failed");
        };
    """,
    "damaged": """
        Object.defineProperty(self, "onmessage", { set() {} });
        self.addEventListener("message", ({ data: { id } }) =>
          self.postMessage({ id, failure: { reason: "damaged", message: "the policy" } }));
    """,
}


EDIT_AND_LOOK = """
(calculator, minutes) => {
  const total = calculator.querySelector(".tw-total");
  const look = () => ({
    color: getComputedStyle(total.querySelector("[data-total]")).color,
    height: total.getBoundingClientRect().height,
    stale: calculator.querySelector("output").hasAttribute("data-stale"),
  });
  const before = look();
  const field = calculator.querySelector("[name=minutes]");
  field.value = minutes;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return [before, look()];
}
"""


TELL_WHETHER_KEPT = """
addEventListener("pageshow", ({ persisted }) => {
  document.documentElement.dataset.kept = persisted;
});
addEventListener("pagehide", () => delete document.documentElement.dataset.kept);
"""

WHY_NOT_KEPT = """() =>
  JSON.stringify(performance.getEntriesByType("navigation")[0].notRestoredReasons)
"""

WAYS_BACK = 3
"""A browser with much to do keeps a page at some of them only."""


@pytest.fixture(scope="module")
def server(built_site: Path) -> Iterator[SiteServer]:
    """A server of its own, so that another release can take the site's place."""
    with SiteServer({PREFIX: built_site}) as running:
        yield running


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    """A page for all rows that ask nothing of the browser itself."""
    context = visitor(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(request: pytest.FixtureRequest, fault: Fault, server: SiteServer) -> CalculatorPage:
    """Mastiff's calculator, not opened yet, in a browser as the row says; nothing is cached."""
    page: Page = request.getfixturevalue("keeping_page" if "browser" in fault else "shared")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    if "browser" in fault:
        page.add_init_script(BROWSERS[fault["browser"]])
    page.clock.install(time=MOMENT_OF_THE_BUILD)
    return mastiff(page, server)


def mastiff(page: Page, server: SiteServer) -> CalculatorPage:
    """Its calculator, not opened yet."""
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["case"])
def test_a_fault_is_told_and_the_figure_marked(
    opened: CalculatorPage, server: SiteServer, fault: Fault
):
    """Each row of the table; none is met with the megabytes of a whole Python."""
    server.served.clear()
    if fault["step"] == "ready":
        opened.when_ready()
    with broken(fault, opened, server):
        if fault["step"] != "ready":
            opened.page.goto(opened.url, wait_until="commit")
        if fault["step"] == "listening":
            expect(opened.element).to_have_attribute("data-state", re.compile("."))
        edit(opened)
        if "told" in fault:
            expect_marked(opened)
            opened.page.clock.fast_forward(TOLD_AFTER_MS.get(fault["told"], 0))
            expect_told(opened, fault["told"], fault.get("helps"))
            expect_marked(opened)
        else:
            expect_answered(opened)
            opened.page.clock.fast_forward(KEPT_AFTER_MS)
            assert "files" in fault or opened.complaints == []
    if mended := fault.get("mended"):
        MENDINGS[mended](opened)
        expect_answered(opened)
    assert [one.path for one in server.served if "/python-" in one.path] == []


@contextmanager
def broken(fault: Fault, calculator: CalculatorPage, server: SiteServer) -> Iterator[None]:
    """As long as this lasts, the fault does, but for what the browser lacks."""
    page, script = calculator.page, WORKERS.get(fault.get("worker", ""))
    with ExitStack() as faults:
        for pattern, kind in fault.get("files", {}).items():
            faults.enter_context(server.fault(pattern, kind))
        if script and fault["step"] == "ready":
            page.workers[0].evaluate(f"() => {{ {script} }}")
        elif script:
            calculator.alter_worker(first=script)
        yield
    page.unroute_all()


def edit(calculator: CalculatorPage) -> None:
    """Enter what nothing but Python can price."""
    calculator.control("minutes").fill(str(OTHER_MINUTES))


def expect_marked(calculator: CalculatorPage) -> None:
    """The figure is there, and says in the total that it is for another case than the entries."""
    expect(calculator.output).to_have_attribute("data-stale", "")
    mark = calculator.output.locator(".tw-total [data-part=stale]")
    expect(mark).to_be_visible()
    expect(mark).to_have_text(
        "Not for your entries, but for: Remote help, Tuesday, 3 March 2026, 17:30, 90 minutes"
    )
    expect(calculator.total).to_have_text("PLN 369.00")


def expect_told(calculator: CalculatorPage, reason: str, helps: str | None) -> None:
    """The message for this reason is shown alone, with the button that helps."""
    shown = calculator.part("failure").locator("[data-reason]:visible")
    expect(shown).to_have_attribute("data-reason", reason)
    expect(shown).not_to_be_empty()
    buttons = calculator.part("failure").locator("[data-action]:visible")
    actions = buttons.evaluate_all("buttons => buttons.map(({ dataset }) => dataset.action)")
    assert actions == ([helps] if helps else [])
    if reason != "slow":
        expect(calculator.part("progress")).to_be_hidden()


def expect_answered(calculator: CalculatorPage) -> None:
    """The figure is for the entries, which are those of the edit, and nothing is told."""
    calculator.expect_state("ready")
    expect(calculator.control("minutes")).to_have_value(str(OTHER_MINUTES))
    expect(calculator.output).to_contain_text(f"{OTHER_MINUTES} minutes")
    expect(calculator.output).not_to_have_attribute("data-stale", "")
    expect(calculator.part("stale")).to_have_count(0)
    expect(calculator.part("failure")).to_be_hidden()
    assert calculator.quote()["input"]["minutes"] == OTHER_MINUTES


def help_oneself(calculator: CalculatorPage) -> None:
    """Press the button that is offered."""
    calculator.part("failure").locator("[data-action]:visible").click()


MENDINGS: Mapping[str, Callable[[CalculatorPage], object]] = {
    "button": help_oneself,
    "itself": lambda _: None,
    "online": lambda calculator: calculator.page.evaluate("dispatchEvent(new Event('online'))"),
}


def test_every_reason_that_a_page_can_tell_is_here(built_site: Path):
    """Those of the table, and the two that the tests below are about."""
    source = (built_site / "providers" / "mastiff" / "index.html").read_text("utf-8")
    told = {fault["told"] for fault in FAULTS if "told" in fault}
    assert set(re.findall(r'data-reason="([a-z]+)"', source)) == told | {"replaced", "framed"}


def test_a_release_that_has_gone_is_told(
    page: Page, server: SiteServer, built_site: Path, tmp_path: Path
):
    """Its files are looked for in vain; the new page gets the entries, and prices by its terms."""
    calculator = mastiff(page, server)
    with server.fault("*/worker-*.js", "stalled"):
        calculator.when_listening()
        edit(calculator)
        server.folders = {PREFIX: next_release(built_site, tmp_path / "site")}
    expect_told(calculator, "replaced", "reload")
    expect_marked(calculator)
    help_oneself(calculator)
    expect_answered(calculator)
    assert calculator.quote()["terms"]["digest"] == DIGEST
    server.folders = {PREFIX: built_site}


def test_a_frame_without_rights_says_so(page: Page, server: SiteServer):
    """No script of the page may run in it but that of the head, which offers the page by itself."""
    calculator = mastiff(page, server)
    page.set_content(f'<iframe sandbox="allow-scripts" src="{calculator.url}"></iframe>')
    framed = page.frame_locator("iframe").locator("termwise-calculator")
    told = framed.locator("[data-reason]:visible")
    expect(told).to_have_attribute("data-reason", "framed")
    assert told.get_by_role("link").evaluate("link => link.href") == calculator.url
    framed.locator("[name=minutes]").fill(str(OTHER_MINUTES))
    expect(framed.locator("output")).to_have_attribute("data-stale", "")
    expect(framed.locator(".tw-total [data-part=stale]")).to_be_visible()


def test_an_answer_in_time_does_not_flash(page: Page, server: SiteServer):
    """The mark stands at once and is seen a moment later; on a phone it is in the bottom bar."""
    page.set_viewport_size({"width": 390, "height": 844})
    calculator = mastiff(page, server)
    with server.fault("*.wasm", "stalled"):
        calculator.when_listening()
        before, at_once = calculator.element.evaluate(EDIT_AND_LOOK, str(OTHER_MINUTES))
        assert at_once == {**before, "stale": True}
        figure = calculator.total
        expect(figure).not_to_have_css("color", before["color"])
        expect(calculator.part("stale")).not_to_have_css("font-size", "0px")
        expect(calculator.part("stale")).to_be_in_viewport(ratio=1)
        expect(calculator.control("minutes")).to_be_in_viewport(ratio=1)


@pytest.fixture
def keeping_pages(browser: Browser) -> Iterator[Page]:
    """A page in a browser that keeps those that are left, as browsers do where nobody tests."""
    switched_off = ["--disable-back-forward-cache"]
    keeping = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*FLAGS], ignore_default_args=switched_off
    )
    yield keeping.new_page()
    keeping.close()


def test_the_way_back_finds_figure_and_entries_together(keeping_pages: Page, server: SiteServer):
    """The browser keeps the page as it was left, with its Python, which goes on answering."""
    page = keeping_pages
    page.add_init_script(TELL_WHETHER_KEPT)
    calculator = mastiff(page, server)
    for _ in range(WAYS_BACK):
        edit(calculator.when_ready())
        expect_answered(calculator)
        page.goto(f"{server.origin}{PREFIX}about/")
        page.evaluate("setTimeout(() => history.back())")
        shown = page.locator("html[data-kept]:has(termwise-calculator)")
        if shown.get_attribute("data-kept") == "true":
            break
    else:
        pytest.fail(f"never kept: {page.evaluate(WHY_NOT_KEPT)}")
    expect_answered(calculator)
    calculator.type_minutes("60")
    calculator.expect_minutes(60)
