"""Sentences read aloud with other lengths in their slots: the words around must suit any of them.

A text is written while a period has 60 minutes; it must still be right when it has 1, 2, 5 or 22.
The patterns are what a native reader stumbles over, and say how to mend it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from termwise_calculator.telling.slots import (
    HOURS,
    Duration,
    Part,
    Prose,
    Slot,
    SlotTable,
    parts_of,
    slot_text,
)
from termwise_calculator.telling.words import Words

SPOKEN = (1, 2, 5, 22)
"""Numbers that differ in their plural forms, in one language of the site or another."""
MINUTES_PER_HOUR = 60


class Stumble(NamedTuple):
    """Words around a length that are wrong for some number; how to mend it."""

    pattern: re.Pattern[str]
    mend: str


class Misread(NamedTuple):
    """What a reader stumbles over in a text: where, over what, and how to mend it."""

    offset: int
    found: str
    mend: str


def _stumble(pattern: str, mend: str) -> Stumble:
    return Stumble(re.compile(pattern, re.IGNORECASE), mend)


_TWICE = _stumble(
    r"\b(per|za|pr\.) \1 |\bpor (?:cada )?por ",
    "leave out the word before the slot: |started brings it along",
)
_IN_ENGLISH = "write {…|started}, which says “per 60 minutes or part of them”"
_ENGLISH = (
    _stumble(
        r"\b(?:started|begun) \d+ \w+|\d+ (?:minutes?|hours?|seconds?) (?:started|begun)\b",
        _IN_ENGLISH,
    ),
    _stumble(
        r"\bperiod of [\w ]+,? or part of it\b",
        _IN_ENGLISH,
    ),
    _stumble(r"\b1 \w+ have\b", "put the sentence so that no verb agrees with the length"),
    _stumble(r"\b(?:these|those|further|next) 1 \w+", "name a period: “a period of …”"),
    _stumble(
        r"\b1 \w+ or part of them|\b[2-9]\d* \w+ or part of it",
        _IN_ENGLISH,
    ),
    _TWICE,
)
_ONE_COUNTED = r"1 (?:sekunda|minuta|godzina)\b"
_POLISH = (
    _stumble(
        r"\b(?:do|od|bez|około|powyżej|poniżej|upływie|ciągu|okresu?|okresów|długości|puli) "
        r"(?:1 (?:sekund|minut|godzin)[aę]|(?!1 )\d+ (?:sekundy|minuty|godziny))\b",
        "add |genitive to the slot",
    ),
    _stumble(
        r"\b(?:za|przez|ponad|trwa(?:ć|ją|jąca|jących|ło|łaby)?(?: już| dokładnie| co najmniej)?|"
        rf"dłużej niż|krócej niż|wynosi|dyspozycji|liczy|ma) {_ONE_COUNTED}",
        "add |accusative to the slot",
    ),
    _stumble(
        r"\b(?:pierwsze|każde|rozpoczęte|kolejne|następne|dalsze) \d+ \w+",
        "write {…|started}, which says “za każdy rozpoczęty okres 60 minut”",
    ),
    _stumble(r"\bpo 1 \w+", "write “trwających {…|accusative}”"),
    _stumble(r"\bco najmniej 1 (?:sekunda|minuta|godzina)\b", "add |accusative to the slot"),
    _TWICE,
)
_DANISH = (
    _stumble(
        r"\bpåbegyndte? \d+ \w+",
        "write {…|started}, which says “pr. påbegyndt periode på 60 minutter”",
    ),
    _stumble(r"\b(?:de|første|næste|yderligere|efterfølgende) 1 \w+", "write “periode på …”"),
    _TWICE,
)
_PORTUGUESE = (
    _stumble(
        r"\b(?:os|as|primeir[oa]s|seguintes|estes|últimos) 1 \w+",
        "write “período de …”",
    ),
    _stumble(
        r"\b\d+ \w+ (?:iniciad|começad|gratuit|restant|pré-pag)\w*",
        "write {…|started}, which says “por cada período iniciado de 60 minutos”",
    ),
    _TWICE,
)
STUMBLES: Mapping[str, Sequence[Stumble]] = {
    "en": _ENGLISH,
    "pl": _POLISH,
    "da": _DANISH,
    "pt": _PORTUGUESE,
}
_ENDS_BEFORE = 60  # characters of a sentence around a length that are read with it


def stumbles_in(said: str, language: str) -> Iterator[tuple[str, str]]:
    """What a reader of the language stumbles over in a sentence, each with how to mend it."""
    plain = said.replace("\N{NO-BREAK SPACE}", " ")
    for stumble in STUMBLES[language]:
        match = stumble.pattern.search(plain)
        if match:
            yield match.group(), stumble.mend


def misread(text: str, table: SlotTable, words: Words) -> Iterator[Misread]:
    """Lengths in a text around which the words suit some numbers only, once each."""
    parts = parts_of(text)
    for at, part in enumerate(parts):
        if isinstance(part, Slot) and isinstance(table.get(part.path), Duration):
            found = next(_stumbles_at(parts, at, words), None)
            if found:
                yield Misread(part.offset, *found)


def _stumbles_at(parts: Sequence[Part], at: int, words: Words) -> Iterator[tuple[str, str]]:
    slot = parts[at]
    assert isinstance(slot, Slot)
    before, after = _prose(parts, at - 1)[-_ENDS_BEFORE:], _prose(parts, at + 1)[:_ENDS_BEFORE]
    for number in SPOKEN:
        minutes = number * MINUTES_PER_HOUR if HOURS in slot.suffixes else number
        length = slot_text(Duration(minutes), words, slot.suffixes)
        yield from stumbles_in(f"{before}{length}{after}", words.language)


def _prose(parts: Sequence[Part], at: int) -> str:
    part = parts[at] if 0 <= at < len(parts) else None
    return part.text if isinstance(part, Prose) else ""
