"""Translations of a policy: gettext PO files, one per language, each message named by its text.

A translation is shown only while the governing text is the one that was translated.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, unescape

from termwise.checking.texts import TextProblem, plural_problems
from termwise.policy_form.source import decode
from termwise.policy_form.texts import GoverningText
from termwise.problems import Place, Problem, UnreadableFile, did_you_mean, quoted
from termwise_calculator.telling.slots import Literal, Slot, parts_of

MACHINE_MADE = "machine-made"
REVIEWED = "reviewed"
HEADER_FIELD = re.compile(r"^(?P<name>[A-Za-z-]+): *(?P<value>.*?) *$", re.MULTILINE)
STRING = r'"(?:[^"\\]|\\.)*"'
KEYWORD = r"(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)"
STRING_LINE = re.compile(rf"^(?:msgstr\s+)?(?P<string>{STRING})\s*$")
SOUND_LINE = re.compile(rf"^\s*(?:#.*|(?:{KEYWORD}\s+)?{STRING}|)\s*$")

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
        catalogue = _Entries(decode(content, file), file)
    except UnreadableFile as error:
        return untranslated(language, texts), error.problems
    problems = [*catalogue.header_problems(language), *catalogue.name_problems(texts)]
    by_id = catalogue.by_context()
    translations = {text.id: catalogue.translation(text, by_id.get(text.id)) for text in texts}
    for text in texts:
        if translations[text.id].state == "translated":
            problems += catalogue.text_problems(text, by_id[text.id], check, language)
    return TranslatedTexts(language, translations), problems


@dataclass(slots=True)
class _Entries:
    """The messages of a PO file in order, header first, and the lines they stand on."""

    text: str
    file: str
    lines: list[str] = field(init=False)
    messages: list[Message] = field(init=False)
    header: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.text.splitlines() or [""]
        # Babel would take a line whose quote is left open, and lose its last letter.
        broken = [at for at, line in enumerate(self.lines) if not SOUND_LINE.match(line)]
        if broken:
            raise UnreadableFile([self._broken("", at) for at in broken])
        catalogue = _Recording()
        try:
            PoFileParser(catalogue, abort_invalid=True).parse(BytesIO(self.text.encode()))
        except PoFileError as error:
            raise UnreadableFile([self._broken(str(error), error.lineno or 0)]) from None
        except (ValueError, LookupError, TypeError) as error:
            raise UnreadableFile([self._broken(str(error), 0)]) from None
        self.messages = [message for message in catalogue.read if message.id]
        header = next((str(one.string) for one in catalogue.read if not one.id), "")
        self.header = {match["name"]: match["value"] for match in HEADER_FIELD.finditer(header)}

    def _broken(self, error: str, line_index: int) -> Problem:
        lines = self.lines
        index = min(line_index, len(lines) - 1)
        return Problem(
            Place(self.file, index + 1, 1),
            "The PO file cannot be read",
            quoted(lines[index]) if lines[index] else error,
            "msgctxt, msgid and msgstr, each followed by a text in quotes",
            "close every quote and put a backslash before a quote inside a text",
        )

    def by_context(self) -> dict[str, Message]:
        """The first message of each text id."""
        found: dict[str, Message] = {}
        for message in self.messages:
            if message.context:
                found.setdefault(str(message.context), message)
        return found

    def header_problems(self, language: str) -> list[Problem]:
        """A header that names no language, or another than the file's name."""
        stated = self.header.get("Language", "")
        if stated.replace("-", "_").split("_")[0] == language:
            return []
        line = self._line_of('"Language:')
        return [
            Problem(
                Place(self.file, line, 1),
                "The header names another language than the file's name",
                quoted(stated) if stated else "no language",
                f"“Language: {language}”",
                "correct the header, or name the file after its language",
            )
        ]

    def name_problems(self, texts: Sequence[GoverningText]) -> list[Problem]:
        """Messages that name no text of the policy, or one that is translated already."""
        known = {text.id for text in texts}
        seen: dict[str, int] = {}
        problems = []
        for message in self.messages:
            name, line = str(message.context or ""), self._first_line(message)
            if name not in known:
                problems.append(self._unknown_name(name, line, known))
            elif name in seen:
                problems.append(self._twice(name, line, seen[name]))
            seen.setdefault(name, line)
        return problems

    def _unknown_name(self, name: str, line: int, known: set[str]) -> Problem:
        return Problem(
            Place(self.file, line, 1),
            "The message names no text of the policy",
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

    def translation(self, text: GoverningText, message: Message | None) -> Translation:
        """The state of a text's translation."""
        translated = "" if message is None else str(message.string or "")
        if message is None or message.fuzzy or not translated.strip():
            return Translation("", "missing", False)
        machine = self.header.get("X-Translation") == MACHINE_MADE
        machine = machine and REVIEWED not in message.flags
        current = str(message.id).strip() == text.text.strip()
        return Translation(translated, "translated" if current else "stale", machine)

    def text_problems(
        self, text: GoverningText, message: Message, check: CheckText, language: str
    ) -> list[Problem]:
        """Broken slots, figures in words or digits, and slots that the governing text has not."""
        translated = str(message.string)
        found = check(translated, language) or _differences(text.text, translated)
        found += plural_problems(translated, language) if text.counted else []
        return [one.at(self._place_within(message, one.offset)) for one in found]

    def _place_within(self, message: Message, offset: int) -> Place:
        """The place of a character of a translation, which may run over several lines."""
        lines = self.lines
        index = self._line_after(message, "msgstr")
        while index < len(lines) and (written := STRING_LINE.match(lines[index])):
            piece = unescape(written["string"])
            if offset < len(piece):
                column = written.start("string") + 2 + _written_length(piece[:offset])
                return Place(self.file, index + 1, column)
            offset -= len(piece)
            index += 1
        return Place(self.file, index, 1)

    def _line_after(self, message: Message, keyword: str) -> int:
        """The index of the next line from the message on that begins with a keyword."""
        lines = self.lines
        start = max((message.lineno or 1) - 1, 0)
        candidates = range(start, len(lines))
        return next((at for at in candidates if lines[at].startswith(keyword)), start)

    def _first_line(self, message: Message) -> int:
        """The line (from 1) of msgctxt, which stands above the line that Babel tells."""
        lines = self.lines
        line = min(message.lineno or 1, len(lines))
        for index in range(line - 1, -1, -1):
            if lines[index].startswith("msgctxt"):
                return index + 1
            if not lines[index].startswith(("msgid", '"')):
                break
        return line

    def _line_of(self, beginning: str) -> int:
        return next((at + 1 for at, line in enumerate(self.lines) if line.startswith(beginning)), 1)


class _Recording(Catalog):
    """A catalogue that keeps every message in order, duplicates and header included."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[Message] = []

    def __setitem__(
        self,
        id: str | tuple[str, ...] | list[str],  # noqa: A002 (Babel calls it so)
        message: Message,
    ) -> None:
        self.read.append(message)
        if message.id:
            super().__setitem__(id, message)


def _written_length(text: str) -> int:
    return len(re.sub(r'[\\"\n\t\r]', "xx", text))


def _differences(governing: str, translated: str) -> list[TextProblem]:
    """Slots and marked figures that stand in one of two texts only."""
    expected, found = _figures(governing), _figures(translated)
    lost = [
        TextProblem(
            0,
            "The translation lacks a figure of the governing text",
            "a text without it",
            quoted(figure),
            "put it where the sentence needs it",
        )
        for figure in expected
        if figure not in found
    ]
    added = [
        TextProblem(
            offset,
            "The translation has a figure that the governing text has not",
            quoted(figure),
            ", ".join(expected) or "no slot",
            "use the slots of the governing text",
        )
        for figure, offset in found.items()
        if figure not in expected
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
