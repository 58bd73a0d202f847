"""Chromium as installed on the machine; Playwright's own downloads are not used."""

import os
from shutil import which

# The Makefile looks in the same order.
NAMES = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
# No sandbox inside containers; nothing of the browser's own goes to the network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

QUICK_TO_START = ("--js-flags=--liftoff-only --no-opt",)
"""No second, better compilation of what runs for seconds: a quarter of the time of a visit.

For tests alone, never where speed is measured.
"""


def chromium_path() -> str:
    """Find the browser."""
    names = (os.environ.get("TERMWISE_CHROMIUM", ""), *NAMES)
    program = next((found for name in names if name and (found := which(name))), None)
    assert program, "The tests need Chromium or Chrome: install one, or set TERMWISE_CHROMIUM."
    return program


def shell_path() -> str:
    """The same Chromium without its own windows, where it is installed, or else the whole one.

    For each new visitor the whole one opens a window, which takes it half a second of a processor.
    """
    chosen = os.environ.get("TERMWISE_CHROMIUM")
    return (None if chosen else which(SHELL)) or chromium_path()
