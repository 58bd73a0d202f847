"""Mistakes in a file that YAML tells in words of its own, and elsewhere than where they stand."""

import re
from collections.abc import Iterator, Sequence

import yaml

from termwise.problems import Place, Problem, quoted

CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?")
"""A line that git writes where two versions of a file did not fit together."""

NO_BREAK = re.compile(r"[\u00a0\u202f\u2007]")
LEFT_OPEN = re.compile(r"(?:^|[:\-,{\[])\s+(?P<quote>['\"])")
WRITTEN_OUT = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"')}


def named_mistakes(error: yaml.MarkedYAMLError, text: str, file: str) -> list[Problem]:
    """The mistakes known by name that may have led to an error; none where it is another one."""
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    last = min(mark.line if mark else 0, len(lines) - 1)
    conflicts = list(conflict_problems(text, file))
    return conflicts or _no_break_space(lines, last, file) or _open_quote(error, lines, last, file)


def conflict_problems(text: str, file: str) -> Iterator[Problem]:
    """The first of each run of markers that git has left."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("<<<<<<<") and CONFLICT.fullmatch(line):
            yield Problem(
                Place(file, number, 1),
                "Two versions of the file have been merged by halves",
                quoted(line),
                "one version, without the lines that git has put between the two",
                "choose what holds, and take the lines with <<<<<<<, ======= and >>>>>>> away",
            )


def _no_break_space(lines: Sequence[str], last: int, file: str) -> list[Problem]:
    """The one that stands where YAML needs a space: before a key, or behind a colon or hyphen."""
    for index in range(last, max(last - 3, -1), -1):
        found = NO_BREAK.search(lines[index])
        if found and re.fullmatch(r"\s*(?:-\s*)?(?:[\w-]+:)?", lines[index][: found.start()]):
            return [
                Problem(
                    Place(file, index + 1, found.start() + 1),
                    "A no-break space stands where YAML needs a plain one",
                    f"U+{ord(found[0]):04X}, which looks like a space",
                    "a space",
                    "write a space in its place; it may have come along with copied text",
                )
            ]
    return []


def _open_quote(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: int, file: str
) -> list[Problem]:
    """The last quote that is not closed in its own line, at or above the line of the error."""
    opened = error.context_mark
    in_quote = opened if opened and "quoted" in str(error.context) else None
    for index in [in_quote.line] if in_quote else range(last, -1, -1):
        column = in_quote.column if in_quote else _open_in(lines[index])
        if column is not None:
            return [
                Problem(
                    Place(file, index + 1, column + 1),
                    "A quote is left open",
                    quoted(lines[index][column:]),
                    "the same quote at the end of the text",
                    "close the quote; inside single quotes write an apostrophe twice",
                )
            ]
    return []


def _open_in(line: str) -> int | None:
    """The column, from 0, of a quote at the beginning of a value that the line does not close."""
    for found in LEFT_OPEN.finditer(line):
        start = found.start("quote")
        if not WRITTEN_OUT[found["quote"]].match(line, start):
            return start
    return None
