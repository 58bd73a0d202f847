"""Number words in a text that are figures of the tariff: “twice”, “sixty minutes”, “an hour”."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from termwise.checking.prose.figure_words import (
    FIGURE_WORDS,
    FigureWords,
    Unit,
    inflected,
    whole_words,
)
from termwise.policy_form.calendar.sparing_imports import spare_imports_of

# A number word below this is too common to be a figure without a unit beside it.
LEAST_BARE_NUMBER = 13
LARGEST_NUMBER = 1_000_000
MINUTES_PER_HOUR = 60
HOURS_PER_HALF_DAY = 12
UNIT_DISTANCE = 2  # words: “sixty started minutes”
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LARGE = ("hundrede", "tusind", "tusinde")  # in Danish written in one with how many, or apart
LARGE_IN_ONE = re.compile(rf"(\w+?)({'|'.join(LARGE)})")
MOST_KEPT = 10_000
"""Pieces of prose of which is kept what they say, whatever the tariff: an edit changes few."""

TOO_COMMON = {
    "en": frozenset({"one", "and"}),
    "pl": frozenset({"jeden", "i"}),
    "da": frozenset({"en", "et", "og"}),
    "pt": frozenset({"um", "uma", "e"}),
}
"""Words of numbers that are said of other things as well."""

Forms = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the tariff: its value, its unit and the slot that fills it."""

    value: Decimal
    unit: Unit
    path: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words that are a figure, from `start` to `end`, and the slots that could stand there."""

    start: int
    end: int
    paths: tuple[str, ...]


class _Token(NamedTuple):
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What to look for in one language for one tariff; made once by `lexicon`."""

    words: FigureWords
    figures: frozenset[Figure]
    any_special: re.Pattern[str]
    numbers: Mapping[str, list[tuple[int, Forms]]]
    said: frozenset[str]
    """Every word of a number, of this tariff or not."""

    def spelled(self, prose: str) -> list[Spelled]:
        """Every figure in words, in order."""
        specials = list(self._specials(prose))
        taken = {at for one in specials for at in range(one.start, one.end)}
        numbers = [one for one in self._numbers(prose) if one.start not in taken]
        found = [one for one in specials + numbers if one.paths]
        return sorted(found, key=lambda one: one.start)

    def _specials(self, prose: str) -> Iterator[Spelled]:
        """Figures in one word, whether or not the tariff has them; longer ones hide shorter."""
        if not _has_special(prose, self.any_special):
            return
        taken: set[int] = set()
        for special in self.words.specials:
            for match in special.pattern.finditer(prose):
                if match.start() not in taken:
                    taken.update(range(*match.span()))
                    paths = self._paths(special.unit, special.value)
                    yield Spelled(match.start(), match.end(), paths)

    def _paths(self, unit: Unit, value: Decimal) -> tuple[str, ...]:
        return tuple(one.path for one in self.figures if (one.unit, one.value) == (unit, value))

    def _numbers(self, prose: str) -> Iterator[Spelled]:
        """Number words with a unit beside them, or large enough to stand alone."""
        if self.numbers.keys().isdisjoint(_pieces(prose)):
            return
        tokens = list(_tokens(prose))
        start = 0
        while start < len(tokens):
            end, paths = max(self._meanings(tokens, start), default=(start + 1, ()))
            if paths and not self._goes_on(prose, tokens, start):
                yield Spelled(tokens[start].start, tokens[end - 1].end, paths)
            start = end

    def _goes_on(self, prose: str, tokens: list[_Token], start: int) -> bool:
        """Whether a number is the end of a longer one: the hundred of “two hundred”."""
        before = tokens[start - 1] if start else None
        if before is None or prose[before.end : tokens[start].start].strip("- "):
            return False
        return before.word in self.said

    def _meanings(self, tokens: list[_Token], start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each number that begins at a token: where it ends, and what it can mean."""
        for number, forms in self.numbers.get(tokens[start].word, ()):
            end = _match(tokens, start, forms, self.words.connectors)
            if end is not None and (paths := self._meant(number, tokens, start, end)):
                yield end, paths

    def _meant(self, number: int, tokens: list[_Token], start: int, end: int) -> tuple[str, ...]:
        """The slots of the figures that a number can mean in its place."""
        units = _units(self.words.after, tokens[end : end + UNIT_DISTANCE])
        units |= _units(self.words.before, tokens[max(start - 1, 0) : start])
        return tuple(figure.path for figure in self.figures if _means(number, units, figure))


@lru_cache(maxsize=32)  # of a thousand providers, not all
def lexicon(language: str, figures: frozenset[Figure]) -> Lexicon:
    """What to look for in texts of a language that must not name these figures."""
    words = FIGURE_WORDS[language]
    any_special = whole_words("|".join(special.words for special in words.specials))
    numbers: dict[str, list[tuple[int, Forms]]] = {}
    for number in sorted(_numbers_of(figures)):
        for forms in _ways_to_say(number, language):
            for first in forms[0]:
                numbers.setdefault(first, []).append((number, forms))
    return Lexicon(words, figures, any_special, numbers, number_words(language))


def _numbers_of(figures: frozenset[Figure]) -> set[int]:
    """Whole numbers whose words would be a figure: its whole part, its hours."""
    numbers = {int(figure.value) for figure in figures}
    numbers |= {int(one.value) // MINUTES_PER_HOUR for one in figures if one.unit == "minutes"}
    numbers |= {int(one.value) - HOURS_PER_HALF_DAY for one in figures if one.unit == "clock"}
    return {number for number in numbers if 2 <= number <= LARGEST_NUMBER}


@cache
def _ways_to_say(number: int, language: str) -> list[Forms]:
    """The words of a number, for each word the forms it may take; “one” may be left out."""
    connectors = FIGURE_WORDS[language].connectors
    spelled = [token.word for token in _tokens(speller(language).to_cardinal(number))]
    spelled = [word for word in spelled if word not in connectors]
    forms = tuple(inflected(word, language) for word in spelled)
    return [forms, forms[1:]] if spelled[0] in ("one", "et") else [forms]


@cache
def speller(language: str) -> Any:
    """What knows the numbers of a language; slow to import, and needed for checks only."""
    spare_imports_of("num2words")  # of 60 languages
    code = language.upper()
    module = import_module(f"num2words.lang_{code}")
    return getattr(module, f"Num2Word_{code}")()


@lru_cache(maxsize=MOST_KEPT)
def _has_special(prose: str, any_special: re.Pattern[str]) -> bool:
    return any_special.search(prose) is not None


@cache
def number_words(language: str) -> frozenset[str]:
    """The words of all numbers below a hundred, and of hundreds and thousands, as they stand."""
    numbers = [*range(2, 100), *range(100, 1000, 100), 1000, 2000]
    spelled = {word for number in numbers for word in _words_of(number, language)}
    return frozenset(
        form for word in spelled - TOO_COMMON[language] for form in inflected(word, language)
    )


def _words_of(number: int, language: str) -> Iterator[str]:
    for word in LETTERS.findall(speller(language).to_cardinal(number).casefold()):
        yield from (word, *apart(word))


@lru_cache(maxsize=MOST_KEPT)
def _pieces(prose: str) -> frozenset[str]:
    """The words of all tokens; most texts have no number among them and need no more."""
    if any(one in prose.casefold() for one in LARGE):
        return frozenset(token.word for token in _tokens(prose))
    return frozenset(word.casefold() for word in LETTERS.findall(prose))


def _tokens(prose: str) -> Iterator[_Token]:
    for match in LETTERS.finditer(prose):
        start = match.start()
        for piece in apart(match[0].casefold()):
            yield _Token(piece, start, start + len(piece))
            start += len(piece)


def apart(word: str) -> tuple[str, ...]:
    """A large number written in one with how many there are, in two words ("tre", "hundrede")."""
    written = LARGE_IN_ONE.fullmatch(word) if word.endswith(LARGE) else None
    return written.groups() if written else (word,)


def _match(
    tokens: list[_Token], start: int, forms: Forms, connectors: frozenset[str]
) -> int | None:
    """The index after the last token of a number that begins at `start`, or None."""
    index = start
    for position, possible in enumerate(forms):
        if position and index < len(tokens) and tokens[index].word in connectors:
            index += 1
        if index >= len(tokens) or tokens[index].word not in possible:
            return None
        index += 1
    return index


def _units(nouns: Mapping[Unit, re.Pattern[str]], tokens: list[_Token]) -> set[Unit]:
    return {unit for unit, noun in nouns.items() if any(noun.fullmatch(t.word) for t in tokens)}


def _means(number: int, units: set[Unit], figure: Figure) -> bool:
    if figure.unit == "clock":
        in_half_day = int(figure.value) in (number, number + HOURS_PER_HALF_DAY)
        return "clock" in units and in_half_day
    in_hours = figure.unit == "minutes" and "hours" in units
    if in_hours and figure.value == number * MINUTES_PER_HOUR:
        return True
    if figure.unit in units:
        return int(figure.value) == number
    stands_alone = number >= LEAST_BARE_NUMBER and not units - {"clock"}
    return stands_alone and figure.value == number
