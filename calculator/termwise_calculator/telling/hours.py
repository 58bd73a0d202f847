"""Opening hours in words: the days of a window, its hours, and its exceptional days."""

import datetime as dt

from termwise_calculator.telling.words import Words
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
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    ExceptionalDays,
    SeasonDay,
    Span,
    Window,
    is_of_one_year,
)

LEAP_YEAR = 2028
"""A year that has every day of the year."""


def window_text(words: Words, window: Window) -> str:
    """A window by days and hours ("Monday–Friday, 10:00–18:00"), then its exceptional days."""
    exceptions = [_exception(words, exception) for exception in window.exceptions]
    return "; ".join(_week(words, window) + exceptions)


def _week(words: Words, window: Window) -> list[str]:
    if is_always_open(window):
        return [words.say("at all hours")]
    groups = [
        words.say_in("opening hours", "{days}, {hours}", days=days, hours=hours)
        for days, hours in (_group(words, one) for one in groups_of(window))
    ]
    return groups + [_long_span(words, span) for span in long_spans(window)]


def _exception(words: Words, exception: ExceptionalDays) -> str:
    """Exceptional days with their hours, or that the window does not open on them."""
    days, hours = exceptional_days(words, exception), _exceptional_hours(words, exception)
    if hours:
        return words.say_in("exceptional days", "{days}: {hours}", days=days, hours=hours)
    if not exception.seasons:
        return words.say("except on public holidays")
    return words.say_in("exceptional days", "except {days}", days=days)


def exceptional_days(words: Words, exception: ExceptionalDays) -> str:
    """Which days they are ("public holidays", "24 December", "1 June – 31 August")."""
    if not exception.seasons:
        return words.say("public holidays")
    return words.list_of(_season(words, *season) for season in exception.seasons)


def _season(words: Words, first: SeasonDay, last: SeasonDay) -> str:
    days = [_day(words, day) for day in (first, last)]
    if first == last:
        return days[0]
    return words.say_in("dates", "{first} – {last}", first=days[0], last=days[1])


def _day(words: Words, day: SeasonDay) -> str:
    """A day of every year, or of one with its year."""
    if is_of_one_year(day):
        return words.date(dt.date(*day))
    return words.date(dt.date(LEAP_YEAR, *day), "day")


def _exceptional_hours(words: Words, exception: ExceptionalDays) -> str:
    """The hours of exceptional days, with days of the week where these differ."""
    week = Window("", exception.spans)
    groups = groups_of(week)
    if len(groups) == 1 and groups[0].days == EVERY_DAY and not long_spans(week):
        return window_hours(words, week)
    return words.list_of(_week(words, week)) if exception.spans else ""


def window_days(words: Words, window: Window) -> str:
    """The days on which a window opens ("Monday–Friday", "every day")."""
    if not window.spans:
        return words.list_of(exceptional_days(words, one) for one in window.exceptions)
    days = {span.start // MINUTES_PER_DAY for span in long_spans(window)}
    days.update(day for group in groups_of(window) for day in group.days)
    return _days(words, EVERY_DAY if is_always_open(window) else tuple(sorted(days)))


def window_hours(words: Words, window: Window) -> str:
    """The hours of a window without its days ("10:00–18:00")."""
    window = _opening_week(window)
    hours = sorted({hours for group in groups_of(window) for hours in group.hours})
    written = [_hours(words, each) for each in hours]
    return words.list_of(written + [_long_span(words, span) for span in long_spans(window)])


def window_start(words: Words, window: Window) -> str:
    """When a window opens, as a time of day; several times when it differs between days."""
    spans = _opening_week(window).spans
    return words.list_of(map(words.clock, sorted({_opening(span) for span in spans})))


def window_end(words: Words, window: Window) -> str:
    """When a window closes, as a time of day; several times when it differs between days."""
    spans = _opening_week(window).spans
    return words.list_of(map(words.clock, sorted({_closing(span) for span in spans})))


def _group(words: Words, group: Group) -> tuple[str, str]:
    return _days(words, group.days), words.list_of(_hours(words, one) for one in group.hours)


def _hours(words: Words, hours: Hours) -> str:
    end = hours.end_of_day_or_clock
    return words.time_range(words.clock(hours.start), words.clock(end))


def _days(words: Words, days: tuple[int, ...]) -> str:
    if days == EVERY_DAY:
        return words.say("every day")
    return words.list_of(part for run in runs_of(days) for part in _run(words, *run))


def _run(words: Words, first: int, last: int) -> list[str]:
    if last - first + 1 < LEAST_DAYS_OF_RANGE:
        return [words.weekday(day) for day in range(first, last + 1)]
    first_day, last_day = words.weekday(first), words.weekday(last)
    return [words.say_in("days", "{first}–{last}", first=first_day, last=last_day)]


def _long_span(words: Words, span: Span) -> str:
    start_day, start = divmod(span.start, MINUTES_PER_DAY)
    end_day, end = divmod(span.end, MINUTES_PER_DAY)
    return words.say_in(
        "opening hours",
        "{start_day} {start} – {end_day} {end}",
        start_day=words.weekday(start_day),
        start=words.clock(start),
        end_day=words.weekday(end_day % 7),
        end=words.clock(end),
    )


def _opening_week(window: Window) -> Window:
    """The ordinary week of a window; for one that opens on exceptional days alone, theirs."""
    exceptional = (exception.spans for exception in window.exceptions if exception.spans)
    return Window("", window.spans or next(exceptional, ()))


def _opening(span: Span) -> int:
    return span.start % MINUTES_PER_DAY


def _closing(span: Span) -> int:
    return span.end % MINUTES_PER_DAY or MINUTES_PER_DAY
