"""PO files as gettext's tools write them, with the place of every character of every text.

Read here and not by Babel or polib: they tell no columns, and pass over what `msgfmt` refuses, such
as escapes that mean nothing and a `msgstr` without its `msgid`, which Babel gives to the next one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from termwise.problems import Place, Problem, UnreadableFile, first_of, quoted

KEYWORDS = ("msgctxt", "msgid", "msgstr")
LINE = re.compile(r'(?:(?P<keyword>[a-z]+)[ \t]*)?"(?P<string>(?:[^"\\]|\\.)*)"')
CHARACTER = re.compile(r"\\.|[^\\]")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
OTHER_FORMS = re.compile(r"msgid_plural\b|msgstr\[")
QUOTES = re.compile(r"[\"“”„«»]")
NEAR_KEYWORD = re.compile(r"(?=[A-Za-z]+:|[a-z]*[A-Z])((?i:msgctxt|msgid|msgstr)):?\s")
DOMAIN = re.compile(r'domain[ \t]*"')


@dataclass(slots=True)
class PoText:
    """A text in pieces, one a line: the line and the column of each, from 1, and what stands there.

    Without pieces it stands nowhere, and is empty.
    """

    pieces: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the pieces say together."""
        return "".join(_unescaped(written) for _, _, written in self.pieces)

    def place(self, file: str, offset: int) -> Place:
        """Where a character of the text stands; behind its end, where it begins."""
        starts = [0]
        for _, _, written in self.pieces:
            starts.append(starts[-1] + len(_unescaped(written)))
        index = bisect_right(starts, offset) - 1
        if index >= len(self.pieces):
            line, column, _ = self.pieces[0]
            return Place(file, line, column)
        line, column, written = self.pieces[index]
        characters = list(CHARACTER.finditer(written))
        return Place(file, line, column + characters[offset - starts[index]].start())


@dataclass(slots=True)
class PoMessage:
    """A message: the name of its text, the governing text, the translation, its flags, its line."""

    line: int
    flags: frozenset[str]
    of_former: bool = False
    """Whether the text that was translated stands beside it (`#|`)."""

    context: PoText = field(default_factory=PoText)
    id: PoText = field(default_factory=PoText)
    string: PoText = field(default_factory=PoText)

    @property
    def is_header(self) -> bool:
        """Tell whether it says something of the whole file."""
        return not self.context.pieces and not self.id.text


@lru_cache(maxsize=32)  # while a policy is edited, its translations are read again and again
def read_po(text: str, file: str) -> tuple[PoMessage, ...]:
    """The messages of a PO file in their order, the header among them. Raises UnreadableFile."""
    reader = _Reader(file, text.splitlines() or [""])
    if problems := first_of(reader.read()):
        raise UnreadableFile(problems)
    return tuple(reader.messages)


@dataclass(slots=True)
class _Reader:
    """Reads line by line; `expecting` are the keywords that may come next."""

    file: str
    lines: Sequence[str]
    messages: list[PoMessage] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    of_former: bool = False
    keyword: str = ""

    def read(self) -> Iterator[Problem]:
        """Fill the messages; what is wrong on the way is told."""
        for number, line in enumerate(self.lines, 1):
            written = line.strip()
            if written.startswith("#"):
                self._comment(written)
            elif written:
                yield from self._line(number, line.index(written), written)
        if self.keyword not in ("", "msgstr"):
            last = len(self.lines)
            yield self._broken(last, "the end of the file", "add the line msgstr to the last one")

    def _comment(self, written: str) -> None:
        """Flags are for the message below; what is obsolete (#~) takes its own along."""
        if written.startswith("#,"):
            self.flags += [flag.strip() for flag in written[2:].split(",")]
        elif written.startswith("#|"):
            self.of_former = True
        elif written.startswith("#~"):
            self.flags.clear()
            self.of_former = False

    def _line(self, number: int, indent: int, written: str) -> Iterator[Problem]:
        found = LINE.fullmatch(written)
        if not found or (found["keyword"] and found["keyword"] not in KEYWORDS):
            yield self._broken(number, quoted(written), _mend(written))
            self._go_on(number, written)
        elif not self._follows(found["keyword"]):
            yield self._broken(number, quoted(written), "put the lines of a message in this order")
            self._begin(number, found["keyword"])
        else:
            self._begin(number, found["keyword"])
            column = indent + found.start("string") + 1
            text: PoText = getattr(self.messages[-1], FIELDS[self.keyword])
            text.pieces.append((number, column, found["string"]))
            yield from self._escapes(number, column, found["string"])

    def _follows(self, keyword: str | None) -> bool:
        if keyword is None:
            return self.keyword != ""
        return self.keyword in BEFORE[keyword]

    def _go_on(self, number: int, written: str) -> None:
        """Take a broken line for what it was meant to be, so that no other is told for its sake."""
        meant = written.casefold()
        self._begin(number, next((one for one in KEYWORDS if meant.startswith(one)), None))

    def _begin(self, number: int, keyword: str | None) -> None:
        is_first = keyword == "msgctxt" or (keyword == "msgid" and self.keyword != "msgctxt")
        if is_first or not self.messages:
            self.messages.append(PoMessage(number, frozenset(self.flags), self.of_former))
            self.flags.clear()
            self.of_former = False
        self.keyword = keyword or self.keyword

    def _escapes(self, number: int, column: int, written: str) -> Iterator[Problem]:
        for match in CHARACTER.finditer(written) if "\\" in written else ():
            if len(match[0]) == 2 and match[0][1] not in ESCAPED:
                yield Problem(
                    Place(self.file, number, column + match.start()),
                    "A backslash stands before what it does not escape",
                    quoted(match[0]),
                    'one of \\n \\t \\r \\" \\\\',
                    "write two backslashes for one that is shown, or take it away",
                )

    def _broken(self, number: int, found: str, mend: str) -> Problem:
        return Problem(
            Place(self.file, number, 1),
            "The PO file cannot be read",
            found,
            "msgctxt, msgid and msgstr, each followed by a text in quotes",
            mend,
        )


FIELDS = {"msgctxt": "context", "msgid": "id", "msgstr": "string"}
BEFORE = {"msgctxt": ("", "msgstr"), "msgid": ("", "msgstr", "msgctxt"), "msgstr": ("msgid",)}
"""What may stand right before each keyword; nothing at the beginning of the file."""


def _mend(written: str) -> str:
    if not QUOTES.search(written):
        return "put “# ” before a comment, or take the line away"
    if meant := NEAR_KEYWORD.match(written):
        return f"write {quoted(f'{meant[1].casefold()} …')}, in small letters and without a colon"
    if not written.endswith('"') and written.endswith(tuple("“”„«»")):
        return 'put straight quotes around the text: "…"'
    if DOMAIN.match(written):
        return "take the line away: a file holds the texts of one policy"
    if OTHER_FORMS.match(written):
        return "write the forms of a unit in one msgstr, with | between them"
    return "close every quote and put a backslash before a quote inside a text"


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    return re.sub(r"\\(.)", lambda found: ESCAPED.get(found[1], found[0]), written)
