"""How soon the calculator answers, against a page that only boots Pyodide and adds 1 + 1."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import Setting
from tests.browser.site_server import STOCK_PYODIDE, SiteServer

Launch = Callable[[], Browser]
LaunchWith = Callable[[Path], BrowserContext]
SETTLING_MS = 1500
PAGE = "/site/providers/mastiff/"
BARE = "/bare/"
BARE_HTML = """<!doctype html><title>Bare</title><link rel="icon" href="data:,">
<script type="module">
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = () => dispatchEvent(new Event("termwise:ready"));
</script>
"""
BARE_WORKER = """import { loadPyodide } from "../pyodide/pyodide.mjs";
const python = await loadPyodide();
postMessage(python.runPython("1 + 1"));
"""
# Both pages are measured by the same words: from the start of the navigation to the event.
NOTE_READY = """
addEventListener("termwise:ready", () => {
  document.documentElement.dataset.ready = performance.now();
});
"""
FIRST_PAINT = """
() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0
"""


def measure_visits(setting: Setting) -> list[Figure]:
    """Visit both pages in turn with an empty cache, and again."""
    write_bare_page(setting.work)
    folders = {"/site/": setting.site, BARE: setting.work, STOCK_PYODIDE: stock_pyodide()}
    with SiteServer(folders, quality=11) as server:
        figures, cold = _cold_visits(setting.launch, server, setting.rounds)
        return figures + _repeat_visits(setting.launch_with, server, setting.rounds, cold)


def write_bare_page(folder: Path) -> None:
    """The page that only boots Pyodide."""
    (folder / "index.html").write_text(BARE_HTML, encoding="utf-8")
    (folder / "worker.js").write_text(BARE_WORKER, encoding="utf-8")


def stock_pyodide() -> Path:
    """Pyodide as npm has it."""
    return Path(__file__).resolve().parents[2] / "node_modules" / "pyodide"


def _cold_visits(
    launch: Launch, server: SiteServer, rounds: int
) -> tuple[list[Figure], list[float]]:
    """A fresh browser for each visit; the first round only fills the server's own cache.

    Returns the seconds of the bare page, too.
    """
    ready: dict[str, list[float]] = {PAGE: [], BARE: []}
    bytes_of: dict[str, int] = {}
    paints = []
    for _ in range(rounds + 1):
        for address in (BARE, PAGE):
            server.served.clear()
            with closing(launch()) as browser:
                page = settled(browser.new_page())
                ready[address].append(seconds_to_ready(page, server.origin + address))
                if address == PAGE:
                    paints.append(page.evaluate(FIRST_PAINT) / 1000)
            bytes_of[address] = sum(request.transferred for request in server.served)
    ours, others = ready[PAGE][1:], ready[BARE][1:]
    ratios = [one / other for one, other in zip(ours, others, strict=True)]
    size = bytes_of[PAGE] / bytes_of[BARE]
    figures = [
        of_rounds("first paint, default quote included", "s", paints[1:]),
        of_rounds("cold visit to termwise:ready", "s", ours),
        of_rounds("cold visit, bare Pyodide", "s", others),
        of_rounds("cold visit, ratio", "of bare", ratios, limit=0.2),
        of_rounds("bytes transferred, ratio", "of bare", [size], limit=0.75),
    ]
    return figures, others


def _repeat_visits(
    launch_with: LaunchWith, server: SiteServer, rounds: int, cold: list[float]
) -> list[Figure]:
    """Each page three times with one profile, the browser started anew: the last visit counts.

    The second may still pay for what the browser keeps, such as compiled WebAssembly.
    """
    ready: dict[str, list[float]] = {PAGE: [], BARE: []}
    for _ in range(rounds):
        for address in (BARE, PAGE):
            with TemporaryDirectory() as profile:
                for last in (False, False, True):
                    with closing(launch_with(Path(profile))) as context:
                        page = settled(context.new_page()) if last else context.new_page()
                        seconds = seconds_to_ready(page, server.origin + address)
            ready[address].append(seconds)
    ratios = [one / other for one, other in zip(ready[PAGE], ready[BARE], strict=True)]
    of_cold = [one / other for one, other in zip(ready[PAGE], cold, strict=True)]
    return [
        of_rounds("repeat visit to termwise:ready", "s", ready[PAGE]),
        of_rounds("repeat visit, bare Pyodide", "s", ready[BARE]),
        of_rounds("repeat visit, ratio", "of bare", ratios, limit=0.17),
        of_rounds("repeat visit, ratio to a cold one", "of bare", of_cold, limit=0.09),
    ]


def settled(page: Page) -> Page:
    """The page of a browser that has started: its own windows take a second of both processors.

    A visitor has the browser open already. Both pages are given the same pause.
    """
    page.wait_for_timeout(SETTLING_MS)
    return page


def seconds_to_ready(page: Page, address: str) -> float:
    """From the start of the navigation to the moment when the page can compute."""
    page.add_init_script(NOTE_READY)
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=180_000)
    return float(page.get_attribute("html", "data-ready") or 0) / 1000
