"""How much of what visitors do first is answered at once, while Python is on its way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Browser

from termwise.kept.compressed import brotli_of
from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import Setting
from tests.browser.site_server import SiteServer

EDITS_FILE = Path(__file__).parents[1] / "browser" / "first_edits.yaml"
AT_ONCE_MS = 50
FIRST_EDITS = 3

# As soon as the page is loaded and listens, edit after edit; none waits longer than counts as at
# once. A time ends when the quote has been painted.
EDIT_AT_LOAD = """
const loaded = new Promise((resolve) => addEventListener("load", resolve));
window.edited = loaded
  .then(() => customElements.whenDefined("termwise-calculator"))
  .then(() => edited(EDITS, AT_ONCE_MS));

async function edited(edits, patience) {
  const listening = performance.now();
  const times = [];
  for (const edit of edits) times.push(await answered(Object.entries(edit)[0], patience));
  return { listening, times };
}

function answered([name, value], patience) {
  return new Promise((resolve) => {
    const element = document.querySelector("termwise-calculator");
    const given = new AbortController();
    const started = performance.now();
    const end = (time) => { given.abort(); resolve(time); };
    const measure = () => end(performance.now() - started);
    const painted = () => requestAnimationFrame(() => setTimeout(measure));
    element.addEventListener("termwise:quote", painted, { once: true, signal: given.signal });
    setTimeout(() => end(null), patience);
    edit(element, name, value);
  });
}

function edit(element, name, value) {
  const named = [...element.querySelectorAll(`[name=${name}]`)];
  const control = named.find((one) => one.type === "radio" && one.value === value) ?? named[0];
  if (control.type === "radio") control.checked = true;
  else control.value = name === "start" ? moved(control.value, value) : value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function moved(start, by) {
  const [number, unit] = by.split(" ");
  const hours = Number(number) * (unit === "d" ? 24 : 1);
  return new Date(Date.parse(`${start}Z`) + hours * 3_600_000).toISOString().slice(0, 16);
}
"""

Edits = Mapping[str, list[Mapping[str, str]]]


def measure_first_answers(setting: Setting) -> list[Figure]:
    """Do the same edits on each provider's page, Python booting beside them; weigh the files."""
    edits: Edits = yaml.load(EDITS_FILE.read_text(encoding="utf-8"), yaml.CBaseLoader)
    with (
        SiteServer({"/site/": setting.site}, quality=11) as server,
        closing(setting.launch()) as browser,
    ):
        visits = [_round(browser, server, edits) for _ in range(setting.rounds + 1)][1:]
    rounds = [[visit.times for visit in each] for each in visits]
    first = [[times[:FIRST_EDITS] for times in each] for each in rounds]
    painted = [time for each in rounds for times in each for time in times if time is not None]
    return [
        of_rounds("form listens", "s", [one.listening / 1000 for each in visits for one in each]),
        of_rounds(f"first {FIRST_EDITS} edits answered at once", "share", list(map(_share, first))),
        of_rounds(
            "all edits of the sequences answered at once", "share", list(map(_share, rounds))
        ),
        of_rounds("edit before Python, input to painted quote", "ms", painted),
        of_rounds("first answers of a page, compressed", "kB", list(_kilobytes(setting.site))),
    ]


class Visit(NamedTuple):
    """When the page listened, and what each edit took until its quote was painted; in ms.

    None is an edit that was not answered at once.
    """

    listening: float
    times: list[float | None]


def _round(browser: Browser, server: SiteServer, edits: Edits) -> list[Visit]:
    """A visit to each provider's page with an empty cache."""
    return [_visit(browser, server, name, done) for name, done in edits.items()]


def _visit(browser: Browser, server: SiteServer, provider: str, edits: Any) -> Visit:
    context = browser.new_context()
    script = EDIT_AT_LOAD.replace("EDITS", json.dumps(edits))
    context.add_init_script(script.replace("AT_ONCE_MS", str(AT_ONCE_MS)))
    page = context.new_page()
    page.goto(f"{server.origin}/site/providers/{provider}/")
    visit = Visit(**page.evaluate("() => window.edited"))
    context.close()
    return visit


def _share(rounds: list[list[float | None]]) -> float:
    return mean(bool(time and time <= AT_ONCE_MS) for times in rounds for time in times)


def _kilobytes(site: Path) -> Iterator[float]:
    """The size of each file of first answers as a good web server sends it."""
    for file in sorted((site / "assets/termwise/answers").glob("*.json")):
        yield len(brotli_of(file.read_bytes(), quality=11)) / 1000
