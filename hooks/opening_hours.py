"""Windows of the week from OpenStreetMap `opening_hours` text, read by a kept library.

The library evaluates the text over reference weeks; what it finds open becomes minutes of the week.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from calculator.windows import MINUTES_PER_WEEK

Interval = tuple[int, int]

# Mondays of weeks far apart in season, year, week number and place in the month: text that means
# the same in all of them depends on the day of the week and the time alone.
REFERENCE_WEEKS = tuple(
    datetime(year, month, day)  # noqa: DTZ001 (local wall-clock time, as in the text)
    for year, month, day in [(2026, 3, 2), (2026, 6, 29), (2027, 10, 11), (2028, 12, 18)]
)
MORE_THAN_WEEKLY = re.compile(
    r"\b(PH|SH|easter|week|sunrise|sunset|dawn|dusk|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{4}(?=\s|-|$))\b|\["
)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A window as written, and its spans: half-open minutes of the week, cyclic and maximal."""

    text: str
    spans: tuple[Interval, ...]


class NotWeekly(ValueError):
    """Text that is no window of the week; `expected` and `mend` say what would be."""

    def __init__(self, expected: str, mend: str) -> None:
        super().__init__(mend)
        self.expected = expected
        self.mend = mend


def read_weekly(text: str) -> Weekly:
    """Read a window. Raises NotWeekly when it cannot be read or depends on more than the week."""
    if MORE_THAN_WEEKLY.search(text):
        raise NotWeekly(
            "days of the week and times alone",
            "leave out months, dates, years, week numbers, holidays and the sun",
        )
    weeks = {_spans_in_week(text, monday) for monday in REFERENCE_WEEKS}
    if len(weeks) > 1:
        raise NotWeekly("the same hours in every week", "leave out what depends on the date")
    spans = _join_over_sunday_night(weeks.pop())
    if not spans:
        raise NotWeekly("a window that opens at some time", "write its days and times")
    return Weekly(text, spans)


def _spans_in_week(text: str, monday: datetime) -> tuple[Interval, ...]:
    from opening_hours import OpeningHours, validate  # noqa: PLC0415 (needed for windows only)

    if not validate(text):
        raise NotWeekly(
            "opening hours such as “Mo-Fr 10:00-18:00; Sa 10:00-14:00”",
            "write days as Mo Tu We Th Fr Sa Su and times as 10:00-18:00",
        )
    sunday_night = monday + timedelta(days=7)
    spans = []
    for start, end, state, comment in OpeningHours(text).intervals(monday, sunday_night):
        if str(state) == "unknown" or comment:
            raise NotWeekly("hours that are certain", "leave out “unknown” and comments in quotes")
        if str(state) == "open":
            begin = _minutes_between(monday, start)
            spans.append((begin, min(_minutes_between(monday, end), MINUTES_PER_WEEK)))
    return tuple(_merged(spans))


def _minutes_between(monday: datetime, moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - monday) // timedelta(minutes=1)


def _merged(spans: Iterable[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _join_over_sunday_night(spans: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Let the last span run on into Monday, so that one night is one span."""
    runs_on = len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == MINUTES_PER_WEEK
    if not runs_on:
        return spans
    last_start, _ = spans[-1]
    return (*spans[1:-1], (last_start, MINUTES_PER_WEEK + spans[0][1]))
