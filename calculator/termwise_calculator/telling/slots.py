"""Texts that take the figures of a policy through slots, and what a slot can hold.

Prose holds no figures of its own: it names them, `{labour.price}`, and they are filled in the
reader's notation. Figures that are no tariff value stand in a literal mark, `{'7.6.2.0'}`.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from termwise_calculator.telling.begun import per_started, per_started_units
from termwise_calculator.telling.hours import (
    window_days,
    window_end,
    window_hours,
    window_start,
    window_text,
)
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.words import CASES, Words
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.tariff import Unpublished
from termwise_calculator.time.lengths import Minutes
from termwise_calculator.time.windows import Window

HOURS = "hours"
STARTED = "started"
SUFFIXES = (HOURS, STARTED, *CASES)
WINDOW_PARTS = ("days", "hours", "start", "end")
NUMBER_AND_UNIT = re.compile(r"\d\S* \w+")
"""What no line of a page breaks, such as "60 minutes"."""


# ---- What a slot can hold


class Money(NamedTuple):
    """An amount in the policy's currency."""

    amount: Decimal
    currency: str
    digits: int


class Duration(NamedTuple):
    """A length in minutes."""

    minutes: Minutes


class Months(NamedTuple):
    """A length in months."""

    months: int


class Days(NamedTuple):
    """A number of days on which support works."""

    days: int


class Percent(NamedTuple):
    """A percentage, 23 for 23%."""

    percent: Decimal


class Factor(NamedTuple):
    """A factor on a price."""

    factor: Decimal


class Number(NamedTuple):
    """A bare number."""

    number: Decimal | int


class Quantity(NamedTuple):
    """A number of units of what a question asks."""

    number: Decimal
    question: str


class WindowPart(NamedTuple):
    """A window; whole when `part` is empty, else its "days", "hours", "start" or "end"."""

    window: Window
    part: str


class Name(NamedTuple):
    """A name as the provider writes it, such as that of a tax; texts explain it where needed."""

    name: str


class Range(NamedTuple):
    """A published range of amounts, percentages or factors, the lower end first."""

    low: Money | Percent | Factor
    high: Money | Percent | Factor


SlotValue = (
    Money
    | Range
    | Duration
    | Months
    | Days
    | Percent
    | Factor
    | Number
    | Quantity
    | WindowPart
    | Name
    | Unpublished
)
SlotTable = Mapping[str, SlotValue]


# ---- Reading a text


class Prose(NamedTuple):
    """Words between slots; `offset` counts characters from the start of the text."""

    text: str
    offset: int


class Literal(NamedTuple):
    """A figure in prose that is no tariff value, marked as such: {'7.6.2.0'}."""

    text: str
    offset: int


class Slot(NamedTuple):
    """A figure named by its path, with the suffixes that say how it is written."""

    path: str
    suffixes: tuple[str, ...]
    offset: int

    @property
    def written(self) -> str:
        """The slot as it stands in the text."""
        return "{" + "|".join((self.path, *self.suffixes)) + "}"


class Malformed(NamedTuple):
    """A brace that opens or closes neither a slot nor a literal; `text` is the part at fault."""

    text: str
    offset: int


Part = Prose | Literal | Slot | Malformed

_PARTS = re.compile(
    r"\{'(?P<literal>[^{}]+?)'\}"
    r"|\{(?P<path>[a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?P<suffixes>(?:\|[a-z]+)*)\}"
    r"|(?P<malformed>\{[^{}]*\}?|\})"
    r"|(?P<prose>[^{}]+)"
)


class SlotProblem(ValueError):
    """A text that cannot be filled: what is wrong, and at which character."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (character {offset})")
        self.offset = offset


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[Part, ...]:
    """A text in its parts, in order; what cannot be read is among them as Malformed.

    The texts of a policy are read again for every quote, so the parts are kept.
    """
    return tuple(_part(match) for match in _PARTS.finditer(text))


def slots_in(text: str) -> list[Slot]:
    """The slots of a text, in order."""
    return [part for part in parts_of(text) if isinstance(part, Slot)]


def _part(match: re.Match[str]) -> Part:
    offset, kind = match.start(), match.lastgroup
    if match["prose"]:
        return Prose(match["prose"], offset)
    if match["literal"]:
        return Literal(match["literal"], offset)
    if match["path"]:
        return Slot(match["path"], tuple(match["suffixes"].split("|")[1:]), offset)
    assert kind == "malformed"
    return Malformed(match["malformed"], offset)


def _problem(part: Part, table: SlotTable) -> str | None:
    match part:
        case Malformed():
            return f"“{part.text}” is neither a slot nor a literal"
        case Slot() if part.path not in table:
            return f"{part.written} names nothing in this policy"
        case Slot():
            return _suffix_problem(part, table[part.path])
    return None


def _suffix_problem(slot: Slot, value: SlotValue) -> str | None:
    for suffix in slot.suffixes:
        if suffix not in SUFFIXES:
            return f"{slot.written} has the unknown suffix “{suffix}”"
        if not suits(suffix, value):
            return f"{slot.written} is no length of time, so “{suffix}” does not apply"
    return None


def suits(suffix: str, value: SlotValue) -> bool:
    """Tell whether a figure may be written as a suffix says."""
    counted = Duration | Quantity if suffix == STARTED else Duration
    return isinstance(value, counted | Unpublished)


# ---- Filling a text


def fill(text: str, table: SlotTable, words: Words) -> str:
    """A text with its figures, as plain text. Raises SlotProblem for what cannot be filled."""
    return _filled(text, table, words, lambda plain: plain, lambda _path, figure: figure)


def fill_html(
    text: str, table: SlotTable, words: Words, beside: Callable[[str], str] = lambda _path: ""
) -> str:
    """A text with its figures as HTML, each figure marked with its path. Raises SlotProblem.

    `beside` is the HTML that follows a figure, by its path.
    """

    def figure_html(path: str, figure: str) -> str:
        return f"{_figure_html(path, figure)}{beside(path)}"

    return _filled(text, table, words, escape, figure_html)


def slot_text(value: SlotValue, words: Words, suffixes: tuple[str, ...] = ()) -> str:
    """A figure in the words' language; the suffixes say how a length of time is written."""
    match value:
        case Money(amount, currency, digits):
            # Who names no currency has only one amount to tell: that there is nothing to pay.
            written = words.money_or_free if currency == NO_CURRENCY else words.money
            return written(amount, currency, digits)
        case Duration() | Quantity() if STARTED in suffixes:
            return _started_text(value, words)
        case Duration(minutes):
            case = next((suffix for suffix in suffixes if suffix in CASES), None)
            return words.minutes(minutes, hours=HOURS in suffixes, case=case)
        case Months() | Days():
            return _calendar_text(value, words)
        case Percent() | Factor() | Number() | Quantity():
            return _number_text(value, words)
        case Range(low, high):
            return _range_text(low, high, words)
        case WindowPart(window, part):
            return _window_text(window, part, words)
        case Name(name):
            return name
        case Unpublished():
            return words.unpublished()


def _started_text(value: Duration | Quantity, words: Words) -> str:
    if isinstance(value, Duration):
        return per_started(words, value.minutes)
    return per_started_units(words, value.number, value.question)


def _number_text(value: Percent | Factor | Number | Quantity, words: Words) -> str:
    match value:
        case Percent(percent):
            return words.percent(percent)
        case Factor(factor):
            return words.factor(factor)
        case Quantity(number, question):
            return words.units(question, number)
    return words.number(value.number)


def _range_text(low: Money | Percent | Factor, high: Money | Percent | Factor, words: Words) -> str:
    if isinstance(low, Money):
        # Both have the decimals of the one that has more.
        digits = max(low.digits, high.digits if isinstance(high, Money) else 0)
        return words.money_range(low.amount, high[0], low.currency, digits)
    if isinstance(low, Percent):
        return words.percent_range(low.percent, high[0])
    return words.number_range(low.factor, high[0])


def _calendar_text(value: Months | Days, words: Words) -> str:
    return (
        words.months(value.months) if isinstance(value, Months) else words.working_days(value.days)
    )


def _window_text(window: Window, part: str, words: Words) -> str:
    ways: dict[str, Callable[[Words, Window], str]] = {
        "": window_text,
        "days": window_days,
        "hours": window_hours,
        "start": window_start,
        "end": window_end,
    }
    return ways[part](words, window)


def _filled(
    text: str,
    table: SlotTable,
    words: Words,
    write_prose: Callable[[str], str],
    write_figure: Callable[[str, str], str],
) -> str:
    written, abbreviated = [], False
    for part in parts_of(text):
        message = _problem(part, table)
        if message:
            raise SlotProblem(message, part.offset)
        if isinstance(part, Slot):
            figure = slot_text(table[part.path], words, part.suffixes)
            written.append(write_figure(part.path, figure))
            abbreviated = figure.endswith(".")
        else:
            # An abbreviation such as "kr." brings the full stop of its sentence along.
            prose = part.text.removeprefix(".") if abbreviated else part.text
            written.append(write_prose(prose))
            abbreviated = False
    return "".join(written)


def _figure_html(path: str, figure: str) -> str:
    whole = " tw-whole" if NUMBER_AND_UNIT.fullmatch(figure) else ""
    return f'<span class="tw-value{whole}" data-slot="{escape(path)}">{escape(figure)}</span>'
