"""Kinds of exceptional days: those on which some windows have the same hours.

Public holidays are known for so many years; what returns every year is looked at over 28 years,
after which each date has fallen on every day of the week, 29 February too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.weekly_hours import EVERY_DAY
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    ExceptionalDays,
    Span,
    Window,
    is_of_one_year,
)

DAYS_UNTIL_ALL_RETURNS = 28 * 365 + 7
KEPT = 16
"""Of so many calendars the days are kept."""


class DayKind(NamedTuple):
    """Exceptional days, and the hours that the `windows` have on them, as if of a whole week.

    Each day is one for all the exceptions of one of the `reasons`.
    """

    reasons: tuple[tuple[ExceptionalDays, ...], ...]
    days: tuple[date, ...]
    windows: tuple[Window, ...]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The days of the week on which days of the kind fall, from Monday, 0."""
        return tuple(sorted({day.weekday() for day in self.days}))


class DayKinds(NamedTuple):
    """The days that windows of a policy tell apart.

    They are found once for all windows: `days` are those for which the same exceptions decide, in
    the order of `windows`; None stands for the hours of an ordinary week. Where no window has
    exceptions there are no days to be told apart.
    """

    windows: tuple[Window, ...]
    days: Mapping[tuple[int | None, ...], tuple[date, ...]]

    def of(self, windows: Sequence[Window]) -> list[DayKind]:
        """The kinds of days that some windows tell from the days of an ordinary week."""
        names = [window.id for window in windows]
        chosen = [at for at, window in enumerate(self.windows) if window.id in names]
        ordinary = _ordinary(windows)
        return [
            DayKind(self._reasons(chosen, grouped), self._days(grouped), weeks)
            for weeks, grouped in self._by_weeks(windows).items()
            if weeks != ordinary
        ]

    def ordinary_weekdays(self, windows: Sequence[Window]) -> tuple[int, ...]:
        """The days of the week on which some windows ever have their ordinary hours."""
        if not self.days:
            return EVERY_DAY
        days = self._days(self._by_weeks(windows).get(_ordinary(windows), ()))
        return tuple(sorted({day.weekday() for day in days}))

    def _by_weeks(
        self, windows: Sequence[Window]
    ) -> Mapping[tuple[Window, ...], list[tuple[int | None, ...]]]:
        """What decides on days, by the hours that the windows have on them."""
        found: dict[tuple[Window, ...], list[tuple[int | None, ...]]] = {}
        for deciding in self.days:
            here = {one.id: self._on(at, deciding) for at, one in enumerate(self.windows)}
            weeks = tuple(here.get(one.id, one) for one in windows)
            found.setdefault(weeks, []).append(deciding)
        return found

    def _on(self, at: int, deciding: tuple[int | None, ...]) -> Window:
        window, number = self.windows[at], deciding[at]
        spans = window.spans if number is None else window.exceptions[number].spans
        return Window(window.id, spans)

    def _reasons(
        self, chosen: Sequence[int], grouped: Iterable[tuple[int | None, ...]]
    ) -> tuple[tuple[ExceptionalDays, ...], ...]:
        """What makes the days exceptional: which days they are, whatever hours they have."""
        reasons: list[tuple[ExceptionalDays, ...]] = []
        for deciding in grouped:
            numbers = ((self.windows[at], deciding[at]) for at in chosen)
            found = [one.exceptions[number] for one, number in numbers if number is not None]
            reason = _distinct([exception._replace(spans=()) for exception in found])
            reasons = reasons if reason in reasons else [*reasons, reason]
        return tuple(reasons)

    def _days(self, grouped: Iterable[tuple[int | None, ...]]) -> tuple[date, ...]:
        return tuple(sorted(day for deciding in grouped for day in self.days[deciding]))


def day_kinds(policy: Policy) -> DayKinds:
    """The exceptional days of a policy; for most policies there are none."""
    windows = tuple(window for window in policy.windows.values() if window.exceptions)
    if not windows:
        return DayKinds((), {})
    holidays = frozenset(policy.holidays.names) if policy.holidays else frozenset()
    return _day_kinds(windows, holidays, *_first_and_count(policy))


# Most changes of a policy touch no window.
@lru_cache(maxsize=KEPT)
def _day_kinds(
    windows: tuple[Window, ...], holidays: frozenset[date], first: date, count: int
) -> DayKinds:
    days: dict[tuple[int | None, ...], list[date]] = {}
    # Exceptions know a day by its place in the year, by some years, and whether it is a holiday.
    alike: dict[tuple[int, int, int, bool], tuple[int | None, ...]] = {}
    years = _years_named(windows)
    for day in (first + timedelta(days=number) for number in range(count)):
        key = (day.year if day.year in years else 0, day.month, day.day, day in holidays)
        if key not in alike:
            alike[key] = tuple(_deciding(window, day) for window in windows)
        days.setdefault(alike[key], []).append(day)
    return DayKinds(windows, {deciding: tuple(found) for deciding, found in days.items()})


def _years_named(windows: Iterable[Window]) -> range:
    """The years that have seasons of their own, and those between them."""
    dated = [
        day[0]
        for window in windows
        for exception in window.exceptions
        for season in exception.seasons
        for day in season
        if is_of_one_year(day)
    ]
    return range(min(dated), max(dated) + 1) if dated else range(0)


def on_weekdays(spans: Iterable[Span], weekdays: Iterable[int]) -> tuple[Span, ...]:
    """The parts of some spans that lie on some days of the week, cut at midnight."""
    spans = tuple(spans)
    parts = (
        Span(max(span.start + week, midnight), min(span.end + week, midnight + MINUTES_PER_DAY))
        for midnight in (weekday * MINUTES_PER_DAY for weekday in weekdays)
        for span in spans
        for week in (0, -MINUTES_PER_WEEK)
    )
    return tuple(sorted((part for part in parts if part.start < part.end), key=_start))


def _ordinary(windows: Sequence[Window]) -> tuple[Window, ...]:
    return tuple(window._replace(exceptions=()) for window in windows)


def _start(span: Span) -> int:
    return span.start


def _deciding(window: Window, day: date) -> int | None:
    """The exception whose hours hold on a day: the last one that knows it."""
    numbers = reversed(range(len(window.exceptions)))
    return next((number for number in numbers if window.exceptions[number].holds_on(day)), None)


def _first_and_count(policy: Policy) -> tuple[date, int]:
    """The first of the days that are looked at, and how many they are."""
    first, count = policy.first_known_day, DAYS_UNTIL_ALL_RETURNS
    if policy.holidays is not None:
        first = max(first, policy.holidays.first)
        count = (policy.holidays.last - first).days + 1
    return first, count


def _distinct(exceptions: Sequence[ExceptionalDays]) -> tuple[ExceptionalDays, ...]:
    return tuple(one for at, one in enumerate(exceptions) if one not in exceptions[:at])
