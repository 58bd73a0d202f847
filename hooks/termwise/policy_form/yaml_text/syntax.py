"""Mistakes in a file that YAML tells in words of its own, and elsewhere than where they stand."""

import re
from collections.abc import Iterator, Sequence

import yaml

from termwise.problems import Place, Problem, quoted

CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?")
"""A line that git writes where two versions of a file did not fit together."""

NO_BREAK = re.compile(r"[\u00a0\u202f\u2007]")
UNSPACED = re.compile(r"(?P<before>\s*(?:-\s+)*(?P<name>[\w-]+):)(?P<value>[^\s/].*)")
NO_COLON = re.compile(r"(?P<before>\s*(?:-\s+)*(?P<name>[\w-]+))(?P<value> [^:]*)?")
BARE_ITEM = re.compile(r"(?P<before>\s*)(?P<value>\{.*\})\s*")
NO_HYPHEN = re.compile(r"(?P<before>\s*-)(?P<value>[^\s-].*)")
"""A line whose colon or hyphen has no space behind it, and one that has no colon."""

NO_LEVEL = ("did not find expected", "mapping values are not allowed")
"""What YAML says of a line that begins where no line may."""

NO_ESCAPE = re.compile("escape|hexdecimal")
"""What YAML says of a backslash and what follows it, where it stands for nothing."""

QUOTED = re.compile(
    r"\s*(?:-\s+)*[\w-]+:\s+(?P<text>'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")(?P<more>.*)"
)
"""A field whose text is in quotes, and what follows them."""

RESERVED = re.compile(
    r"\s*(?:-\s+)*[\w-]+:\s+"
    r"(?P<value>[%@`*&!,].*|[|>]\s*[^\s\d+-].*|-\s.*|\{[^{}]*\}\s*[^\s#].*|\[[^\]]*\]\s*[^\s#].*)"
)
"""A field whose text begins with a sign that YAML keeps for itself."""

LEFT_OPEN = re.compile(r"(?:^|[:\-,{\[])\s+(?P<quote>['\"])")
WRITTEN_OUT = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"')}


def named_mistakes(error: yaml.MarkedYAMLError, text: str, file: str) -> list[Problem]:
    """The mistakes known by name that may have led to an error; none where it is another one."""
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    last = min(mark.line if mark else 0, len(lines) - 1)
    return (
        list(conflict_problems(text, file))
        or _no_break_space(lines, last, file)
        or _missing_sign(error, lines, last, file)
        or _early_end(lines, last, file)
        or _reserved_sign(lines, last, file)
        or _unknown_escape(error, lines, file)
        or _open_quote(error, lines, last, file)
        or _other_column(error, lines, last, file)
    )


def conflict_problems(text: str, file: str) -> Iterator[Problem]:
    """The first of each run of markers that git has left."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("<<<<<<<") and CONFLICT.fullmatch(line):
            yield Problem(
                Place(file, number, 1),
                "Two versions of the file have been merged by halves",
                quoted(line),
                "one version, without the lines that git has put between the two",
                "choose what holds, and take the lines with <<<<<<<, ======= and >>>>>>> away",
            )


def _no_break_space(lines: Sequence[str], last: int, file: str) -> list[Problem]:
    """The one that stands where YAML needs a space: before a key, or behind a colon or hyphen."""
    for index in range(last, max(last - 3, -1), -1):
        found = NO_BREAK.search(lines[index])
        if found and re.fullmatch(r"\s*(?:-\s*)?(?:[\w-]+:)?", lines[index][: found.start()]):
            return [
                Problem(
                    Place(file, index + 1, found.start() + 1),
                    "A no-break space stands where YAML needs a plain one",
                    f"U+{ord(found[0]):04X}, which looks like a space",
                    "a space",
                    "write a space in its place; it may have come along with copied text",
                )
            ]
    return []


def _missing_sign(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: int, file: str
) -> list[Problem]:
    """A colon that is missing, or the space behind a colon or hyphen; YAML tells a later line."""
    if found := NO_HYPHEN.fullmatch(lines[last]):
        return [_unsigned(file, last, found, "a space behind the hyphen", f"- {found['value']}")]
    opened = min(error.context_mark.line, last) if error.context_mark else last
    above = lines[max(opened - 1, 0)]
    if (found := BARE_ITEM.fullmatch(lines[opened])) and _is_item(above):
        return [_unsigned(file, opened, found, "a hyphen before the item", f"- {found['value']}")]
    if "expected ':'" not in str(error.problem) or error.context_mark is None:
        return []
    index = error.context_mark.line
    if found := UNSPACED.fullmatch(lines[index]):
        mend = f"{found['name']}: {found['value']}"
        return [_unsigned(file, index, found, "a space behind the colon", mend)]
    if found := NO_COLON.fullmatch(lines[index]):
        mend = f"{found['name']}:{found['value'] or ''}"
        return [_unsigned(file, index, found, "a colon behind the name of a field", mend)]
    return []


def _unsigned(file: str, index: int, found: re.Match[str], missing: str, mend: str) -> Problem:
    return Problem(
        Place(file, index + 1, found.end("before") + 1),
        f"The line lacks {missing}",
        quoted(found[0]),
        missing,
        f"write {quoted(mend)}",
    )


def _early_end(lines: Sequence[str], last: int, file: str) -> list[Problem]:
    """A quote within a quoted text, which ends it before its end."""
    found = QUOTED.fullmatch(lines[last])
    more = found["more"].strip() if found else ""
    if not found or not more or more.startswith("#"):
        return []
    apostrophe = found["text"].startswith("'")
    by = "write an apostrophe twice" if apostrophe else "put single quotes around the text"
    return [
        Problem(
            Place(file, last + 1, found.end("text")),
            "A quote ends the text before its end",
            quoted(found["text"][-1] + found["more"]),
            "nothing behind the quote that closes a text",
            f"{by}, or write the text without quotes on the lines below “>-”",
        )
    ]


def _reserved_sign(lines: Sequence[str], last: int, file: str) -> list[Problem]:
    """A text that begins with a sign of YAML's, most often with a slot."""
    found = RESERVED.fullmatch(lines[last])
    if not found:
        return []
    quotes = '"' if "'" in found["value"] else "'"
    return [
        Problem(
            Place(file, last + 1, found.start("value") + 1),
            "A text begins with a sign that YAML keeps for itself",
            quoted(found["value"]),
            "a text in quotes, or on the lines below “>-”",
            f"put {quotes} before and behind the whole text",
        )
    ]


def _other_column(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: int, file: str
) -> list[Problem]:
    """A line that begins at none of the columns at which the lines above it began."""
    own, levels = _indent(lines[last]), _levels_above(lines, last)
    if not levels or own in levels or own == 0 or not str(error.problem).startswith(NO_LEVEL):
        return []
    opens = lines[levels[max(levels)]].rstrip().endswith(":") and own > max(levels)
    if opens or "flow" in str(error.context):
        return []
    is_item = _is_item(lines[last])
    near = min(levels, key=lambda one: (_is_item(lines[levels[one]]) != is_item, abs(one - own)))
    holder = levels[max(level for level in levels if level < own)]
    *others, most = sorted(levels)
    columns = f"{', '.join(map(str, others))} or {most}" if others else str(most)
    return [
        Problem(
            Place(file, last + 1, own + 1),
            "The line begins at another column than its neighbours",
            f"{own} spaces before {quoted(lines[last])}",
            f"{columns} spaces, as lines above it have",
            f"write {near} spaces if it belongs with {quoted(lines[levels[near]])} on line "
            f"{levels[near] + 1}; if it stands right, {quoted(lines[holder])} on line {holder + 1} "
            "begins too far to the left",
        )
    ]


def _levels_above(lines: Sequence[str], last: int) -> dict[int, int]:
    """The columns at which a line may begin, each with the index of the last line that did."""
    levels: dict[int, int] = {}
    for index in range(last - 1, -1, -1):
        text = lines[index].strip()
        if text and not text.startswith("#") and _indent(lines[index]) < min(levels, default=1000):
            levels[_indent(lines[index])] = index
            if _is_item(text):
                levels.setdefault(_indent(lines[index]) + 2, index)
    return levels


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _unknown_escape(error: yaml.MarkedYAMLError, lines: Sequence[str], file: str) -> list[Problem]:
    """A backslash in double quotes that stands for no character, as in a path of Windows."""
    mark = error.problem_mark
    if not mark or not NO_ESCAPE.search(str(error.problem)):
        return []
    column = lines[mark.line].rfind("\\", 0, mark.column + 1)
    return [
        Problem(
            Place(file, mark.line + 1, column + 1),
            "A backslash in double quotes stands for no character",
            quoted(lines[mark.line][column : column + 6]),
            '\\" for a quote, \\\\ for a backslash',
            "put single quotes around the text: in them a backslash is one; or write it twice",
        )
    ]


def _open_quote(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last: int, file: str
) -> list[Problem]:
    """The last quote that is not closed in its own line, at or above the line of the error."""
    opened = error.context_mark
    in_quote = opened if opened and "quoted" in str(error.context) else None
    for index in [in_quote.line] if in_quote else range(last, -1, -1):
        column = in_quote.column if in_quote else _open_in(lines[index])
        if column is not None:
            return [
                Problem(
                    Place(file, index + 1, column + 1),
                    "A quote is left open",
                    quoted(lines[index][column:]),
                    "the same quote at the end of the text",
                    "close the quote; inside single quotes write an apostrophe twice",
                )
            ]
    return []


def _open_in(line: str) -> int | None:
    """The column, from 0, of a quote at the beginning of a value that the line does not close."""
    for found in LEFT_OPEN.finditer(line):
        start = found.start("quote")
        if not WRITTEN_OUT[found["quote"]].match(line, start):
            return start
    return None
