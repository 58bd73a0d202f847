"""What is wrong with a policy file or a translation, each problem with its place in the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from termwise.limits import MOST_PROBLEMS

QUOTED_LENGTH = 80
MOST_LISTED = 15
MOST_NEAR = 3
LONGEST_GUESSED = 100
"""Characters of a name for which a near one is looked for."""

UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
"""What would not be seen in a message, or would change how the rest of it is shown."""


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
    """One thing to mend: where it is, what is wrong, found, expected, and how to mend it.

    `lacking` is a name that stands nowhere where it should: once another problem is mended by
    writing that name, this one is gone.
    """

    place: Place
    what: str
    found: str
    expected: str
    mend: str
    lacking: str = ""

    def __str__(self) -> str:
        return harmless(
            f"{self.place}: {self.what}: found {self.found}; expected {self.expected}; "
            f"to mend: {self.mend}"
        )


@dataclass(frozen=True, slots=True)
class TextProblem:
    """Something wrong at a character of a text, wherever that text stands."""

    offset: int
    what: str
    found: str
    expected: str
    mend: str

    def at(self, place: Place) -> Problem:
        """The problem at its place in a file."""
        return Problem(place, self.what, self.found, self.expected, self.mend)


class UnreadableFile(ValueError):
    """A file of which nothing can be used; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """The first problems of a file, and that there are more where there are too many to tell."""
    told = list(islice(problems, MOST_PROBLEMS + 1))
    if len(told) <= MOST_PROBLEMS:
        return told
    place = told.pop().place
    more = Problem(
        place,
        "More is wrong from here on",
        f"more than {MOST_PROBLEMS} problems",
        "a file that can be mended",
        "mend these first, then check again",
    )
    return [*told, more]


def harmless(text: str) -> str:
    """A message as it may be shown: what would not be seen in it, or would command, is named."""
    return UNSEEN.sub(_as_number, text)


def _as_number(unseen: re.Match[str]) -> str:
    number = ord(unseen[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def quoted(text: str) -> str:
    """Put found text in quotation marks on one line, shortened so that a message stays readable."""
    written = text.strip()
    shown = " ".join(written[: 2 * QUOTED_LENGTH].split())
    if len(shown) > QUOTED_LENGTH or len(written) > 2 * QUOTED_LENGTH:
        shown = shown[:QUOTED_LENGTH] + "…"
    return f"“{shown}”"


def listed(names: Iterable[str], found: str = "") -> str:
    """List the possible names for a message, of too many those nearest to what was `found`."""
    known = list(names)
    if found and len(known) > MOST_LISTED:
        near = get_close_matches(found[:LONGEST_GUESSED], known, n=MOST_NEAR, cutoff=0.5)
        known = [*near, *(name for name in known if name not in near)]
    shown = ", ".join(known[:MOST_LISTED])
    return f"{shown} …" if len(known) > MOST_LISTED else shown or "none, since there is none yet"


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Suggest the known name nearest to what was written, or tell to choose one."""
    near = nearest(found, known)
    return f"did you mean {quoted(near)}?" if near else "write one of the expected names"


def nearest(found: str, known: Iterable[str]) -> str:
    """The known name nearest to what was written; empty where none is near."""
    names = {name.casefold(): name for name in known}
    written = found[:LONGEST_GUESSED].casefold()
    longer = [name for name in names if written in name.split()]
    near = get_close_matches(written, names, n=1, cutoff=0.6) or longer[:1]
    return names[near[0]] if near else ""


def counted(number: int, noun: str) -> str:
    """A number and its noun: 1 clause, 2 clauses."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
