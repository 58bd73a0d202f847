"""Counting: real minutes become increments, and increments fall into weekly windows.

Increments are kept as *runs* of equal ones, so that a long session costs no more to price than a
short one. Increments round up at "more than", never at "exactly".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from calculator.clock import MINUTE, minute_of_week, next_change
from calculator.policy import Allowance, Answers, Charge, Price
from calculator.windows import Window


@dataclass(frozen=True, slots=True)
class Run:
    """`count` consecutive increments of equal length (minutes) and price, from `start` (UTC).

    `open_windows` names the windows open when each of them starts, once the run has been split.
    """

    start: datetime | None
    count: int
    length: int
    price: Price
    clauses: tuple[str, ...]
    open_windows: frozenset[str] = frozenset()

    @property
    def minutes(self) -> int:
        """Counted minutes of the whole run."""
        return self.count * self.length

    @property
    def end(self) -> datetime | None:
        """When the last increment ends, in real elapsed time."""
        return later(self.start, self.minutes)


def later(moment: datetime | None, minutes: int) -> datetime | None:
    """A moment some real minutes later, or None for no moment."""
    return None if moment is None else moment + minutes * MINUTE


def started(minutes: int, increment: int) -> int:
    """How many increments have been started after some minutes: exactly N is N, not N + 1."""
    return -(-minutes // increment)


def worked_minutes(charge: Charge, minutes: int, answers: Answers) -> int:
    """Minutes until work stops for want of an approval, or all of them."""
    stop = charge.stop
    if stop is not None and stop.when.holds(answers):
        return min(minutes, stop.after_minutes)
    return minutes


def count_increments(charge: Charge, minutes: int, start: datetime | None) -> list[Run]:
    """The runs of increments that some minutes of work count as."""
    runs = []
    first = charge.first
    if first is not None:
        # The first increment is counted whole even when the visit is shorter.
        runs.append(Run(start, 1, first.minutes, first.price, first.clauses))
        start, minutes = later(start, first.minutes), minutes - first.minutes
    length = charge.increment_minutes or 0
    count = max(started(max(minutes, 0), length), charge.minimum_increments)
    if count:
        runs.append(Run(start, count, length, charge.price, charge.clauses))
    return runs


def remaining_minutes(allowance: Allowance, answers: Answers) -> int:
    """Free minutes left of an allowance after those the customer has used."""
    return max(allowance.minutes - int(answers.get(allowance.used, "0")), 0)


def cover(runs: Sequence[Run], charge: Charge, free_minutes: int) -> tuple[int, list[Run]]:
    """Take free minutes from the front: the counted minutes covered, and the runs left to pay.

    Once an allowance has covered the beginning, the excess is counted anew in following
    increments; the price of a first increment belongs to sessions without any free minutes.
    """
    counted = sum(run.minutes for run in runs)
    covered = min(free_minutes, counted)
    if covered == 0:
        return 0, list(runs)
    length = charge.increment_minutes or 0
    count = started(counted - covered, length)
    if count == 0:
        return covered, []
    start = later(runs[0].start, covered)
    return covered, [Run(start, count, length, charge.price, charge.clauses)]


def split_by_windows(run: Run, windows: Sequence[Window], zone: ZoneInfo) -> Iterator[Run]:
    """Split a run where the windows open at the start of an increment change."""
    if run.start is None or not windows:
        yield run
        return
    start, left = run.start, run.count
    while left:
        change = next_change(start, windows, zone)
        count = min(left, started((change - start) // MINUTE, run.length))
        yield replace(
            run, start=start, count=count, open_windows=windows_open(start, windows, zone)
        )
        start += count * run.length * MINUTE
        left -= count


def windows_open(moment: datetime, windows: Sequence[Window], zone: ZoneInfo) -> frozenset[str]:
    """The windows open at an instant, by local wall-clock time."""
    minute = minute_of_week(moment, zone)
    return frozenset(window.id for window in windows if window.contains(minute))


def touches(window: Window, inside: bool, start: datetime, minutes: int, zone: ZoneInfo) -> bool:
    """Tell whether any part of a session lies inside (or outside) a window."""
    end = start + minutes * MINUTE
    moment = start
    while True:
        if window.contains(minute_of_week(moment, zone)) == inside:
            return True
        moment = next_change(moment, [window], zone)
        if moment >= end:
            return False
