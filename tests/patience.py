"""How long a test waits for what comes about by itself: long, since only a failure takes it all.

What is quick enough is for the benchmarks to say; a test must not fail on a slow or busy machine.
"""

from collections.abc import Callable
from time import monotonic

from playwright.sync_api import Browser, Page, expect

PATIENCE_SECONDS = 300
PATIENCE_MS = PATIENCE_SECONDS * 1000


def be_patient(browser: Browser) -> None:
    """Wait as long for everything that is asked of this browser's pages."""
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE_MS))
    expect.set_options(timeout=PATIENCE_MS)


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait, while the page goes on, for what no locator can tell."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        assert monotonic() < deadline, f"it did not come about in {PATIENCE_SECONDS} seconds"
        page.wait_for_timeout(20)
