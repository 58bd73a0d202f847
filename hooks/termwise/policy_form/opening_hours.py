"""Windows from OpenStreetMap `opening_hours` text, read by a kept library.

The library evaluates the text over reference weeks; what it finds open becomes minutes of the week.
A text may have rules for public holidays (PH), for dates and seasons of every year, and for those
of one year, such as school holidays. Each of these gets the week that the library finds when all
days are such days, and the check compares every day until the last known holiday with what the
library finds for the whole text.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from termwise_calculator.time.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK

Interval = tuple[int, int]

# Mondays of weeks far apart in season, year, week number and place in the month: text that means
# the same in all of them depends on the day of the week and the time alone.
REFERENCE_WEEKS = tuple(
    datetime(year, month, day)  # noqa: DTZ001 (local wall-clock time, as in the text)
    for year, month, day in [(2026, 3, 2), (2026, 6, 29), (2027, 10, 11), (2028, 12, 18)]
)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEAP_YEAR = 2028
ONE_DAY = timedelta(days=1)
HOLIDAYS = "holidays"
"""How a compiled window names the public holidays among its exceptional days."""

NOT_READ = re.compile(
    r"\b(SH|easter|week|sunrise|sunset|dawn|dusk|\d{4}(?!\s[A-Z][a-z]{2}\s\d)(?=\s|-|$))\b|\[|\|\|"
)
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_DAY = r"\d\d?(?![\d:])"
_DATE = rf"{_MONTH}(?: {_DAY})?"
_YEAR_DATE = rf"\d{{4}} {_MONTH} {_DAY}"
_RANGE = (
    rf"(?:{_YEAR_DATE}(?:\s?-\s?(?:{_YEAR_DATE}|{_DAY}))?|"
    rf"{_DATE}(?:\s?-\s?(?:{_DATE}|{_DAY}))?)"
)
EXCEPTIONAL = re.compile(rf"\b(?:PH|{_MONTH})\b")
DATED_RULE = re.compile(rf"(?P<days>{_RANGE}(?:\s?,\s?{_RANGE})*)(?::\s*|\s+|$)(?P<hours>.*)")
HOLIDAY_RULE = re.compile(
    r"(?P<days>(?:[A-Z][a-z](?:-[A-Z][a-z])?,)*PH(?:,[A-Za-z,-]+)?)(?P<hours>.*)"
)
APART = re.compile(rf"\b({'|'.join((*WEEKDAYS, 'PH'))})\s*,\s*(?=\d{{1,2}}:\d\d)")
"""A comma between days and the times that are meant for them."""

CLOSED = re.compile(r"\b(off|closed)\b")
RANGE = re.compile(
    rf"(?:(\d{{4}}) )?({_MONTH})(?: ({_DAY}))?"
    rf"(?:\s?-\s?(?:(?:(\d{{4}}) )?({_MONTH}) ?)?({_DAY})?)?"
)


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
        seasons = (one for one in self.exceptions if any(map(_is_of_every_year, one.days)))
        return bool(self.spans) or any(one.spans for one in seasons)


@dataclass(frozen=True, slots=True)
class HoursRule:
    """A part of the text between semicolons: its exceptional days, if any, and its hours."""

    days: tuple[str, ...]
    hours: str


class NotWeekly(ValueError):
    """Text that is no window of the week; `expected` and `mend` say what would be."""

    def __init__(self, expected: str, mend: str) -> None:
        super().__init__(mend)
        self.expected = expected
        self.mend = mend


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
    _check_syntax(text)
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


# ---- Rules


def rules_of(text: str) -> list[HoursRule]:
    """The rules of a window in their order. Raises NotWeekly for what is not read."""
    return [rule for part in text.split(";") for rule in _rules(part.strip())]


def _rules(part: str) -> Iterator[HoursRule]:
    if not EXCEPTIONAL.search(part):
        yield HoursRule((), part)
    elif dated := DATED_RULE.fullmatch(part):
        ranges = RANGE.finditer(dated["days"])
        yield _exceptional_rule(tuple(map(_range_of_year, ranges)), dated["hours"])
    elif holiday := HOLIDAY_RULE.fullmatch(part):
        others = [day for day in holiday["days"].split(",") if day != "PH"]
        hours = holiday["hours"].strip()
        if others:
            yield HoursRule((), f"{','.join(others)} {hours}".strip())
        yield _exceptional_rule((HOLIDAYS,), hours)
    else:
        raise _not_one_kind_of_day()


def _exceptional_rule(days: tuple[str, ...], hours: str) -> HoursRule:
    named_twice = days == (HOLIDAYS,) and re.match("[A-Z]", hours)  # the library reads this as or
    if EXCEPTIONAL.search(hours) or named_twice:
        raise _not_one_kind_of_day()
    return HoursRule(days, hours or "00:00-24:00")


def _not_one_kind_of_day() -> NotWeekly:
    return NotWeekly(
        "rules such as “Mo-Fr 08:00-18:00; PH off; Jun-Aug Mo-Fr 09:00-16:00; Dec 24 off”",
        "write one rule for each kind of day, with semicolons between them",
    )


def _range_of_year(written: re.Match[str]) -> str:
    """A range such as “Jun-Aug”, “Dec 24-26” or “2026 Dec 24” as its first and its last day."""
    year, month, day, last_year, last_month, last_day = written.groups()
    first = _day_of_year(month, day or "1")
    is_range = last_month or last_day
    last = (last_month or month, last_day) if is_range else (month, day)
    end = _day_of_year(last[0], last[1] or "")
    if year is None:
        return f"{first}/{end}"
    begins, ends = f"{year}-{first}", f"{last_year or year}-{end}"
    if not _exists(begins) or not _exists(ends) or ends < begins:
        raise NotWeekly("days that exist, the first before the last", "write a day of that month")
    return f"{begins}/{ends}"


def _exists(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False  # 29 February


def _is_of_every_year(days: str) -> bool:
    """Tell a range such as "06-01/08-31" from public holidays, and from one of a single year."""
    return len(days) == len("06-01/08-31")


def _day_of_year(month: str, day: str) -> str:
    """A day as “12-24”; without a day the last of the month, which in February is the 29th."""
    number = MONTHS.index(month) + 1
    if not day:
        following = date(LEAP_YEAR + number // 12, number % 12 + 1, 1)
        return f"{following - ONE_DAY:%m-%d}"
    try:
        return f"{date(LEAP_YEAR, number, int(day)):%m-%d}"
    except ValueError:
        raise NotWeekly("days that exist", "write a day of that month") from None


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
    inner = _days_of_year(days)
    return [rule.hours for rule in rules if not rule.days or _holds_all(rule.days, inner)]


def _holds_all(days: tuple[str, ...], inner: frozenset[str]) -> bool:
    """Tell whether all of some days are among others; one of a single year lies in a season."""
    outer = _days_of_year(days)
    return bool(inner) and all(day in outer or day[-len("06-01") :] in outer for day in inner)


def _days_of_year(days: Iterable[str]) -> frozenset[str]:
    whole_year = [date(LEAP_YEAR, 1, 1) + number * ONE_DAY for number in range(366)]
    found = {day for day in days if day == HOLIDAYS}
    for stretch in (day for day in days if day != HOLIDAYS and not _is_of_every_year(day)):
        begin, end = map(date.fromisoformat, stretch.split("/"))
        found |= {f"{begin + number * ONE_DAY}" for number in range((end - begin).days + 1)}
    for first, last in (day.split("/") for day in days if _is_of_every_year(day)):
        for day in (f"{day:%m-%d}" for day in whole_year):
            inside = first <= day <= last if first <= last else day >= first or day <= last
            found |= {day} if inside else set()
    return frozenset(found)


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
        (start, min(end, MINUTES_PER_WEEK)) for start, end in _open(text, monday, sunday_night)
    )


# ---- The library


def _check_syntax(text: str) -> None:
    from opening_hours import validate  # noqa: PLC0415 (needed for windows only)

    if not validate(text):
        raise NotWeekly(
            "opening hours such as “Mo-Fr 10:00-18:00; Sa 10:00-14:00”",
            "write days as Mo Tu We Th Fr Sa Su and times as 10:00-18:00",
        )


def _open(text: str, start: datetime, end: datetime) -> list[Interval]:
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
    for start, end in _open(text, begin, begin + days * ONE_DAY) if text else ():
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


def _join_over_sunday_night(spans: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Let the last span run on into Monday, so that one night is one span."""
    runs_on = len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == MINUTES_PER_WEEK
    if not runs_on:
        return spans
    last_start, _ = spans[-1]
    return (*spans[1:-1], (last_start, MINUTES_PER_WEEK + spans[0][1]))
