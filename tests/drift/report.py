"""Every figure of a folder of policies changed, and what came of it."""

import os
from collections.abc import Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from termwise.policy_form.fields import WrittenValue
from tests.drift.changes import changes_of, figures, gaps_for
from tests.drift.checker import Outcome, PolicyText, outcome_of
from tests.shared import seldom_collect

MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a provider's policy file, by its place among the file's figures."""

    folder: Path
    index: int
    name: str
    """FILE:LINE:PATH, as failures call it."""


def figures_in(policies: Path) -> list[Figure]:
    """Every figure of every policy of a folder."""
    folders = [file.parent for file in sorted(policies.glob("*/policy.yaml"))]
    return [
        Figure(folder, index, _name(folder, value))
        for folder in folders
        for index, value in enumerate(figures(_policy(folder).text))
    ]


def outcomes_of(figure: Figure) -> list[Outcome]:
    """What comes of each change of a figure, and of a gap in its place."""
    policy = _policy(figure.folder)
    value = figures(policy.text)[figure.index]
    changes = [*changes_of(value), *gaps_for(policy.text, value)]
    return [outcome_of(policy, change) for change in changes]


def outcomes_of_all(
    figures: Iterable[Figure], pool: Executor
) -> dict[Figure, Future[list[Outcome]]]:
    """The outcomes of many figures, worked out side by side."""
    return {figure: pool.submit(outcomes_of, figure) for figure in figures}


def pool_of_workers() -> Executor:
    """A pool of fresh processes: a forked one might hold locks of this one's threads.

    One thread where this process is one of several in a run, which have work for all processors.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return ThreadPoolExecutor(1)
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=seldom_collect)


def summary(outcomes: Iterable[list[Outcome]]) -> str:
    """One line that counts values and changes by what came of them."""
    by_value = list(outcomes)
    every = [outcome for one in by_value for outcome in one]
    refused = sum(bool(outcome.problems) for outcome in every)
    drifted = sum(bool(outcome.drifts) for outcome in every)
    only_refused = sum(all(outcome.problems for outcome in one) for one in by_value)
    return (
        f"{len(by_value)} values changed in {len(every)} ways: "
        f"{len(every) - refused - drifted} moved page and quotes together in every language, "
        f"{refused} were refused by the check, {drifted} drifted "
        f"({only_refused} values had every change refused)"
    )


@cache
def _policy(folder: Path) -> PolicyText:
    return PolicyText.read(folder)


def _name(folder: Path, value: WrittenValue) -> str:
    path = "/".join(map(str, value.path))
    return f"{folder.parent.name}/{folder.name}/policy.yaml:{value.spot.line}:{path}"
