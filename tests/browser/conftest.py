"""The built site, served below a path and seen in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.calculator_page import CalculatorPage
from tests.browser.dated_site import DatedSite, dated_site
from tests.browser.site_server import SiteServer

# The site also has to work where the host's root is somebody else's.
PREFIX = "/below/"


@pytest.fixture(scope="session")
def server(built_site: Path) -> Iterator[SiteServer]:
    """A web server with the site under a sub-path."""
    with SiteServer({PREFIX: built_site}) as running:
        yield running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> DatedSite:
    """A site with a price that changes, and terms that were superseded; modules serve it."""
    return dated_site(tmp_path_factory)


MOMENT_OF_THE_BUILD = "2026-03-01T00:00:00Z"
"""Later the first case of a page would be another."""


def visitor(browser: Browser, *, keeps: bool = False, **more: Any) -> BrowserContext:
    """A visitor with an empty cache, in a time zone that no provider has; more for the context.

    Unless it `keeps` pages for the time without a network: to put all of a page away takes as long
    as to start Python, and few tests are about that.
    """
    more["service_workers"] = "allow" if keeps else "block"
    context = browser.new_context(timezone_id="Europe/London", locale="en-GB", **more)
    context.clock.set_fixed_time(MOMENT_OF_THE_BUILD)
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a new visitor."""
    context = visitor(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def keeping_page(browser: Browser) -> Iterator[Page]:
    """A page of a new visitor who keeps it for the time without a network."""
    context = visitor(browser, keeps=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def calculator(page: Page, server: SiteServer) -> CalculatorPage:
    """Mastiff's calculator, not opened yet."""
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")


@pytest.fixture(scope="module")
def running(browser: Browser, server: SiteServer) -> Iterator[CalculatorPage]:
    """One page with Python running, for all tests of a module."""
    context = visitor(browser)
    page = context.new_page()
    yield CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/").when_ready()
    context.close()


@pytest.fixture
def ready(running: CalculatorPage) -> CalculatorPage:
    """Mastiff's calculator as it is when Python has loaded and nothing was touched."""
    running.complaints.clear()
    return running.revisit()
