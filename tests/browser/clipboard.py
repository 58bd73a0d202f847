"""What a button puts into the clipboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

BEFORE = "before the button"


def copied_by(button: Locator) -> str:
    """The text, waited for in the clipboard itself: what a button says of an earlier one lasts."""
    page = button.page
    allow_clipboard(page)
    page.evaluate("text => navigator.clipboard.writeText(text)", BEFORE)
    button.click()
    page.wait_for_function(
        "before => navigator.clipboard.readText().then((text) => text !== before)", arg=BEFORE
    )
    expect(button).to_have_text("Link copied")
    return clipboard_of(page)


def allow_clipboard(page: Page) -> None:
    """Let tests read what visitors paste."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def clipboard_of(page: Page) -> str:
    """What would be pasted."""
    return str(page.evaluate("() => navigator.clipboard.readText()"))
