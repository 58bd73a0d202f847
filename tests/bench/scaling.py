"""How a build grows with the providers, and what one edit costs: `python -m tests.bench.scaling`.

Arguments are numbers of providers, 5, 50 and 200 unless given. As many hand-written pages take
longer and longer, since each page lists all others; `--ours-only` leaves them out. Every build
starts with nothing kept of its policies, but for the one after the edit. One provider in four has a
coming edition, whose pages and files are counted and paid for like all others.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.building import Build, build_by_mkdocs, build_by_termwise, write_by_hand
from tests.bench.figures import Figure, of_rounds, table
from tests.bench.many_providers import PRICE, write_providers

COUNTS = (5, 50, 200)
GROWTH = 1.2
"""The most by which a page may grow dearer from 50 providers on."""


@dataclass(frozen=True)
class Measured:
    """The builds of so many providers: whole, after one edit, and of hand-written pages."""

    providers: int
    pages: int
    whole: Build
    edited: Build
    by_hand: Build | None


def measure_scaling(
    work: Path, counts: Sequence[int] = COUNTS, *, ours_only: bool = False
) -> list[Figure]:
    """Build for each number of providers in turn."""
    sizes = [_measured(work / str(count), count, ours_only=ours_only) for count in counts]
    figures = [figure for size in sizes for figure in _figures(size)]
    for small, large in pairwise(size for size in sizes if size.providers >= 50):
        growth = _per_page(large) / _per_page(small)
        name = f"cost per page, {large.providers} against {small.providers} providers"
        figures.append(of_rounds(name, "ratio", [growth], limit=GROWTH))
    return figures


def _measured(work: Path, count: int, *, ours_only: bool) -> Measured:
    policies, site = work / "policies", work / "site"
    write_providers(policies, count, changing=True)
    whole = build_by_termwise(policies, site)
    pages = sum(1 for _ in site.rglob("*.html"))
    _edit(policies / "mastiff" / "policy.yaml")
    edited = build_by_termwise(policies, site)
    theirs = None if ours_only else _by_hand(work, policies)
    shutil.rmtree(work)
    return Measured(count, pages, whole, edited, theirs)


def _by_hand(work: Path, policies: Path) -> Build:
    write_by_hand(work / "by-hand", policies)
    return build_by_mkdocs(work / "by-hand", work / "theirs")


def _edit(policy: Path) -> None:
    """Make the first price another."""
    written = policy.read_text(encoding="utf-8")
    policy.write_text(PRICE.sub("777", written, count=1), encoding="utf-8")


def _per_page(size: Measured) -> float:
    return size.whole.seconds / size.pages


def _figures(size: Measured) -> list[Figure]:
    values: list[tuple[str, str, float, float | None]] = [
        ("build", "CPU s", size.whole.seconds, None),
        ("build, for a page", "CPU ms", 1000 * _per_page(size), None),
        ("most memory", "MB", size.whole.megabytes, None),
        ("after one edit", "CPU s", size.edited.seconds, None),
        (
            "after one edit, ratio",
            "of a whole build",
            size.edited.seconds / size.whole.seconds,
            None,
        ),
    ]
    if theirs := size.by_hand:
        values += [
            ("build, ratio", "of hand-written", size.whole.seconds / theirs.seconds, 1.2),
            ("memory, ratio", "of hand-written", size.whole.megabytes / theirs.megabytes, 1.2),
        ]
    return [
        of_rounds(f"{size.providers} providers: {name}", unit, [value], limit)
        for name, unit, value, limit in values
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS, metavar="PROVIDERS")
    parser.add_argument("--ours-only", action="store_true", help="no hand-written pages")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(table(measure_scaling(Path(folder), wanted.counts, ours_only=wanted.ours_only)))


if __name__ == "__main__":
    main()
