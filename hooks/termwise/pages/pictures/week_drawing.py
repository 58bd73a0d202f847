"""The week drawn as SVG: days beside each other, the hours downwards, a block for what holds.

Widths are percentages and heights are pixels, so that letters keep their size on every screen. The
words of a block are broken for the narrowest phone. Where that phone has no room for all columns,
they are drawn in several parts, which a wide page shows beside each other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from termwise.pages.safe_text import NOTHING, html, joined

NARROWEST = 236
"""Pixels that a phone of 320 has for the columns, beside the margins and the hours."""
MOST_COLUMNS = 3
LETTER = 7
"""About how wide a letter is; a label gets that much room."""
LINE, HOUR, PADDING = 15, 11, 8
LEAST_HEIGHT = LINE + PADDING
"""Of a stretch of hours, so that a line of words fits in it, and the clock beside it."""

TOKEN = re.compile(r" *(?:\d+\.? )?[^ –]+–?| *–")
"""What stays on one line: a word, the number before it, and the dash after it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What holds for some hours: the colour or pattern, by its class, and the words."""

    css_class: str
    label: str

    @property
    def is_gap(self) -> bool:
        """True where no figure is published."""
        return self.css_class == "tw-week__gap"


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring stretches of a column in which the same holds, by the numbers of their edges."""

    cell: Cell
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Column:
    """Days that are alike: what they are called, and what holds between one edge and the next."""

    heading: str
    cells: tuple[Cell, ...]
    days: tuple[int, ...] = ()
    """Which days of an ordinary week these are, 0 is Monday; none of exceptional days."""

    def blocks(self) -> Iterator[Block]:
        """The column from top to bottom."""
        for cell, run in groupby(range(len(self.cells)), key=self.cells.__getitem__):
            numbers = list(run)
            yield Block(cell, numbers[0], numbers[-1] + 1)


class WeekDrawing:
    """The drawing of some columns; `hours` are the edges (minutes of the day) as clocks say them.

    The picture has the name of the element `name`, and is described by the one `name`-table.
    """

    def __init__(
        self, name: str, edges: Sequence[int], hours: Sequence[str], columns: Sequence[Column]
    ) -> None:
        self.name = name
        self.edges = edges
        self.hours = hours
        self.parts = _parts(columns)
        self.letters = _letters(max(map(len, self.parts)))
        self.heights = self._edge_heights(columns)

    def html(self) -> Markup:
        """All parts, in one element; with how far down each hour is, for the script to mark some.

        Only where all days are ordinary: the script cannot tell which others are not.
        """
        drawn = joined(self._part(number) for number in range(len(self.parts)))
        is_ordinary = all(column.days for part in self.parts for column in part)
        return html(
            '<div class="tw-week"{}>\n{}\n</div>', self._scale() if is_ordinary else NOTHING, drawn
        )

    def _scale(self) -> Markup:
        edges, heights = (" ".join(map(str, one)) for one in (self.edges, self.heights))
        return html(' data-edges="{}" data-heights="{}"', edges, heights)

    def _edge_heights(self, columns: Sequence[Column]) -> list[int]:
        """How far down each edge is: hours have the same length, but where words need more."""
        stretches = [
            max(round((end - start) * HOUR / 60), LEAST_HEIGHT)
            for start, end in pairwise(self.edges)
        ]
        for block in (block for column in columns for block in column.blocks()):
            needed = len(_lines(block.cell.label, self.letters)) * LINE + PADDING
            missing = needed - sum(stretches[block.first : block.last])
            stretches[block.last - 1] += max(missing, 0)
        return [sum(stretches[:count]) for count in range(len(self.edges))]

    def _part(self, number: int) -> Markup:
        columns, pattern = self.parts[number], f"{self.name}-gap-{number}"
        headings = [_lines(column.heading, self.letters) for column in columns]
        top = max(map(len, headings)) * LINE + PADDING
        drawn = [line for at in range(len(columns)) for line in self._column(columns, at, pattern)]
        return html(
            '<svg class="tw-week__{count}-columns" height="{height}" role="img" data-days="{days}" '
            'aria-labelledby="{name}" aria-describedby="{name}-table">\n'
            '{hatch}<g transform="translate(0 {top})">\n{drawn}\n</g></svg>',
            count=len(columns),
            days=" ".join("".join(map(str, column.days)) for column in columns),
            height=top + self.heights[-1] + PADDING,
            name=self.name,
            hatch=_hatch(pattern, columns),
            top=top,
            drawn=joined((*_headings(headings), *drawn, self._clocks(columns))),
        )

    def _column(self, columns: Sequence[Column], at: int, pattern: str) -> Iterator[Markup]:
        for block in columns[at].blocks():
            top, end = self.heights[block.first], self.heights[block.last]
            label = _lines(block.cell.label, self.letters)
            baseline = round((top + end - (len(label) - 1) * LINE) / 2) + 4
            yield html(
                '<g class="{css_class}">'
                '<rect x="{x}" y="{y}" width="{width}" height="{height}"{hatched}/>{words}</g>',
                css_class=block.cell.css_class,
                x=_percent(at, len(columns)),
                y=top,
                width=_percent(1, len(columns)),
                height=end - top,
                hatched=html(' fill="url(#{})"', pattern) if block.cell.is_gap else NOTHING,
                words=_text(_middle(at, len(columns)), baseline, label),
            )

    def _clocks(self, columns: Sequence[Column]) -> Markup:
        """The hours at which something begins or ends, left of the columns."""
        blocks = [block for column in columns for block in column.blocks()]
        clocks = (
            html('<text x="-8" y="{}">{}</text>', self.heights[edge] + 4, self.hours[edge])
            for edge in sorted({edge for block in blocks for edge in (block.first, block.last)})
        )
        return html('<g class="tw-week__hours">{}</g>', joined(clocks, ""))


def _parts(columns: Sequence[Column]) -> list[Sequence[Column]]:
    """As many columns together as the narrowest phone has room for, evenly."""
    labels = [cell.label for column in columns for cell in column.cells]
    texts = labels + [column.heading for column in columns]
    longest = max(
        len(token.strip()) for text in texts for token in TOKEN.findall(text.replace("\n", " "))
    )
    most = next((n for n in range(MOST_COLUMNS, 1, -1) if longest <= _letters(n)), 1)
    parts = -(-len(columns) // most)
    each = -(-len(columns) // parts)
    return [columns[start : start + each] for start in range(0, len(columns), each)]


def _letters(columns: int) -> int:
    """How many letters the narrowest phone has room for in a column."""
    return (NARROWEST // columns - PADDING) // LETTER


def _lines(text: str, letters: int) -> list[str]:
    """A text in lines of so many letters, broken at its own ends of lines, at spaces and dashes."""
    lines: list[str] = []
    for given in text.splitlines():
        lines.append("")
        for token in TOKEN.findall(given):
            if len(lines[-1] + token) <= letters:
                lines[-1] += token
            else:
                lines.append(token.strip())
    return [line for line in lines if line]


def _headings(headings: Sequence[list[str]]) -> Iterator[Markup]:
    for at, lines in enumerate(headings):
        bottom = -PADDING - (len(lines) - 1) * LINE
        words = _text(_middle(at, len(headings)), bottom, lines)
        yield html('<g class="tw-week__days">{}</g>', words)


def _middle(at: int, columns: int) -> str:
    return _percent(2 * at + 1, 2 * columns)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4g}%"


def _text(x: str, y: int, lines: list[str]) -> Markup:
    first, *others = lines
    following = (html('\n<tspan x="{}" dy="{}">{}</tspan>', x, LINE, line) for line in others)
    return html('<text x="{}" y="{}">{}{}</text>', x, y, first, joined(following, ""))


def _hatch(pattern: str, columns: Sequence[Column]) -> Markup:
    """The pattern of gaps, where there are any."""
    if not any(cell.is_gap for column in columns for cell in column.cells):
        return NOTHING
    return html(
        '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="tw-gap-area" d="M0 0h6v6H0z"/>'
        '<path class="tw-hatch" d="M3 0v6"/></pattern></defs>\n',
        pattern,
    )
