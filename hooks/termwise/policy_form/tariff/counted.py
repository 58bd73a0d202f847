"""How counted time and quantities are written: lengths to the second, and what a price is for."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from termwise.policy_form.values import (
    IN_LENGTHS,
    LENGTH,
    UNITS_WITHOUT_LENGTH,
    Kind,
    as_text,
    read_length,
    schema_of,
    text_schema,
    too_long,
    unreadable,
)
from termwise_calculator.time.lengths import Minutes, is_whole, of_seconds, read_minutes_and_seconds

SECONDS = re.compile(r"(\d{1,6}) s", re.ASCII)
UNITS = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) units", re.ASCII)
IN_UNITS = (9, 6)


@dataclass(frozen=True, slots=True)
class Per:
    """What a price is for: `minutes`, `units` of a quantity, a session or a request.

    Minutes and units count as begun when they are `started`, else exactly.
    """

    unit: str
    minutes: Minutes | None
    started: bool = True
    units: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountedStep:
    """The least that is billed at once: minutes, or units of a quantity."""

    minutes: Minutes | None
    units: Decimal | None


def read_fine_length(raw: Any) -> Minutes:
    """Read a length of time that may be given in seconds."""
    written = SECONDS.fullmatch(raw) if isinstance(raw, str) else None
    if not written:
        return read_length(raw)
    length = of_seconds(int(written[1]))
    if is_whole(length):
        expected = "a length such as 30 s or 90 s, or whole minutes in min"
        mend = f"write {length} min" if length else "write a length longer than nothing"
        raise unreadable(expected, mend)
    return length


def _read_session(raw: Any) -> Minutes:
    expected = "minutes such as 45, or minutes and seconds such as 12:30"
    length = read_minutes_and_seconds(as_text(raw, expected, "write a number"))
    if length is None:
        raise unreadable(expected, "write digits, and seconds from 00 to 59 after a colon")
    return length


def _read_per(raw: Any) -> "Per":
    expected = "“started 60 min”, “60 min”, “session”, “request”, “unit” or “10 units”"
    text = as_text(raw, expected, "write what the price is counted by")
    if text in ("unit", "started unit"):
        return Per("quantity", None, text != "unit", Decimal(1))
    if text in UNITS_WITHOUT_LENGTH:
        return Per(text, None)
    started, amount = text.startswith("started "), text.removeprefix("started ")
    if units := UNITS.fullmatch(amount):
        return Per("quantity", None, started, _positive(Decimal(units[1]), expected))
    if not LENGTH.fullmatch(amount) and not SECONDS.fullmatch(amount):
        mend = "write “started” and a length, “session” or “request”, or a number of units"
        digits = IN_UNITS if amount.endswith("units") else IN_LENGTHS
        raise unreadable(expected, too_long(amount, *digits) or mend)
    return Per("increment", read_fine_length(amount), started)


def _read_step(raw: Any) -> "CountedStep":
    expected = "a length such as 5 min, or a step such as 10 units"
    text = as_text(raw, expected, "write the least that is billed at once")
    if units := UNITS.fullmatch(text):
        return CountedStep(None, _positive(Decimal(units[1]), expected))
    return CountedStep(read_fine_length(text), None)


def _positive(number: Decimal, expected: str) -> Decimal:
    if not number:
        raise unreadable(expected, "write a number greater than nothing")
    return number


FineLength = Annotated[
    Minutes,
    BeforeValidator(read_fine_length),
    schema_of(text_schema(r"^\d+(\.\d+)? (s|min|h)$")),
    Kind("duration"),
]
SessionLength = Annotated[
    Minutes,
    BeforeValidator(_read_session),
    schema_of(text_schema(r"^\d+(:[0-5]\d)?$"), {"type": "integer", "minimum": 0}),
    Kind("scenario-minutes"),
]
PerUnit = Annotated[
    Per,
    BeforeValidator(_read_per),
    schema_of(
        text_schema(r"^(session|request|(started )?unit|(started )?\d+(\.\d+)? (s|min|h|units))$")
    ),
    Kind("per"),
]
BillingStep = Annotated[
    CountedStep,
    BeforeValidator(_read_step),
    schema_of(text_schema(r"^\d+(\.\d+)? (s|min|h|units)$")),
    Kind("step"),
]
