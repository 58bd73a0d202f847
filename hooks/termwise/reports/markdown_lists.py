"""Lists and tables in Markdown that show what weighs most and fold the rest away, all of it."""

from collections.abc import Iterable, Sequence

MOST_ITEMS = 40
MOST_ROWS = 15


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def folded(summary: str, content: str) -> str:
    """Content that is shown on a click."""
    return f"<details><summary>{summary}</summary>\n\n{content}\n\n</details>"


def long_list(entries: Iterable[str]) -> str:
    """A list of which so many items are shown at once, and the rest on a click."""
    lines = [f"- {entry}" for entry in entries]
    shown, rest = "\n".join(lines[:MOST_ITEMS]), lines[MOST_ITEMS:]
    return f"{shown}\n\n{folded(f'And {len(rest)} more', _lines(rest))}" if rest else shown


def long_table(columns: Sequence[str], rows: Sequence[Sequence[str]], rest: str) -> str:
    """A table of which so many rows are shown at once, and the rest on a click."""
    shown = table(columns, rows[:MOST_ROWS])
    if len(rows) <= MOST_ROWS:
        return shown
    return f"{shown}\n\n{folded(rest, table(columns, rows[MOST_ROWS:]))}"


def _lines(items: Sequence[str]) -> str:
    return "\n".join(items)


def codes(names: Iterable[str]) -> str:
    """Names as they stand in a file."""
    return ", ".join(f"`{name}`" for name in names)
