"""How single values of a policy file are written: money, lengths, percentages, windows, dates.

Each type reads text. What it cannot read becomes a problem with what was expected and how to mend
it. `Kind` marks the values whose change must move both the page and the price.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from termwise.limits import LONGEST_WINDOW
from termwise.policy_form.hours.meant import in_notation
from termwise.policy_form.hours.notation import WEEKDAYS, NotWeekly
from termwise.policy_form.hours.weekly import Weekly, read_weekly
from termwise.policy_form.values_meant import (
    amount_meant,
    dates_meant,
    factor_meant,
    length_meant,
    percent_meant,
    week_time_meant,
)
from termwise_calculator.time.windows import MINUTES_PER_DAY

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
QUESTION_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
ANSWER_PATTERN = r"^[a-z0-9]+([ _-][a-z0-9]+)*$"
AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
QUANTITY = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,4})?) (min|h)", re.ASCII)
IN_AMOUNTS, IN_LENGTHS = (12, 6), (6, 4)
"""How many digits they have at most before the point and behind it."""

DIGITS = re.compile(r"(?P<whole>\d+)(?:\.(?P<decimals>\d+))?(?: ?[a-z%]+)?", re.ASCII)
WEEK_TIME = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su) ([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
MOST_DIGITS = 9
"""Of a whole number."""

YEAR_MONTH_DAY = re.compile(r"(19|20|21)\d{2}-\d{2}-\d{2}", re.ASCII)


UNITS_WITHOUT_LENGTH = ("session", "request", "unit", "started unit")
# Kinds of values that set a price or a promise; the others are dates and example cases.
TARIFF_KINDS = (
    "money",
    "percent",
    "length",
    "duration",
    "factor",
    "number",
    "window",
    "per",
    "step",
    "units",
    "months",
    "response-time",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of value a type holds, for whoever lists or changes the values of a file."""

    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """Marks an id that names something written elsewhere in the file: a clause, a window."""

    what: str


class PolicyModel(BaseModel):
    """A mapping of a policy file; fields it does not know are problems."""

    # A file is read by the one model that holds the others, so none is built by itself as well.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def unreadable(expected: str, mend: str) -> PydanticCustomError:
    """The error of a value that cannot be read; pydantic adds what was found and where."""
    return PydanticCustomError("unreadable", "unreadable", {"expected": expected, "mend": mend})


def as_text(raw: Any, expected: str, mend: str) -> str:
    """What is written, if it is one value. Raises the error of a value that cannot be read."""
    if not isinstance(raw, str):
        raise unreadable(expected, mend)
    return raw


def too_long(text: str, whole: int, decimals: int) -> str:
    """How to mend a number of more digits than we count with; empty for any other text."""
    number = DIGITS.fullmatch(text)
    if not number or (len(number["whole"]) <= whole and len(number["decimals"] or "") <= decimals):
        return ""
    return f"write at most {whole} digits before the point and {decimals} behind it"


def _read_amount(raw: Any) -> Decimal:
    expected = "an amount such as 100.00"
    text = as_text(raw, expected, "write the amount alone")
    if AMOUNT.fullmatch(text):
        return Decimal(text)
    if text.startswith("-"):
        raise unreadable(expected, "write prices without a minus sign; for less, use a discount")
    if mend := too_long(text, *IN_AMOUNTS):
        raise unreadable(expected, mend)
    if AMOUNT.fullmatch(meant := amount_meant(text)):
        raise unreadable(expected, f"did you mean “{meant}”? Write digits and a point alone")
    raise unreadable(expected, "write digits and a point only; the currency stands in `currency`")


def _read_units(raw: Any) -> Decimal:
    return Decimal(_numeral(raw, AMOUNT))


def _read_quantity(raw: Any) -> str:
    return _numeral(raw, QUANTITY)


def _numeral(raw: Any, form: re.Pattern[str]) -> str:
    expected = "a number such as 10 or 2.5"
    text = as_text(raw, expected, "write the number alone")
    if not form.fullmatch(text):
        raise unreadable(expected, "write digits, with a point before decimals")
    return text


def _read_percent(raw: Any) -> Decimal:
    return _percent_up_to(raw, 100)


def _read_surcharge_percent(raw: Any) -> Decimal:
    return _percent_up_to(raw, 1000)


def _percent_up_to(raw: Any, most: int) -> Decimal:
    expected = f"a percentage from 0% to {most}%, such as 23%"
    text = as_text(raw, expected, "write a number with %")
    number = text.removesuffix("%").rstrip()
    if text.startswith("-"):
        raise unreadable(expected, "write it without a minus sign; a discount takes away by itself")
    if not text.endswith("%") or not AMOUNT.fullmatch(number):
        meant = percent_meant(text)
        mend = f"did you mean “{meant}”?" if meant else "write a number with a point and the % sign"
        raise unreadable(expected, too_long(text, *IN_AMOUNTS) or mend)
    if Decimal(number) > most:
        raise unreadable(expected, f"write at most {most}%")
    return Decimal(number)


def read_length(raw: Any) -> int:
    """Read a length of time as minutes. Raises the error of a value that cannot be read."""
    expected = "a length of time such as 60 min or 2 h"
    written = LENGTH.fullmatch(as_text(raw, expected, "write a number and its unit"))
    if not written:
        meant = length_meant(str(raw))
        mend = f"did you mean “{meant}”?" if meant else "write a number, a space, and min or h"
        raise unreadable(expected, too_long(str(raw), *IN_LENGTHS) or mend)
    minutes = Decimal(written[1]) * (60 if written[2] == "h" else 1)
    if minutes == 0:
        raise unreadable(expected, "write a length longer than nothing")
    if minutes != minutes.to_integral_value():
        raise unreadable("whole minutes", "write the length in whole minutes")
    return int(minutes)


def _read_factor(raw: Any) -> Decimal:
    expected = "a factor such as 2 or 1.5, or the word base"
    text = as_text(raw, expected, "write a number")
    if not AMOUNT.fullmatch(text) or Decimal(text) == 0:
        meant = factor_meant(text)
        mend = f"did you mean “{meant}”?" if meant.strip("0.") else "write a number above nothing"
        raise unreadable(expected, too_long(text, *IN_AMOUNTS) or mend)
    return Decimal(text)


def _read_whole(raw: Any) -> int:
    expected = "a whole number such as 120"
    text = as_text(raw, expected, "write a number")
    if not re.fullmatch(rf"\d{{1,{MOST_DIGITS}}}", text, re.ASCII):
        many = len(text) > MOST_DIGITS and text.isdecimal()
        mend = f"write at most {MOST_DIGITS} digits" if many else "write digits alone"
        raise unreadable(expected, mend)
    return int(text)


def _read_counting_number(raw: Any) -> int:
    number = _read_whole(raw)
    if number == 0:
        raise unreadable("a whole number greater than 0", "write how many there are")
    return number


def _read_window(raw: Any) -> Weekly:
    expected = "opening hours such as Mo-Fr 10:00-18:00"
    text = as_text(raw, expected, "write days and times")
    if len(text) > LONGEST_WINDOW:
        raise unreadable(f"hours in at most {LONGEST_WINDOW:,} characters", "shorten them")
    try:
        return read_weekly(text)
    except NotWeekly as error:
        raise unreadable(error.expected, _window_meant(text) or error.mend) from None


def _window_meant(text: str) -> str:
    """The hours as our notation has them, where it can read them so; empty elsewhere."""
    meant = in_notation(text)
    try:
        read_weekly(meant)
    except NotWeekly:
        return ""
    return f"did you mean “{meant}”?"


def _read_date(raw: Any, expected: str = "a date such as 2026-07-01") -> date:
    text = as_text(raw, expected, "write year-month-day")
    if not YEAR_MONTH_DAY.fullmatch(text):
        meant = [day for day in dates_meant(text) if YEAR_MONTH_DAY.fullmatch(day)]
        exists = "a day that exists, from 1900 to 2199, as " if re.search(r"\d", text) else ""
        mend = f"write {exists}year-month-day, with four, two and two digits"
        raise unreadable(expected, f"did you mean {' or '.join(meant)}?" if meant else mend)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unreadable(expected, "write a day that exists") from None


def _read_stated_date(raw: Any) -> date:
    return _read_date(raw, f"a date such as 2026-07-01, or: {NOT_STATED}")


def _read_week_time(raw: Any) -> int:
    """Minutes of the week from Monday 00:00."""
    expected = "a weekday and time such as Tu 17:30"
    written = WEEK_TIME.fullmatch(as_text(raw, expected, "write a weekday and time"))
    if not written:
        meant = week_time_meant(str(raw))
        mend = "write Mo Tu We Th Fr Sa or Su, a space, and 00:00 to 23:59"
        raise unreadable(expected, f"did you mean “{meant}”?" if meant else mend)
    day, hours, minutes = written.groups()
    return WEEKDAYS.index(day) * MINUTES_PER_DAY + int(hours) * 60 + int(minutes)


def _one_or_more(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


def schema_of(*ways: dict[str, Any]) -> WithJsonSchema:
    """The JSON Schema of a value that may be written in some ways."""
    return WithJsonSchema({"anyOf": list(ways)} if len(ways) > 1 else ways[0])


def text_schema(pattern: str) -> dict[str, Any]:
    """The JSON Schema of a text of some pattern."""
    return {"type": "string", "pattern": pattern}


# An editor reads 100.00 as a number and `no` as a truth value; Termwise reads both as text.
NUMBER_SCHEMA: dict[str, Any] = {"type": "number", "minimum": 0}
AMOUNT_PATTERN = r"^\d+(\.\d+)?$"

Text = Annotated[
    str,
    StringConstraints(min_length=1, strip_whitespace=True),
    schema_of({"type": "string", "minLength": 1}, {"type": "number"}, {"type": "boolean"}),
]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_PATTERN)]
Answer = Annotated[
    str,
    StringConstraints(pattern=ANSWER_PATTERN),
    schema_of(text_schema(ANSWER_PATTERN), {"type": "boolean"}, {"type": "integer"}),
]
ClauseId = Annotated[Id, Names("clause")]
AnswerGiven = Annotated[
    str,
    schema_of({"type": "string"}, {"type": "boolean"}, {"type": "number"}),
]
Money = Annotated[
    Decimal,
    BeforeValidator(_read_amount),
    schema_of(text_schema(AMOUNT_PATTERN), NUMBER_SCHEMA),
    Kind("money"),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_read_percent),
    schema_of(text_schema(r"^\d+(\.\d+)? *%$")),
    Kind("percent"),
]
SurchargePercent = Annotated[
    Decimal,
    BeforeValidator(_read_surcharge_percent),
    schema_of(text_schema(r"^\d+(\.\d+)? *%$")),
    Kind("percent"),
]
Length = Annotated[
    int,
    BeforeValidator(read_length),
    schema_of(text_schema(r"^\d+(\.\d+)? (min|h)$")),
    Kind("length"),
]
Factor = Annotated[
    Decimal,
    BeforeValidator(_read_factor),
    schema_of(text_schema(AMOUNT_PATTERN), {"type": "number", "exclusiveMinimum": 0}),
    Kind("factor"),
]
Minutes = Annotated[
    int,
    BeforeValidator(_read_whole),
    schema_of(text_schema(r"^\d+$"), {"type": "integer", "minimum": 0}),
    Kind("minutes"),
]
CountingNumber = Annotated[
    int,
    BeforeValidator(_read_counting_number),
    schema_of(text_schema(r"^\d+$"), {"type": "integer", "minimum": 1}),
    Kind("number"),
]
WindowText = Annotated[
    Weekly,
    BeforeValidator(_read_window),
    schema_of({"type": "string", "minLength": 1}),
    Kind("window"),
]
Day = Annotated[
    date,
    BeforeValidator(_read_date),
    schema_of({"type": "string", "format": "date"}),
    Kind("date"),
]
NOT_STATED = "not stated"


def _day_shape(raw: Any) -> str:
    return "words" if raw == NOT_STATED else "day"


StatedDay = Annotated[
    Annotated[
        date,
        BeforeValidator(_read_stated_date),
        schema_of({"type": "string", "format": "date"}),
        Kind("date"),
        Tag("day"),
    ]
    | Annotated[Literal["not stated"], Tag("words")],
    Discriminator(_day_shape),
]
"""A day, or that the provider does not state it."""

WeekTime = Annotated[
    int,
    BeforeValidator(_read_week_time),
    schema_of(text_schema(r"^(Mo|Tu|We|Th|Fr|Sa|Su) ([01]\d|2[0-3]):[0-5]\d$")),
    Kind("week-time"),
]
UnitCount = Annotated[
    Decimal,
    BeforeValidator(_read_units),
    schema_of(text_schema(AMOUNT_PATTERN), NUMBER_SCHEMA),
    Kind("units"),
]
Quantity = Annotated[
    str,
    BeforeValidator(_read_quantity),
    schema_of(text_schema(AMOUNT_PATTERN), NUMBER_SCHEMA),
    Kind("scenario-number"),
]
YesOrNo = Annotated[Literal["yes", "no"], schema_of({"enum": ["yes", "no", True, False]})]
Yes = Annotated[Literal["yes"], schema_of({"enum": ["yes", True]})]
Clauses = Annotated[
    tuple[ClauseId, ...],
    BeforeValidator(_one_or_more),
    Field(min_length=1),
    schema_of(
        text_schema(ID_PATTERN),
        {"type": "array", "minItems": 1, "items": text_schema(ID_PATTERN)},
    ),
]
_ANSWER_SCALARS: dict[str, Any] = {"type": ["string", "boolean", "integer"]}
Answers = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_more),
    Field(min_length=1),
    schema_of(_ANSWER_SCALARS, {"type": "array", "minItems": 1, "items": _ANSWER_SCALARS}),
]


@cache
def kind_of(annotation: Any) -> str:
    """The kind of a value type, as its `Kind` says; of a choice of types, the first kind named.

    Of several marks the outermost counts.
    """
    for part in reversed(get_args(annotation)):
        if isinstance(part, Kind):
            return part.name
    return next((kind for part in get_args(annotation) if (kind := kind_of(part))), "")


def by_shape(*words: str) -> Callable[[Any], str]:
    """Tell a mapping (`{gap: …}`), one of some words, and any other value apart."""

    def shape(raw: Any) -> str:
        if isinstance(raw, dict | BaseModel):
            return "mapping"
        return "word" if raw in words else "value"

    return shape
