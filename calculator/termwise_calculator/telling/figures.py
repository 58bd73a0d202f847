"""Figures as a language writes them: numbers, amounts, times of day, dates, lists."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from termwise_calculator.terms.money import plain, round_to_currency

GROUPING = 3


class Figures:
    """The figures of one language, from what CLDR says of it."""

    def __init__(self, locale: Mapping[str, Any]) -> None:
        self._locale = locale
        self._signed = cache(self._put)  # the same few are told in every quote

    def number(self, number: Decimal | int) -> str:
        """A number with all its decimals, without trailing zeros."""
        return self._figure(plain(Decimal(number)))

    @property
    def decimal_mark(self) -> str:
        """What stands before the decimals of a number ("." or ",")."""
        return str(self._locale["decimal"])

    def factor(self, factor: Decimal) -> str:
        """A factor as a bare number ("2", "1.5")."""
        return self.number(factor)

    def percent(self, percent: Decimal) -> str:
        """A percentage, given in hundredths (23 for 23%)."""
        return self._signed(self._locale["percent"], plain(percent))

    def money(self, amount: Decimal, currency: str, digits: int) -> str:
        """An amount in its currency. Raises KeyError for a currency the data does not hold."""
        written = format(round_to_currency(amount, digits), "f")
        return self._signed(self._locale["money"][currency], written)

    def number_range(self, low: Decimal, high: Decimal) -> str:
        """From one number to another ("1.5–2")."""
        return self._put_range("{0}", plain(low), plain(high))

    def percent_range(self, low: Decimal, high: Decimal) -> str:
        """From one percentage to another ("10–20%")."""
        return self._put_range(self._locale["percent"], plain(low), plain(high))

    def money_range(self, low: Decimal, high: Decimal, currency: str, digits: int) -> str:
        """From one amount to another, with their currency once ("€15.00–25.00")."""
        written = [format(round_to_currency(amount, digits), "f") for amount in (low, high)]
        return self._put_range(self._locale["money"][currency], *written)

    def clock(self, moment: dt.datetime | dt.time | int) -> str:
        """A time of day; a whole number is a minute of the day (1440: midnight at its end).

        One that comes twice, as the clocks go back, is told with its zone ("02:30 CEST").
        """
        if isinstance(moment, int):
            hour, minute, second = *divmod(moment, 60), 0
        else:
            hour, minute, second = moment.hour, moment.minute, moment.second
        pattern = self._locale["time_with_seconds" if second else "time"]
        written = str(pattern).format(hour=hour, minute=minute, second=second)
        if isinstance(moment, dt.datetime) and _comes_twice(moment):
            return f"{written} {moment.tzname()}"
        return written

    def date(self, day: dt.date, style: str = "long") -> str:
        """A date: "long" without, "full" and "medium" (abbreviated) with the day of the week.

        "day" is the day and the month alone.
        """
        names, months, weekday = self._locale["days"], self._locale["months"], day.weekday()
        return str(self._locale["dates"][style]).format(
            weekday=names["wide"][weekday],
            weekday_short=names["short"][weekday],
            day=day.day,
            month=months["wide"][day.month - 1],
            month_short=months["short"][day.month - 1],
            month_number=day.month,
            year=day.year,
        )

    def weekday(self, day: dt.date | int) -> str:
        """The name of the weekday of a date, or of a day of the week, 0 for Monday."""
        number = day if isinstance(day, int) else day.weekday()
        return str(self._locale["days"]["alone"][number])

    def time_range(self, start: str, end: str) -> str:
        """From one time of day to another, both already written."""
        return f"{start}–{end}"

    def place(self, zone: str) -> str:
        """The city whose time a time zone is ("Warsaw")."""
        return str(self._locale["places"][zone])

    def list_of(self, items: Iterable[str]) -> str:
        """Items as a list in a sentence ("a, b and c")."""
        patterns, (first, *rest) = self._locale["list"], items
        if not rest:
            return first
        if len(rest) == 1:
            return str(patterns["2"]).format(first, rest[0])
        listed = str(patterns["start"]).format(first, rest[0])
        for item in rest[1:-1]:
            listed = patterns["middle"].format(listed, item)
        return str(patterns["end"]).format(listed, rest[-1])

    # ---- how it is done

    def _figure(self, written: str) -> str:
        return self._signed("{0}", written)

    def _put(self, pattern: str, written: str) -> str:
        """Put a plain decimal ("-1234.50") into a pattern, in this language's notation."""
        minus = self._locale["minus"] if written.startswith("-") else ""
        return str(minus + pattern.format(self._notated(written)))

    def _put_range(self, pattern: str, low: str, high: str) -> str:
        """Put two plain decimals without a sign into a pattern, the lower one first."""
        return str(pattern).format(f"{self._notated(low)}–{self._notated(high)}")

    def _notated(self, written: str) -> str:
        """A plain decimal in this language's notation, without its sign."""
        whole, point, fraction = written.removeprefix("-").partition(".")
        return self._grouped(whole) + (self.decimal_mark + fraction if point else "")

    def _grouped(self, whole: str) -> str:
        if len(whole) < GROUPING + self._locale["least_grouped"]:
            return whole
        first = len(whole) % GROUPING
        groups = [whole[i : i + GROUPING] for i in range(first, len(whole), GROUPING)]
        return str(self._locale["group"]).join([whole[:first], *groups] if first else groups)


def _comes_twice(moment: dt.datetime) -> bool:
    """Tell whether the clock shows a time again an hour later."""
    if moment.tzinfo is None:
        return False
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
