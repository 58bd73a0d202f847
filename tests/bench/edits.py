"""What an edit takes: from the input to the new quote, as a visitor waits for it."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page

from termwise_calculator.browser import open_session
from tests.bench.figures import Figure, of_rounds, percentile
from tests.bench.setting import Setting
from tests.bench.visits import PAGE, seconds_to_ready
from tests.browser.site_server import SiteServer

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
window.asked = [];
window.Worker = class extends Original {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => data.took && workerTimes.push(data.took));
  }
  postMessage(message, ...options) {
    asked.push(message);
    super.postMessage(message, ...options);
  }
};
"""


# Long tasks are of the main thread and over 50 ms by their definition. A quote is painted when the
# frame after it is done.
WATCH_TYPING = """
const seen = { longTasks: [], frames: [], painted: [] };
window.typing = seen;
new PerformanceObserver((list) => {
  seen.longTasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration]));
}).observe({ type: "longtask", buffered: true });
let input = 0;
addEventListener("input", ({ timeStamp }) => { input = timeStamp; }, true);
addEventListener("termwise:quote", () => {
  const began = input;
  if (began) requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => seen.painted.push(performance.now() - began);
    port2.postMessage(null);
  });
}, true);
requestAnimationFrame(function frame(time) {
  seen.frames.push(time);
  requestAnimationFrame(frame);
});
"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
START = "() => { typing.frames.length = typing.painted.length = 0 }"
EDITED = 1000
"""In a quick run, too: of fewer, the slowest are the first ones, while V8 still compiles."""

TYPED, QUICK_TYPED = 300, 60
MOST_OF_CPYTHON = 15
"""How much slower than CPython the slowest edits of a hundred may be, in WebAssembly."""

PAUSE = 60
"""Milliseconds between two keys: faster than most people type."""
FRAME = 1000 / 60


def measure_edits(setting: Setting) -> list[Figure]:
    """Edit the fields of one page many times, by script and then by keys."""
    with SiteServer({"/site/": setting.site}, quality=11) as server:
        with closing(setting.launch()) as browser:
            figures = _edits(browser.new_page(), server, setting.site)
        with closing(setting.launch()) as browser:
            count = QUICK_TYPED if setting.quick else TYPED
            return figures + _typed(browser.new_page(), server, count)


def _edits(page: Page, server: SiteServer, site: Path) -> list[Figure]:
    page.add_init_script(WORKER_TIMES)
    seconds_to_ready(page, server.origin + PAGE)
    page.evaluate("() => { workerTimes.length = asked.length = 0 }")
    on_page = page.evaluate(EDITS, EDITED)
    in_worker = page.evaluate("() => workerTimes")
    assert len(in_worker) == len(on_page) == EDITED
    slowest = percentile("edit, Python's own time", "ms", in_worker, 99)
    outside = percentile(
        "the same edits in CPython", "ms", _outside(page.evaluate("() => asked"), site), 99
    )
    return [
        percentile("edit, Python's own time", "ms", in_worker, 50),
        slowest,
        outside,
        of_rounds(
            "edit, Python's own time, p99, ratio",
            "of CPython",
            [slowest.value / outside.value],
            limit=MOST_OF_CPYTHON,
        ),
        percentile("edit, input to new quote", "ms", on_page, 50),
        percentile("edit, input to new quote", "ms", on_page, 99),
    ]


def _outside(asked: list[dict[str, str]], site: Path) -> list[float]:
    """The milliseconds that the same questions take in this Python."""
    (bundle,) = {message["bundle"] for message in asked}
    session = open_session((site / bundle.partition("/site/")[2]).read_text(encoding="utf-8"))
    times = []
    for message in asked:
        request = json.dumps({"query": message["query"]})
        began = perf_counter()
        json.loads(session.answer(request))
        times.append((perf_counter() - began) * 1000)
    return times


def _typed(page: Page, server: SiteServer, count: int) -> list[Figure]:
    """A digit more, a digit less: each key is an edit, which the visitor sees priced."""
    page.add_init_script(WATCH_TYPING)
    seconds_to_ready(page, server.origin + PAGE)
    page.locator("[name=minutes]").last.focus()
    page.keyboard.press("End")
    page.evaluate(START)
    for number in range(count):
        page.keyboard.press("Backspace" if number % 2 else str(number // 2 % 10))
        page.wait_for_timeout(PAUSE)
    seen, loaded = page.evaluate("() => typing"), page.evaluate(LOADED)
    tasks = [took for began, took in seen["longTasks"] if began > loaded]
    frames = [later - earlier for earlier, later in pairwise(seen["frames"])]
    dropped = sum(max(0, round(frame / FRAME) - 1) for frame in frames)
    return [
        percentile("key to painted quote", "ms", seen["painted"], 50),
        percentile("key to painted quote", "ms", seen["painted"], 99),
        of_rounds("long tasks after load, while typing", "over 50 ms", [len(tasks)], aim=0),
        of_rounds("frames dropped while typing", "%", [100 * dropped / len(frames)]),
    ]
