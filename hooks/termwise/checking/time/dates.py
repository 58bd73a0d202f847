"""Values of several dates stand in order, from the first day of the terms on."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Data, Path, Source
from termwise.problems import Problem, quoted


def date_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Rows out of order, rows that never hold, days before the first row, an end too early."""
    yield from _end_problems(written, source)
    for path, rows in _dated_lists(source.data, ()):
        days = [row["from"] for row in rows]
        order = dict(_order_problems(source, path, days))
        for index, day in enumerate(days):
            # One problem is told of a row: out of its order, it cannot hold when it should either.
            if index in order:
                yield order[index]
            elif not _end_too_early(written):
                yield from _row_problems(written, source, (*path, index, "from"), day)


def _end_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    if _end_too_early(written):
        yield Problem(
            source.place(("ends",)),
            "The terms end before they begin",
            quoted(str(written.last_day)),
            f"{written.begins} or a later day",
            "write the last day on which these terms hold, or change `effective`",
        )


def _end_too_early(written: PolicyFile) -> bool:
    first, last = written.begins, written.last_day
    return first is not None and last is not None and last < first


def _order_problems(source: Source, path: Path, days: list[str]) -> Iterator[tuple[int, Problem]]:
    """What is wrong with the order of rows, by the number of the row."""
    for index, (before, day) in enumerate(pairwise(days), start=1):
        if day > before:
            continue
        what, mend = "The rows are not in the order of their dates", "put the oldest row first"
        if day == before:
            what = "Two rows begin on the same day"
            mend = "keep the row that holds from that day, or write the other day"
        place = source.place((*path, index, "from"))
        yield index, Problem(place, what, quoted(day), f"a day after {before}", mend)


def _row_problems(written: PolicyFile, source: Source, path: Path, day: str) -> Iterator[Problem]:
    """A row that holds on no day of the terms, or a first one that leaves days without a value."""
    first, last, is_first = written.begins, written.last_day, path[-2] == 0
    if first and is_first and day > first.isoformat():
        yield Problem(
            source.place(path),
            "The first value begins after the terms do",
            quoted(day),
            f"{first} or an earlier day",
            "add the row that holds from the beginning",
        )
    elif first and not is_first and day <= first.isoformat():
        yield Problem(
            source.place(path),
            "The value changes before the terms begin, so the row above it never holds",
            quoted(day),
            f"a day after {first} in every row but the first",
            "take the row above away, or let `effective` be an earlier day",
        )
    elif last and day > last.isoformat():
        yield Problem(
            source.place(path),
            "The value changes after the terms have ended, so this row never holds",
            quoted(day),
            f"{last} or an earlier day",
            "take the row away, or let `ends` be a later day",
        )


def _dated_lists(data: Data, path: Path) -> Iterator[tuple[Path, list[dict[str, str]]]]:
    """Every list of dated rows; the model has made sure that they are rows."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _dated_lists(value, (*path, key))
    elif isinstance(data, list):
        rows: list[Any] = [one for one in data if isinstance(one, dict) and "from" in one]
        if rows:
            yield path, rows
        for index, value in enumerate(data):
            yield from _dated_lists(value, (*path, index))
