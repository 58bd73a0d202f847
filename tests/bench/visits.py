"""How soon the calculator answers, against a page that only boots Pyodide and adds 1 + 1."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import Setting
from tests.browser.site_server import STOCK_PYODIDE, SiteServer

LaunchWith = Callable[[Path], BrowserContext]
SETTLING_MS = 1500
LINK = "?minutes=137"
"""To a case that the page has no answer for: Python is wanted at once."""
READ = "/site/providers/mastiff/"
PAGE = READ + LINK
WITHOUT_PYTHON = "/without-python/providers/mastiff/" + LINK
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
# What no page can fall below: our page, with a worker that has nothing to load.
IDLE_WORKER = """self.onmessage = ({ data: { id } }) => {
  const json = '{"input": {}, "terms": {"digest": ""}, "response": null}';
  postMessage({ id, answer: { json, html: "<p>0</p>", asked: [], problems: [], address: "" } });
};
"""
# All pages are measured by the same words: from the start of the navigation to the event. The page
# says it by itself: to wait for an element, Playwright would run a long script of its own in it, on
# the thread that a page with more to show has less time to give.
READY = "bench:ready "
TELL_READY = f"""
addEventListener("termwise:ready", () => console.debug("{READY}" + performance.now()));
"""
FIRST_PAINT = """
() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0
"""


TURN_TO_THE_FORM = """
() => {
  document.querySelector("termwise-calculator form")
    .dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  return performance.now();
}
"""


class Visit(NamedTuple):
    """What a visit took with an empty cache, in seconds and bytes, and later with a full one."""

    paint: float
    cold: float
    transferred: int
    repeated: float


def measure_visits(setting: Setting) -> list[Figure]:
    """Visit the pages in turn; the first round only warms the machine, as the others do."""
    write_bare_page(setting.work)
    folders = {"/site/": setting.site, BARE: setting.work, STOCK_PYODIDE: stock_pyodide()}
    folders |= _without_python(setting)
    touches: list[tuple[int, float]] = []
    visits: dict[str, list[Visit]] = {PAGE: [], BARE: [], WITHOUT_PYTHON: []}
    with SiteServer(folders, quality=11) as server:
        for _ in range(setting.rounds + 1):
            for address in (BARE, PAGE, WITHOUT_PYTHON):
                visits[address].append(_visit(setting.launch_with, server, address))
            touches.append(_touch(setting.launch_with, server))
    figures = _figures(*(visits[address][1:] for address in (PAGE, BARE, WITHOUT_PYTHON)))
    return [*figures, *_touched(touches[1:], visits[BARE][1:])]


def _without_python(setting: Setting) -> dict[str, Path]:
    """The site once more, but for its worker."""
    (worker,) = setting.site.glob("assets/termwise/worker-*.js")
    idle = setting.work / "idle"
    idle.mkdir()
    (idle / worker.name).write_text(IDLE_WORKER, encoding="utf-8")
    return {"/without-python/assets/termwise/": idle, "/without-python/": setting.site}


def write_bare_page(folder: Path) -> None:
    """The page that only boots Pyodide."""
    (folder / "index.html").write_text(BARE_HTML, encoding="utf-8")
    (folder / "worker.js").write_text(BARE_WORKER, encoding="utf-8")


def stock_pyodide() -> Path:
    """Pyodide as npm has it."""
    return Path(__file__).resolve().parents[2] / "node_modules" / "pyodide"


def _visit(launch_with: LaunchWith, server: SiteServer, address: str) -> Visit:
    """A page three times with one new profile, the browser started anew for each.

    The second visit is not measured: it may still pay for what the browser keeps, such as compiled
    WebAssembly.
    """
    server.served.clear()
    with TemporaryDirectory() as profile:
        with closing(launch_with(Path(profile))) as context:
            page = settled(context.new_page())
            cold = seconds_to_ready(page, server.origin + address)
            paint = page.evaluate(FIRST_PAINT) / 1000
        transferred = sum(request.transferred for request in server.served)
        with closing(launch_with(Path(profile))) as context:
            seconds_to_ready(context.new_page(), server.origin + address)
        with closing(launch_with(Path(profile))) as context:
            repeated = seconds_to_ready(settled(context.new_page()), server.origin + address)
    return Visit(paint, cold, transferred, repeated)


def _touch(launch_with: LaunchWith, server: SiteServer) -> tuple[int, float]:
    """The bytes that reading a page transfers, and the seconds from its first touch to Python."""
    server.served.clear()
    with TemporaryDirectory() as profile, closing(launch_with(Path(profile))) as context:
        page = settled(context.new_page())
        page.add_init_script(TELL_READY)
        page.goto(server.origin + READ, wait_until="networkidle")
        read = sum(request.transferred for request in server.served)
        with page.expect_console_message(_tells_ready, timeout=180_000) as told:
            touched = page.evaluate(TURN_TO_THE_FORM)
        return read, (float(told.value.text.removeprefix(READY)) - touched) / 1000


def _touched(touches: list[tuple[int, float]], bare: list[Visit]) -> list[Figure]:
    """Reading costs no Python; from the first touch it takes no longer than a visit would."""
    ratios = [seconds / one.cold for (_, seconds), one in zip(touches, bare, strict=True)]
    return [
        of_rounds("bytes transferred by reading", "kB", [touches[-1][0] / 1000], limit=150),
        of_rounds("first touch to termwise:ready", "s", [seconds for _, seconds in touches]),
        of_rounds("first touch, ratio", "of bare", ratios, limit=0.2),
    ]


def _figures(ours: list[Visit], bare: list[Visit], idle: list[Visit]) -> list[Figure]:
    """Ratios are of rounds; what is transferred is the same in each."""
    cold = [one.cold / other.cold for one, other in zip(ours, bare, strict=True)]
    size = ours[-1].transferred / bare[-1].transferred
    return [
        of_rounds("first paint, default quote included", "s", [one.paint for one in ours]),
        of_rounds("cold visit to termwise:ready", "s", [one.cold for one in ours]),
        of_rounds("cold visit, bare Pyodide", "s", [one.cold for one in bare]),
        of_rounds("cold visit, ratio", "of bare", cold, limit=0.2),
        of_rounds("bytes transferred, ratio", "of bare", [size], limit=0.75),
        of_rounds("repeat visit to termwise:ready", "s", [one.repeated for one in ours]),
        of_rounds("repeat visit, bare Pyodide", "s", [one.repeated for one in bare]),
        # What two processors cannot do sooner: docs/decisions/one-script-and-one-sheet.md.
        *_repeated("repeat visit", ours, bare, limits=(0.3, 0.22), aims=(0.17, 0.09)),
        *_repeated("repeat visit, page without Python", idle, bare),
    ]


def _repeated(
    name: str,
    ours: list[Visit],
    bare: list[Visit],
    limits: tuple[float | None, float | None] = (None, None),
    aims: tuple[float | None, float | None] = (None, None),
) -> list[Figure]:
    """A repeat visit against one to the bare page, and against a first one there."""
    rounds = list(zip(ours, bare, strict=True))
    to_repeat = [one.repeated / other.repeated for one, other in rounds]
    to_cold = [one.repeated / other.cold for one, other in rounds]
    return [
        of_rounds(f"{name}, ratio", "of bare", to_repeat, limits[0], aims[0]),
        of_rounds(f"{name}, ratio to a cold one", "of bare", to_cold, limits[1], aims[1]),
    ]


def settled(page: Page) -> Page:
    """The page of a browser that has started: its own windows take a second of both processors.

    A visitor has the browser open already. Both pages are given the same pause.
    """
    page.wait_for_timeout(SETTLING_MS)
    return page


def seconds_to_ready(page: Page, address: str) -> float:
    """From the start of the navigation to the moment when the page can compute."""
    page.add_init_script(TELL_READY)
    with page.expect_console_message(_tells_ready, timeout=180_000) as told:
        page.goto(address, wait_until="commit")
    return float(told.value.text.removeprefix(READY)) / 1000


def _tells_ready(message: ConsoleMessage) -> bool:
    return message.text.startswith(READY)
