"""Values of several dates stand in order, from the first day of the terms on."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Data, Path, Source
from termwise.problems import Problem, quoted


def date_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Rows out of order, rows that never hold, and days before the first row."""
    for path, rows in _dated_lists(source.data, ()):
        days = [(index, row["from"]) for index, row in enumerate(rows)]
        for (_, before), (index, day) in pairwise(days):
            if day <= before:
                yield Problem(
                    source.place((*path, index, "from")),
                    "The rows are not in the order of their dates",
                    quoted(day),
                    f"a day after {before}",
                    "put the oldest row first",
                )
            elif day <= written.effective.isoformat():
                yield Problem(
                    source.place((*path, index, "from")),
                    "The value changes before the terms begin, so the row above it never holds",
                    quoted(day),
                    f"a day after {written.effective} in every row but the first",
                    "take the row above away, or let `effective` be an earlier day",
                )
        first = days[0][1]
        if first > written.effective.isoformat():
            yield Problem(
                source.place((*path, 0, "from")),
                "The first value begins after the terms do",
                quoted(first),
                f"{written.effective} or an earlier day",
                "add the row that holds from the beginning",
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
