"""What a button hands on to other programs, in a browser that only notes it."""

from __future__ import annotations

from playwright.sync_api import Page

STUB = """
window.termwiseShares = [];
navigator.share = async (shared) => {
  const fails = window.termwiseShareFails;
  termwiseShares.push(shared);
  if (fails === "TypeError") throw new TypeError("told by a test");
  if (fails) throw new DOMException("told by a test", fails);
};
"""


def stub_share(page: Page) -> None:
    """Let the pages find a browser that can share."""
    page.add_init_script(STUB)


def share_anew(page: Page, fails: str = "") -> None:
    """Forget what was shared; from now on sharing `fails` with the error of that name, if any."""
    page.evaluate("fails => { termwiseShares = []; termwiseShareFails = fails; }", fails)


def shares_of(page: Page, count: int) -> list[dict[str, str]]:
    """All that was shared, once it is so many."""
    page.wait_for_function("count => termwiseShares.length >= count", arg=count)
    shares: list[dict[str, str]] = page.evaluate("() => termwiseShares")
    return shares
