"""One value of a file written anew by its range: all else, comments too, stays as it is."""

import json
import textwrap

from termwise.policy_form.yaml_text.source import Path, Source, read_source, replace_value, texts_of
from termwise.problems import UnreadableFile

BLOCK = (">", "|")
USUAL_WIDTH = 88


class NotWritable(ValueError):
    """There is no value at this place any more, or none can be written there."""


def written_back(source: Source, path: Path, new: str) -> str:
    """The file's text with the value at a path as `new`, in the manner in which it was written.

    Whatever is written reads as `new`, and everything else as before. Raises NotWritable.
    """
    before = dict(texts_of(source))
    if path not in before:
        raise NotWritable(path)
    if before[path] == new:
        return source.text
    spot = source.values[path]
    written = source.text[spot.start : spot.end]
    end = len(written.rstrip())
    for manner in _manners(written[:end], new):
        text = source.text[: spot.start] + manner + source.text[spot.start + end :]
        if _reads(text, before | {path: new}):
            return text
    text = replace_value(source.text, spot, new)
    if not _reads(text, before | {path: new}):
        raise NotWritable(path)
    return text


def _manners(written: str, new: str) -> list[str]:
    """The value as it would be written beside the old one, the likeliest first."""
    single = "'" + new.replace("'", "''") + "'"
    double = json.dumps(new, ensure_ascii=False)
    if written.startswith(BLOCK):
        return [_block(written, new), double]
    if written.startswith("'"):
        return [single, double]
    return [double, single] if written.startswith('"') or not new else [new, single, double]


def _block(written: str, new: str) -> str:
    """A text on lines of its own below its mark; lines before the change stay as they are."""
    mark, *lines = written.split("\n")
    indent = " " * min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=2)
    if mark.startswith("|"):
        return "\n".join([mark, *((indent + one).rstrip() for one in new.split("\n"))])
    width = max([USUAL_WIDTH, *map(len, lines)])
    kept, rest = _kept(lines, new)
    paragraphs = [
        textwrap.fill(
            one,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for one in rest.split("\n")
    ]
    return "\n".join([mark, *kept, "\n\n".join(paragraphs)] if rest else [mark, *kept])


def _kept(lines: list[str], new: str) -> tuple[list[str], str]:
    """The first lines of a paragraph that a new text begins with, and what follows them."""
    kept, rest = list[str](), new
    for line in lines:
        begins = line.strip() + " "
        if not line.strip() or not rest.startswith(begins):
            break
        kept.append(line)
        rest = rest[len(begins) :]
    return kept, rest


def _reads(text: str, wanted: dict[Path, str]) -> bool:
    try:
        return dict(texts_of(read_source(text, ""))) == wanted
    except UnreadableFile:
        return False
