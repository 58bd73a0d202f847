"""How a build grows with the providers, and what one edit costs: `python -m tests.bench.scaling`.

Arguments are numbers of providers, 5, 50 and 200 unless given; 1000 takes half an hour. Every build
starts with nothing kept, but for the one after the edit.
"""

from __future__ import annotations

import shutil
import sys
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
    """The builds of so many providers: whole, after an edit of one, and of hand-written pages."""

    providers: int
    pages: int
    whole: Build
    edited: Build
    by_hand: Build


def measure_scaling(work: Path, counts: tuple[int, ...] = COUNTS) -> list[Figure]:
    """Build for each number of providers in turn."""
    sizes = [_measured(work / str(count), count) for count in counts]
    figures = [figure for size in sizes for figure in _figures(size)]
    for small, large in pairwise(size for size in sizes if size.providers >= 50):
        growth = _per_page(large) / _per_page(small)
        name = f"cost per page, {large.providers} against {small.providers} providers"
        figures.append(of_rounds(name, "ratio", [growth], limit=GROWTH))
    return figures


def _measured(work: Path, count: int) -> Measured:
    policies, by_hand = work / "policies", work / "by-hand"
    site = work / "site"
    write_providers(policies, count)
    whole = build_by_termwise(policies, site)
    pages = sum(1 for _ in site.rglob("*.html"))
    _edit(policies / "mastiff" / "policy.yaml")
    edited = build_by_termwise(policies, site)
    write_by_hand(by_hand, policies)
    theirs = build_by_mkdocs(by_hand, work / "theirs")
    shutil.rmtree(work)
    return Measured(count, pages, whole, edited, theirs)


def _edit(policy: Path) -> None:
    """Make the first price another."""
    written = policy.read_text(encoding="utf-8")
    policy.write_text(PRICE.sub("777", written, count=1), encoding="utf-8")


def _per_page(size: Measured) -> float:
    return size.whole.seconds / size.pages


def _figures(size: Measured) -> list[Figure]:
    providers, theirs = f"{size.providers} providers", size.by_hand
    values = [
        ("build", "CPU s", size.whole.seconds, None),
        ("build, for a page", "CPU ms", 1000 * _per_page(size), None),
        ("build, ratio", "of hand-written", size.whole.seconds / theirs.seconds, 1.2),
        ("most memory", "MB", size.whole.megabytes, None),
        ("memory, ratio", "of hand-written", size.whole.megabytes / theirs.megabytes, 1.2),
        ("after one edit", "CPU s", size.edited.seconds, None),
        (
            "after one edit, ratio",
            "of a whole build",
            size.edited.seconds / size.whole.seconds,
            None,
        ),
    ]
    return [
        of_rounds(f"{providers}: {name}", unit, [value], limit)
        for name, unit, value, limit in values
    ]


def main() -> None:
    """Measure and print."""
    counts = tuple(map(int, sys.argv[1:])) or COUNTS
    with TemporaryDirectory() as folder:
        print(table(measure_scaling(Path(folder), counts)))


if __name__ == "__main__":
    main()
