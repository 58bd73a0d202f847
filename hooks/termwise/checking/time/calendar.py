"""Calendars: it is known which days are holidays, and windows mean on each day what they say."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from termwise.compiling.windows import compiled_window
from termwise.policy_form.calendar.countries import code_among, names_of_their_own
from termwise.policy_form.calendar.holidays import (
    HORIZON_YEARS,
    YEARS_BEYOND,
    HolidayTerms,
    UnknownCountry,
    dates_of,
    half_days,
    holiday_names,
)
from termwise.policy_form.dated import Dated
from termwise.policy_form.hours.library import hours_found
from termwise.policy_form.hours.notation import MONTHS
from termwise.policy_form.hours.weekly import Weekly
from termwise.policy_form.policy_file import OutsideWindowTerms, PolicyFile
from termwise.policy_form.yaml_text.source import Path, Source, written_at
from termwise.problems import Problem, did_you_mean, listed, quoted
from termwise_calculator.terms.loading import load_window
from termwise_calculator.time.windows import Span, Window, hours_on

NONE: frozenset[date] = frozenset()
MONDAY = date.min


def calendar_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Everything wrong with public holidays, and with the exceptional days of windows."""
    yield from _missing_calendar(written, source)
    if written.holidays is not None:
        yield from _holiday_problems(written, source, written.holidays)
    yield from _never_open(written, source)
    for name, window in written.hours.items():
        yield from _unclear_days(written, source, name, window)


def days_of_terms(written: PolicyFile) -> Sequence[date]:
    """Every day for which it is known whether it is a public holiday, from the first terms on.

    Where these have no first day: from the year before their page was read.
    """
    return _days(*_first_and_last_day(written))


def _first_and_last_day(written: PolicyFile) -> tuple[date, date]:
    first = written.begins or date(written.source.read.year - 1, 1, 1)
    last_year = max(first, written.source.read).year + HORIZON_YEARS + YEARS_BEYOND
    return first, date(last_year, 12, 31)


@cache
def _days(first: date, last: date) -> Sequence[date]:
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def holidays_of_terms(written: PolicyFile) -> frozenset[date]:
    """The public holidays among these days; none where the calendar cannot be made."""
    first, last = _first_and_last_day(written)
    return _known_holidays(written.holidays, first.year, last.year, written.language)


@cache
def _known_holidays(
    terms: HolidayTerms | None, first: int, last: int, language: str
) -> frozenset[date]:
    try:
        names = holiday_names(terms, range(first, last + 1), language)[0] if terms else {}
    except UnknownCountry:
        return frozenset()
    return frozenset(names)


def country_is_known(written: PolicyFile) -> bool:
    """Tell whether the calendar can be made."""
    try:
        return written.holidays is None or bool(
            holiday_names(written.holidays, [], written.language)
        )
    except UnknownCountry:
        return False


def windows_open(written: PolicyFile) -> bool:
    """Tell whether each window opens at some time."""
    return not any(_closed_windows(written))


def _closed_windows(written: PolicyFile) -> Iterator[str]:
    for name, window in written.hours.items():
        hours = [
            (weekly.spans, *(one.spans for one in weekly.exceptions)) for _, weekly in window.rows
        ]
        if not all(map(any, hours)):
            yield name


def _never_open(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Windows outside of what fills the whole week, or outside of themselves."""
    for name in _closed_windows(written):
        yield Problem(
            source.place(("windows", name)),
            "The window never opens",
            quoted(written_at(source.data, ("windows", name))),
            "a window that leaves some time outside it",
            "name another window, or write the hours",
        )


# ---- The calendar


def _missing_calendar(written: PolicyFile, source: Source) -> Iterator[Problem]:
    needing = [
        name
        for name, window in written.hours.items()
        if any(row.needs_holidays for _, row in window.rows)
    ]
    if needing and written.holidays is None:
        yield Problem(
            source.key_place(("windows", needing[0])),
            "The window depends on public holidays, and nothing says which days these are",
            quoted(needing[0]),
            "holidays with a country, or with dates",
            "add “holidays: {country: …, clause: …}”, or take PH away",
        )
    if written.holidays is not None and not needing:
        yield Problem(
            source.key_place(("holidays",)),
            "No window depends on public holidays",
            "holidays",
            "a window with a rule for them, such as “Mo-Fr 08:00-18:00; PH off”",
            "write PH in the windows that it concerns, or take holidays away",
        )


def _holiday_problems(
    written: PolicyFile, source: Source, terms: HolidayTerms
) -> Iterator[Problem]:
    first, last = _first_and_last_day(written)
    years = range(first.year, last.year + 1)
    if terms.country is None and not terms.also:
        yield Problem(
            source.key_place(("holidays",)),
            "The calendar names no day",
            "neither country nor also",
            "a country, or a list of dates",
            "add “country: PL”, or “also: [2026-12-24]”",
        )
    if terms.country is None and terms.subdivision is not None:
        yield Problem(
            source.place(("holidays", "subdivision")),
            "A subdivision is of a country, and none is named",
            quoted(terms.subdivision),
            "the country it is part of",
            "add “country: …”, or take the subdivision away",
        )
        return
    try:
        names, _ = holiday_names(terms.model_copy(update={"except_": ()}), years, written.language)
    except UnknownCountry as error:
        what = str(error)
        yield _unknown(source, what, str(getattr(terms, what)), error.known, error.names)
        return
    yield from _half_day_problems(written, source, terms)
    for index, one in enumerate(terms.except_):
        if not any(day in names for day in dates_of([one], years)):
            path: Path = ("holidays", "except", index)
            yield Problem(
                source.place(path),
                "This day is no public holiday anyway",
                quoted(written_at(source.data, path)),
                "a day on which the country has a holiday",
                "take it away, or write the day of the holiday",
            )


def _half_day_problems(
    written: PolicyFile, source: Source, terms: HolidayTerms
) -> Iterator[Problem]:
    """Half holidays of the country, of which nothing says what they are."""
    found = half_days(terms, written.source.read.year)
    told = listed(f"{day} ({name})" for day, name in sorted(found.items()))
    if found and terms.half_days is None:
        yield Problem(
            source.key_place(("holidays",)),
            "The country has half holidays, and nothing says what they are here",
            told,
            "“half_days: ordinary days”, “whole holidays” or “in the windows”",
            "write what the page says; in the windows they stand as Dec 24 13:00-24:00, those that "
            "move with their year, 2027 Mar 08 13:00-24:00",
        )
    if terms.half_days == "in the windows":
        yield from _half_days_unnamed(written, source, terms)
    if not found and terms.half_days is not None:
        yield Problem(
            source.key_place(("holidays", "half_days")),
            "The country has no half holidays",
            quoted(terms.half_days),
            "nothing of half days",
            "take half_days away",
        )


def _half_days_unnamed(
    written: PolicyFile, source: Source, terms: HolidayTerms
) -> Iterator[Problem]:
    """Half holidays on which no window has hours of its own, in the year of reading and the next.

    Most return on their date; those that move have another one each year.
    """
    read = written.source.read.year
    found = {day: name for year in (read, read + 1) for day, name in half_days(terms, year).items()}
    hours = [row for window in written.hours.values() for _, row in window.rows]
    dated = [one for row in hours for one in load_window("", compiled_window(row), NONE).exceptions]
    unnamed = [day for day in sorted(found) if not any(one.holds_on(day) for one in dated)]
    if unnamed:
        first = unnamed[0]
        written_as = f"{first.year} {MONTHS[first.month - 1]} {first.day:02} 13:00-24:00"
        yield Problem(
            source.place(("holidays", "half_days")),
            "No window has hours of its own on a half holiday",
            listed(f"{day} ({found[day]})" for day in unnamed),
            "hours for each of them, in the year in which the page was read and the next",
            f"add “; {written_as}” to a window, or write “ordinary days”",
        )


def _unknown(source: Source, what: str, name: str, known: list[str], names: list[str]) -> Problem:
    return Problem(
        source.place(("holidays", what)),
        f"No public holidays are known of this {what}",
        quoted(name),
        f"one of {listed(known)}",
        _meant(what, name) or did_you_mean(name, [*known, *names]),
    )


def _meant(what: str, name: str) -> str:
    """The code of a country that is called as it is at home; nothing for any other name."""
    code = code_among(name, names_of_their_own()) if what == "country" else name
    return "" if code == name else f"did you mean {quoted(code)}?"


# ---- Exceptional days


def _unclear_days(
    written: PolicyFile, source: Source, name: str, window: Dated[Weekly]
) -> Iterator[Problem]:
    """Days on which the whole text means something else than its rules one by one.

    The library does not let a night run into an exceptional day, or out of it, and lets rules for
    some weekdays of a season share a day with others. The calculator knows whole days only.
    """
    span, holidays = _first_and_last_day(written), holidays_of_terms(written)
    for index, (since, weekly) in enumerate(window.rows):
        # What lies outside a window is as clear as that is.
        as_written = weekly.exceptions and not isinstance(written.windows[name], OutsideWindowTerms)
        day = _first_unclear_day(weekly, *span, holidays) if as_written else None
        if day is not None:
            path: Path = ("windows", name)
            yield Problem(
                source.place(path if since == date.min else (*path, index, "value")),
                "The window can be read in two ways on an exceptional day",
                f"{quoted(weekly.text)} on {day}",
                "hours that end at midnight, and one rule that holds on each day",
                "write nights as 00:00-06:00,22:00-24:00, and the rule that wins last",
            )


# Most changes of a policy touch no window: the library reads the years of each one once.
@lru_cache(maxsize=64)
def _first_unclear_day(
    weekly: Weekly, first: date, last: date, holidays: frozenset[date]
) -> date | None:
    found = hours_found(weekly.text, holidays, first, last)
    window = load_window("", compiled_window(weekly), holidays)

    @cache  # thousands of days are of a few kinds
    def hours(week: tuple[Span, ...], weekday: int) -> list[tuple[int, int]]:
        return hours_on(Window(window.id, week), MONDAY + timedelta(days=weekday))

    days = _days(first, last)
    unlike = (day for day in days if hours(window.week_on(day), day.weekday()) != found[day])
    return next(unlike, None)
