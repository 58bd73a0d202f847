"""Texts: their slots are right, and they name figures only through them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from termwise.checking.prose.figures_in_prose import Figures, figures_of, spelled_figures
from termwise.checking.prose.read_aloud import SPOKEN, misread
from termwise.compiling.edition import Edition
from termwise.problems import TextProblem, did_you_mean, listed, nearest, quoted
from termwise.words.kept_cldr import part_category, plural_categories
from termwise.words.messages import figure_words
from termwise_calculator.telling.slots import (
    STARTED,
    SUFFIXES,
    Malformed,
    Prose,
    Slot,
    SlotTable,
    SlotValue,
    parts_of,
    suits,
)
from termwise_calculator.telling.words import plural_forms
from termwise_calculator.terms.tariff import Unpublished

DOUBLED = re.compile(r"\{\{\s*([a-z][\w.|-]*)\s*\}\}")
"""How other templates write slots."""

BARE = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
"""What would be a slot between braces."""

UNKNOWN_SLOT = "The slot names nothing in this policy"


class TextChecker:
    """Checks the texts of one policy, in any language, against its tariff."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        tables = [edition.slots for edition in editions]
        self.table: SlotTable = _merged(tables)
        self.figures: Figures = figures_of(tables)
        self._unknown: dict[str, TextProblem] = {}  # the names nearest to one take long to find

    def check(self, text: str, language: str) -> list[TextProblem]:
        """Everything wrong with a text in a language."""
        problems = [problem for part in parts_of(text) if (problem := self._slot_problem(part))]
        doubled = [*DOUBLED.finditer(text)]
        within = {offset for found in doubled for offset in range(*found.span())}
        problems = [one for one in problems if one.offset not in within]
        problems += map(_doubled, doubled)
        problems += self._bare_slots(text)
        problems += [
            TextProblem(one.offset, one.what, quoted(one.word), one.expected, one.mend)
            for one in spelled_figures(text, language, self.figures)
        ]
        problems += [
            TextProblem(
                one.offset,
                "The words around this length do not suit every number",
                quoted(one.found),
                "a sentence that reads as well for "
                + ", ".join(map(str, SPOKEN[:-1]))
                + f" and {SPOKEN[-1]}",
                one.mend,
            )
            for one in misread(text, self.table, figure_words(language))
        ]
        return sorted(problems, key=lambda problem: problem.offset)

    def _slot_problem(self, part: object) -> TextProblem | None:
        if isinstance(part, Malformed):
            return TextProblem(
                part.offset,
                "This is neither a slot nor a marked figure",
                quoted(part.text),
                "a slot such as {labour.price}, or a figure marked as {'7.6.2.0'}",
                self._slot_meant(part.text)
                or "close the brace, or write the slot in small letters with a point",
            )
        if not isinstance(part, Slot):
            return None
        if part.path not in self.table:
            if part.written not in self._unknown:
                self._unknown[part.written] = self._unknown_slot(part)
            return replace(self._unknown[part.written], offset=part.offset)
        return _suffix_problem(part, self.table)

    def _slot_meant(self, text: str) -> str:
        """The slot that a brace was opened for, where one of the policy is near; or empty."""
        near = nearest("-".join(text.strip("{} ").split()), self.table)
        return f"write {quoted('{' + near + '}')}" if near else ""

    def _bare_slots(self, text: str) -> Iterator[TextProblem]:
        """Slots of the policy that stand in prose as they are, in brackets or in none."""
        for part in parts_of(text):
            for found in BARE.finditer(part.text) if isinstance(part, Prose) else ():
                if found[0] in self.table:
                    yield TextProblem(
                        part.offset + found.start(),
                        "A slot stands without its braces",
                        quoted(found[0]),
                        "the slot between { and }",
                        f"write {quoted('{' + found[0] + '}')}",
                    )

    def _unknown_slot(self, slot: Slot) -> TextProblem:
        first = slot.path.split(".")[0]
        near = [path for path in self.table if path.split(".")[0] == first]
        return TextProblem(
            slot.offset,
            UNKNOWN_SLOT,
            quoted(slot.written),
            "one of " + listed(("{" + path + "}" for path in near or self.table), slot.written),
            did_you_mean(slot.path, self.table),
        )


def _doubled(found: re.Match[str]) -> TextProblem:
    return TextProblem(
        found.start(),
        "A slot stands in two braces",
        quoted(found[0]),
        "one brace on either side, and no space within",
        f"write {quoted('{' + found[1] + '}')}",
    )


def plural_problems(text: str, language: str) -> list[TextProblem]:
    """A unit whose plural forms are not those of the language."""
    forms, categories = plural_forms(text), plural_categories(language)
    of_parts = part_category(language)
    with_parts = (*categories, of_parts) if of_parts not in categories else categories
    if len(forms) in (1, len(categories), len(with_parts)) and all(forms):
        return []
    also = "" if with_parts == categories else f", and one more for parts of one: {of_parts}"
    return [
        TextProblem(
            0,
            "The unit has not the plural forms of its language",
            quoted(text),
            f"one form for all numbers, or {len(categories)}: {' | '.join(categories)}{also}",
            "write a form for each of them, with | between them",
        )
    ]


def _suffix_problem(slot: Slot, table: SlotTable) -> TextProblem | None:
    unknown = next((suffix for suffix in slot.suffixes if suffix not in SUFFIXES), None)
    if unknown is not None:
        return TextProblem(
            slot.offset,
            "The slot has a suffix that does not exist",
            quoted(slot.written),
            " or ".join(f"|{suffix}" for suffix in SUFFIXES),
            did_you_mean(unknown, SUFFIXES),
        )
    if not all(suits(suffix, table[slot.path]) for suffix in slot.suffixes):
        return TextProblem(
            slot.offset,
            "The suffix does not fit this slot",
            quoted(slot.written),
            f"a suffix only after a length of time, |{STARTED} after a number of units as well",
            f"write {{{slot.path}}}",
        )
    if STARTED in slot.suffixes and len(slot.suffixes) > 1:
        return TextProblem(
            slot.offset,
            "The suffix stands with another one",
            quoted(slot.written),
            f"|{STARTED} alone, which says “per 60 minutes or part of them” in any language",
            f"write {{{slot.path}|{STARTED}}}",
        )
    return None


def _merged(tables: Iterable[SlotTable]) -> SlotTable:
    """Every slot of every edition; what is not published in one edition may be in another."""
    merged: dict[str, SlotValue] = {}
    for table in tables:
        for path, value in table.items():
            if path not in merged or isinstance(merged[path], Unpublished):
                merged[path] = value
    return merged
