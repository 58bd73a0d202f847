"""Texts of policies inside Markdown: taken literally, and compared word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def escaped(text: str) -> str:
    """A text on one line in which Markdown sees no markup, no link and nobody's name."""
    return SPECIAL.sub(r"\\\1", " ".join(_words(text))).replace("@", "&#64;")


def removed(text: str) -> str:
    """A text that is no longer there."""
    return f"~~{escaped(text)}~~" if text.strip() else ""


def added(text: str) -> str:
    """A text that was not there before."""
    return f"**{escaped(text)}**" if text.strip() else ""


def word_difference(old: str, new: str) -> str:
    """The new text with what was taken out struck through and what came in set bold."""
    before, after = _words(old), _words(new)
    return " ".join(filter(None, _pieces(before, after)))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield escaped(" ".join(after[start:end]))
        else:
            yield removed(" ".join(before[first:last]))
            yield added(" ".join(after[start:end]))


def _words(text: str) -> list[str]:
    # A figure keeps its no-break spaces, so that “100,00 zł” is one word.
    return [word for word in re.split(r"[ \t\n\r]+", text) if word]
