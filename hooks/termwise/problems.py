"""What is wrong with a policy file or a translation, each problem with its place in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

QUOTED_LENGTH = 80
MOST_LISTED = 15


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: path as shown to people, line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong, found, expected, and how to mend it."""

    place: Place
    what: str
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.what}: found {self.found}; expected {self.expected}; "
            f"to mend: {self.mend}"
        )


class UnreadableFile(ValueError):
    """A file of which nothing can be used; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def quoted(text: str) -> str:
    """Put found text in quotation marks on one line, shortened so that a message stays readable."""
    shown = " ".join(text.split())
    if len(shown) > QUOTED_LENGTH:
        shown = shown[:QUOTED_LENGTH] + "…"
    return f"“{shown}”"


def listed(names: Iterable[str]) -> str:
    """List the possible names for a message."""
    known = list(names)
    shown = ", ".join(known[:MOST_LISTED])
    return f"{shown} …" if len(known) > MOST_LISTED else shown or "none, since there is none yet"


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Suggest the known name nearest to what was written, or tell to choose one."""
    close = get_close_matches(found, list(known), n=1, cutoff=0.6)
    return f"did you mean {quoted(close[0])}?" if close else "write one of the expected names"


def counted(number: int, noun: str) -> str:
    """A number and its noun: 1 clause, 2 clauses."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
