"""Lengths of time in minutes, exact to the second.

Nearly everything counts in whole minutes, which are plain integers. Where seconds count, a length
is a fraction of minutes, and is written as minutes and seconds: “12:30”.
"""

import re
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

Minutes = int | Fraction
"""Minutes; a fraction holds whole seconds."""

SECOND = Fraction(1, 60)
KEPT = 1024
"""Of so many lengths what is asked of them is kept: the same ones come again and again."""
WRITTEN = re.compile(r"(\d{1,9})(?::([0-5]\d))?", re.ASCII)


def of_seconds(seconds: int) -> Minutes:
    """A length of so many seconds."""
    return Fraction(seconds, 60) if seconds % 60 else seconds // 60


def seconds_in(minutes: Minutes) -> int:
    """How many seconds a length has."""
    return int(minutes * 60)


def is_whole(minutes: Minutes) -> bool:
    """Tell whether a length is one of whole minutes."""
    return minutes.denominator == 1


def unit_of(*lengths: Minutes) -> Minutes:
    """The unit that counts some lengths exactly: a minute, or a second."""
    return 1 if all(map(is_whole, lengths)) else SECOND


def unit_text(length: Minutes) -> str:
    """A length as the unit of a line: “60 min”, “30 s”."""
    return f"{length} min" if is_whole(length) else f"{seconds_in(length)} s"


@lru_cache(maxsize=KEPT)
def lasting(minutes: Minutes) -> timedelta:
    """A length as elapsed time."""
    return timedelta(seconds=seconds_in(minutes))


def read_minutes_and_seconds(text: str) -> Minutes | None:
    """Read “12” or “12:30”; None for any other text."""
    parts = WRITTEN.fullmatch(text)
    return of_seconds(int(parts[1]) * 60 + int(parts[2] or 0)) if parts else None


def length_text(minutes: Minutes) -> str:
    """A length as minutes, or as minutes and seconds: “12”, “12:30”."""
    whole, seconds = divmod(seconds_in(minutes), 60)
    return f"{whole}:{seconds:02}" if seconds else str(whole)


def length_data(minutes: Minutes) -> int | str:
    """A length as plain data: a number of minutes, or the text of minutes and seconds."""
    return int(minutes) if is_whole(minutes) else length_text(minutes)


def length_from(data: int | str) -> Minutes:
    """A length from plain data. Raises ValueError for text that is none."""
    if isinstance(data, int):
        return data
    length = read_minutes_and_seconds(data)
    if length is None:
        raise ValueError(data)
    return length
