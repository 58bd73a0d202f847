"""The same problems for a person, a pull request, and a program.

A remark is a problem that stops nothing, such as a translated page that is behind.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category, east_asian_width
from urllib.parse import quote

from termwise.problems import Place, Problem
from termwise.reports.field_links import FieldLink, field_link
from termwise.reports.markdown_lists import codes, long_list
from termwise.reports.markdown_text import escaped

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = {
    ".yaml": ("policy", "A policy says what can be read, priced and shown."),
    ".po": ("translation", "A translation says what the governing text says."),
    ".md": ("page", "A translated page is of the English page as it is now."),
}
"""What a problem is about, by the ending of its file."""

OTHER_FILES = ("folder", "A folder of policies holds a folder for each provider.")
ERROR, REMARK = "error", "warning"
WIDEST_EXCERPT = 100
MOST_IN_A_COMMENT = 80
"""Problems that a comment on GitHub has room for, which holds 65,536 characters."""


class Told(NamedTuple):
    """A problem, whether it is an error or a warning, and the field that it is about."""

    level: str
    problem: Problem
    field: FieldLink | None = None


def as_text(problem: Problem, field: FieldLink | None = None) -> str:
    """A problem in one line; indented below it the line of the file with a caret, and the field."""
    about = [f"  {field.name}: {field.meaning} {field.address}"] if field else []
    return "\n".join((str(problem), *excerpt(problem.place), *about))


def as_github(told: Iterable[Told]) -> str:
    """Commands of a workflow of GitHub, which shows them at their lines."""
    return "".join(f"{_command(*one)}\n" for one in told)


def as_json(told: Iterable[Told], summary: str | None) -> str:
    """One object: what there is to mend, and the summary of policies without problems."""
    problems = [{"level": one.level} | _fields(one.problem) | _about(one.field) for one in told]
    return _json({"version": version("termwise"), "problems": problems, "summary": summary})


def as_markdown(told: Sequence[Told], summary: str | None, files: str = "") -> str:
    """A comment on a pull request: each problem by its place, a link where `files` can be read."""
    head = "# What there is to mend" if summary is None else f"The policies are sound: {summary}."
    shown = [_entry(*one, files) for one in told[:MOST_IN_A_COMMENT]]
    more = [f"{len(told) - len(shown)} more are not shown."] if len(shown) < len(told) else []
    return "\n\n".join((head, *([long_list(shown)] if shown else []), *more)) + "\n"


def _entry(level: str, problem: Problem, field: FieldLink | None, files: str) -> str:
    kind = "" if level == ERROR else " (stops nothing)"
    place = codes([str(problem.place)])
    if files and not Path(problem.place.file).is_absolute():
        place = f"[{place}]({files.rstrip('/')}/{_uri(problem.place.file)}#L{problem.place.line})"
    return (
        f"{place}{kind}: {escaped(problem.what)}\n"
        f"  - found {escaped(problem.found)}\n  - expected {escaped(problem.expected)}\n"
        f"  - to mend: {escaped(problem.mend)}"
    ) + (f"\n  - the field: {_linked(field)}" if field else "")


def _linked(field: FieldLink) -> str:
    name = f"`{field.name}`"
    is_known = field.address.startswith("http")
    return f"{f'[{name}]({field.address})' if is_known else name}: {escaped(field.meaning)}"


def as_sarif(told: Iterable[Told]) -> str:
    """The format in which analysers tell forges and editors what they have found, version 2.1.0."""
    driver = {
        "name": "termwise",
        "version": version("termwise"),
        "rules": [
            {"id": rule, "shortDescription": {"text": text}}
            for rule, text in (*RULES.values(), OTHER_FILES)
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(*one) for one in told],
    }
    return _json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _fields(problem: Problem) -> dict[str, Any]:
    fields = asdict(problem)
    fields.pop("lacking")  # which others it follows from has been asked already
    return {**fields.pop("place"), **fields}


def _about(field: FieldLink | None) -> dict[str, str]:
    return {"field": field.name, "reference": field.address} if field else {}


def _message(problem: Problem, field: FieldLink | None) -> str:
    """A problem without its place, each part on a line."""
    about = f"\nThe field {field.name}: {field.meaning} {field.address}" if field else ""
    return (
        f"{problem.what}\nFound: {problem.found}\n"
        f"Expected: {problem.expected}\nTo mend: {problem.mend}{about}"
    )


# ---- Workflows of GitHub


def _command(level: str, problem: Problem, field: FieldLink | None) -> str:
    place = problem.place
    where = {"file": place.file, "line": place.line, "col": place.column, "title": problem.what}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{level} {properties}::{_data(_message(problem, field))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ---- SARIF


def _result(level: str, problem: Problem, field: FieldLink | None) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": place.line, "startColumn": place.column}
    location = {"artifactLocation": {"uri": _uri(place.file)}, "region": region}
    rule, _ = RULES.get(Path(place.file).suffix, OTHER_FILES)
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": _message(problem, field)},
        "locations": [{"physicalLocation": location}],
    }


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


# ---- Excerpts


def excerpt(place: Place) -> Sequence[str]:
    """The line at a place and a caret below the column; nothing where the file has no such line."""
    lines = _lines_of(place.file)
    if place.line > len(lines):
        return ()
    number, line = str(place.line), _visible(lines[place.line - 1])
    column = min(place.column, len(line) + 1) - 1
    start = max(0, column - WIDEST_EXCERPT // 2) if len(line) > WIDEST_EXCERPT else 0
    shown = line[start : start + WIDEST_EXCERPT].rstrip()
    before = "".join(map(_space_of, line[start:column]))
    if not shown:
        return ()
    return (f"  {number} | {shown}", f"  {' ' * len(number)} | {before}^")


def _visible(line: str) -> str:
    """A line in which nothing moves what is shown: controls and marks of direction are replaced."""
    return "".join(" " if one == "\t" else "�" if category(one)[0] == "C" else one for one in line)


def _space_of(character: str) -> str:
    """As much space as a character takes in a terminal."""
    if category(character) in ("Mn", "Me"):
        return ""
    return "  " if east_asian_width(character) in "WF" else " "


@lru_cache(maxsize=8)
def _lines_of(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def told(
    problems: Iterable[Problem], remarks: Iterable[Problem] = (), site: str = ""
) -> Iterator[Told]:
    """Problems as errors, then remarks as warnings, each with its field; `site` is published."""
    yield from (Told(ERROR, one, field_link(one.place, site)) for one in problems)
    yield from (Told(REMARK, one, field_link(one.place, site)) for one in remarks)


FORMATS: Mapping[str, Callable[[Sequence[Told], str | None, str], str]] = {
    "github": lambda told, summary, _: as_github(told) + (f"{summary}\n" if summary else ""),
    "json": lambda told, summary, _: as_json(told, summary),
    "markdown": as_markdown,
    "sarif": lambda told, *_: as_sarif(told),
}
"""What is told in one piece on standard output, by the name of the format.

The last argument is where the files can be read as they are.
"""
