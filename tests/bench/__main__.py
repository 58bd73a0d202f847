"""`python -m tests.bench`: measures, prints a table, writes JSON; fails where a limit is missed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, time

from playwright.sync_api import sync_playwright

from tests.bench.figures import Figure, table
from tests.bench.parts import PARTS
from tests.bench.record import KEPT, kept_with, record, written
from tests.bench.setting import Setting, compress_beforehand
from tests.bench.visits import stock_pyodide
from tests.conftest import build_site


def main() -> int:
    """Measure what is wanted; 0 when every limit is kept, else 1."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(Path(folder), wanted)
    run = record(measured)
    if wanted.json:
        wanted.json.write_text(written(run), encoding="utf-8")
    if wanted.keep:
        kept = kept_with(run, json.loads(KEPT.read_text(encoding="utf-8")))
        KEPT.write_text(written(kept), encoding="utf-8")
    return 0 if all(figure.kept for figures, _ in measured.values() for figure in figures) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a subset, in three minutes")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=[], help="these parts alone")
    parser.add_argument("--rounds", type=int, help="rounds of every part, instead of its own")
    parser.add_argument("--site", type=Path, help="a built site; else it is built first")
    parser.add_argument("--json", type=Path, help="where to write the figures as JSON")
    parser.add_argument(
        "--keep", action="store_true", help=f"put them into {KEPT.name}, which the site draws"
    )
    return parser.parse_args()


def _measure(work: Path, wanted: argparse.Namespace) -> Mapping[str, tuple[list[Figure], float]]:
    """The figures of each part, printed as soon as they stand, and the seconds that it took."""
    began = monotonic()
    site = wanted.site or build_site(work / "site", SOURCE_DATE_EPOCH=str(int(time())))
    compress_beforehand(site, stock_pyodide())
    print(f"site built and compressed, {monotonic() - began:.0f} s", flush=True)
    measured = {}
    with sync_playwright() as playwright:
        for name, rounds in _rounds(wanted).items():
            folder = work / name
            folder.mkdir()
            started = monotonic()
            figures = PARTS[name].measure(Setting(playwright, site, folder, rounds, wanted.quick))
            measured[name] = (figures, monotonic() - started)
            _print(name, *measured[name])
    print(f"\nall of it, {monotonic() - began:.0f} s")
    return measured


def _rounds(wanted: argparse.Namespace) -> dict[str, int]:
    """Each wanted part with its number of rounds."""
    rounds = {
        name: part.quick_rounds if wanted.quick else part.rounds
        for name, part in PARTS.items()
        if not wanted.only or name in wanted.only
    }
    return {name: wanted.rounds or number for name, number in rounds.items() if number}


def _print(name: str, figures: Sequence[Figure], seconds: float) -> None:
    print(f"\n{name}, {seconds:.0f} s\n{table(figures)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
