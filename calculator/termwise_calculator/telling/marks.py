"""Marks where a figure rests on a reading of ours, or on a fact from outside the page.

A mark is a sign of footnotes that leads to the text that it stands for, whose box on the page bears
the same sign, so that a printed page tells it, too.
"""

from collections.abc import Iterable

from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.words import Words

SIGNS = {"reading": "†", "outside": "‡"}
"""The sign of each kind of note."""


def sign_of(note: str) -> str:
    """The sign of a note by the id of its text, such as `reading.office-hours`."""
    return SIGNS[note.partition(".")[0]]


def note_label(words: Words, kind: str) -> str:
    """What a kind of note is called."""
    return words.say("Our reading") if kind == "reading" else words.say("From outside the page")


def marks_text(notes: Iterable[str]) -> str:
    """The signs of notes, each once."""
    return "".join(dict.fromkeys(map(sign_of, notes)))


def marks_html(words: Words, notes: Iterable[str]) -> str:
    """Links to notes, each by its sign and named by its kind; nothing for none."""
    return "".join([_mark(words, note) for note in notes])


def _mark(words: Words, note: str) -> str:
    kind, _, name = note.partition(".")
    label = escape(note_label(words, kind))
    place = f"{kind}-{escape(name)}"
    return f'<a class="tw-mark" href="#{place}" aria-label="{label}">{sign_of(note)}</a>'
