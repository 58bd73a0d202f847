"""Windows: half-open spans of local wall-clock minutes, counted from Monday 00:00.

A window has the hours of an ordinary week, and may have other hours on exceptional days: public
holidays, or dates and seasons that return every year. Policy files write windows as OpenStreetMap
`opening_hours` text; the compiler turns them into these spans, so that the calculator needs no
parser.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY

SeasonDay = tuple[int, ...]
"""A month and a day, the same in every year; or a day of one year: year, month, day."""
DAY_OF_ONE_YEAR = 3  # so many numbers


class Span(NamedTuple):
    """Minutes of the week from `start` up to but not including `end`.

    `start` lies in the week; `end` passes the end of the week when the span runs over Sunday night.
    """

    start: int
    end: int

    def contains(self, minute_of_week: int) -> bool:
        """Tell whether the span holds a minute of the week (0 to 10 079)."""
        next_week = minute_of_week + MINUTES_PER_WEEK
        return self.start <= minute_of_week < self.end or self.start <= next_week < self.end


class ExceptionalDays(NamedTuple):
    """Days with hours of their own: public `holidays`, or `seasons` of every year or one, ends in.

    `spans` are the week as it would be if all of its days were such days. A day is exceptional from
    midnight to midnight: a night that begins on the day before ends with it.
    """

    holidays: frozenset[date]
    seasons: tuple[tuple[SeasonDay, SeasonDay], ...]
    spans: tuple[Span, ...]

    def holds_on(self, day: date) -> bool:
        """Tell whether a date is such a day."""
        at = (day.year, day.month, day.day)
        return day in self.holidays or any(
            _lies_in(at[-len(first) :], first, last) for first, last in self.seasons
        )


def is_of_one_year(day: SeasonDay) -> bool:
    """Tell a day of one year from one that returns in every year."""
    return len(day) == DAY_OF_ONE_YEAR


def _lies_in(day: SeasonDay, first: SeasonDay, last: SeasonDay) -> bool:
    """Tell whether a day lies in a season, which may pass the end of the year."""
    return first <= day <= last if first <= last else day >= first or day <= last


class Window(NamedTuple):
    """A named set of weekly spans, none touching another, in order of their start.

    On exceptional days the hours of the last exception that holds take their place.
    """

    id: str
    spans: tuple[Span, ...]
    exceptions: tuple[ExceptionalDays, ...] = ()

    def contains(self, minute_of_week: int) -> bool:
        """Tell whether the window is open at a minute of an ordinary week."""
        return any(span.contains(minute_of_week) for span in self.spans)

    def is_open(self, local: datetime) -> bool:
        """Tell whether the window is open at a local time."""
        minute = minute_of_week(local)
        return any(span.contains(minute) for span in self._week_at(local))

    def week_on(self, day: date) -> tuple[Span, ...]:
        """The week whose hours hold on a date."""
        for exception in reversed(self.exceptions):
            if exception.holds_on(day):
                return exception.spans
        return self.spans

    def edges(self) -> set[int]:
        """Minutes of an ordinary week at which the window opens or closes."""
        return {edge for span in self.spans for edge in (span.start, span.end % MINUTES_PER_WEEK)}

    def _week_at(self, local: datetime) -> tuple[Span, ...]:
        return self.week_on(local.date()) if self.exceptions else self.spans


def minute_of_week(local: datetime) -> int:
    """Wall-clock minutes of a local time since Monday 00:00."""
    return local.weekday() * MINUTES_PER_DAY + local.hour * 60 + local.minute


def hours_on(window: Window, day: date) -> list[tuple[int, int]]:
    """The hours of a window on one date, as minutes of that day (0 to 1440), in their order."""
    midnight = day.weekday() * MINUTES_PER_DAY
    pieces = [
        (max(span.start - midnight - week, 0), min(span.end - midnight - week, MINUTES_PER_DAY))
        for span in window.week_on(day)
        for week in (0, MINUTES_PER_WEEK)
    ]
    return sorted(piece for piece in pieces if piece[0] < piece[1])


def has_other_hours(window: Window, day: date) -> bool:
    """Tell whether a window has other hours on a date than on that day of an ordinary week."""
    return hours_on(window, day) != hours_on(Window(window.id, window.spans), day)


def one_day_of_each_kind(
    windows: Sequence[Window], days: Iterable[date]
) -> Iterator[tuple[date, tuple[tuple[Span, ...], ...]]]:
    """One day of each kind, the first: days of the week, each ordinary, a holiday or in a season.

    With it come the weeks that hold on it, one for each window. What is found on that day holds on
    every other day of its kind.
    """
    seen: set[tuple[int, tuple[tuple[Span, ...], ...]]] = set()
    for day in days:
        kind = (day.weekday(), tuple(window.week_on(day) for window in windows))
        if kind not in seen:
            seen.add(kind)
            yield day, kind[1]
