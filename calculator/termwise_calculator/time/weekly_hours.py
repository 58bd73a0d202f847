"""A window regrouped as people say it: sets of days that share their hours."""

from collections.abc import Iterable
from typing import NamedTuple

from termwise_calculator.time.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK, Span, Window

EVERY_DAY = tuple(range(7))
LEAST_DAYS_OF_RANGE = 3


class Hours(NamedTuple):
    """From one minute of a day to another; past midnight when `end` exceeds 1440."""

    start: int
    end: int

    @property
    def end_of_day_or_clock(self) -> int:
        """The closing minute as a clock shows it; midnight at the end of a day stays 1440."""
        return self.end if self.end <= MINUTES_PER_DAY else self.end - MINUTES_PER_DAY


class Group(NamedTuple):
    """Days of the week (0 is Monday) on which the same hours begin."""

    days: tuple[int, ...]
    hours: tuple[Hours, ...]


def is_always_open(window: Window) -> bool:
    """Tell whether the window covers the whole week."""
    return sum(span.end - span.start for span in window.spans) == MINUTES_PER_WEEK


def long_spans(window: Window) -> list[Span]:
    """Spans longer than a day that do not fall into whole days (Friday evening to Monday)."""
    return [
        span
        for span in window.spans
        if span.end - span.start > MINUTES_PER_DAY and not _is_whole_days(span)
    ]


def groups_of(window: Window) -> list[Group]:
    """Days by the hours they share, in the order of their first day; without the long spans."""
    hours_of_day: dict[int, list[Hours]] = {}
    for day, hours in sorted(_hours_by_day(window)):
        hours_of_day.setdefault(day, []).append(hours)
    # Days that share some hours and not others are told by those hours, each with its days.
    days_of_hours: dict[Hours, tuple[int, ...]] = {}
    for day, day_hours in hours_of_day.items():
        for hours in day_hours:
            days_of_hours[hours] = (*days_of_hours.get(hours, ()), day)
    hours_of_days: dict[tuple[int, ...], tuple[Hours, ...]] = {}
    for hours, days in days_of_hours.items():
        hours_of_days[days] = (*hours_of_days.get(days, ()), hours)
    return [Group(days, tuple(sorted(hours))) for days, hours in hours_of_days.items()]


def runs_of(days: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring days as (first, last) runs, in the order of the days."""
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _hours_by_day(window: Window) -> Iterable[tuple[int, Hours]]:
    for span in window.spans:
        first_day, start = divmod(span.start, MINUTES_PER_DAY)
        length = span.end - span.start
        if length <= MINUTES_PER_DAY:
            yield first_day, Hours(start, start + length)
        elif _is_whole_days(span):
            for day in range(length // MINUTES_PER_DAY):
                yield (first_day + day) % 7, Hours(0, MINUTES_PER_DAY)


def _is_whole_days(span: Span) -> bool:
    return span.start % MINUTES_PER_DAY == 0 and span.end % MINUTES_PER_DAY == 0
