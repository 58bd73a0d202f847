"""How values of a calendar are written: single holidays, and how soon an answer comes."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from termwise.policy_form.hours.notation import LEAP_YEAR, MONTHS
from termwise.policy_form.values import YEAR_MONTH_DAY, Kind, read_length, unreadable

DAY_OF_YEAR = re.compile(rf"({'|'.join(MONTHS)}) (\d\d?)", re.ASCII)
WORKING_DAYS = re.compile(r"(\d{1,3}) working days?", re.ASCII)


@dataclass(frozen=True, slots=True)
class HolidayDate:
    """A day of one year, or of every year where `year` is None."""

    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The date in a year, or None where it has no such day."""
        if self.year not in (None, year):
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None  # 29 February


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """How soon an answer comes: in minutes of a window, or on one of its next working days."""

    minutes: int | None
    working_days: int | None = None


def _read_holiday(raw: Any) -> HolidayDate:
    error = unreadable(
        "a date such as 2026-12-24, or a day of every year such as Dec 24",
        "write year-month-day, or the month as Jan to Dec and the day",
    )
    text = raw if isinstance(raw, str) else ""
    written = DAY_OF_YEAR.fullmatch(text)
    try:
        if written:
            number = MONTHS.index(written[1]) + 1
            return HolidayDate(None, number, date(LEAP_YEAR, number, int(written[2])).day)
        day = date.fromisoformat(text) if YEAR_MONTH_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise error
    return HolidayDate(day.year, day.month, day.day)


def _read_response_time(raw: Any) -> ResponseTime:
    text = raw if isinstance(raw, str) else ""
    days = WORKING_DAYS.fullmatch(text)
    if days and int(days[1]):
        return ResponseTime(None, int(days[1]))
    if "day" in text:
        raise unreadable(
            "a length such as 4 h, or working days such as 2 working days",
            f"write “{number[0]} working days”, or “{24 * int(number[0])} h” for days of 24 hours"
            if (number := re.match(r"[1-9]\d?", text))
            else "write hours, or a number of working days from 1 on",
        )
    return ResponseTime(read_length(raw))


HolidayText = Annotated[
    HolidayDate,
    BeforeValidator(_read_holiday),
    WithJsonSchema({"type": "string", "minLength": 1}),
    Kind("holiday"),
]
ResponseTimeText = Annotated[
    ResponseTime,
    BeforeValidator(_read_response_time),
    WithJsonSchema(
        {"type": "string", "pattern": r"^(\d+(\.\d+)? (min|h)|[1-9]\d{0,2} working days?)$"}
    ),
    Kind("response-time"),
]
