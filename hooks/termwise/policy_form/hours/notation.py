"""The notation of hours: rules between semicolons, and the days that each is for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEAP_YEAR = 2028
ONE_DAY = timedelta(days=1)
HOLIDAYS = "holidays"
"""How a compiled window names the public holidays among its exceptional days."""

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
RANGE = re.compile(
    rf"(?:(\d{{4}}) )?({_MONTH})(?: ({_DAY}))?"
    rf"(?:\s?-\s?(?:(?:(\d{{4}}) )?({_MONTH}) ?)?({_DAY})?)?"
)


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


def is_of_every_year(days: str) -> bool:
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


# ---- Days


def holds_all(days: tuple[str, ...], inner: frozenset[str]) -> bool:
    """Tell whether all of some days are among others; one of a single year lies in a season."""
    outer = days_of_year(days)
    return bool(inner) and all(day in outer or day[-len("06-01") :] in outer for day in inner)


def days_of_year(days: Iterable[str]) -> frozenset[str]:
    """Each day of some ranges: "06-01" of every year, "2026-06-01" of one, or the holidays."""
    whole_year = [date(LEAP_YEAR, 1, 1) + number * ONE_DAY for number in range(366)]
    found = {day for day in days if day == HOLIDAYS}
    for stretch in (day for day in days if day != HOLIDAYS and not is_of_every_year(day)):
        begin, end = map(date.fromisoformat, stretch.split("/"))
        found |= {f"{begin + number * ONE_DAY}" for number in range((end - begin).days + 1)}
    for first, last in (day.split("/") for day in days if is_of_every_year(day)):
        for day in (f"{day:%m-%d}" for day in whole_year):
            inside = first <= day <= last if first <= last else day >= first or day <= last
            found |= {day} if inside else set()
    return frozenset(found)
