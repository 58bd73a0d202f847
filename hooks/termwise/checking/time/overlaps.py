"""No two windows of one rate are open together, and what holds outside them all is said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from termwise.checking.time.calendar import days_of_terms, holidays_of_terms
from termwise.compiling.windows import windows_on
from termwise.policy_form.dated import change_dates
from termwise.policy_form.hours.library import Interval
from termwise.policy_form.hours.notation import WEEKDAYS
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.tariff.charges import ChargeTerms
from termwise.policy_form.yaml_text.source import Path, Source
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
    names = [name for name in windows if name in written.hours]
    for first, second in combinations(names, 2):
        moment = first_common_moment(written, [first, second])
        if moment:
            yield Problem(
                source.key_place((*path, second)),
                "Two windows of one rate are open together",
                f"{quoted(first)} and {quoted(second)}, both open on {moment.told}",
                "one price at every moment",
                "change the hours of one of the windows",
            )


def otherwise_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms, *, overlap: bool
) -> Iterator[Problem]:
    """What holds outside all windows, where it is not said, or where no time is left for it.

    Windows that overlap are mended first: then they may leave some time.
    """
    rate = charge.rate
    if rate is None or any(name not in written.hours for name in rate.windows):
        return
    moment = _first_moment(written, list(rate.windows), _first_minute_outside)
    if moment and rate.otherwise is None:
        yield Problem(
            source.key_place((*path, "rate", "windows")),
            "Nothing says what holds outside the windows",
            f"no otherwise, though none is open on {moment.told}",
            "“otherwise: {times: base, clause: …}”, or any other rate, or {gap: …}",
            "add otherwise, or change the hours of the windows",
        )
    if not moment and rate.otherwise is not None and not overlap:
        yield Problem(
            source.key_place((*path, "rate", "otherwise")),
            "The windows fill the whole week, so that nothing ever holds outside them",
            "otherwise",
            "windows that leave some time",
            "take otherwise away, or change the hours of the windows",
        )


class Moment(NamedTuple):
    """A moment of the week or of a date, as it is told, and a day on which the hours hold."""

    told: str
    day: date


def first_common_moment(written: PolicyFile, windows: Sequence[str]) -> Moment | None:
    """The first moment of the week in both of two windows, in the first edition that has one."""
    return _first_moment(written, windows, _first_common_minute)


Hours = Sequence[Iterable[Interval]]
"""The hours of several windows, in a week or on a day."""


def _first_moment(
    written: PolicyFile, names: Sequence[str], find: Callable[[Hours, int], int | None]
) -> Moment | None:
    """The first moment found in a week of the windows, in the first edition that has one."""
    windows = [written.hours[name] for name in names]
    first = written.begins or date.min
    for day in sorted({first, *change_dates(tuple(windows))}):
        minute = find([window.on(day).spans for window in windows], MINUTES_PER_WEEK)
        if minute is not None and day >= first:
            return Moment(_moment(minute) + (f" from {day}" if day > first else ""), day)
        if day >= first and (moment := _exceptional_moment(written, day, names, find)):
            return moment
    return None


def _exceptional_moment(
    written: PolicyFile,
    since: date,
    names: Sequence[str],
    find: Callable[[Hours, int], int | None],
) -> Moment | None:
    """The first moment found on a holiday, date or season."""
    chosen = {name: written.hours[name] for name in names}
    windows = list(windows_on(chosen, since, holidays_of_terms(written)).values())
    if not any(window.exceptions for window in windows):
        return None
    days = (day for day in days_of_terms(written) if day >= since)
    for day, _ in one_day_of_each_kind(windows, days):
        minute = find([hours_on(window, day) for window in windows], MINUTES_PER_DAY)
        if minute is not None:
            return Moment(f"{day} {minute // 60:02}:{minute % 60:02}", day)
    return None


def _first_minute_outside(hours: Hours, end: int) -> int | None:
    """The first minute that is in none of the spans; those of a week may run over Sunday night."""
    reached = 0
    spans = [span for each in hours for span in each]
    for begin, until in sorted(spans + [(begin - end, until - end) for begin, until in spans]):
        if begin > reached:
            break
        reached = max(reached, until)
    return reached if reached < end else None


def _first_common_minute(hours: Hours, _: int) -> int | None:
    """The first minute of the week in both sets of spans, which may run over Sunday night."""
    week, (spans, others) = MINUTES_PER_WEEK, hours
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
