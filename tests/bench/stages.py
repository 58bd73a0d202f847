"""What each stage of the browser's Python is worth: first visits to the same site with each.

These figures are for whoever changes a stage, not for the page "Speed": the site has one of them.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from termwise import places
from termwise.browser import build_runtime
from termwise.browser.choice import STAGES
from termwise.content.sessions import kept_sessions
from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import Setting, compress_beforehand
from tests.bench.visits import BARE, LINK, seconds_to_ready, settled, stock_pyodide, write_bare_page
from tests.browser.calculator_page import CHECKS_ITSELF
from tests.browser.site_server import STOCK_PYODIDE, SiteServer
from tests.real_providers import real_providers

PAGE = f"providers/mastiff/{LINK}"


def measure_stages(setting: Setting) -> list[Figure]:
    """Visit the pages in turn, as `measure_visits` does; the first round only warms the machine."""
    write_bare_page(setting.work)
    folders = {BARE: setting.work, STOCK_PYODIDE: stock_pyodide()}
    for stage in STAGES:
        folders |= {
            f"/{stage}/assets/termwise/": _runtime(stage, setting),
            f"/{stage}/": setting.site,
        }
    addresses = {"bare": BARE} | {stage: f"/{stage}/{PAGE}" for stage in STAGES}
    cold: dict[str, list[float]] = {name: [] for name in addresses}
    with SiteServer(folders, quality=11) as server:
        for _ in range(setting.rounds + 1):
            for name, address in addresses.items():
                cold[name].append(_first_visit(setting, server.origin + address))
    return _figures({name: seconds[1:] for name, seconds in cold.items()})


def _runtime(stage: str, setting: Setting) -> Path:
    """The folder of a runtime whose worker has the name of the site's own, and does not notice."""
    folder = setting.work / stage
    zones = {provider.policy.zone.key for provider in real_providers().values()}
    calculator, sessions = places.CALCULATOR_PROJECT, kept_sessions()
    built = build_runtime(folder, calculator, zones, sessions, runtime=stage)
    (worker,) = setting.site.glob("assets/termwise/worker-*.js")
    script = (folder / built["worker"]).read_text(encoding="utf-8")
    assert CHECKS_ITSELF in script
    (folder / worker.name).write_text(script.replace(CHECKS_ITSELF, "[booting]"), encoding="utf-8")
    compress_beforehand(folder)
    return folder


def _first_visit(setting: Setting, address: str) -> float:
    with TemporaryDirectory() as profile, closing(setting.launch_with(Path(profile))) as context:
        return seconds_to_ready(settled(context.new_page()), address)


def _figures(cold: dict[str, list[float]]) -> list[Figure]:
    """Ratios are of rounds."""
    ratios = {
        stage: [one / other for one, other in zip(cold[stage], cold["bare"], strict=True)]
        for stage in STAGES
    }
    seconds = [of_rounds(f"cold visit, {name}", "s", taken) for name, taken in cold.items()]
    shares = [
        of_rounds(f"cold visit, {stage}, ratio", "of bare", taken)
        for stage, taken in ratios.items()
    ]
    return seconds + shares
