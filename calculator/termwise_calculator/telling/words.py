"""Everything that reads differently from language to language: words, figures, dates, hours.

`Words` works from plain data that the build takes from CLDR and the PO files, so that the page,
the command line and the browser write the same characters.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from termwise_calculator.terms.money import plain, round_to_currency
from termwise_calculator.time.lengths import Minutes, is_whole, seconds_in
from termwise_calculator.time.weekly_hours import (
    EVERY_DAY,
    LEAST_DAYS_OF_RANGE,
    Group,
    Hours,
    groups_of,
    is_always_open,
    long_spans,
    runs_of,
)
from termwise_calculator.time.windows import MINUTES_PER_DAY, ExceptionalDays, Span, Window

Messages = Mapping[str, str | Sequence[str]]
# As in a compiled gettext catalogue: the context and the message, with this between them.
CONTEXT_MARK = "\4"
GENITIVE = "genitive"
MOST_WHOLE_FORMS = 3  # of a unit; Polish may have a fourth, for parts of one
GROUPING = 3
# Between the plural forms of a unit; within braces it belongs to a slot.
BETWEEN_FORMS = re.compile(r"\s*\|\s*(?![^{]*\})")
LEAP_YEAR = 2028
"""A year that has every day of the year."""


class Text(NamedTuple):
    """A text of the policy as shown: in which language, how it came about.

    `state` is "governing", "translated", "stale" or "missing"; in the last two the text is the
    governing one. `machine` marks a translation that no person has reviewed.
    """

    text: str
    state: str
    machine: bool
    language: str


class Words:
    """One language's words and formats, made from the data of one page or browser bundle."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.language: str = data["language"]
        self.html_lang: str = data["html_lang"]
        self._locale: Mapping[str, Any] = data["locale"]
        self._messages: Messages = data["messages"]
        self._texts: Mapping[str, Any] = data["texts"]
        self._windows: dict[Window, str] = {}  # the same few are told in every quote
        self._signed = cache(self._put)  # so are figures

    # ---- words

    def say(self, msgid: str, /, **values: str) -> str:
        """A message of the interface in this language, its placeholders filled."""
        return self._one_form(msgid, msgid).format(**values)

    def say_in(self, context: str, msgid: str, /, **values: str) -> str:
        """A message whose English has another meaning elsewhere; `context` tells them apart."""
        return self._one_form(f"{context}{CONTEXT_MARK}{msgid}", msgid).format(**values)

    def say_count(self, msgid: str, plural: str, count: int, /, **values: str) -> str:
        """A message that agrees with a whole number, which fills `{count}`."""
        return self._counted(msgid, (msgid, plural), count, values)

    def say_count_in(
        self, context: str, msgid: str, plural: str, count: int, /, **values: str
    ) -> str:
        """A message that agrees with a whole number, told apart by its context."""
        return self._counted(f"{context}{CONTEXT_MARK}{msgid}", (msgid, plural), count, values)

    def tax_name(self, name: str) -> str:
        """A tax by its name in this language; a tax that has none keeps its own."""
        return {"VAT": self.say("VAT")}.get(name, name)

    def text(self, text_id: str) -> Text:
        """A text of the policy, its slots still open. Raises KeyError for an unknown id."""
        return Text(**self._texts[text_id])

    def has_text(self, text_id: str) -> bool:
        """Tell whether there is a text by this id."""
        return text_id in self._texts

    def form(self, text: str, number: Decimal | int | None) -> str:
        """The plural form of a unit for a number; for none the last form for whole numbers.

        The forms stand in one text in gettext's order, with | between them: one of them is enough
        where it never changes. Parts of one have the last form, which may be one of their own.
        """
        forms = plural_forms(text)
        if number is None:
            return forms[:MOST_WHOLE_FORMS][-1]
        if number != int(number):
            return forms[-1]
        return forms[min(self._plural_index(int(number)), len(forms) - 1)]

    def text_ids(self) -> Iterable[str]:
        """The ids of all texts."""
        return self._texts.keys()

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

    # ---- figures

    def number(self, number: Decimal | int) -> str:
        """A number with all its decimals, without trailing zeros."""
        return self._figure(plain(Decimal(number)))

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

    def money_or_free(self, amount: Decimal, currency: str, digits: int) -> str:
        """An amount in its currency, or that nothing is due."""
        return self.money(amount, currency, digits) if amount else self.free()

    def free(self) -> str:
        """That nothing is due."""
        return self.say("free of charge")

    def unpublished(self) -> str:
        """What stands for a figure that the provider does not publish."""
        return self.say("not published by the provider")

    def minutes(
        self, minutes: Minutes, style: str = "long", hours: bool = False, case: str | None = None
    ) -> str:
        """A length in minutes, or in whole hours where `hours` is asked for and it is whole.

        Seconds follow where there are any.

        `style` is "long" or "short"; `case` is None (as counted) or "genitive" (always long).
        """
        if not is_whole(minutes):
            return self._with_seconds(minutes, style, case)
        in_hours = hours and minutes > 0 and minutes % 60 == 0
        count, unit = (minutes // 60, "hour") if in_hours else (int(minutes), "minute")
        return self._length(unit, count, style, case)

    def _with_seconds(self, minutes: Minutes, style: str, case: str | None) -> str:
        whole, seconds = divmod(seconds_in(minutes), 60)
        parts = [("minute", whole), ("second", seconds)] if whole else [("second", seconds)]
        return self.list_of([self._length(unit, count, style, case) for unit, count in parts])

    def _length(self, unit: str, count: int, style: str, case: str | None) -> str:
        if case == GENITIVE:
            return self._genitive(unit, count)
        forms: Sequence[str] = self._locale["units"][unit][style]
        return forms[self._plural_index(count)].format(self.number(count))

    def months(self, months: int) -> str:
        """A length in months."""
        return self.say_count("{count} month", "{count} months", months)

    def working_days(self, count: int) -> str:
        """A number of days on which support works."""
        return self.say_count("{count} working day", "{count} working days", count)

    # ---- dates and times

    def clock(self, moment: dt.datetime | dt.time | int) -> str:
        """A time of day; a whole number is a minute of the day (1440: midnight at its end)."""
        if isinstance(moment, int):
            hour, minute, second = *divmod(moment, 60), 0
        else:
            hour, minute, second = moment.hour, moment.minute, moment.second
        pattern = self._locale["time_with_seconds" if second else "time"]
        return str(pattern).format(hour=hour, minute=minute, second=second)

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

    def date_time(self, moment: dt.datetime, style: str = "full") -> str:
        """A date and the time of day, as the clock of `moment` shows it."""
        return self.say_in(
            "moment", "{date}, {time}", date=self.date(moment, style), time=self.clock(moment)
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

    # ---- opening hours

    def window(self, window: Window) -> str:
        """A window by days and hours ("Monday–Friday, 10:00–18:00"), then its exceptional days."""
        if window not in self._windows:
            self._windows[window] = self._window(window)
        return self._windows[window]

    def _week(self, window: Window) -> list[str]:
        if is_always_open(window):
            return [self.say("at all hours")]
        groups = [
            self.say_in("opening hours", "{days}, {hours}", days=days, hours=hours)
            for days, hours in map(self._group, groups_of(window))
        ]
        return groups + [self._long_span(span) for span in long_spans(window)]

    def _exception(self, exception: ExceptionalDays) -> str:
        """Exceptional days with their hours, or that the window does not open on them."""
        days, hours = self.exceptional_days(exception), self._exceptional_hours(exception)
        if hours:
            return self.say_in("exceptional days", "{days}: {hours}", days=days, hours=hours)
        if not exception.seasons:
            return self.say("except on public holidays")
        return self.say_in("exceptional days", "except {days}", days=days)

    def exceptional_days(self, exception: ExceptionalDays) -> str:
        """Which days they are ("public holidays", "24 December", "1 June – 31 August")."""
        if not exception.seasons:
            return self.say("public holidays")
        return self.list_of(self._season(*season) for season in exception.seasons)

    def _season(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        days = [self.date(dt.date(LEAP_YEAR, *day), "day") for day in (first, last)]
        if first == last:
            return days[0]
        return self.say_in("dates", "{first} – {last}", first=days[0], last=days[1])

    def _exceptional_hours(self, exception: ExceptionalDays) -> str:
        """The hours of exceptional days, with days of the week where these differ."""
        week = Window("", exception.spans)
        groups = groups_of(week)
        if len(groups) == 1 and groups[0].days == EVERY_DAY and not long_spans(week):
            return self.window_hours(week)
        return self.list_of(self._week(week)) if exception.spans else ""

    def window_days(self, window: Window) -> str:
        """The days on which a window opens ("Monday–Friday", "every day")."""
        if not window.spans:
            return self.list_of(map(self.exceptional_days, window.exceptions))
        days = {span.start // MINUTES_PER_DAY for span in long_spans(window)}
        days.update(day for group in groups_of(window) for day in group.days)
        return self._days(EVERY_DAY if is_always_open(window) else tuple(sorted(days)))

    def window_hours(self, window: Window) -> str:
        """The hours of a window without its days ("10:00–18:00")."""
        window = _opening_week(window)
        hours = sorted({hours for group in groups_of(window) for hours in group.hours})
        written = [self._hours(each) for each in hours]
        return self.list_of(written + [self._long_span(span) for span in long_spans(window)])

    def window_start(self, window: Window) -> str:
        """When a window opens, as a time of day; several times when it differs between days."""
        spans = _opening_week(window).spans
        return self.list_of(map(self.clock, sorted({_opening(span) for span in spans})))

    def window_end(self, window: Window) -> str:
        """When a window closes, as a time of day; several times when it differs between days."""
        spans = _opening_week(window).spans
        return self.list_of(map(self.clock, sorted({_closing(span) for span in spans})))

    # ---- how it is done

    def _window(self, window: Window) -> str:
        exceptions = [self._exception(exception) for exception in window.exceptions]
        return "; ".join(self._week(window) + exceptions)

    def _one_form(self, key: str, msgid: str) -> str:
        translated = self._messages.get(key, msgid)
        assert isinstance(translated, str), f"{msgid!r} has plural forms: use say_count"
        return translated

    def _counted(
        self, key: str, english: Sequence[str], count: int, values: Mapping[str, str]
    ) -> str:
        forms = self._messages.get(key, english)
        return forms[self._plural_index(count)].format(count=self.number(count), **values)

    def _plural_index(self, count: int) -> int:
        return int(self._locale["plural"][count if count < 200 else 100 + count % 100])

    def _genitive(self, unit: str, count: int) -> str:
        # CLDR has these forms ("do 60 minut"), Babel does not read them.
        if unit == "hour":
            return self.say_count_in("genitive", "{count} hour", "{count} hours", count)
        if unit == "second":
            return self.say_count_in("genitive", "{count} second", "{count} seconds", count)
        return self.say_count_in("genitive", "{count} minute", "{count} minutes", count)

    def _figure(self, written: str) -> str:
        return self._signed("{0}", written)

    def _put(self, pattern: str, written: str) -> str:
        """Put a plain decimal ("-1234.50") into a pattern, in this language's notation."""
        whole, point, fraction = written.removeprefix("-").partition(".")
        figure = self._grouped(whole) + (self._locale["decimal"] + fraction if point else "")
        minus = self._locale["minus"] if written.startswith("-") else ""
        return str(minus + pattern.format(figure))

    def _grouped(self, whole: str) -> str:
        if len(whole) <= GROUPING:
            return whole
        first = len(whole) % GROUPING
        groups = [whole[i : i + GROUPING] for i in range(first, len(whole), GROUPING)]
        return str(self._locale["group"]).join([whole[:first], *groups] if first else groups)

    def _group(self, group: Group) -> tuple[str, str]:
        return self._days(group.days), self.list_of(map(self._hours, group.hours))

    def _hours(self, hours: Hours) -> str:
        end = hours.end_of_day_or_clock
        return self.time_range(self.clock(hours.start), self.clock(end))

    def _days(self, days: tuple[int, ...]) -> str:
        if days == EVERY_DAY:
            return self.say("every day")
        return self.list_of(part for run in runs_of(days) for part in self._run(*run))

    def _run(self, first: int, last: int) -> list[str]:
        if last - first + 1 < LEAST_DAYS_OF_RANGE:
            return [self.weekday(day) for day in range(first, last + 1)]
        first_day, last_day = self.weekday(first), self.weekday(last)
        return [self.say_in("days", "{first}–{last}", first=first_day, last=last_day)]

    def _long_span(self, span: Span) -> str:
        start_day, start = divmod(span.start, MINUTES_PER_DAY)
        end_day, end = divmod(span.end, MINUTES_PER_DAY)
        return self.say_in(
            "opening hours",
            "{start_day} {start} – {end_day} {end}",
            start_day=self.weekday(start_day),
            start=self.clock(start),
            end_day=self.weekday(end_day % 7),
            end=self.clock(end),
        )


def _opening_week(window: Window) -> Window:
    """The ordinary week of a window; for one that opens on exceptional days alone, theirs."""
    exceptional = (exception.spans for exception in window.exceptions if exception.spans)
    return Window("", window.spans or next(exceptional, ()))


def _opening(span: Span) -> int:
    return span.start % MINUTES_PER_DAY


def _closing(span: Span) -> int:
    return span.end % MINUTES_PER_DAY or MINUTES_PER_DAY


def plural_forms(text: str) -> list[str]:
    """The plural forms that stand in the text of a unit."""
    return BETWEEN_FORMS.split(text)
