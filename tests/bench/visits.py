"""How soon the calculator answers, against a page that only boots Pyodide and adds 1 + 1."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.figures import Figure, of_rounds, percentile
from tests.browser.site_server import STOCK_PYODIDE, SiteServer

Launch = Callable[[], Browser]
LaunchWith = Callable[[Path], BrowserContext]
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
# As a visitor's edits: each waits for the quote before, none is skipped.
EDITS = """
async (count) => {
  const element = document.querySelector("termwise-calculator");
  const { elements } = element.querySelector("form");
  const edit = (name, value) => new Promise((resolve) => {
    const started = performance.now();
    const answered = () => resolve(performance.now() - started);
    element.addEventListener("termwise:quote", answered, { once: true });
    elements[name].value = value;
    element.querySelector(`[name=${name}]`).dispatchEvent(new Event("input", { bubbles: true }));
  });
  const times = [];
  for (let n = 0; n < count; n++) {
    const hour = String(n % 24).padStart(2, "0");
    times.push(n % 3 ? await edit("minutes", String((n * 37) % 1500))
                     : await edit("start", `2026-03-${10 + (n % 19)}T${hour}:15`));
  }
  return times;
}
"""
WORKER_TIMES = """
const Original = Worker;
window.workerTimes = [];
window.Worker = class extends Original {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => data.took && workerTimes.push(data.took));
  }
};
"""


def measure_visits(
    launch: Launch, launch_with: LaunchWith, site: Path, bare: Path, rounds: int
) -> list[Figure]:
    """Visit both pages in turn with an empty cache, and again; then edit fields many times.

    `launch_with` starts a browser with the profile in a folder, which it keeps.
    """
    _write_bare_page(bare)
    folders = {"/site/": site, BARE: bare, STOCK_PYODIDE: _stock_pyodide()}
    with SiteServer(folders, quality=11) as server:
        figures = _cold_visits(launch, server, rounds)
        figures += _repeat_visits(launch_with, server, rounds)
        with closing(launch()) as browser:
            return figures + _edits(browser.new_page(), server)


def _write_bare_page(folder: Path) -> None:
    (folder / "index.html").write_text(BARE_HTML, encoding="utf-8")
    (folder / "worker.js").write_text(BARE_WORKER, encoding="utf-8")


def _stock_pyodide() -> Path:
    return Path(__file__).resolve().parents[2] / "node_modules" / "pyodide"


def _cold_visits(launch: Launch, server: SiteServer, rounds: int) -> list[Figure]:
    """A fresh browser for each visit; the first round only fills the server's own cache."""
    ready: dict[str, list[float]] = {PAGE: [], BARE: []}
    bytes_of: dict[str, int] = {}
    paints = []
    for _ in range(rounds + 1):
        for address in (BARE, PAGE):
            server.served.clear()
            with closing(launch()) as browser:
                page = browser.new_page()
                ready[address].append(_seconds_to_ready(page, server.origin + address))
                if address == PAGE:
                    paints.append(page.evaluate(FIRST_PAINT) / 1000)
            bytes_of[address] = sum(request.transferred for request in server.served)
    ours, others = ready[PAGE][1:], ready[BARE][1:]
    ratios = [one / other for one, other in zip(ours, others, strict=True)]
    size = bytes_of[PAGE] / bytes_of[BARE]
    return [
        of_rounds("first paint, default quote included", "s", paints[1:]),
        of_rounds("cold visit to termwise:ready", "s", ours),
        of_rounds("cold visit, bare Pyodide", "s", others),
        of_rounds("cold visit, ratio", "of bare", ratios, limit=0.5),
        of_rounds("bytes transferred, ratio", "of bare", [size], limit=0.75),
    ]


def _repeat_visits(launch_with: LaunchWith, server: SiteServer, rounds: int) -> list[Figure]:
    """Each page three times with one profile, the browser started anew: the last visit counts.

    The second may still pay for what the browser keeps, such as compiled WebAssembly.
    """
    ready: dict[str, list[float]] = {PAGE: [], BARE: []}
    for _ in range(rounds):
        for address in (BARE, PAGE):
            with TemporaryDirectory() as profile:
                for _ in range(3):
                    with closing(launch_with(Path(profile))) as context:
                        seconds = _seconds_to_ready(context.new_page(), server.origin + address)
            ready[address].append(seconds)
    ratios = [one / other for one, other in zip(ready[PAGE], ready[BARE], strict=True)]
    return [
        of_rounds("repeat visit to termwise:ready", "s", ready[PAGE]),
        of_rounds("repeat visit, bare Pyodide", "s", ready[BARE]),
        of_rounds("repeat visit, ratio", "of bare", ratios),
    ]


def _seconds_to_ready(page: Page, address: str) -> float:
    page.add_init_script(NOTE_READY)
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=180_000)
    return float(page.get_attribute("html", "data-ready") or 0) / 1000


def _edits(page: Page, server: SiteServer, count: int = 1000) -> list[Figure]:
    page.add_init_script(WORKER_TIMES)
    _seconds_to_ready(page, server.origin + PAGE)
    page.evaluate("() => { workerTimes.length = 0 }")
    on_page = page.evaluate(EDITS, count)
    in_worker = page.evaluate("() => workerTimes")
    assert len(in_worker) == len(on_page) == count
    return [
        percentile("edit, Python's own time", "ms", in_worker, 50),
        percentile("edit, Python's own time", "ms", in_worker, 99, limit=16),
        percentile("edit, input to new quote", "ms", on_page, 50),
        percentile("edit, input to new quote", "ms", on_page, 99),
    ]
