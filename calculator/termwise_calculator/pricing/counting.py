"""Counting: real minutes become increments, and increments fall into weekly windows.

Increments are kept as *runs* of equal ones, so that a long session costs no more to price than a
short one. Increments round up at "more than", never at "exactly".
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from termwise_calculator.pricing.rates import increment_of, is_free, rate_at
from termwise_calculator.terms.tariff import (
    Answers,
    Charge,
    Figure,
    Rate,
)
from termwise_calculator.terms.timetable import Timetable
from termwise_calculator.time.lengths import SECOND, Minutes, lasting, unit_of


class Run(NamedTuple):
    """`count` consecutive increments of equal length (minutes), from `start` (UTC).

    `price` is that of the blocks at these places among the charge's `blocks`, None for increments
    at the charge's own price.
    `open_windows` names the windows open when each of them starts, once the run has been split.
    `until` is when their time really ends, where they count more or less than it lasts.
    `tolerated` tells that one more had hardly begun after them and is not billed.
    `tier` is the place of the tier that the session reaches, or in which it lies; None beyond them.
    """

    start: datetime | None
    count: int  # type: ignore[assignment]  # of increments; the method of tuples is not needed
    length: Minutes
    clauses: tuple[str, ...]
    price: Figure | None = None
    open_windows: frozenset[str] = frozenset()
    until: datetime | None = None
    blocks: tuple[int, ...] = ()
    tolerated: bool = False
    tier: int | None = None

    @property
    def minutes(self) -> Minutes:
        """Counted minutes of the whole run."""
        return self.count * self.length

    @property
    def end(self) -> datetime | None:
        """When the last increment ends, in real elapsed time."""
        return self.until or later(self.start, self.minutes)


class Work(NamedTuple):
    """What a charge counts: its minutes, since when (UTC), and whether more time follows it.

    `added` are those of the minutes that nobody worked, so that they come to the least; of what is
    left of some work they may be more than it has, since the work has ended before.
    """

    minutes: Minutes
    start: datetime | None
    followed: bool = False
    added: Minutes = 0

    @property
    def end(self) -> datetime | None:
        """When the work itself ends."""
        return later(self.start, self.minutes - self.added)

    def first(self, minutes: Minutes) -> "Work":
        """The beginning of the work, fewer minutes than it has: the rest follows."""
        return Work(minutes, self.start, True, max(self.added - (self.minutes - minutes), 0))

    def after(self, minutes: Minutes) -> "Work":
        """What is left of the work some minutes later."""
        left = max(self.minutes - minutes, 0)
        return Work(left, later(self.start, minutes), self.followed, self.added)


def later(moment: datetime | None, minutes: Minutes) -> datetime | None:
    """A moment some real minutes later, or None for no moment."""
    return None if moment is None else moment + lasting(minutes)


def started(minutes: Minutes, increment: Minutes) -> int:
    """How many increments have been started after some minutes: exactly N is N, not N + 1."""
    return -(-minutes // increment)


def started_until(start: datetime, end: datetime, increment: Minutes) -> int:
    """How many increments have been started between two moments."""
    return -((start - end) // lasting(increment))


def worked_minutes(charge: Charge, minutes: Minutes, answers: Answers) -> Minutes:
    """Minutes until work stops for want of an approval, or all of them."""
    stop = charge.stop
    if stop is not None and stop.when.holds(answers):
        return min(minutes, stop.after_minutes)
    return minutes


def at_least(least: Minutes, minutes: Minutes) -> Minutes:
    """The minutes that count: the least that is ever billed, once there is any work at all."""
    return max(minutes, least) if minutes else 0


def count_increments(charge: Charge, work: Work) -> list[Run]:
    """The runs of increments that some work counts as, wherever the windows are."""
    runs: list[Run] = []
    for place, block in enumerate(charge.blocks):
        # The first increment is counted whole even when the visit is shorter.
        if not runs or work.minutes:
            price, clauses = block.price, block.clauses
            runs.append(Run(work.start, 1, block.minutes, clauses, price, blocks=(place,)))
            work = work.after(block.minutes)
    length = charge.increment
    count = max(started(work.minutes, length), charge.minimum_increments)
    clauses = charge.clauses
    tolerated = is_tolerated(charge, work.minutes, begun=bool(runs))
    if tolerated:
        count, clauses = count - 1, (*clauses, *charge.tolerance_clauses)
    if count:
        runs.append(Run(work.start, count, length, clauses, tolerated=tolerated))
    return runs


def is_tolerated(charge: Charge, minutes: Minutes, begun: bool) -> bool:
    """Tell whether the last increment has hardly begun, so that it is not billed.

    What has no whole increment before it is always billed.
    """
    if not charge.tolerance_minutes:
        return False
    whole, over = divmod(minutes, charge.increment)
    return 0 < over <= charge.tolerance_minutes and (begun or whole > 0)


def beyond(runs: Sequence[Run], charge: Charge, covered: Minutes) -> list[Run]:
    """What is left to pay of some runs after the counted minutes that are covered.

    Once an allowance has covered the beginning, the excess is counted anew in following
    increments; the price of a first increment belongs to sessions without any free minutes.
    """
    if not covered:
        return list(runs)
    length = charge.increment
    count = started(sum(run.minutes for run in runs) - covered, length)
    return [Run(later(runs[0].start, covered), count, length, charge.clauses)] if count else []


def split_by_windows(run: Run, timetable: Timetable) -> Iterator[Run]:
    """Split a run where the windows open at the start of an increment change."""
    if run.start is None or timetable.is_empty:
        yield run
        return
    start, left = run.start, run.count
    while left:
        opened, change = timetable.stretch_at(start)
        count = min(left, started_until(start, change, run.length))
        left -= count
        tolerated = run.tolerated and not left
        yield run._replace(start=start, count=count, open_windows=opened, tolerated=tolerated)
        start += lasting(count * run.length)


def in_last_windows(runs: Iterable[Run], work: Work, timetable: Timetable) -> Iterator[Run]:
    """Runs of which those after the end of the work have the windows of the last one before it.

    Nobody worked then: time that is only added for the least has no hours of its own.
    """
    opened, end = None, work.end
    for run in runs:
        if end is None or run.start is None or run.start < end:
            opened = run.open_windows
            yield run
            continue
        if opened is None:  # free time has covered all of the work
            opened = timetable.open_at(end - lasting(SECOND))
        yield run._replace(open_windows=opened)


def split_at_edges(charge: Charge, work: Work, timetable: Timetable) -> list[Run]:
    """Work cut at the edges of windows, each stretch counted as the rate says.

    Rounded over the whole charge, a stretch keeps its exact time and the last one that costs
    anything takes what the whole is rounded up by.
    """
    rate = charge.rate
    assert rate is not None
    increments = [increment_of(charge, one) for one in rate.windows]
    unit = unit_of(work.minutes, increment_of(charge, None), *increments)
    exact = Run(work.start, work.minutes // unit, unit, charge.clauses)
    if work.added:
        stretches = _with_added(charge, work, unit, timetable)
    else:
        stretches = _joined(split_by_windows(exact, timetable))
    if rate.rounded == "window":
        return [_rounded_up(charge, rate, stretch) for stretch in stretches]
    if rate.rounded == "session" and work.followed:
        return stretches
    return _rounded_at_the_end(charge, rate, stretches)


def _with_added(charge: Charge, work: Work, unit: Minutes, timetable: Timetable) -> list[Run]:
    """Work cut at the edges; what is added for the least belongs to its last stretch."""
    added = int(min(work.added, work.minutes) // unit)
    worked = Run(work.start, int(work.minutes // unit) - added, unit, charge.clauses)
    stretches = _joined(split_by_windows(worked, timetable))
    if not stretches:
        return list(in_last_windows([worked._replace(count=added)], work, timetable))
    last = stretches[-1]
    stretches[-1] = last._replace(count=last.count + added, until=last.end)
    return stretches


def _joined(pieces: Iterable[Run]) -> list[Run]:
    """Neighbouring minutes in the same windows as one stretch, so that it is rounded up once.

    The clocks change, and one day follows another, where no window opens or closes.
    """
    stretches: list[Run] = []
    for piece in pieces:
        if stretches and stretches[-1].open_windows == piece.open_windows:
            longer = stretches[-1].count + piece.count
            stretches[-1] = stretches[-1]._replace(count=longer)
        else:
            stretches.append(piece)
    return stretches


def _rounded_up(charge: Charge, rate: Rate, stretch: Run) -> Run:
    length = increment_of(charge, rate_at(rate, stretch.open_windows))
    return stretch._replace(
        count=started(stretch.minutes, length), length=length, until=stretch.end
    )


def _rounded_at_the_end(charge: Charge, rate: Rate, stretches: list[Run]) -> list[Run]:
    due = [run for run in stretches if not is_free(rate_at(rate, run.open_windows))]
    if not due:
        return stretches
    minutes = sum(run.minutes for run in due)
    length = increment_of(charge, rate_at(rate, due[-1].open_windows))
    more = (started(minutes, length) * length - minutes) // due[-1].length
    longer = due[-1]._replace(count=due[-1].count + more, until=due[-1].end)
    return [longer if run is due[-1] else run for run in stretches]


def touches(timetable: Timetable, inside: bool, start: datetime, minutes: Minutes) -> bool:
    """Tell whether any part of a session lies in the hours of a timetable (or outside of them)."""
    end = start + lasting(minutes)
    while True:
        opened, change = timetable.stretch_at(start)
        if bool(opened) == inside:
            return True
        if change >= end:
            return False
        start = change
