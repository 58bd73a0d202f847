"""YAML as text with positions: every scalar stays the text that was written, nothing is guessed.

`no` stays "no" and `100.00` stays "100.00"; their meaning is read later, by the model. Each key
and value keeps its place in the file, so that every later problem can point at it.
"""

import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from termwise.limits import DEEPEST_NESTING, LONGEST_TEXT, MOST_BYTES, MOST_PROBLEMS, MOST_VALUES
from termwise.policy_form.yaml_text.characters import hidden, named
from termwise.policy_form.yaml_text.libyaml import Loader
from termwise.policy_form.yaml_text.syntax import named_mistakes
from termwise.problems import Place, Problem, UnreadableFile, first_of, quoted

Path = tuple[str | int, ...]
Data = str | list["Data"] | dict[str, "Data"]

BLANK = "___"
"""What stands where a value has still to be filled in."""

ITEM_AGAIN = "id (again)"
"""What marks an item that has run into the next one, whose other fields come again as well."""

UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ufffd\U00010000-\U0010ffff]")
# What people write for “nobody knows”, and YAML reads as the start of a key or of a list.
NO_VALUE = re.compile(r":\s+[?-]\s*([,}#]|$)")
NOTHING = ("~", "null", "Null", "NULL")
CUT_TEXT = re.compile(r"[ \t]+#[^\s#].*")
"""What looks like part of a text and is a comment; whoever means one leaves a space."""

LINE_BREAK = re.compile(r"\r\n?|\n")
YAML_TAGS = "tag:yaml.org,2002:"
PLAIN_VALUE = re.compile(r"[\w.%+:-]+( [\w.%+:-]+)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or value stands: line and column from 1, and its range of characters."""

    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A YAML file read as text scalars, with the spot of each key and value by its path.

    Equal only to itself, so that what is found in it can be kept.
    """

    file: str
    text: str
    data: Data
    keys: Mapping[Path, Spot]
    values: Mapping[Path, Spot]

    def place(self, path: Path) -> Place:
        """Where the value at a path stands, or the nearest thing around it."""
        spot = self._nearest(path, self.values)
        return Place(self.file, spot.line, spot.column)

    def key_place(self, path: Path) -> Place:
        """Where the key at a path stands; in a list, where the item stands."""
        spot = self.keys.get(path) or self._nearest(path, self.values)
        return Place(self.file, spot.line, spot.column)

    def place_within(self, path: Path, offset: int) -> Place:
        """Where a character of a text value stands in the file, through folding and quoting."""
        spot = self._nearest(path, self.values)
        line, offsets = _written_offsets(self, path, spot)
        if not offsets:
            return Place(self.file, spot.line, spot.column)
        index = spot.start + offsets[min(offset, len(offsets) - 1)]
        line_start = self.text.rfind("\n", 0, index) + 1
        line += self.text.count("\n", spot.start, index)
        return Place(self.file, line, index - line_start + 1)

    def _nearest(self, path: Path, spots: Mapping[Path, Spot]) -> Spot:
        while path and path not in spots:
            path = path[:-1]
        return spots.get(path) or Spot(1, 1, 0, 0)


def value_at(data: Data, path: Path) -> Data | None:
    """The value at a path, or None where the path leads nowhere."""
    here: Data | None = data
    for step in path:
        if isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


def written_at(data: Data, path: Path) -> str:
    """What stands at a path, as it is told: a value, or those of dated rows one after another."""
    return _told(value_at(data, path))


def _told(written: Data | None) -> str:
    if isinstance(written, list):
        return ", then ".join(_told(value_at(row, ("value",))) for row in written)
    if isinstance(written, dict):
        return "{" + ", ".join(f"{field}: {_told(one)}" for field, one in written.items()) + "}"
    return written or ""


def replace_value(text: str, spot: Spot, new: str) -> str:
    """The file's text with one value written anew, quoted where YAML needs it."""
    written = new if PLAIN_VALUE.fullmatch(new) else "'" + new.replace("'", "''") + "'"
    return text[: spot.start] + written + text[spot.end :]


def content_of(file: FilePath) -> bytes:
    """The content of a file, no more of it than a file may hold. Raises UnreadableFile.

    A pipe would keep a reader waiting, and a device may never end.
    """
    try:
        kind = file.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise UnreadableFile([unreadable(file, "a pipe or a device", "a plain file")])
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        why = (error.strerror or "an error of the system").lower()
        raise UnreadableFile([unreadable(file, why)]) from None


def unreadable(file: FilePath, found: str, expected: str = "something that can be read") -> Problem:
    """That there is no reading a file or a folder."""
    return Problem(
        Place(str(file), 1, 1),
        "This cannot be read",
        found,
        expected,
        "check the name and the permissions",
    )


def decode(raw: bytes, file: str) -> str:
    """The text of a UTF-8 file, of which nothing is hidden. Raises UnreadableFile."""
    if len(raw) > MOST_BYTES:
        raise UnreadableFile([_too_large(file)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        found = f"byte 0x{raw[error.start]:02x}"
        raise UnreadableFile([_not_text(file, before, found)]) from None
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        found = named(unprintable[0])
        raise UnreadableFile([_not_text(file, text[: unprintable.start()], found)])
    if unseen := first_of(one.at(_place_of(file, text[: one.offset])) for one in hidden(text)):
        raise UnreadableFile(unseen)
    return text


def _place_of(file: str, before: str) -> Place:
    """The place of what stands behind a beginning of the file."""
    lines = LINE_BREAK.split(before)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _too_large(file: str) -> Problem:
    return Problem(
        Place(file, 1, 1),
        "The file is too large",
        f"more than {MOST_BYTES:,} bytes",
        "a policy or a translation, which takes a few thousand",
        "take out what does not belong to it",
    )


def _not_text(file: str, before: str, found: str) -> Problem:
    return Problem(
        _place_of(file, before),
        "The file is not plain text",
        found,
        "text in UTF-8",
        "save the file as UTF-8 text, or take out this character",
    )


def read_source(text: str, file: str) -> Source:
    """Read YAML text. Raises UnreadableFile with every problem of its syntax."""
    # Event by event: a file that is nested without end is left at its first levels.
    tree = _Tree(file, text, yaml.parse(text, Loader=Loader))
    try:
        data = tree.read()
    except yaml.MarkedYAMLError as error:
        known = named_mistakes(error, text, file)
        raise UnreadableFile(known or [_syntax_problem(error, text, file)]) from None
    except yaml.YAMLError as error:
        found = quoted(str(error))
        problem = Problem(Place(file, 1, 1), "This is not YAML", found, "YAML", "write it anew")
        raise UnreadableFile([problem]) from None
    if tree.problems:
        raise UnreadableFile(tree.problems)
    return Source(file, text, data, tree.keys, tree.values)


def texts_of(source: Source) -> Iterator[tuple[Path, str]]:
    """Every value of a file that is a text, with its path."""
    for path in source.values:
        if isinstance(value := value_at(source.data, path), str):
            yield path, value


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    shown = lines[line] if line < len(lines) else "the end of the file"
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    place = Place(file, line + 1, column + 1)
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return Problem(
            place, "A tab indents this line", "a tab", "spaces", "write two spaces for each step"
        )
    context = f" {error.context}" if error.context else ""
    opened = error.context_mark
    if opened and opened.line != line:
        context += f" that begins on line {opened.line + 1}"
    return Problem(
        place,
        f"YAML cannot be read ({error.problem}{context})",
        quoted(shown),
        "`key: value` or `- item`, indented by spaces",
        _mend_syntax(error, shown),
    )


def _mend_syntax(error: yaml.MarkedYAMLError, shown: str) -> str:
    if NO_VALUE.search(shown):
        return "if the page does not publish the value, write {gap: …} in its place"
    if "flow" in str(error.context):
        return (
            "close every [ and {; between them, put a comma before each further field, and a text "
            "that holds {slots} in quotes"
        )
    if "quoted" in str(error.context):
        return "close the quote; inside single quotes write an apostrophe twice"
    return (
        "put a text that holds “: ” or “ #” in quotes, or on the lines below “>-”; "
        "look above for a quote left open"
    )


@dataclass(slots=True)
class _Tree:
    """Builds plain data from YAML events and notes the spot of everything on the way."""

    file: str
    text: str
    events: Iterator[Any]
    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Data:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self._empty()
            return {}
        data = self._value(next(self.events), ())
        next(self.events)  # the document ends
        following = next(self.events)
        if isinstance(following, yaml.DocumentStartEvent):
            what, expected = "A second document begins here", "one document in a file"
            self._refuse(following, what, "“---”", expected, "take the line “---” away")
        if not isinstance(data, dict):
            self._empty()
        return data

    def _empty(self) -> None:
        self.problems.append(
            Problem(
                Place(self.file, 1, 1),
                "The file holds no fields",
                "nothing that could be read as `field: value`",
                "the fields of a policy",
                "copy the recipe in policies/README.md",
            )
        )

    def _value(self, event: Any, path: Path) -> Data:
        self._check_plainness(event)
        self._check_size(event)
        self.values[path] = _spot(event)
        if isinstance(event, yaml.ScalarEvent):
            self._check_meaning(event)
            return str(event.value)
        if isinstance(event, yaml.AliasEvent):
            return ""
        if len(path) >= DEEPEST_NESTING:
            self._refuse(
                event, "This is nested too deeply", "another level", "the fields of a policy"
            )
            raise UnreadableFile(first_of(self.problems))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._mapping(path)

    def _list(self, path: Path) -> Data:
        items: list[Data] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> Data:
        fields: dict[str, Data] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, fields, path)
            value = self._value(next(self.events), (*path, key))
            fields.setdefault(key, value)
        return fields

    def _key(self, event: Any, fields: dict[str, Data], path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "A list or mapping stands as a key", "“[” or “{”", "a name")
            raise UnreadableFile(self.problems)
        self._check_plainness(event)
        self._check_size(event)
        key = str(event.value)
        if key == "<<":
            self._refuse(event, "Merge keys are not used here", "“<<”", "each field written out")
        elif key in fields and key != "id" and ITEM_AGAIN in fields:
            return f"{key} (again)"
        elif key in fields:
            first = self.keys[(*path, key)]
            what = f"The field “{key}” is written twice"
            expected = f"it once; it stands on line {first.line} already"
            item = ", or put “- ” before the second to begin another item" if key == "id" else ""
            self._refuse(event, what, quoted(key), expected, f"keep one of the two{item}")
            return f"{key} (again)"
        self.keys[(*path, key)] = _spot(event)
        return key

    def _check_plainness(self, event: Any) -> None:
        if getattr(event, "anchor", None):
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            found = quoted(mark + event.anchor)
            self._refuse(event, "Anchors and aliases are not used here", found, "the value itself")
        if getattr(event, "tag", None):
            found = quoted(event.tag.replace(YAML_TAGS, "!!"))
            self._refuse(event, "Tags are not used here", found, "the value itself")

    def _check_meaning(self, event: Any) -> None:
        """Refuse what reads otherwise than it looks: a word for nothing, a text cut at a “#”."""
        if event.style:
            return
        if event.value in NOTHING:
            what, mend = "No value is written", "take the field away, or put a text in quotes"
            self._refuse(event, what, quoted(event.value), "a value", mend)
        if cut := CUT_TEXT.match(self.text, event.end_mark.index):
            what, mend = "The text ends before a “#”", "put quotes around it; before a comment “# ”"
            self._refuse(event, what, quoted(cut[0]), "a text without “ #”", mend)

    def _check_size(self, event: Any) -> None:
        """Refuse what is larger than a policy; a file that is, is read no further."""
        length = len(event.value) if isinstance(event, yaml.ScalarEvent) else 0
        if length > LONGEST_TEXT:
            found, expected = f"{length:,} characters", f"at most {LONGEST_TEXT:,}"
            self._refuse(event, "This text is too long", found, expected, "shorten it")
        if len(self.keys) + len(self.values) > MOST_VALUES:
            found, expected = f"more than {MOST_VALUES:,} keys and values", "the fields of a policy"
            self._refuse(event, "The file holds too much", found, expected, "shorten it")
            raise UnreadableFile(first_of(self.problems))

    def _refuse(
        self,
        event: Any,
        what: str,
        found: str,
        expected: str,
        mend: str = "write it out, or take it away",
    ) -> None:
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(place, what, found, expected, mend))
        if len(self.problems) > MOST_PROBLEMS:
            raise UnreadableFile(first_of(self.problems))


def _spot(event: Any) -> Spot:
    start = event.start_mark
    return Spot(start.line + 1, start.column + 1, start.index, event.end_mark.index)


@lru_cache(maxsize=16)
def _written_offsets(source: Source, path: Path, spot: Spot) -> tuple[int, Sequence[int]]:
    """The line of a text, and where each character and the end stand as written, from its spot on.

    Folding changes only white space, so the other characters come in the same order in both. All
    at once, since thousands of problems may stand in one text. None where there is no text.
    """
    line = source.text.count("\n", 0, spot.start) + 1
    value = value_at(source.data, path)
    if not isinstance(value, str):
        return line, []
    written = source.text[spot.start : spot.end]
    header = re.match(r"[|>][^\n]*\n", written)
    position = header.end() if header else 0
    offsets = []
    for character in value:
        if not character.isspace():
            found = written.find(character, position)
            if found < 0:
                break
            position = found + 1
        offsets.append(max(position - 1, 0))
    rest = 0 if len(offsets) < len(value) else max(position - 1, 0)
    return line, [*offsets, *[rest] * (len(value) + 1 - len(offsets))]
