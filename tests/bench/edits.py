"""What an edit takes: from the input to the new quote, as a visitor waits for it."""

from __future__ import annotations

from contextlib import closing

from playwright.sync_api import Page

from tests.bench.figures import Figure, percentile
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
window.Worker = class extends Original {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => data.took && workerTimes.push(data.took));
  }
};
"""


def measure_edits(setting: Setting) -> list[Figure]:
    """Edit the fields of one page many times."""
    with (
        SiteServer({"/site/": setting.site}, quality=11) as server,
        closing(setting.launch()) as browser,
    ):
        return _edits(browser.new_page(), server)


def _edits(page: Page, server: SiteServer, count: int = 1000) -> list[Figure]:
    page.add_init_script(WORKER_TIMES)
    seconds_to_ready(page, server.origin + PAGE)
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
