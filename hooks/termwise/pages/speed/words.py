"""What the benchmark's figures are called on the page about speed, and how their values read."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from termwise.pages.safe_text import escape, html
from termwise_calculator.telling.words import Words

SYMBOLS = ("s", "ms", "MB", "kB")
"""Units that every language writes alike."""

SHARES = ("share", "ratio")
"""Units, beside those that name the other side, of what reads as a percentage."""

BARE = "bare Pyodide"
"""What the benchmark calls a page that starts Pyodide and nothing else."""

ENGINES = ("publicodes", "tariff-core", "openfisca-core")

AT_ONCE = re.compile(r"(?P<same>the same, )?(?P<tool>\S+), (?P<count>\d+) at once(?:, ratio)?")
SCALED = re.compile(r"(?P<count>\d+) providers: (?P<what>.+)")
GROWTH = re.compile(r"cost per page, (?P<count>\d+) against (?P<fewer>\d+) providers")

TIGHT = "\u00a0"


def figure_value(figure: Mapping[str, Any], value: float, words: Words) -> str:
    """A value with its unit, to three digits, which is more than two runs agree in.

    A ratio reads as the share in percent that it is.
    """
    unit = figure["unit"]
    if unit in SYMBOLS:
        return f"{words.number(_rounded(value))}{TIGHT}{unit}"
    if unit == "CPU ms":
        return words.say("{number} ms of a processor", number=words.number(_rounded(value)))
    if unit == "CPU s":
        return words.say("{seconds} s of a processor", seconds=words.number(_rounded(value)))
    if unit == "per s":
        return words.say("{number} per second", number=words.number(_rounded(value)))
    if unit == "%":
        return words.percent(_rounded(value))
    if unit in SHARES or unit.startswith("of "):
        return words.percent(_rounded(100 * value))
    return words.number(_rounded(value))


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.3g}") if abs(value) < 1000 else Decimal(round(value))


def figure_name(figure: Mapping[str, Any], words: Words) -> Markup:
    """What a figure is called; in English, marked as such, where it has no name yet."""
    name, tool = figure["name"], figure["unit"].removeprefix("of ")
    named = _shares(words.say("Pyodide alone") if tool == BARE else tool, words) | _names(words)
    if name in named:
        return escape(named[name])
    if scaled := SCALED.fullmatch(name) or GROWTH.fullmatch(name):
        return _scaled(words, **scaled.groupdict())
    if at_once := AT_ONCE.fullmatch(name):
        return escape(_at_once(words, **at_once.groupdict()))
    return _unnamed(name)


def _shares(tool: str, words: Words) -> dict[str, str]:
    """Ratios against another tool, which their unit names."""
    return {
        "computed, ratio": words.say(
            "First computed answer, share of the time of {tool}", tool=tool
        ),
        "first answer, ratio": words.say("First answer, share of the time of {tool}", tool=tool),
        "processor a quarter, ratio": words.say(
            "With a quarter of the processor: first computed answer, share of the time of {tool}",
            tool=tool,
        ),
        "processor a quarter, 1.6 Mbit/s, ratio": words.say(
            "With a slow connection as well: first computed answer, share of the time of {tool}",
            tool=tool,
        ),
        **{
            f"{engine}, ratio": words.say("Quotes per second of {tool}, share of ours", tool=engine)
            for engine in ENGINES
        },
    }


def _names(words: Words) -> dict[str, str]:
    transfers = _visits(words) | _hosts(words) | _stored(words)
    return transfers | _edits(words) | _quotes(words) | _building(words)


def _visits(words: Words) -> dict[str, str]:
    return {
        "first paint, default quote included": words.say("First paint, with a priced quote"),
        "cold visit to termwise:ready": words.say("First visit until Python answers"),
        "cold visit, bare Pyodide": words.say("First visit, Pyodide alone"),
        "cold visit, ratio": words.say("First visit, share of Pyodide’s time alone"),
        "bytes transferred, ratio": words.say("Bytes transferred, share of Pyodide’s alone"),
        "bytes transferred by reading": words.say("Bytes transferred by reading a page"),
        "first touch to termwise:ready": words.say("First touch of the form until Python answers"),
        "first touch, ratio": words.say("First touch, share of Pyodide’s time alone"),
        "repeat visit to termwise:ready": words.say("Repeat visit until Python answers"),
        "repeat visit, bare Pyodide": words.say("Repeat visit, Pyodide alone"),
        "repeat visit, ratio": words.say("Repeat visit, share of Pyodide’s time alone"),
        "repeat visit, ratio to a cold one": words.say(
            "Repeat visit, share of the time of Pyodide’s first visit alone"
        ),
        "repeat visit, page without Python, ratio": words.say(
            "Repeat visit to our page without Python, share of Pyodide’s time alone"
        ),
        "repeat visit, page without Python, ratio to a cold one": words.say(
            "Repeat visit to our page without Python, "
            "share of the time of Pyodide’s first visit alone"
        ),
    }


def _hosts(words: Words) -> dict[str, str]:
    """A host that sends files as they are."""
    return {
        "plain host, cold visit": words.say("First visit to a host that does not compress"),
        "plain host, bytes": words.say("Bytes of a first visit to a host that does not compress"),
        "plain host, cold visit, ratio": words.say(
            "First visit to a host that does not compress, share of the time at one that does"
        ),
        "plain host, bytes, ratio": words.say(
            "First visit to a host that does not compress, share of the bytes of one that does"
        ),
    }


def _stored(words: Words) -> dict[str, str]:
    """Answers that the page has before Python runs."""
    return {
        "form listens": words.say("First visit until the form answers"),
        "first 3 edits answered at once": words.say(
            "The first three edits, share answered before Python runs"
        ),
        "all edits of the sequences answered at once": words.say(
            "All edits of a visit, share answered before Python runs"
        ),
        "edit before Python, input to painted quote": words.say(
            "One edit before Python runs, until the new quote is painted"
        ),
        "first answers of a page, compressed": words.say(
            "The answers that a page fetches beforehand, compressed"
        ),
    }


def _edits(words: Words) -> dict[str, str]:
    own = words.say("One edit, Python’s own time")
    quote = words.say("One edit, from the input to the new quote")
    painted = words.say("One key, until the new quote is painted")
    percentiles = {"p50": words.say("half are faster"), "p99": words.say("99 of 100 are faster")}
    names = {
        "edit, Python's own time": own,
        "edit, input to new quote": quote,
        "key to painted quote": painted,
    }
    return {
        **{
            f"{name}, {part}": f"{shown} ({meaning})"
            for name, shown in names.items()
            for part, meaning in percentiles.items()
        },
        "the same edits in CPython, p99": words.say(
            "The same outside the browser, Python’s own time (99 of 100 are faster)"
        ),
        "edit, Python's own time, p99, ratio": words.say(
            "The slowest edit of a hundred, share of the time outside the browser"
        ),
        "long tasks after load, while typing": words.say(
            "Tasks over 50 ms after loading and while typing"
        ),
        "frames dropped while typing": words.say("Frames dropped while typing"),
    }


def _quotes(words: Words) -> dict[str, str]:
    return {
        "quotes of mastiff/remote-help": words.say("Quotes of one service with windows"),
        "quotes of a tariff by the minute, in Pyodide": words.say(
            "Quotes of a tariff by the minute, in Pyodide"
        ),
        **{
            f"the same, {engine}": words.say("The same with {tool}", tool=engine)
            for engine in ENGINES
        },
        "mixed quotes, scenario to quote": words.say("Quotes of any service, any answers"),
        "mixed quotes, query to JSON and HTML": words.say("The same, written as JSON and HTML"),
        "`termwise quote`, terms kept": words.say("The command “termwise quote”"),
        "`python -c 'import click'`": words.say("Python that only imports click"),
        "`termwise quote`, ratio": words.say(
            "The command “termwise quote”, share of Python that only imports click"
        ),
    }


def _at_once(words: Words, same: str | None, tool: str, count: str) -> str:
    """What an engine that computes in arrays does with so many quotes in one."""
    many = words.number(int(count))
    if same:
        return words.say("The same with {tool}, {count} at once", tool=tool, count=many)
    return words.say(
        "Quotes per second of {tool}, {count} at once, share of ours", tool=tool, count=many
    )


def _building(words: Words) -> dict[str, str]:
    return {
        "build of the site": words.say("Building this site"),
        "build of hand-written pages": words.say("Building as many hand-written pages"),
        "build, ratio": words.say("Building, share of the time for hand-written pages"),
        "build, memory, ratio": words.say("Building, share of the memory for hand-written pages"),
    }


def _scaled(words: Words, count: str, what: str = "", fewer: str = "") -> Markup:
    """A figure of a site with so many providers."""
    if fewer:
        return escape(
            words.say(
                "Cost of a page with {count} providers, share of the cost with {fewer}",
                count=count,
                fewer=fewer,
            )
        )
    named = {
        "build": words.say("the whole site"),
        "build, for a page": words.say("each page"),
        "build, ratio": words.say("the whole site, share of the time for hand-written pages"),
        "most memory": words.say("the most memory"),
        "memory, ratio": words.say("the most memory, share of that for hand-written pages"),
        "after one edit": words.say("the site after one edit"),
        "after one edit, ratio": words.say("the site after one edit, share of a whole build"),
        "from a saved price to its page, served": words.say("from a saved price to its page"),
        "from a saved price to its page, served, ratio": words.say(
            "from a saved price to its page, share of the time for all hand-written pages"
        ),
    }
    shown = escape(named[what]) if what in named else _unnamed(what)
    return escape(words.say("With {count} providers: ", count=count)) + shown


def _unnamed(name: str) -> Markup:
    return html('<span lang="en">{}</span>', name)
