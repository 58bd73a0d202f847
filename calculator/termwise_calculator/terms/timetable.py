"""Timetables: the hours of several windows in one table, so that an instant is looked up once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.clock import MINUTE, clock_change
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    Span,
    Window,
    minute_of_week,
)

Weeks = tuple[tuple[Span, ...], ...]
"""The week that holds on a day, for each window."""
KEPT = 256
"""Of so many single windows the timetables are kept, those used last."""


class TimetableWeek(NamedTuple):
    """One week of several windows: the minutes at which any opens or closes, in their order.

    `opened` are the windows open from each of them on; before the first, those after the last.
    """

    edges: tuple[int, ...]
    opened: tuple[frozenset[str], ...]


class Timetable:
    """When some windows are open in a zone; each kind of week is worked out once."""

    def __init__(self, windows: Sequence[Window], zone: ZoneInfo) -> None:
        self.is_empty = not windows  # so that nothing ever changes
        self._windows = windows
        self._zone = zone
        self._same_every_week = not any(window.exceptions for window in windows)
        self._ordinary = _week(windows, tuple(window.spans for window in windows))
        self._known: dict[Weeks, TimetableWeek] = {}

    def open_at(self, instant: datetime) -> frozenset[str]:
        """The windows open at an instant."""
        local = instant.astimezone(self._zone)
        week = self._week_at(local)
        return week.opened[bisect_right(week.edges, minute_of_week(local)) - 1]

    def stretch_at(self, instant: datetime) -> tuple[frozenset[str], datetime]:
        """The windows open at an instant, and the next one at which that or the clock may change.

        Windows change on whole minutes, and so do clocks.
        """
        instant = instant.replace(second=0) if instant.second else instant
        local = instant.astimezone(self._zone)
        week, minute = self._week_at(local), minute_of_week(local)
        place = bisect_right(week.edges, minute)
        minutes = self._minutes_until(week, place, minute)
        change = instant + minutes * MINUTE
        if change.astimezone(self._zone).utcoffset() != local.utcoffset():
            change = clock_change(instant, minutes, self._zone)
        return week.opened[place - 1], change

    def open_stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of real time from `start` on during which any is open, without end."""
        instant = start
        while True:
            opened, change = self.stretch_at(instant)
            if opened:
                yield instant, change
            instant = change

    def _minutes_until(self, week: TimetableWeek, place: int, minute: int) -> int:
        """Minutes until the edge at a place; until midnight, where days have their own hours."""
        edge = week.edges[place] if place < len(week.edges) else week.edges[0] + MINUTES_PER_WEEK
        if self._same_every_week:
            return edge - minute
        return min(edge - minute, MINUTES_PER_DAY - minute % MINUTES_PER_DAY)

    def _week_at(self, local: datetime) -> TimetableWeek:
        if self._same_every_week:
            return self._ordinary
        day = local.date()
        weeks = tuple(window.week_on(day) for window in self._windows)
        if weeks not in self._known:
            self._known[weeks] = _week(self._windows, weeks)
        return self._known[weeks]


@lru_cache(maxsize=KEPT)
def timetable_of(policy: Policy, window: str) -> Timetable:
    """The timetable of one window, kept for the next question about it."""
    return Timetable([policy.windows[window]], policy.zone)


def _week(windows: Sequence[Window], weeks: Weeks) -> TimetableWeek:
    spans = [span for week in weeks for span in week]
    edges = {edge % MINUTES_PER_WEEK for span in spans for edge in (span.start, span.end)}
    # Windows that never open or close change nowhere: then any minute will do.
    ordered = tuple(sorted(edges or {0}))
    return TimetableWeek(ordered, tuple(_open_at(minute, windows, weeks) for minute in ordered))


def _open_at(minute: int, windows: Sequence[Window], weeks: Weeks) -> frozenset[str]:
    return frozenset(
        window.id
        for window, week in zip(windows, weeks, strict=True)
        if any(span.contains(minute) for span in week)
    )
