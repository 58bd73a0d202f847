"""How files come: nothing that is altered is computed from, and no host makes a visitor pay."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from termwise import places
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX, visitor
from tests.browser.site_server import TYPES, SiteServer

pytestmark = pytest.mark.browser

NODE = places.ROOT / ".venv" / "bin" / "node"
ALWAYS_WHOLE = ("boot({ whole: !restored })", "boot({ whole: true })")
FIRST = "const RUNTIME = "
ON_BYTES_ALONE = "delete WebAssembly.compileStreaming, delete WebAssembly.instantiateStreaming;\n"
NOT_SECURE = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });\n"
NOT_UNPACKING = "delete self.DecompressionStream;\n"
SPOIL = """
async (ending) => {
  const cache = await caches.open(`termwise ${new URL("../../", location)}`);
  const spoiled = (await cache.keys()).filter(({ url }) => url.endsWith(ending));
  for (const { url } of spoiled) {
    const kept = await cache.match(url);
    const bytes = new Uint8Array(await kept.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    await cache.put(url, new Response(bytes, { headers: kept.headers }));
  }
  return spoiled.length;
}
"""
DIGESTS = """
const { sha256 } = await import(process.argv[1]);
const digests = [];
for (let length = 0; length < 130; length++) {
  digests.push(await sha256(new Uint8Array(length).fill(length).buffer));
}
console.log(JSON.stringify(digests));
"""


def requests(server: SiteServer, pattern: str) -> int:
    """How often the host was asked for a file."""
    return sum(fnmatch(one.path, pattern) for one in server.served)


def requests_anew(server: SiteServer, pattern: str) -> int:
    """How often past the browser's cache.

    On a busy machine two that ask at once for a file do not always wait for one answer.
    """
    return sum(one.anew and fnmatch(one.path, pattern) for one in server.served)


@contextmanager
def altering(server: SiteServer, *patterns: str, times: int = 99) -> Iterator[None]:
    """Send files with another content, so often each."""
    server.served.clear()
    server.altered = dict.fromkeys(patterns, times)
    yield
    server.altered = {}


def opened(calculator: CalculatorPage, state: str) -> CalculatorPage:
    """The page when it has come to a state."""
    calculator.open().expect_state(state)
    return calculator


def expect_damaged(calculator: CalculatorPage) -> None:
    """Nothing has been computed, and it is known why."""
    opened(calculator, "failed")
    assert calculator.element.get_attribute("data-reason") == "damaged"
    assert calculator.events() == []


PARTS = {
    "bundle": "*/policies/mastiff.en.*.json",
    "memory": "*/memory-*.bin",
    "interpreter": "*/trimmed-*/*.wasm",
    "script": "*/trimmed-*/pyodide.asm.js",
    "loader": "*/trimmed-*/pyodide.js",
}
WHOLE_PARTS = {
    "interpreter": "*/pyodide-*/*.wasm",
    "script": "*/pyodide-*/*.js",
    "library": "*/python-*.zip",
}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_altered_is_fetched_once_more_and_then_told(
    calculator: CalculatorPage, server: SiteServer, part: str
):
    """Past the browser's cache, which may keep it for good; the quote of the page stays."""
    with altering(server, PARTS[part]):
        expect_damaged(calculator)
    assert requests_anew(server, PARTS[part]) == 1
    expect(calculator.total).to_have_text("PLN\u00a0369.00")


@pytest.mark.parametrize("part", WHOLE_PARTS)
def test_the_way_back_is_checked_as_well(calculator: CalculatorPage, server: SiteServer, part: str):
    """Where Python boots from the library, as it does in a runtime made of that alone."""
    calculator.alter_worker(ALWAYS_WHOLE)
    with altering(server, WHOLE_PARTS[part]):
        expect_damaged(calculator)
    assert requests(server, WHOLE_PARTS[part]) == 2


def test_a_worker_that_is_altered_refuses_to_work(calculator: CalculatorPage):
    """It knows its own digest by its name; a second try brings a new one."""
    page = calculator.page
    zones = ("Europe/Warsaw", "Europe/Berlin")

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace(*zones))

    page.route("**/worker-*.js", answer)
    expect_damaged(calculator)
    calculator.element.locator("[data-action=retry]").click()
    calculator.expect_state("ready")


def test_what_was_damaged_once_does_not_disturb(calculator: CalculatorPage, server: SiteServer):
    """Nobody is told: what came the second time is right, and is what browsers keep."""
    with altering(server, *PARTS.values(), times=1):
        opened(calculator, "ready").type_minutes("150")
        calculator.expect_minutes(150)
        calculator.when_ready()
    assert [requests_anew(server, pattern) for pattern in PARTS.values()] == [1] * len(PARTS)
    assert calculator.complaints == []


@pytest.mark.parametrize(
    ("lacking", "changes"),
    [
        (ON_BYTES_ALONE, []),
        (NOT_SECURE, []),
        (ON_BYTES_ALONE + NOT_SECURE, [ALWAYS_WHOLE]),
    ],
    ids=["streaming", "digests", "both, whole"],
)
def test_a_browser_may_lack_something(
    calculator: CalculatorPage, lacking: str, changes: list[tuple[str, str]]
):
    """Compilers that read while files arrive; digests, where a site came without HTTPS."""
    calculator.alter_worker((FIRST, lacking + FIRST), *changes)
    opened(calculator, "ready").type_minutes("150")
    calculator.expect_minutes(150)
    assert calculator.complaints == []


def test_without_https_digests_are_compared_as_well(calculator: CalculatorPage, server: SiteServer):
    """There a file is altered most easily."""
    calculator.alter_worker((FIRST, NOT_SECURE + FIRST))
    with altering(server, PARTS["bundle"]):
        expect_damaged(calculator)


def test_our_digests_are_those_of_everybody():
    """For each way in which a length may end a block."""
    script = places.SCRIPTS / "termwise" / "digests.js"
    without = "Object.defineProperty(globalThis, 'crypto', { value: {} });"
    command = [NODE, "--no-warnings", "--input-type=module", "--eval", without + DIGESTS, script]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    expected = [hashlib.sha256(bytes([one]) * one).hexdigest() for one in range(130)]
    assert json.loads(run.stdout) == expected


# ---- Hosts


@contextmanager
def plain_host(browser: Browser, site: Path, **more: object) -> Iterator[tuple[SiteServer, Page]]:
    """A host that compresses nothing, and a new visitor to it."""
    with SiteServer({PREFIX: site}, quality=None) as server:
        for name, value in more.items():
            setattr(server, name, value)
        context = visitor(browser, keeps=True)
        yield server, context.new_page()
        context.close()


def mastiff(server: SiteServer, page: Page) -> CalculatorPage:
    """Mastiff's calculator at a host."""
    return CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/")


def copies_served(server: SiteServer) -> list[str]:
    """The endings of the files whose packed copies were sent."""
    served = [one.path for one in server.served if one.path.endswith(".gz") and one.status == 200]
    return sorted(path.split(".")[-2] for path in served)


@pytest.mark.parametrize("unpacks", [False, True], ids=["packed", "unpacked on the way"])
def test_a_host_that_does_not_compress_sends_packed_copies(
    browser: Browser, built_site: Path, *, unpacks: bool
):
    """Once each, of the two large files; it may tell the browser itself what they are."""
    with plain_host(browser, built_site, unpacks=unpacks) as (server, page):
        calculator = opened(mastiff(server, page), "ready")
        assert copies_served(server) == ["bin", "wasm"]
        assert calculator.complaints == []


def test_a_page_from_such_a_host_is_kept_and_asks_nobody_without_a_network(
    browser: Browser, built_site: Path
):
    """What is kept is complete: it is not dropped for a copy that nobody can send."""
    with plain_host(browser, built_site) as (server, page):
        calculator = opened(mastiff(server, page), "ready").when_kept()
        assert copies_served(server) == ["bin", "wasm"]  # not once more
        asked: list[str] = []
        page.on("requestfailed", lambda request: asked.append(request.url))
        with server.fault("*", "unreachable"):
            calculator.when_ready("?minutes=150")
            assert calculator.quote()["input"]["minutes"] == 150
        assert [url for url in asked if "/assets/termwise/" in url] == []


@pytest.mark.parametrize("ending", [".bin", ".wasm"])
def test_what_is_kept_and_spoiled_is_fetched_anew(browser: Browser, built_site: Path, ending: str):
    """Disks fail as well: one bit of what the service worker put away is another."""
    with plain_host(browser, built_site) as (server, page):
        calculator = opened(mastiff(server, page), "ready").when_kept()
        assert page.evaluate(SPOIL, ending) >= 1
        server.served.clear()
        calculator.when_ready("?minutes=150")
        assert calculator.quote()["input"]["minutes"] == 150
        assert requests(server, f"*{ending}*") >= 1


def test_without_copies_files_come_as_they_are(browser: Browser, built_site: Path):
    """The host may not publish them."""
    with plain_host(browser, built_site) as (server, page), server.fault("*.gz", "missing"):
        opened(mastiff(server, page), "ready")


def test_a_browser_that_cannot_unpack_takes_files_as_they_are(browser: Browser, built_site: Path):
    """An older one."""
    with plain_host(browser, built_site) as (server, page):
        calculator = mastiff(server, page)
        calculator.alter_worker((FIRST, NOT_UNPACKING + FIRST))
        opened(calculator, "ready")
        assert copies_served(server) == []


def test_an_interpreter_may_be_called_anything(browser: Browser, built_site: Path):
    """Hosts that do not know the type of WebAssembly."""
    types = TYPES | {".wasm": "text/plain"}
    with plain_host(browser, built_site, types=types, quality=5) as (server, page):
        calculator = opened(mastiff(server, page), "ready")
        assert calculator.complaints == []
