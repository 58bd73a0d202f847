"""Whatever goes wrong, the quote in the page stays, the visitor is told, and may try again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.calculator_page import CalculatorPage
from tests.browser.site_server import Fault, SiteServer

pytestmark = pytest.mark.browser

NO_WEBASSEMBLY = "delete window.WebAssembly"
OFFLINE = """
let online = false;
Object.defineProperty(navigator, "onLine", { get: () => online });
addEventListener("online", () => { online = true; }, { capture: true });
"""


def expect_failure(calculator: CalculatorPage, reason: str) -> None:
    """The one message for this reason is shown, and the first quote is still there."""
    calculator.expect_state("failed")
    failure = calculator.part("failure")
    expect(failure).to_be_visible()
    shown = failure.locator("[data-reason]:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-reason", reason)
    expect(shown).not_to_be_empty()
    expect(calculator.part("progress")).to_be_hidden()
    expect(calculator.total).not_to_be_empty()


def expect_recovery(calculator: CalculatorPage) -> None:
    """Retry works: by its button, the message is gone, and edits are answered."""
    calculator.element.locator("[data-action=retry]").click()
    calculator.expect_state("ready")
    expect(calculator.part("failure")).to_be_hidden()
    calculator.type_minutes("150")
    calculator.expect_minutes(150)


@pytest.mark.parametrize(
    ("pattern", "fault", "reason"),
    [
        ("*/worker-*.js", "missing", "download"),
        ("*/pyodide.asm.mjs", "missing", "download"),
        ("*.wasm", "missing", "download"),
        ("*.wasm", "cut", "download"),
        ("*/memory-*.bin", "missing", "download"),
        ("*/memory-*.bin", "cut", "download"),
        ("*/policies/*.json", "missing", "download"),
        ("*/policies/*.json", "cut", "download"),
    ],
)
def test_a_broken_download_is_told_and_mended(
    calculator: CalculatorPage, server: SiteServer, pattern: str, fault: Fault, reason: str
):
    """Each file may be refused, or break off; what is another is told by `test_arrival.py`."""
    with server.fault(pattern, fault):
        calculator.open()
        expect_failure(calculator, reason)
    expect_recovery(calculator)


def test_a_download_that_stands_still_is_given_up(calculator: CalculatorPage, server: SiteServer):
    """Without a byte for as long as the page says, it says so."""
    with server.fault("*.wasm", "stalled"):
        calculator.open(patience=2)
        expect_failure(calculator, "timeout")
    calculator.element.evaluate("element => { delete element.dataset.patience }")
    expect_recovery(calculator)


def test_a_browser_without_webassembly_keeps_the_quote(calculator: CalculatorPage):
    """Nothing is downloaded for nothing, and the reason is named."""
    calculator.page.add_init_script(NO_WEBASSEMBLY)
    calculator.open()
    expect_failure(calculator, "unsupported")


def test_offline_goes_on_by_itself_when_the_network_is_back(
    calculator: CalculatorPage, server: SiteServer
):
    """A browser that knows it is offline says so, and needs no button afterwards."""
    calculator.page.add_init_script(OFFLINE)
    with server.fault("*.wasm", "missing"):
        calculator.open()
        expect_failure(calculator, "offline")
    calculator.page.evaluate("() => { dispatchEvent(new Event('online')) }")
    calculator.expect_state("ready")
    expect(calculator.part("failure")).to_be_hidden()


def test_edits_after_a_failure_mark_the_quote(calculator: CalculatorPage, server: SiteServer):
    """Where nobody has answered the changed form, the quote of the page says so."""
    with server.fault("*.wasm", "missing"):
        calculator.open()
        expect_failure(calculator, "download")
        calculator.type_minutes("157")
        expect(calculator.part("stale")).to_be_visible()
        expect_failure(calculator, "download")
    expect_recovery(calculator)
    expect(calculator.part("stale")).to_be_hidden()
