"""Whatever stands in the address of a page or is typed into its form; in `make fuzz` alone."""

import os
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX, server, visitor  # noqa: F401 (a fixture)
from tests.browser.site_server import SiteServer
from tests.fuzz.mutations import odd

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("TERMWISE_FUZZ" not in os.environ, reason="runs in `make fuzz`"),
]
FEW = settings(max_examples=settings().max_examples // 20)
NAMES = ("service", "start", "minutes", "client", "purchased_equipment", "on", "typo", "__proto__")
SET = """(field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
typed = st.one_of(odd, st.sampled_from(("2026-03-03T17:30", "90", "yes", "remote-help")))


@pytest.fixture(scope="module")
def opened(browser: Browser, server: SiteServer) -> CalculatorPage:  # noqa: F811 (the fixture)
    """A calculator with Python running."""
    page: Page = visitor(browser).new_page()
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/").when_ready()


def test_any_address_and_any_answer_leave_a_page_that_works(opened: CalculatorPage) -> None:
    """No script runs, no element comes out of a value, a quote stands there all the time."""

    @FEW
    @given(
        st.dictionaries(st.sampled_from(NAMES), typed, max_size=4), st.sampled_from(NAMES), typed
    )
    def check(query: dict[str, str], name: str, value: str) -> None:
        pairs = (f"{key}={quote(text, errors='replace')}" for key, text in query.items())
        opened.complaints.clear()
        opened.revisit("?" + "&".join(pairs))
        control = opened.element.locator(f'input[name="{name}"]:not([type=radio])')
        if control.count() and control.first.is_visible():
            control.first.evaluate(SET, value)
        opened.expect_state("ready")
        assert opened.element.locator("img, script, iframe").count() == 0
        assert opened.total.inner_text()
        assert opened.complaints == []

    check()
