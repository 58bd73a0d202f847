"""The entries of a PO file as they were written, so that one is renewed and no other is touched.

Libraries for PO files write a whole file anew, wrapped their own way: then the difference of a file
is about every message. Here an entry is its lines; only lines that have to change are changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.pofile import denormalize, normalize

KEYWORDS = r"msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?"
STRING = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(
    rf"[ \t]*(?P<mark>#~\||#~|#\||)[ \t]*(?:(?P<keyword>{KEYWORDS})[ \t]*)?(?P<string>{STRING})\s*"
)
OBSOLETE, PREVIOUS = "#~", "|"
FLAGS = "#,"
FUZZY, REVIEWED = "fuzzy", "reviewed"
WIDTH = 76
"""How far a line goes that is written here, as Babel writes them."""


class NoEntry(ValueError):
    """A line that is part of no entry; `line` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(slots=True, eq=False)
class PoEntry:
    """An entry: its lines with their ends, comments above and blank lines below included."""

    lines: list[str]

    @property
    def obsolete(self) -> bool:
        """Whether it is kept for later only."""
        return any(line.lstrip().startswith(OBSOLETE) for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether it has come as far as its translation."""
        return any(keyword.startswith("msgstr") for keyword, _, _ in self._strings())

    @property
    def context(self) -> str:
        """The id of its text; empty where it has none."""
        return self.text("msgctxt")

    @property
    def place(self) -> int:
        """The index of the line that names its text."""
        return next(index for keyword, index, _ in self._strings() if keyword == "msgctxt")

    @property
    def is_header(self) -> bool:
        """Whether it says something of the whole file."""
        return self.complete and not (self.obsolete or self.context or self.text("msgid"))

    @property
    def flags(self) -> list[str]:
        """Its flags, in order."""
        lines = [line for line in self.lines if line.startswith(FLAGS)]
        return [flag.strip() for line in lines for flag in line[len(FLAGS) :].split(",")]

    def text(self, keyword: str) -> str:
        """What stands under a keyword; `|msgid` is the governing text that was translated."""
        pieces = [string for name, _, string in self._strings() if name == keyword]
        return denormalize("\n".join(['""', *pieces])) if pieces else ""

    def set_text(self, keyword: str, text: str) -> None:
        """Write a text under a keyword that is there."""
        self._replace(keyword, written(keyword, text, self._end))

    def restate(self, governing: str) -> None:
        """Take another governing text; a translation is kept, marked as of the former one."""
        if not self.text("msgstr").strip():
            self.set_text("msgid", governing)
        elif FUZZY in self.flags and self._former() == governing.strip():
            self._replace("msgid", [line.replace("#| ", "", 1) for line in self._of("|msgid")])
            self._replace("|msgid", [])
            self._set_flags([flag for flag in self.flags if flag != FUZZY])
        else:
            if FUZZY not in self.flags and self._former():
                self._replace("|msgid", [])  # left over: the translation has been renewed since
            if not self._former():
                first = self._first()
                self.lines[first:first] = [f"#| {line.lstrip()}" for line in self._of("msgid")]
            self.set_text("msgid", governing)
            # Whoever has reviewed it has seen another text.
            self._set_flags([FUZZY, *(one for one in self.flags if one not in (FUZZY, REVIEWED))])

    def _former(self) -> str:
        """The governing text that was translated, where it is another one."""
        return self.text("|msgid").strip()

    def set_aside(self) -> None:
        """Make it obsolete."""
        for index, line in enumerate(self.lines):
            found = LINE.fullmatch(line)
            if found:
                bar = "#~| " if found["mark"] else "#~ "
                self.lines[index] = bar + line.lstrip().removeprefix("#|").lstrip()

    def take_back(self) -> None:
        """Make it an entry again that was obsolete."""
        for index, line in enumerate(self.lines):
            plain = line.lstrip()
            if plain.startswith(OBSOLETE):
                bar = plain.startswith(OBSOLETE + PREVIOUS)
                self.lines[index] = "#| " * bar + plain[2 + bar :].lstrip()

    def _set_flags(self, flags: list[str]) -> None:
        kept = [line for line in self.lines if not line.startswith(FLAGS)]
        place = next((at for at, line in enumerate(self.lines) if line.startswith(FLAGS)), None)
        self.lines = kept
        if flags:
            place = self._first() if place is None else place
            self.lines.insert(place, f"{FLAGS} {', '.join(flags)}{self._end}")

    @property
    def _end(self) -> str:
        return "\r\n" if self.lines[0].endswith("\r\n") else "\n"

    def _first(self) -> int:
        """The index of the line where its texts begin."""
        return next(at for at, line in enumerate(self.lines) if LINE.fullmatch(line))

    def _of(self, keyword: str) -> list[str]:
        return [self.lines[index] for name, index, _ in self._strings() if name == keyword]

    def _replace(self, keyword: str, lines: list[str]) -> None:
        indices = [index for name, index, _ in self._strings() if name == keyword]
        self.lines[indices[0] : indices[-1] + 1] = lines

    def _strings(self) -> Iterator[tuple[str, int, str]]:
        """Each string with its keyword and the index of its line."""
        keyword = ""
        for index, line in enumerate(self.lines):
            if found := LINE.fullmatch(line):
                if found["keyword"]:
                    keyword = PREVIOUS * found["mark"].endswith(PREVIOUS) + found["keyword"]
                yield keyword, index, found["string"]


def written(keyword: str, text: str, end: str = "\n") -> list[str]:
    """The lines of a text under a keyword."""
    lines = normalize(text, width=WIDTH).split("\n")
    return [f"{keyword} {lines[0]}{end}", *(f"{line}{end}" for line in lines[1:])]


def new_entry(context: str, governing: str, end: str = "\n") -> PoEntry:
    """An entry that waits for its translation."""
    texts = (("msgctxt", context), ("msgid", governing), ("msgstr", ""))
    return PoEntry([line for keyword, text in texts for line in written(keyword, text, end)])


def entries_in(text: str) -> list[PoEntry]:
    """The entries of a file in their order, the header and obsolete ones among them.

    Their lines together are the text. Raises NoEntry.
    """
    entries: list[PoEntry] = []
    keyword = ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = LINE.fullmatch(line)
        if not found and not line.lstrip().startswith("#") and line.strip():
            raise NoEntry(number)
        if not entries or (line.strip() and _begins(found, line, keyword)):
            entries.append(PoEntry([]))
            keyword = ""
        entries[-1].lines.append(line)
        if found:
            keyword = found["keyword"] or keyword
    return entries


def _begins(found: re.Match[str] | None, line: str, keyword: str) -> bool:
    """Whether a line begins another entry, below one that has come as far as a keyword."""
    if not keyword.startswith("msgstr"):
        return False
    texts = ("msgctxt", "msgid")
    return found is None or found["mark"].endswith(PREVIOUS) or found["keyword"] in texts
