"""What a kept library finds in the text of opening hours."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from termwise.policy_form.hours.notation import (
    HOLIDAYS,
    MONTHS,
    ONE_DAY,
    HoursRule,
    NotWeekly,
    rules_of,
)
from termwise_calculator.time.windows import MINUTES_PER_DAY

Interval = tuple[int, int]


def check_syntax(text: str) -> None:
    """Raise NotWeekly for what is no text of opening hours."""
    from opening_hours import validate  # noqa: PLC0415 (needed for windows only)

    if not validate(text):
        raise NotWeekly(
            "opening hours such as “Mo-Fr 10:00-18:00; Sa 10:00-14:00”",
            "write days as Mo Tu We Th Fr Sa Su and times as 10:00-18:00",
        )


def opened_in(text: str, start: datetime, end: datetime) -> list[Interval]:
    """What the library finds open from one moment to another, in minutes since the first."""
    from opening_hours import OpeningHours  # noqa: PLC0415 (needed for windows only)

    spans = []
    for begin, until, state, comment in OpeningHours(text).intervals(start, end):
        if str(state) == "unknown" or comment:
            raise NotWeekly("hours that are certain", "leave out “unknown” and comments in quotes")
        if str(state) == "open":
            spans.append((_minutes_between(start, begin), _minutes_between(start, until)))
    return _merged(spans)


def hours_found(
    text: str, holidays: Collection[date], first: date, last: date
) -> dict[date, list[Interval]]:
    """What the library finds for the whole text on each day, with these public holidays.

    It knows holidays by country only, so their dates stand in their place: those of one year at a
    time, since it tries each of them on each day.
    """
    rules, found = rules_of(text), dict[date, list[Interval]]()
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        near = sorted(day for day in holidays if begin - ONE_DAY <= day <= end)
        listed = ",".join(f"{day.year} {MONTHS[day.month - 1]} {day.day:02}" for day in near)
        written = [_as_written(rule, listed) for rule in rules]
        found |= _by_day("; ".join(rule for rule in written if rule), begin, end)
    return found


def _by_day(text: str, first: date, last: date) -> dict[date, list[Interval]]:
    """The open minutes of each day."""
    begin = datetime(first.year, first.month, first.day)  # noqa: DTZ001 (local, as in the text)
    days = (last - first).days + 1
    found: dict[date, list[Interval]] = {first + number * ONE_DAY: [] for number in range(days)}
    for start, end in opened_in(text, begin, begin + days * ONE_DAY) if text else ():
        for number in range(start // MINUTES_PER_DAY, -(-end // MINUTES_PER_DAY)):
            midnight = number * MINUTES_PER_DAY
            piece = (max(start - midnight, 0), min(end - midnight, MINUTES_PER_DAY))
            found[first + number * ONE_DAY].append(piece)
    return found


def _as_written(rule: HoursRule, holidays: str) -> str:
    if not rule.days:
        return rule.hours
    if HOLIDAYS in rule.days:
        return f"{holidays} {rule.hours}" if holidays else ""
    return f"{','.join(map(_as_dates, rule.days))} {rule.hours}"


def _as_dates(days: str) -> str:
    """A range as the library reads it, with its years where it has any."""
    return "-".join(
        f"{day[:-5].replace('-', ' ')}{MONTHS[int(day[-5:-3]) - 1]} {day[-2:]}"
        for day in days.split("/")
    )


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
