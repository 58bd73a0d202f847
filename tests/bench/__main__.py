"""`python -m tests.bench`: measures, prints a table, writes JSON; fails where a limit is missed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.bench.building import measure_building
from tests.bench.figures import Figure, table
from tests.bench.quotes import measure_quotes
from tests.bench.visits import measure_visits
from tests.browser.chromium import FLAGS, chromium_path
from tests.conftest import build_site


def main() -> int:
    """Measure everything; 0 when every limit is kept, else 1."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(Path(folder), wanted.site, wanted.rounds)
    print(table(figures))
    written = json.dumps([asdict(figure) for figure in figures], indent=1)
    if wanted.json:
        wanted.json.write_text(written + "\n", encoding="utf-8")
    return 0 if all(figure.kept for figure in figures) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="visits of each page (default 7)")
    parser.add_argument("--site", type=Path, help="a built site; else it is built first")
    parser.add_argument("--json", type=Path, help="where to write the figures as JSON")
    return parser.parse_args()


def _measure(work: Path, built: Path | None, rounds: int) -> list[Figure]:
    site = built or build_site(work / "site")
    bare = work / "bare"
    bare.mkdir()
    with sync_playwright() as playwright:
        figures = measure_visits(
            lambda: _launch(playwright),
            lambda profile: _launch_with(playwright, profile),
            site,
            bare,
            rounds,
        )
    return figures + measure_quotes(rounds) + measure_building(work, rounds=max(1, rounds // 3))


def _launch(playwright: Playwright) -> Browser:
    """A browser with an empty profile."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])


def _launch_with(playwright: Playwright, profile: Path) -> BrowserContext:
    """A browser with the profile in a folder, its cache included."""
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium_path(), args=[*FLAGS]
    )


if __name__ == "__main__":
    sys.exit(main())
