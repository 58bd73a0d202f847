"""`python -m tests.mutate`: changes the code in many small ways, and tells what no test notices."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from tests.mutate.mutants import MUTATED, Mutant, all_mutants
from tests.mutate.reach import (
    KEPT,
    Reached,
    TestsFail,
    fast_tests,
    made_from,
    noted_lines,
    tests_in,
)
from tests.mutate.survivors import Survivors
from tests.mutate.trial import Collected, Noticed, noticed_by, read_before, run_by_imports

WANTED = 95
"""Per cent of the sample that the tests must notice."""


class Outcome(NamedTuple):
    """What became of a mutant: what noticed it, or why it may survive, or neither."""

    number: int
    noticed: Noticed
    accepted: str | None


class Trials:
    """The tests that a mutant has to pass, those first that are likely to notice it soon.

    They run what few others run in its file, take little time, and have noticed mutants of its
    room: that decides how long it takes, and nothing else.
    """

    def __init__(self, reached: Reached, collected: Collected, longest: float) -> None:
        """Take which tests reach which line, the tests, and the seconds for one that survives."""
        self._reached, self._collected, self._longest = reached, collected, longest
        self._noticed: Counter[tuple[Path, str]] = Counter()

    def noticed_by(self, mutant: Mutant) -> Noticed:
        """The test that notices a mutant, if one does."""
        seconds = self._reached.by(mutant.path, mutant.lines)
        usual = {test: seconds[test] for test in self._order(mutant.path, seconds)}
        noticed = noticed_by(mutant, usual, self._collected, self._longest)
        self._noticed[mutant.path.parent, noticed.by or ""] += 1
        return noticed._replace(reached=self._reached.at_all(mutant.path, mutant.lines))

    def _order(self, path: Path, seconds: Mapping[str, float]) -> list[str]:
        near = self._reached.near(path)

        def worth(test: str) -> float:
            before = self._noticed[path.parent, test]
            return (near.get(test, 0) + 0.01) * (before + 1) / (seconds[test] + 0.02)

        return sorted(seconds, key=worth, reverse=True)


class Tried:
    """The outcomes of earlier runs with the same code and tests: one that was ended goes on."""

    def __init__(self, sample: Sequence[Mutant], *made_from: object) -> None:
        """Take the mutants, and all that an outcome depends on."""
        self._sample = sample
        self._kept = KEPT / f"tried-{sha256(repr(made_from).encode()).hexdigest()}.jsonl"
        lines = self._kept.read_text(encoding="utf-8").splitlines() if self._kept.exists() else []
        self._known = {(place, *diff): Noticed(*was) for place, diff, was in map(json.loads, lines)}

    def known(self, number: int) -> Noticed | None:
        """What became of a mutant."""
        return self._known.get((self._sample[number].place, *self._sample[number].diff))

    def keep(self, number: int, noticed: Noticed) -> None:
        """Note what became of one."""
        mutant = self._sample[number]
        with self._kept.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps([mutant.place, mutant.diff, noticed]) + "\n")


def main() -> int:
    """Try a sample; 0 where the tests notice enough of it, else 1."""
    wanted, began = _arguments(), monotonic()
    every, survivors = [*all_mutants({place.partition(":")[0] for place in wanted.at})], Survivors()
    if left_over := [] if wanted.at else survivors.left_over(every):
        print("No change of the code is:", *left_over, sep="\n")
        return 1
    if empty := [place for place in wanted.at if not any(_lies_at(place, one) for one in every)]:
        print("No mutant begins at:", *empty, f"They are all in {', '.join(MUTATED)}.")
        return 1
    sample = _sample(every, wanted, survivors)
    read_before()
    ran = run_by_imports({mutant.module for mutant in every})
    tests = [file for given in wanted.tests for file in tests_in(given)] or fast_tests()
    outcomes: list[Outcome] = []

    def try_all(collected: Collected) -> None:
        def noted(file: str) -> tuple[str, Mapping[str, Any]]:
            return file, noted_lines(file, collected)

        try:
            reached = Reached(dict(_side_by_side(noted, tests, wanted.jobs)))
        except TestsFail as failing:
            print(f"Without any mutant, {failing} does not pass.")
            return
        print(f"{len(sample)} of {len(every)} mutants; lines noted, {monotonic() - began:.0f} s")
        trials = Trials(reached, collected, wanted.longest)
        tried = Tried(sample, [made_from(file) for file in tests], wanted.longest)

        def outcome_of(number: int) -> Outcome:
            mutant = sample[number]
            accepted = survivors.accepted(mutant)
            known = Noticed(None) if accepted else tried.known(number)
            return Outcome(number, known or trials.noticed_by(mutant), accepted)

        for outcome in _side_by_side(outcome_of, range(len(sample)), wanted.jobs):
            outcomes.append(outcome)
            if not outcome.accepted and not tried.known(outcome.number):
                tried.keep(outcome.number, outcome.noticed)
            _tell(sample[outcome.number], outcome)

    if not Collected(ran, try_all).after(tests):
        print("The tests cannot be collected.")
        return 1
    print(f"all of it, {monotonic() - began:.0f} s")
    return _verdict(outcomes)


def _side_by_side(do: Callable[[Any], Any], things: Sequence[Any], jobs: int) -> Iterator[Any]:
    """What a function gives for each thing, as soon as it stands, worked out in several processes.

    They are forked, so that nothing but numbers and results is sent.
    """
    global _of_number  # noqa: PLW0603 (what a forked process finds by its name)

    def _of_number(number: int) -> Any:
        return do(things[number])

    with get_context("fork").Pool(jobs) as pool:
        yield from pool.imap_unordered(_call, range(len(things)))


def _call(number: int) -> Any:
    return _of_number(number)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="how many mutants; 400")
    parser.add_argument("--seed", type=int, default=1, help="which of them; 1")
    parser.add_argument("--after", type=int, default=0, help="leave out so many, tried before; 0")
    parser.add_argument(
        "--at",
        metavar="FILE[:LINE]",
        nargs="+",
        default=(),
        help="all mutants there, instead of a sample",
    )
    parser.add_argument(
        "--tests",
        metavar="FILE",
        nargs="+",
        default=(),
        help="these files or folders of tests alone, not all fast ones",
    )
    parser.add_argument(
        "--longest",
        type=float,
        default=20,
        help="seconds of tests after which a mutant is taken to survive; 20",
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="at once; one a processor")
    return parser.parse_args()


def _sample(
    every: Sequence[Mutant], wanted: argparse.Namespace, survivors: Survivors
) -> list[Mutant]:
    """The mutants to try: all of a place, or as many as wanted; none that nothing can notice."""
    drawn: Iterable[Mutant] = _drawn(every, wanted.seed)
    if wanted.at:
        drawn = (mutant for mutant in every if any(_lies_at(place, mutant) for place in wanted.at))
    telling = (mutant for mutant in drawn if not survivors.equivalent(mutant))
    return [*telling] if wanted.at else [*islice(telling, wanted.after, wanted.sample)]


def _drawn(every: Sequence[Mutant], seed: int) -> list[Mutant]:
    """All of them, ordered by lots: what changes in one function leaves the lots of the others."""
    within: Counter[str] = Counter()

    def lot(mutant: Mutant) -> bytes:
        within[mutant.where] += 1
        return sha256(f"{seed} {mutant.where} {within[mutant.where]}".encode()).digest()

    return sorted(every, key=lot)


def _lies_at(place: str, mutant: Mutant) -> bool:
    """Whether a mutant is one of a file, or begins on a line of it."""
    return f"{mutant.place}:".startswith(f"{place}:")


def _tell(mutant: Mutant, outcome: Outcome) -> None:
    if by := outcome.noticed.by:
        how = "by being endless in" if outcome.noticed.endless else "by"
        print(f"killed    {mutant.place}  {how} {by}", flush=True)
        return
    unlisted = "and is not listed" if outcome.noticed.reached else "and no test reaches it"
    why = f"because {outcome.accepted}" if outcome.accepted else unlisted
    print(f"SURVIVED  {mutant.place}, {why}", *mutant.diff, sep="\n", flush=True)


def _verdict(outcomes: Sequence[Outcome]) -> int:
    killed = sum(bool(outcome.noticed.by) for outcome in outcomes)
    endless = sum(outcome.noticed.endless for outcome in outcomes)
    listed = sum(bool(outcome.accepted) for outcome in outcomes)
    percent = 100 * killed / max(len(outcomes), 1)
    survived = f"{len(outcomes) - killed} survived, {listed} of them listed"
    print(f"{killed} of {len(outcomes)} killed ({endless} by time), {percent:.1f} %; {survived}")
    return 0 if percent >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
