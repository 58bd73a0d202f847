"""A quote for a plainly written command, by kept terms and without click.

To import click takes longer than to read kept terms and to price a scenario by them. So what is
written plainly is read here; whatever is unusual, wrong or not kept is left to `termwise`.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from termwise.commands.kept_terms import KeptTerms
from termwise.commands.quote_asked import QuoteAsked, WrongUse, asked_of, day_asked
from termwise.languages import LANGUAGES

FLAGS = ("--json", "--explain")
VALUES = ("--start", "--minutes", "--on", "--lang", "--policies", "--set", "--quantity")
OTHER_NAMES = {"--language": "--lang"}

Options = Mapping[str, Sequence[str]]
"""The values of each option, in the order given; the scenario has no name."""


class Unusual(ValueError):
    """Something that click has to look at."""


def quote_at_once(arguments: Sequence[str]) -> int | None:
    """Tell a quote by kept terms: its exit status; None where click has to look at it."""
    try:
        asked = read_quote(read_plainly(arguments))
    except (Unusual, WrongUse):
        return None
    kept = KeptTerms(asked.policies, asked.provider, asked.language).read()
    if kept is None:
        return None
    from termwise.commands.quoting import tell_quote, terms_kept  # noqa: PLC0415

    try:
        status = tell_quote(terms_kept(kept), asked)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on. Python must not try again to write what is left when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def read_plainly(arguments: Iterable[str]) -> Options:
    """The options and the scenario. Raises Unusual for anything but known options and values."""
    options: dict[str, list[str]] = {}
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        name = OTHER_NAMES.get(name, name)
        if name not in VALUES:
            name, value = (word, "given") if word in FLAGS else ("", word)
        elif not equals:
            value = next(words, "-")
        if not value or value.startswith("-"):
            raise Unusual
        options.setdefault(name, []).append(value)
    return options


def read_quote(options: Options) -> QuoteAsked:
    """What a quote is asked of. Raises Unusual or WrongUse where click has something to say."""
    scenarios, policies = options.get("", []), Path(_last(options, "--policies") or "policies")
    language = _last(options, "--lang") or "en"
    if len(scenarios) != 1 or language not in LANGUAGES or not policies.is_dir():
        raise Unusual
    return asked_of(
        scenarios[0],
        start=_last(options, "--start"),
        minutes=_last(options, "--minutes"),
        tables=[*options.get("--set", []), *options.get("--quantity", [])],
        on=day_asked(on) if (on := _last(options, "--on")) else None,
        language=language,
        as_json="--json" in options,
        reasons="--explain" in options,
        policies=policies,
    )


def _last(options: Options, name: str) -> str | None:
    return options[name][-1] if name in options else None
