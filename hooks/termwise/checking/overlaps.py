"""No two windows of one rate are open together."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from termwise.checking.calendar import days_of_terms, holidays_of_terms
from termwise.compiling.windows import windows_on
from termwise.policy_form.charges import ChargeTerms
from termwise.policy_form.dated import change_dates
from termwise.policy_form.opening_hours import Interval
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Path, Source
from termwise.policy_form.values import WEEKDAYS
from termwise.problems import Problem, quoted
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    hours_on,
    one_day_of_each_kind,
)


def overlap_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """Windows of one rate that are open together, so that two prices hold at once."""
    windows = charge.rate.windows if charge.rate else ()
    yield from overlapping(written, source, (*path, "rate", "windows"), windows)


def overlapping(
    written: PolicyFile, source: Source, path: Path, windows: Iterable[str]
) -> Iterator[Problem]:
    """Windows of which each has a price or a factor of its own, and that are open together."""
    names = [name for name in windows if name in written.windows]
    for first, second in combinations(names, 2):
        moment = _moment_in_both(written, first, second)
        if moment:
            yield Problem(
                source.key_place((*path, second)),
                "Two windows of one rate are open together",
                f"{quoted(first)} and {quoted(second)}, both open on {moment}",
                "one price at every moment",
                "change the hours of one of the windows",
            )


def _moment_in_both(written: PolicyFile, one: str, other: str) -> str | None:
    """The first moment of the week in both windows, in the first edition that has one."""
    windows = written.windows[one], written.windows[other]
    first = written.begins or date.min
    for day in sorted({first, *change_dates(windows)}):
        spans, others = windows[0].on(day).spans, windows[1].on(day).spans
        minute = _first_common_minute(spans, others)
        if minute is not None and day >= first:
            return _moment(minute) + (f" from {day}" if day > first else "")
        if day >= first and (moment := _exceptional_moment(written, day, one, other)):
            return moment
    return None


def _exceptional_moment(written: PolicyFile, since: date, first: str, second: str) -> str | None:
    """The first moment of a holiday, date or season at which both windows are open."""
    chosen = {name: written.windows[name] for name in (first, second)}
    windows = list(windows_on(chosen, since, holidays_of_terms(written)).values())
    if not any(window.exceptions for window in windows):
        return None
    days = (day for day in days_of_terms(written) if day >= since)
    for day, _ in one_day_of_each_kind(windows, days):
        hours, others = (hours_on(window, day) for window in windows)
        minute = _first_common_minute(hours, others)
        if minute is not None:
            return f"{day} {minute // 60:02}:{minute % 60:02}"
    return None


def _first_common_minute(spans: Iterable[Interval], others: Iterable[Interval]) -> int | None:
    """The first minute of the week in both sets of spans, which may run over Sunday night."""
    week = MINUTES_PER_WEEK
    common = [
        max(start, other_start + shift) % week
        for start, end in spans
        for other_start, other_end in others
        for shift in (-week, 0, week)
        if max(start, other_start + shift) < min(end, other_end + shift)
    ]
    return min(common, default=None)


def _moment(minute_of_week: int) -> str:
    day, minute = divmod(minute_of_week, MINUTES_PER_DAY)
    return f"{WEEKDAYS[day]} {minute // 60:02}:{minute % 60:02}"
