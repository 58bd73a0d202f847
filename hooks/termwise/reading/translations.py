"""Translations of a policy: gettext PO files, one per language, each message named by its text.

A translation is shown only while the governing text is the one that was translated.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from termwise.checking.prose.texts import plural_problems
from termwise.limits import LONGEST_TEXT
from termwise.policy_form.texts import GoverningText
from termwise.policy_form.yaml_text.characters import deceiving
from termwise.policy_form.yaml_text.source import decode
from termwise.problems import (
    Place,
    Problem,
    TextProblem,
    UnreadableFile,
    did_you_mean,
    first_of,
    quoted,
)
from termwise.reading.po_files import PoMessage, read_po
from termwise_calculator.telling.slots import Literal, Slot, parts_of

UNKNOWN_MESSAGE = "The message names no text of the policy"
MACHINE_MADE = "machine-made"
REVIEWED = "reviewed"
FUZZY = "fuzzy"
HEADER_FIELD = re.compile(r"^(?P<name>[A-Za-z-]+): *(?P<value>.*?) *$", re.MULTILINE)
CHARSET = re.compile(r"charset=([^ ;]+)", re.IGNORECASE)
READ_AS_UTF_8 = ("utf-8", "utf8", "us-ascii", "ascii", "charset")
"""Names in a header of what can be read as UTF-8; a template of gettext's leaves it open."""

CheckText = Callable[[str, str], list[TextProblem]]
"""Checks a text in a language: what is wrong with its slots and its figures."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated text; `state` is "translated", "stale" or "missing".

    `machine` marks a translation that no person has reviewed.
    """

    text: str
    state: str
    machine: bool
    line: int = 0
    """Where its message begins in the PO file; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class TranslatedTexts:
    """Every text of a policy in one language, by text id."""

    language: str
    texts: Mapping[str, Translation]

    def count(self, state: str) -> int:
        """How many texts are in a state."""
        return sum(translation.state == state for translation in self.texts.values())


def untranslated(language: str, texts: Iterable[GoverningText]) -> TranslatedTexts:
    """The translation of a policy that has no file: every text is missing."""
    return TranslatedTexts(language, {text.id: Translation("", "missing", False) for text in texts})


def read_translation(
    content: bytes, file: str, language: str, texts: Sequence[GoverningText], check: CheckText
) -> tuple[TranslatedTexts, list[Problem]]:
    """Read a PO file against the texts it translates; a text without a message is missing."""
    try:
        catalogue = _Entries(file, language, read_po(decode(content, file), file))
    except UnreadableFile as error:
        return untranslated(language, texts), error.problems
    by_id = catalogue.by_context()
    translations = {text.id: catalogue.translation(text, by_id.get(text.id)) for text in texts}
    current = [
        (text, by_id[text.id]) for text in texts if translations[text.id].state == "translated"
    ]
    problems = first_of(catalogue.problems(texts, current, check))
    return TranslatedTexts(language, translations), problems


class _Entries:
    """The messages of a PO file in order, and what its header says."""

    def __init__(self, file: str, language: str, messages: Sequence[PoMessage]) -> None:
        self.file = file
        self.language = language
        self.head = next((one for one in messages if one.is_header), None)
        self.messages = [one for one in messages if not one.is_header]
        written = self.head.string.text if self.head else ""
        self.header = {match["name"]: match["value"] for match in HEADER_FIELD.finditer(written)}

    def by_context(self) -> dict[str, PoMessage]:
        """The first message of each text id."""
        found: dict[str, PoMessage] = {}
        for message in self.messages:
            found.setdefault(message.context.text, message)
        return found

    def problems(
        self,
        texts: Sequence[GoverningText],
        current: Iterable[tuple[GoverningText, PoMessage]],
        check: CheckText,
    ) -> Iterator[Problem]:
        """Everything wrong with the file, and with each translation that is `current`."""
        yield from self._header_problems()
        yield from self._name_problems(texts)
        for text, message in current:
            for found in self._text_problems(text, message.string.text, check):
                yield found.at(message.string.place(self.file, found.offset))

    def _header_problems(self) -> Iterator[Problem]:
        """A header of another language than the file's name, or of letters that are not UTF-8."""
        stated = self.header.get("Language", "")
        if stated.replace("-", "_").split("_")[0] != self.language:
            yield Problem(
                self._place_in_header("Language:"),
                "The header names another language than the file's name",
                quoted(stated) if stated else "no language",
                f"“Language: {self.language}”",
                "correct the header, or name the file after its language; where there is no "
                "header, “termwise translations” writes one",
            )
        charset = CHARSET.search(self.header.get("Content-Type", ""))
        if charset and charset[1].casefold() not in READ_AS_UTF_8:
            yield Problem(
                self._place_in_header("Content-Type:"),
                "The header says that the file is no UTF-8",
                quoted(charset[1]),
                "“charset=UTF-8”",
                "save the file as UTF-8, and correct the header",
            )

    def _place_in_header(self, name: str) -> Place:
        offset = self.head.string.text.find(name) if self.head else -1
        if self.head is None or offset < 0:
            return Place(self.file, 1, 1)
        return Place(self.file, self.head.string.place(self.file, offset).line, 1)

    def _name_problems(self, texts: Sequence[GoverningText]) -> Iterator[Problem]:
        """Messages that name no text of the policy, or one that is translated already."""
        known = {text.id for text in texts}
        seen: dict[str, int] = {}
        for message in self.messages:
            name = message.context.text
            if name not in known:
                yield self._unknown_name(name, message.line, known)
            elif name in seen:
                yield self._twice(name, message.line, seen[name])
            seen.setdefault(name, message.line)

    def _unknown_name(self, name: str, line: int, known: set[str]) -> Problem:
        return Problem(
            Place(self.file, line, 1),
            UNKNOWN_MESSAGE,
            f"msgctxt {quoted(name)}" if name else "no msgctxt",
            "the id of a clause, or of another text such as “glance.price”",
            did_you_mean(name, known) if name else "add the line msgctxt before msgid",
        )

    def _twice(self, name: str, line: int, first: int) -> Problem:
        return Problem(
            Place(self.file, line, 1),
            "The text is translated twice",
            f"msgctxt {quoted(name)}",
            f"one translation; the first stands on line {first}",
            "take one of them away",
        )

    def translation(self, text: GoverningText, message: PoMessage | None) -> Translation:
        """The state of a text's translation; line breaks around it are no part of it."""
        if message is None:
            return Translation("", "missing", False)
        translated = message.string.text.strip()
        if not translated:
            return Translation("", "missing", False, message.line)
        if FUZZY in message.flags:
            # With the text that was translated it is of that text, else it is anybody's guess.
            state = "stale" if message.of_former else "missing"
            return Translation("", state, False, message.line)
        machine = self.header.get("X-Translation") == MACHINE_MADE
        machine = machine and REVIEWED not in message.flags
        current = message.id.text.strip() == text.text.strip()
        state = "translated" if current else "stale"
        return Translation(translated, state, machine, message.line)

    def _text_problems(
        self, text: GoverningText, translated: str, check: CheckText
    ) -> Iterator[TextProblem]:
        """Broken slots, figures in words or digits, and slots that the governing text has not."""
        if len(translated) > LONGEST_TEXT:
            found, most = f"{len(translated):,} characters", f"at most {LONGEST_TEXT:,}"
            yield TextProblem(0, "The translation is too long", found, most, "shorten it")
            return
        yield from deceiving(translated)
        yield from check(translated, self.language) or _differences(text.text, translated)
        if text.counted:
            yield from plural_problems(translated, self.language)


def _differences(governing: str, translated: str) -> list[TextProblem]:
    """Slots and marked figures that stand in one of two texts only."""
    expected, found = _figures(governing), _figures(translated)
    lacking = [figure for figure in expected if figure not in found]
    further = [figure for figure in found if figure not in expected]
    if len(lacking) == len(further) == 1:
        [figure], [other] = lacking, further
        what = "The translation has another figure than the governing text"
        return [
            TextProblem(
                found[other], what, quoted(other), quoted(figure), f"write {quoted(figure)}"
            )
        ]
    lost = [
        TextProblem(
            0,
            "The translation lacks a figure of the governing text",
            "a text without it",
            quoted(figure),
            "put it where the sentence needs it",
        )
        for figure in lacking
    ]
    added = [
        TextProblem(
            found[figure],
            "The translation has a figure that the governing text has not",
            quoted(figure),
            ", ".join(expected) or "no slot",
            "use the slots of the governing text",
        )
        for figure in further
    ]
    return lost + added


def _figures(text: str) -> dict[str, int]:
    """Slots by their path and marked digits, each with its first place."""
    figures: dict[str, int] = {}
    for part in parts_of(text):
        if isinstance(part, Slot):
            figures.setdefault("{" + part.path + "}", part.offset)
        elif isinstance(part, Literal) and re.search(r"\d", part.text):
            figures.setdefault("{'" + part.text + "'}", part.offset)
    return figures
