"""When terms begin and end, before and after a change: what moves, what comes, what is lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from termwise.compiling.edition import Edition
from termwise.reports.periods import first_day
from termwise_calculator.telling.words import Words

DAY = timedelta(days=1)
LOST = "Links of quotes made under them, and invoices of that time, lose their terms."


@dataclass(frozen=True, slots=True)
class DateChange:
    """A sentence on the days of terms; one that concerns days already past is a warning."""

    told: str
    is_warning: bool
    day: date
    """The first or the last day of terms, as it is now, or was where none is now."""


def date_changes(
    old: Sequence[Edition], new: Sequence[Edition], words: Words, today: date
) -> Iterator[DateChange]:
    """Every first day that is moved, new or gone, and the end of the last terms."""
    before, after = list(map(first_day, old)), list(map(first_day, new))
    if before[0] != after[0]:
        yield _moved(before[0], after[0], words, today)
    for day in before[1:]:
        if day not in after:
            yield _gone(day, words, today)
    for day in after[1:]:
        if day not in before:
            yield _new(day, words, today)
    if old[-1].until != new[-1].until:
        yield _end(old[-1].until, new[-1].until, words, today)


def _moved(before: date, after: date, words: Words, today: date) -> DateChange:
    """The first terms begin on another day."""
    told = f"The first terms begin {_from(after, words)}, before {_from(before, words)}."
    first, end = sorted((before, after))
    days = f"{_since(first, words)} until {words.date(end - DAY)}"
    if after < before:
        told += f" Sessions {days} had no terms; they are priced now."
        past = " Some of these days have passed: what was not priced then has a price now."
    else:
        told += f" Sessions {days} can no longer be priced."
        past = f" Some of these days have passed. {LOST}"
    return DateChange(told + past * (first < today), first < today, after)


def _from(day: date, words: Words) -> str:
    return "on a day that is not stated" if day == date.min else f"on {words.date(day)}"


def _since(day: date, words: Words) -> str:
    return "of any day" if day == date.min else f"from {words.date(day)}"


def _gone(day: date, words: Words, today: date) -> DateChange:
    if day > today:
        told = f"The change of terms on {words.date(day)}, still to come, is taken back."
        return DateChange(told, False, day)
    told = f"The terms that began on {words.date(day)} are no longer in the file. {LOST}"
    return DateChange(told, True, day)


def _new(day: date, words: Words, today: date) -> DateChange:
    if day > today:
        return DateChange(f"From {words.date(day)} other terms apply.", False, day)
    told = f"Other terms apply since {words.date(day)}, a day that has passed already."
    told += " Quotes and invoices since then were made by the earlier ones."
    return DateChange(told, True, day)


def _end(before: date | None, after: date | None, words: Words, today: date) -> DateChange:
    """The day after the last terms is another."""
    ends = [f"on {words.date(day - DAY)}" if day else "on no stated day" for day in (after, before)]
    is_past = any(day is not None and day <= today for day in (before, after))
    told = "The last terms end {}, before {}.".format(*ends)
    return DateChange(told, is_past, (after or before or today) - DAY)
