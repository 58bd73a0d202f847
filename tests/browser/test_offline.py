"""What stays with a visitor: an opened page works without a network, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from termwise.site.service_worker import NAME, tell_leave
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import visitor
from tests.browser.releases import DIGEST, next_release
from tests.browser.site_server import Fault, SiteServer
from tests.patience import wait_until

pytestmark = pytest.mark.browser

PREFIX = "/below/"
KEEP_AGAIN = "() => navigator.serviceWorker.controller.postMessage({ keep: location.href })"
FORGET = """
async (part) => {
  const cache = await caches.open(`termwise ${new URL("../../", location)}`);
  const found = (await cache.keys()).filter(({ url }) => url.includes(part));
  await Promise.all([location.href, ...found].map((one) => cache.delete(one)));
}
"""
OWN_FILES = """
({ dataset }) => [dataset.runtime, dataset.bundle].map((one) => new URL(one, location).href)
"""
REPLACE = """
(element) => {
  element.dataset.runtime += "?again";
  const another = element.cloneNode(true);
  element.replaceWith(another);
  another.querySelector("form").dispatchEvent(new PointerEvent("pointerover"));
}
"""
TELLS_ROUTES = "event.addRoutes?.(ROUTES)"
REGISTRATIONS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
SAVE_DATA = "Object.defineProperty(navigator.connection, 'saveData', { get: () => true })"


@pytest.fixture(scope="module")
def server(built_site: Path) -> Iterator[SiteServer]:
    """A server of its own, so that another release can take the site's place."""
    with SiteServer({PREFIX: built_site}) as running:
        yield running


@pytest.fixture
def page(keeping_page: Page) -> Page:
    """A page of a new visitor who keeps it."""
    return keeping_page


@pytest.fixture
def calculator(page: Page, server: SiteServer) -> CalculatorPage:
    """Mastiff's calculator as a new visitor will open it."""
    return _mastiff(page, server)


@pytest.fixture(scope="module")
def visited(browser: Browser, server: SiteServer) -> Iterator[BrowserContext]:
    """The browser of somebody who has opened Mastiff's calculator, which is kept."""
    context = visitor(browser, keeps=True)
    page = context.new_page()
    _mastiff(page, server).when_ready().when_kept()
    page.close()
    yield context
    context.close()


@pytest.fixture
def kept(visited: BrowserContext, server: SiteServer) -> Iterator[CalculatorPage]:
    """The same, opened again in a tab of its own."""
    page = visited.new_page()
    page.set_default_navigation_timeout(20_000)
    try:
        yield _mastiff(page, server).when_ready()
    finally:
        page.close()


def _mastiff(page: Page, server: SiteServer) -> CalculatorPage:
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")


def _served(server: SiteServer, part: str) -> list[str]:
    return [request.path for request in server.served if part in request.path]


def test_an_opened_page_works_without_a_network(kept: CalculatorPage, server: SiteServer) -> None:
    """By its address and by a link to a scenario, edits included."""
    with server.fault("*", "unreachable"):
        kept.open("?minutes=150").expect_state("ready")
        assert kept.quote()["input"]["minutes"] == 150
        kept.type_minutes("200")
        kept.expect_minutes(200)


def test_the_way_back_is_not_kept(kept: CalculatorPage) -> None:
    """The whole Pyodide and its library: megabytes that hardly anybody ever needs."""
    addresses = kept.kept_addresses()
    assert [one for one in addresses if "/trimmed-" in one]
    assert [one for one in addresses if "/pyodide-" in one or "/python-" in one] == []


def test_a_browser_without_static_routes_asks_the_worker(
    calculator: CalculatorPage, server: SiteServer, built_site: Path, tmp_path: Path
) -> None:
    """As Firefox and Safari do: pages and files come from the worker itself."""
    script = (built_site / NAME).read_text("utf-8")
    assert script.count(TELLS_ROUTES) == 1
    (tmp_path / NAME).write_text(script.replace(TELLS_ROUTES, "null"), "utf-8")
    server.folders = {f"{PREFIX}{NAME}": tmp_path / NAME, PREFIX: built_site}
    calculator.when_ready().when_kept()
    with server.fault("*", "unreachable"):
        calculator.when_ready("?minutes=150")
        assert calculator.quote()["input"]["minutes"] == 150
    server.folders = {PREFIX: built_site}


def test_a_page_never_opened_says_so_in_its_language(
    kept: CalculatorPage, server: SiteServer
) -> None:
    """With the site's own look, and again when the network is back."""
    page = kept.page
    with server.fault("*", "unreachable"):
        page.goto(f"{server.origin}{PREFIX}pl/providers/duxtel/")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Tej strony nie ma na tym urządzeniu"
        )
        expect(page.locator(".tw-header")).to_have_css("display", "block")
        assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
    page.get_by_role("link", name="Ponów próbę").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DuxTel")


def test_an_open_page_stays_in_its_release(
    calculator: CalculatorPage, server: SiteServer, built_site: Path, tmp_path: Path
) -> None:
    """The old page finds its own files, the new one its own, and in the end the old ones go."""
    old = calculator.when_ready().when_kept()
    old_files = _own_files(old)
    server.folders = {PREFIX: next_release(built_site, tmp_path / "site")}
    new = _mastiff(old.page.context.new_page(), server).when_ready()
    new_files = _own_files(new)
    wait_until(new.page, lambda: new_files <= set(new.kept_addresses()))
    assert old_files <= set(new.kept_addresses())
    assert not old_files & new_files
    assert new.quote()["terms"]["digest"] == DIGEST != _load_again(old)["terms"]["digest"]
    old.page.close()
    new.when_ready()
    wait_until(new.page, lambda: not old_files & set(new.kept_addresses()))
    with server.fault("*", "unreachable"):
        assert new.when_ready("?minutes=150").quote()["terms"]["digest"] == DIGEST
    server.folders = {PREFIX: built_site}


def _own_files(calculator: CalculatorPage) -> set[str]:
    """The worker and the bundle that the page names, neither of which two releases share."""
    return set(calculator.element.evaluate(OWN_FILES))


def _load_again(calculator: CalculatorPage) -> dict[str, Any]:
    """What a second calculator on the page answers, which needs the worker and all it loads."""
    calculator.element.evaluate(REPLACE)
    calculator.expect_state("ready")
    return calculator.quote()


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (".asm.wasm", "cut"),
        (".asm.wasm", "garbled"),
        ("/policies/", "garbled"),
        ("/worker-", "missing"),
        ("/providers/mastiff/", "garbled"),
    ],
)
def test_what_is_broken_is_not_kept(
    kept: CalculatorPage, server: SiteServer, part: str, fault: Fault
) -> None:
    """Neither the file nor the page that needs it; the next good download is."""
    kept.page.context.new_cdp_session(kept.page).send("Network.clearBrowserCache")
    kept.page.evaluate(FORGET, part)
    server.served.clear()
    with server.fault(f"*{part}*", fault):
        kept.page.evaluate(KEEP_AGAIN)
        wait_until(kept.page, lambda: bool(_served(server, part)))
        kept.page.wait_for_timeout(300)
        assert kept.url not in kept.kept_addresses()
        assert not [address for address in kept.kept_addresses() if part in address]
    kept.page.evaluate(KEEP_AGAIN)
    kept.when_kept()
    assert [address for address in kept.kept_addresses() if part in address]


def test_a_full_disk_disturbs_nothing(calculator: CalculatorPage, server: SiteServer) -> None:
    """The page works and complains of nothing; no page is kept by halves."""
    page = calculator.page
    quota = {"origin": server.origin, "quotaSize": 1_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    calculator.when_ready()
    wait_until(page, lambda: any("/styles-" in one for one in calculator.kept_addresses()))
    page.wait_for_timeout(500)
    calculator.type_minutes("150")
    calculator.expect_minutes(150)
    assert calculator.url not in calculator.kept_addresses()
    assert calculator.complaints == []


def test_served_for_editing_nothing_is_kept(
    calculator: CalculatorPage, server: SiteServer, built_site: Path, tmp_path: Path
) -> None:
    """Where a published site was served before, `termwise serve` takes its worker away."""
    calculator.when_ready().when_kept()
    tell_leave(tmp_path)
    server.folders = {f"{PREFIX}{NAME}": tmp_path / NAME, PREFIX: built_site}
    calculator.when_ready()
    wait_until(calculator.page, lambda: calculator.page.evaluate(REGISTRATIONS) == 0)
    assert calculator.kept_addresses() == []
    server.folders = {PREFIX: built_site}


def test_pages_without_a_calculator_register_nothing(page: Page, server: SiteServer) -> None:
    """Nor do they fetch anything of Python."""
    server.served.clear()
    page.goto(f"{server.origin}{PREFIX}providers/")
    page.wait_for_timeout(1500)
    assert page.evaluate(REGISTRATIONS) == 0
    assert _served(server, NAME) == _served(server, ".wasm") == []


def test_intent_fetches_ahead_once(page: Page, server: SiteServer) -> None:
    """What the next page needs, when the pointer rests on its link, and nothing twice."""
    page.goto(f"{server.origin}{PREFIX}providers/")
    server.served.clear()
    links = page.locator(".tw-providers > li > a")
    links.nth(0).hover()
    wait_until(page, lambda: bool(_served(server, "/worker-")))
    links.nth(1).hover()
    wait_until(page, lambda: bool(_served(server, "/policies/iponto")))
    links.nth(0).hover()
    page.wait_for_timeout(300)
    links.nth(0).click()
    assert _served(server, ".wasm") == []
    page.locator("[name=minutes]").first.focus()
    expect(page.locator("termwise-calculator")).to_have_attribute("data-state", "ready")
    fetched = _served(server, "/assets/termwise/")
    assert len(fetched) == len(set(fetched))


def test_saved_data_wait_for_the_visitor(page: Page, server: SiteServer) -> None:
    """No link is followed ahead, and Python waits until the form is touched."""
    page.add_init_script(SAVE_DATA)
    server.served.clear()
    page.goto(f"{server.origin}{PREFIX}providers/")
    page.locator(".tw-providers a").first.hover()
    page.wait_for_timeout(300)
    page.goto(f"{server.origin}{PREFIX}providers/mastiff/")
    page.wait_for_timeout(300)
    assert _served(server, ".wasm") == _served(server, "/policies/") == []
    page.locator("[name=minutes]").first.focus()
    expect(page.locator("termwise-calculator")).to_have_attribute("data-state", "ready")
