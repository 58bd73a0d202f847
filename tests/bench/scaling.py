"""How a build grows with the providers, and what one edit costs: `python -m tests.bench.scaling`.

Arguments are numbers of providers, 5, 50 and 200 unless given. As many hand-written pages take
longer and longer, since each page lists all others; `--ours-only` leaves them out. Every build
starts with nothing kept of its policies, but for the one after the edit. One provider in four has a
coming edition, whose pages and files are counted and paid for like all others.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.building import (
    Build,
    against_hand_written,
    build_by_mkdocs,
    build_by_termwise,
    write_by_hand,
)
from tests.bench.figures import Figure, of_rounds, table
from tests.bench.many_providers import PRICE, write_providers

COUNTS = (5, 50, 200)
ONCE = 200
"""From so many providers on, one round is enough: a build of minutes evens out other work."""

GROWTH = 1.2
"""The most by which a page may grow dearer from 50 providers on."""


@dataclass(frozen=True)
class Measured:
    """The builds of so many providers in one round: whole, after one edit, hand-written pages."""

    pages: int
    whole: Build
    edited: Build
    by_hand: Build | None

    @property
    def per_page(self) -> float:
        """Processor seconds of a whole build for each of its pages."""
        return self.whole.seconds / self.pages


def measure_scaling(
    work: Path, rounds: int, counts: Sequence[int] = COUNTS, *, ours_only: bool = False
) -> list[Figure]:
    """Build for each number of providers in turn, so many times; the largest once.

    The very first build of each kind only fills what is kept from one build to the next.
    """
    by_hand = None if ours_only else _written_by_hand(work, counts)
    _measured(work / "first", counts[0], by_hand)
    measured: dict[int, list[Measured]] = {count: [] for count in counts}
    for number in range(rounds):
        for count in counts:
            if number == 0 or count < ONCE:
                measured[count].append(_measured(work / f"{number}-{count}", count, by_hand))
    figures = [figure for count in counts for figure in _figures(count, measured[count])]
    large = [count for count in counts if count >= 50]
    return figures + [_growth(measured, one, other) for one, other in pairwise(large)]


def _written_by_hand(work: Path, counts: Sequence[int]) -> Path:
    """As many pages as files, in a folder for each number of providers."""
    folder = work / "by-hand"
    for count in counts:
        policies = write_providers(work / "to-write", count, changing=True)
        write_by_hand(folder / str(count), policies)
        shutil.rmtree(policies)
    return folder


def _measured(work: Path, count: int, by_hand: Path | None) -> Measured:
    policies, site = work / "policies", work / "site"
    write_providers(policies, count, changing=True)
    whole = build_by_termwise(policies, site)
    pages = sum(1 for _ in site.rglob("*.html"))
    theirs = build_by_mkdocs(by_hand / str(count), work / "theirs") if by_hand else None
    _edit(policies / "mastiff" / "policy.yaml")
    edited = build_by_termwise(policies, site)
    shutil.rmtree(work)
    return Measured(pages, whole, edited, theirs)


def _edit(policy: Path) -> None:
    """Make the first price another."""
    written = policy.read_text(encoding="utf-8")
    policy.write_text(PRICE.sub("777", written, count=1), encoding="utf-8")


def _figures(count: int, rounds: Sequence[Measured]) -> list[Figure]:
    """All figures of so many providers."""

    def figure(name: str, unit: str, value: Callable[[Measured], float]) -> Figure:
        return of_rounds(f"{count} providers: {name}", unit, [*map(value, rounds)])

    figures = [
        figure("build", "CPU s", lambda each: each.whole.seconds),
        figure("build, for a page", "CPU ms", lambda each: 1000 * each.per_page),
        figure("most memory", "MB", lambda each: each.whole.megabytes),
        figure("after one edit", "CPU s", lambda each: each.edited.seconds),
        figure(
            "after one edit, ratio",
            "of a whole build",
            lambda each: each.edited.seconds / each.whole.seconds,
        ),
    ]
    pairs = [(each.whole, each.by_hand) for each in rounds if each.by_hand]
    if pairs:
        time, memory = f"{count} providers: build, ratio", f"{count} providers: memory, ratio"
        figures += against_hand_written(time, memory, pairs)
    return figures


def _growth(measured: Mapping[int, Sequence[Measured]], small: int, large: int) -> Figure:
    """How much dearer a page is with more providers, in the rounds that both were built in."""
    rounds = zip(measured[small], measured[large], strict=False)
    growth = [more.per_page / fewer.per_page for fewer, more in rounds]
    name = f"cost per page, {large} against {small} providers"
    return of_rounds(name, "ratio", growth, limit=GROWTH)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS, metavar="PROVIDERS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours-only", action="store_true", help="no hand-written pages")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        work, counts = Path(folder), wanted.counts
        print(table(measure_scaling(work, wanted.rounds, counts, ours_only=wanted.ours_only)))


if __name__ == "__main__":
    main()
