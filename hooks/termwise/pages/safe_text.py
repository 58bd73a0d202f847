"""HTML that no text can break: it has a type of its own, and text is escaped as it enters.

Functions that make HTML return `Markup`, and they make it with `html`, whose template is written
out in the code. Everything that is put into a template is text and is escaped, unless it is
`Markup` itself. So text needs no thought, and HTML can only come from here.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, Self

from markupsafe import Markup

from termwise_calculator.telling.markup import WORD_JOINER
from termwise_calculator.telling.markup import escape as escaped
from termwise_calculator.telling.words import Length

TAG = re.compile(r"<[^>]+>")
RANGE_OF_TIMES = re.compile(r"(\d\d:\d\d-\d\d:\d\d)")
AROUND_SIGNS = re.compile(r"(?<=\() +| +(?=[),.;:†‡])")


class _Html(Markup):
    """Markup that escapes as the calculator does, whose quotes stand in the same pages."""

    __slots__ = ()

    @classmethod
    def escape(cls, text: Any, /) -> Self:
        """Text as HTML; HTML as it is."""
        if type(text) is cls:
            return text
        return cls(text if isinstance(text, Markup) else escaped(str(text)))


NOTHING: Markup = _Html()


def html(template: str, /, *values: object, **named: object) -> Markup:
    """A template, written out in the code, with its values; those that are text are escaped."""
    return _filled(template, values, named)


def escape(text: str) -> Markup:
    """Text as HTML, for content and for quoted attributes; HTML stays as it is."""
    return _Html.escape(text)


def joined(parts: Iterable[str], between: str = "\n") -> Markup:
    """Parts one after the other; `between` is HTML written out in the code."""
    return _Html(between).join(parts)


def filled(text: str, *values: object, **named: object) -> Markup:
    """A sentence as HTML, its placeholders filled with HTML or with text."""
    return _filled(_Html.escape(text), values, named)


def whole_ranges(text: str) -> Markup:
    """Text as HTML in which no line ends within a range of times; copied, it is as it was.

    For what is written as in a file; in other words a word joiner does it.
    """
    return _Html(RANGE_OF_TIMES.sub(r'<span class="tw-whole">\1</span>', str(_Html.escape(text))))


def as_text(part: Markup, between: str = " ") -> str:
    """HTML as text on one line; `between` stands where elements meet, but not before a sign."""
    plain = unescape(TAG.sub(between, part)).replace(WORD_JOINER, "")
    return " ".join(AROUND_SIGNS.sub("", plain).split())


class LeftOpen(str):
    """A placeholder by its name, which a message that is told keeps as it was written."""

    __slots__ = ()

    def __format__(self, case: str) -> str:
        return "".join(("{", self, ":" if case else "", case, "}"))


def from_the_calculator(written: str) -> Markup:
    """HTML that the calculator has written: plain `str`, since a browser's Python has no Markup.

    This is the one seam at which a `str` is taken for HTML.
    """
    return _Html(written)


def _filled(template: str, values: Iterable[object], named: Mapping[str, object]) -> Markup:
    # Markup's own `format` does the same, in Python: a fifth of the time that pages take.
    safe = {name: _safe(value) for name, value in named.items()}
    return _Html(str.format(template, *map(_safe, values), **safe))


def _safe(value: object) -> object:
    """What a template may be filled with; a length stays one, so that it can be asked in a case."""
    return value if isinstance(value, Length) else _Html.escape(value)


def capitalised(text: str) -> str:
    """A text as it begins a line."""
    return text[:1].upper() + text[1:]
