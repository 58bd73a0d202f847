"""The built site, served and seen in a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.calculator_page import CalculatorPage
from tests.browser.site_server import SiteServer

ROOT = Path(__file__).resolve().parents[2]
# The site also has to work where the host's root is somebody else's.
PREFIX = "/below/"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# No sandbox inside containers, and nothing of the browser's own goes to the network.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """Find the browser in the order in which the Makefile does."""
    wanted = [os.environ.get("TERMWISE_CHROMIUM", ""), *CHROMIUM]
    found = next(filter(None, (shutil.which(name) for name in wanted if name)), None)
    if found is None:
        pytest.fail("No Chromium: run `make browser`, or set TERMWISE_CHROMIUM to its path.")
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; TERMWISE_SITE names one that is there already."""
    if built := os.environ.get("TERMWISE_SITE"):
        return Path(built)
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[SiteServer]:
    """A web server with the site under a sub-path."""
    with SiteServer({PREFIX: site}) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each test has its own profile in it."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache, in a time zone that no provider has."""
    context = browser.new_context(timezone_id="Europe/London", locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def calculator(page: Page, server: SiteServer) -> CalculatorPage:
    """Mastiff's calculator, not opened yet."""
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")
