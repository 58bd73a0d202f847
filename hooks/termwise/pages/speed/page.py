"""The page about speed: the figures of the last kept run of the benchmark, as bars and numbers.

The benchmark names its figures in English. Here they get their names in the reader's language; one
that has none yet is shown in English, marked as such.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from termwise import places
from termwise.pages.safe_text import html, joined
from termwise.pages.speed.words import BARE, figure_name, figure_value
from termwise_calculator.telling.words import Words

KEPT = places.BENCH / "bench.json"
OURS = "Termwise"


@dataclass(frozen=True)
class Row:
    """A line of a table of bars: what was measured, and the figure as the benchmark wrote it."""

    label: str
    figure: Mapping[str, Any]


def kept_run() -> Mapping[str, Any]:
    """The run of the benchmark that stands in the repository."""
    run: Mapping[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return run


def speed_parts(run: Mapping[str, Any], words: Words) -> dict[str, Markup]:
    """What the page takes from a run, by the names of its markers."""
    peers, slow = _figures(run, "peers"), _figures(run, "low_end")
    return {
        "speedrun": _circumstances(run, words),
        "speedfirst": _bars(_by_tool(run, peers, "first computed answer", words), words),
        "speedrepeat": _bars(_by_tool(run, peers, "computed on a repeat visit", words), words),
        "speedbytes": _bars(_by_tool(run, peers, "transferred", words), words),
        "speedslow": _slow(run, slow, words),
        "speedlimits": _limits(run, words),
        "speedrest": _rest(run, words),
    }


def _figures(run: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    return [*run["parts"].get(part, {"figures": []})["figures"]]


def _circumstances(run: Mapping[str, Any], words: Words) -> Markup:
    """When, where and with what was measured."""
    machine = run["machine"]
    where = words.say(
        "Measured on {date} under {system}, with {cores} cores ({processor}) and {memory} GB of "
        "memory.",
        date=words.date(date.fromisoformat(run["date"])),
        system=machine["system"],
        cores=words.number(machine["cores"]),
        processor=machine["processor"],
        memory=words.number(machine["memory"]),
    )
    versions = words.list_of(f"{name} {version}" for name, version in run["versions"].items())
    which = words.say("Versions: {versions}.", versions=versions)
    return html("<p>{}</p>\n<p>{}</p>", where, which)


def _by_tool(
    run: Mapping[str, Any], figures: Iterable[Mapping[str, Any]], measured: str, words: Words
) -> list[Row]:
    """One thing measured of every tool, the least first; the first answer beside what computes."""
    answers = ("first answer", measured) if measured == "first computed answer" else (measured,)
    rows = [
        Row(_tool(run, tool, words, given=what == "first answer"), figure)
        for figure in figures
        for name, _, tool in (figure["name"].partition(": "),)
        for what in (name.rpartition(", ")[2],)
        if what in answers and tool
    ]
    return sorted(rows, key=lambda row: float(row.figure["value"]))


def _tool(run: Mapping[str, Any], tool: str, words: Words, *, given: bool) -> str:
    if tool == OURS:
        if given:
            return words.say("Termwise, the quote that stands in the page")
        return words.say("Termwise, computed")
    if tool == BARE:
        return words.say("Pyodide alone, adding 1 + 1")
    return f"{tool} {run['versions'].get(tool, '')}".rstrip()


def _slow(run: Mapping[str, Any], figures: list[Mapping[str, Any]], words: Words) -> Markup:
    """A table for each slow device."""
    titles = {
        "processor a quarter": words.say("A quarter of the processor"),
        "processor a quarter, 1.6 Mbit/s": words.say(
            "A quarter of the processor, and a connection of 1.6 Mbit/s"
        ),
    }
    parts = []
    for condition, title in titles.items():
        own = [one for one in figures if one["name"].rpartition(", ")[0] == condition]
        rows = _by_tool(run, own, "first computed answer", words)
        if rows:
            parts.append(html("<h3>{}</h3>\n{}", title, _bars(rows, words)))
    return joined(parts)


def _bars(rows: list[Row], words: Words) -> Markup:
    """Rows with a bar as long as the figure, and a thin line from the least to the most."""
    longest = max((float(row.figure["most"]) for row in rows), default=0) or 1
    head = (words.say("Page"), words.say("Median and range"))
    body = joined(_bar_row(row, longest, words) for row in rows)
    return _table("tw-bars", head, body)


def _bar_row(row: Row, longest: float, words: Words) -> Markup:
    value, least, most = (f"{100 * float(row.figure[key]) / longest:.1f}%" for key in _KEYS)
    return html(
        '<tr><th scope="row">{label}'
        '<svg width="100%" height="10" aria-hidden="true" focusable="false">'
        '<rect width="{value}" height="10"/>'
        '<line x1="{least}" x2="{most}" y1="5" y2="5"/></svg></th>{cell}</tr>',
        label=row.label,
        value=value,
        least=least,
        most=most,
        cell=_cell(row.figure, words),
    )


_KEYS = ("value", "least", "most")


def _cell(figure: Mapping[str, Any], words: Words) -> Markup:
    """The median with its unit, and below it the extremes, where they differ."""
    value, least, most = (figure_value(figure, figure[key], words) for key in _KEYS)
    if least == most:
        return html('<td class="tw-figure">{}</td>', value)
    return _two_lines(value, f"{least} – {most}")


def _two_lines(figure: str, detail: str) -> Markup:
    return html(
        '<td class="tw-figure">{}<span class="tw-lines__detail">{}</span></td>', figure, detail
    )


def _table(css_class: str, head: Iterable[str], body: Markup) -> Markup:
    return html(
        '<table class="tw-rates {}"><thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>',
        css_class,
        joined((html('<th scope="col">{}</th>', column) for column in head), ""),
        body,
    )


def _limits(run: Mapping[str, Any], words: Words) -> Markup:
    """Every figure that has to keep a limit, and whether it does."""
    head = (words.say("Figure"), words.say("Median and range"), words.say("Limit"))
    rows = [
        _limit_row(figure, words)
        for part in run["parts"]
        for figure in _figures(run, part)
        if figure["limit"] is not None
    ]
    return _table("tw-limits", head, joined(rows))


def _limit_row(figure: Mapping[str, Any], words: Words) -> Markup:
    kept = figure["value"] <= figure["limit"]
    result = words.say("kept") if kept else html("<strong>{}</strong>", words.say("missed"))
    limit = figure_value(figure, figure["limit"], words)
    return _row(figure, words, _two_lines(limit, joined((result, *_aim(figure, words)), "; ")))


def _aim(figure: Mapping[str, Any], words: Words) -> Iterator[Markup]:
    """What was set out for, where it is less than the limit and not reached."""
    if figure["aim"] is not None and figure["value"] > figure["aim"]:
        aim = figure_value(figure, figure["aim"], words)
        yield html("{}", words.say("aim of {figure} missed", figure=aim))


def _row(figure: Mapping[str, Any], words: Words, *others: Markup) -> Markup:
    """A figure by its name and its value, with further cells."""
    cells = joined((_cell(figure, words), *others), "")
    return html('<tr><th scope="row">{}</th>{}</tr>', figure_name(figure, words), cells)


def _rest(run: Mapping[str, Any], words: Words) -> Markup:
    """All other figures, in the order of the run."""
    head = (words.say("Figure"), words.say("Median and range"))
    rows = [_row(figure, words) for figure in _unlimited(run)]
    return _table("tw-limits", head, joined(rows))


def _unlimited(run: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for part in run["parts"]:
        for figure in _figures(run, part):
            drawn = part in ("peers", "low_end") and ": " in figure["name"]
            if figure["limit"] is None and not drawn:
                yield figure
