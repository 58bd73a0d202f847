"""What `termwise quote` is asked: the words of the command, before any policy is looked at."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from termwise.today import read_day


class WrongUse(ValueError):
    """The command is used in a wrong way; the message says how."""


class QuoteAsked(NamedTuple):
    """A scenario in text values, and how to show its quote.

    Without a date `on` the start decides the terms, else today. With `reasons` the text tells how
    each line came about.
    """

    provider: str
    service: str
    raw: Mapping[str, str]
    on: date | None
    language: str
    as_json: bool
    reasons: bool
    policies: Path


def asked_of(
    scenario: str,
    *,
    start: str | None,
    minutes: str | None,
    tables: Iterable[str],
    on: date | None,
    language: str,
    as_json: bool,
    reasons: bool,
    policies: Path,
) -> QuoteAsked:
    """What the words of the command ask for; `tables` are its KEY=VALUE. Raises WrongUse."""
    provider, slash, service = scenario.partition("/")
    if not slash:
        raise WrongUse(f"“{scenario}” is not of the form PROVIDER/SERVICE.")
    if reasons and as_json:
        raise WrongUse("--explain is for people, --json for programs: give one of them.")
    raw = {"start": start, "minutes": minutes, **pairs(tables)}
    given = {field: text for field, text in raw.items() if text is not None}
    return QuoteAsked(provider, service, given, on, language, as_json, reasons, policies)


def day_asked(text: str, option: str = "") -> date:
    """The day that an option names, which the message may name as well. Raises WrongUse."""
    try:
        return read_day(text)
    except ValueError:
        message = f"{option}“{text}” is not a date from 1900 to 2199. Write it as 2027-07-01."
        raise WrongUse(message + signs_told(text)) from None


def signs_told(text: str) -> str:
    """A sentence that names the first sign of a text that deceives; none where none does."""
    if text.isascii():
        return ""
    from termwise.policy_form.yaml_text.characters import deceiving  # noqa: PLC0415 (seldom needed)

    found = next(deceiving(text), None)
    return f" It holds {found.found}: {found.mend}." if found else ""


def pairs(written: Iterable[str]) -> dict[str, str]:
    """KEY=VALUE arguments as a table. Raises WrongUse when one has another form, or comes twice."""
    table: dict[str, str] = {}
    for argument in written:
        key, equals, value = argument.partition("=")
        if not equals or not key:
            raise WrongUse(f"“{argument}” is not of the form KEY=VALUE.")
        if key in ("start", "minutes"):
            raise WrongUse(f"Give {key} by its own option, --{key}.")
        if key in table:
            raise WrongUse(f"“{key}” is answered twice, “{table[key]}” and “{value}”. Give one.")
        table[key] = value
    return table
