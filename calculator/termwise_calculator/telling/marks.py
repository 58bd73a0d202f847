"""Marks where a figure rests on a reading of ours, or on a fact from outside the page.

A mark is a sign of footnotes that leads to the text that it stands for, whose box on the page bears
the same sign, so that a printed page tells it, too.
"""

from collections.abc import Iterable

from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.words import Words

SIGNS = {"reading": "†", "outside": "‡"}
"""The sign of each kind of note."""


def note_label(words: Words, kind: str) -> str:
    """What a kind of note is called."""
    return words.say("Our reading") if kind == "reading" else words.say("From outside the page")


def marks_text(notes: Iterable[str]) -> str:
    """The signs of notes, by the ids of their texts (`reading.office-hours`), each once."""
    return "".join(dict.fromkeys(SIGNS[note.partition(".")[0]] for note in notes))


def marks_html(words: Words, notes: Iterable[str]) -> str:
    """A link for each kind of note, by its sign, to the first; `data-notes` has all of several."""
    places: dict[str, list[str]] = {}
    for note in dict.fromkeys(notes):
        kind, _, name = note.partition(".")
        places.setdefault(kind, []).append(f"{kind}-{escape(name)}")
    return "".join([_mark(words, kind, places[kind]) for kind in places])


def _mark(words: Words, kind: str, places: list[str]) -> str:
    more = f' data-notes="{" ".join(places)}"' if len(places) > 1 else ""
    label = escape(note_label(words, kind))
    link = f'class="tw-mark" href="#{places[0]}"{more} aria-label="{label}"'
    return f"<a {link}>{SIGNS[kind]}</a>"
