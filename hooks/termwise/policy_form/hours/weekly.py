"""Windows of the week.

The library evaluates the text over reference weeks; what it finds open becomes minutes of the week.
A text may have rules for public holidays (PH), for dates and seasons of every year, and for those
of one year, such as school holidays. Each of these gets the week that the library finds when all
days are such days, and the check compares every day until the last known holiday with what the
library finds for the whole text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from termwise.policy_form.hours.library import Interval, check_syntax, opened_in
from termwise.policy_form.hours.notation import (
    EXCEPTIONAL,
    HOLIDAYS,
    WEEKDAYS,
    HoursRule,
    NotWeekly,
    days_of_year,
    holds_all,
    is_of_every_year,
    rules_of,
)
from termwise_calculator.time.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK

# Mondays of weeks far apart in season, year, week number and place in the month: text that means
# the same in all of them depends on the day of the week and the time alone.
REFERENCE_WEEKS = tuple(
    datetime(year, month, day)  # noqa: DTZ001 (local wall-clock time, as in the text)
    for year, month, day in [(2026, 3, 2), (2026, 6, 29), (2027, 10, 11), (2028, 12, 18)]
)
NOT_READ = re.compile(
    r"\b(SH|easter|week|sunrise|sunset|dawn|dusk|\d{4}(?!\s[A-Z][a-z]{2}\s\d)(?=\s|-|$))\b|\[|\|\|"
)
APART = re.compile(rf"\b({'|'.join((*WEEKDAYS, 'PH'))})\s*,\s*(?=\d{{1,2}}:\d\d)")
"""A comma between days and the times that are meant for them."""

CLOSED = re.compile(r"\b(off|closed)\b")


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days with hours of their own, and the week as it would be if all days were such days.

    `days` are "holidays", or ranges of every year such as "06-01/08-31", or of one year such as
    "2026-07-01/2026-08-31".
    """

    days: tuple[str, ...]
    spans: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """A window as written, and its spans: half-open minutes of the week, cyclic and maximal.

    On exceptional days the hours of the last exception take their place.
    """

    text: str
    spans: tuple[Interval, ...]
    exceptions: tuple[Exceptional, ...] = ()
    outside: bool = False
    """Whether these are the hours outside what is written."""

    @property
    def needs_holidays(self) -> bool:
        """Tell whether it must be known which days are public holidays."""
        return any(HOLIDAYS in exception.days for exception in self.exceptions)

    @property
    def opens_every_year(self) -> bool:
        """Tell whether it opens whatever days are public holidays, and in years to come."""
        seasons = (one for one in self.exceptions if any(map(is_of_every_year, one.days)))
        return bool(self.spans) or any(one.spans for one in seasons)


def read_weekly(text: str) -> Weekly:
    """Read a window. Raises NotWeekly when it cannot be read or depends on what is not known."""
    if NOT_READ.search(text):
        raise NotWeekly(
            "days of the week, public holidays, dates, and times",
            "leave out week numbers, Easter and the sun; write school holidays, and what else is "
            "of one year, by its dates: 2026 Jul 01-2026 Aug 31",
        )
    if APART.search(text):  # the notation reads whole days, and these times on every day
        meant = APART.sub(r"\1 ", text)
        raise NotWeekly("times behind their days without a comma", f"write “{meant}”")
    check_syntax(text)
    rules = rules_of(text) if ";" in text or EXCEPTIONAL.search(text) else []
    _check_nothing_is_lost(rules)
    if not EXCEPTIONAL.search(text):
        return Weekly(text, _opening_week([text]))
    weekly = Weekly(text, _week(_hours_on(rules, ())), tuple(_exceptions(rules)))
    if not weekly.spans and not any(one.spans for one in weekly.exceptions):
        raise NEVER_OPEN
    if weekly.exceptions[0].spans == weekly.spans:
        raise NotWeekly(
            "exceptional days that change something",
            "write the rule for public holidays or dates after the hours that it changes",
        )
    return weekly


def _check_nothing_is_lost(rules: list[HoursRule]) -> None:
    """Refuse a rule that takes hours away from an earlier one for the same kind of day.

    So the notation has it after a semicolon, and hardly anybody means it: “off” says it plainly.
    """
    for days in dict.fromkeys(rule.days for rule in rules):
        written = [rule.hours for rule in rules if rule.days == days]
        for number in range(1, len(written)):
            rule = written[number]
            if CLOSED.search(rule):
                continue
            lost = _lost(_week(written[:number]), _week(written[: number + 1]))
            if lost:
                raise NotWeekly(
                    f"hours that a later rule leaves as they are: “{rule}” takes away {lost}",
                    f"write a comma before “{rule}” in place of the semicolon, so that both hold, "
                    "or leave its days out of the rule before it",
                )


def _lost(before: tuple[Interval, ...], after: tuple[Interval, ...]) -> str:
    """The hours of one week that another lacks, day by day, as they are written."""
    minutes = _minutes_of(before) - _minutes_of(after)
    begun = sorted(one for one in minutes if one - 1 not in minutes or not one % MINUTES_PER_DAY)
    told = []
    for begin in begun:
        day, minute = divmod(begin, MINUTES_PER_DAY)
        end = next(
            one
            for one in range(minute + 1, MINUTES_PER_DAY + 1)
            if one == MINUTES_PER_DAY or begin - minute + one not in minutes
        )
        hours = f"{minute // 60:02}:{minute % 60:02}-{end // 60:02}:{end % 60:02}"
        told.append(f"{WEEKDAYS[day]} {hours}")
    return ", ".join(told)


def _minutes_of(spans: tuple[Interval, ...]) -> set[int]:
    return {minute % MINUTES_PER_WEEK for span in spans for minute in range(*span)}


def outside(weekly: Weekly) -> Weekly:
    """The hours outside a window, on exceptional days as well."""
    exceptions = tuple(Exceptional(one.days, _closed(one.spans)) for one in weekly.exceptions)
    return Weekly(weekly.text, _closed(weekly.spans), exceptions, outside=not weekly.outside)


def _closed(spans: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The minutes of the week that no span holds."""
    edges = [0, *(edge for span in spans for edge in span), MINUTES_PER_WEEK]
    if spans and spans[-1][1] > MINUTES_PER_WEEK:  # a night from Sunday to Monday
        edges = [spans[-1][1] - MINUTES_PER_WEEK, *edges[1:-2]]
    gaps = ((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return _join_over_sunday_night(tuple(gap for gap in gaps if gap[0] < gap[1]))


NEVER_OPEN = NotWeekly("a window that opens at some time", "write its days and times")


def _opening_week(hours: list[str]) -> tuple[Interval, ...]:
    spans = _week(hours)
    if not spans:
        raise NEVER_OPEN
    return spans


# ---- The weeks of the rules


def _exceptions(rules: list[HoursRule]) -> Iterator[Exceptional]:
    """For each kind of exceptional day its week, in the order of the last rule for it."""
    kinds: dict[tuple[str, ...], None] = {}
    for rule in rules:
        if rule.days:
            kinds.pop(rule.days, None)
            kinds[rule.days] = None
    for days in kinds:
        yield Exceptional(days, _week(_hours_on(rules, days)))


def _hours_on(rules: list[HoursRule], days: tuple[str, ...]) -> list[str]:
    """What the rules say of some days: those for every day, and those whose days hold them all."""
    inner = days_of_year(days)
    return [rule.hours for rule in rules if not rule.days or holds_all(rule.days, inner)]


def _week(hours: list[str]) -> tuple[Interval, ...]:
    """What the library finds open in a week in which these rules hold."""
    if not hours:
        return ()
    weeks = {_spans_in_week("; ".join(hours), monday) for monday in REFERENCE_WEEKS}
    if len(weeks) > 1:
        raise NotWeekly("the same hours in every week", "leave out what depends on the date")
    return _join_over_sunday_night(weeks.pop())


def _spans_in_week(text: str, monday: datetime) -> tuple[Interval, ...]:
    sunday_night = monday + timedelta(days=7)
    return tuple(
        (start, min(end, MINUTES_PER_WEEK)) for start, end in opened_in(text, monday, sunday_night)
    )


def _join_over_sunday_night(spans: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Let the last span run on into Monday, so that one night is one span."""
    runs_on = len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == MINUTES_PER_WEEK
    if not runs_on:
        return spans
    last_start, _ = spans[-1]
    return (*spans[1:-1], (last_start, MINUTES_PER_WEEK + spans[0][1]))
