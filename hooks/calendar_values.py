"""How values of a calendar are written: single holidays."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from hooks.opening_hours import LEAP_YEAR, MONTHS
from hooks.policy_values import YEAR_MONTH_DAY, Kind, unreadable

DAY_OF_YEAR = re.compile(rf"({'|'.join(MONTHS)}) (\d\d?)", re.ASCII)


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


HolidayText = Annotated[
    HolidayDate,
    BeforeValidator(_read_holiday),
    WithJsonSchema({"type": "string", "minLength": 1}),
    Kind("holiday"),
]
