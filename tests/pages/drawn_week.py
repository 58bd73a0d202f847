"""Reads the pictures of the week as people do: which days, from when to when, what is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from termwise_calculator.telling.markup import WORD_JOINER

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCK_ABOVE_BASELINE = 4
Blocks = list[tuple[str, str, str]]


@dataclass(frozen=True)
class DrawnWeek:
    """One picture: the blocks of each column, as the hours beside them and the words in them.

    Before the words stands the class of the block, without its prefix.
    """

    columns: dict[str, Blocks]
    table: dict[str, list[tuple[str, str]]]

    def at(self, days: str, hour: str) -> str:
        """What is drawn at an hour of some days."""
        return next(words for start, end, words in self.columns[days] if start <= hour < end)

    def ordinary(self, day: int) -> str:
        """The heading of the column of an ordinary day of the week, in English."""
        return next(heading for heading in self.columns if day in days_named(heading))


def drawn_weeks(pictures: str) -> Iterator[DrawnWeek]:
    """Every week among some pictures of a policy page."""
    for figure in ElementTree.fromstring(f"<div>{pictures}</div>").iter("figure"):
        parts = [_part(svg) for svg in figure.iter("svg")]
        columns = {heading: blocks for part in parts for heading, blocks in part.items()}
        yield DrawnWeek(columns, _table(figure))


def days_named(heading: str) -> set[int]:
    """The days of the week that an English heading names."""
    if heading == "Every day":
        return set(range(7))
    named: set[int] = set()
    for words in heading.replace(" and ", ", ").split(", "):
        if all(day in DAYS for day in words.split("–")):
            ends = [DAYS.index(day) for day in words.split("–")]
            named |= set(range(ends[0], ends[-1] + 1))
    return named


def _part(svg: Element) -> dict[str, Blocks]:
    """The blocks under each heading; all edges of a block stand beside a clock."""
    groups = [group for group in svg.iter("g") if group.get("class")]
    (hours,) = (group for group in groups if group.get("class") == "tw-week__hours")
    clocks = {int(text.attrib["y"]) - CLOCK_ABOVE_BASELINE: said(text) for text in hours}
    headings = {
        group[0].attrib["x"]: said(group)
        for group in groups
        if group.get("class") == "tw-week__days"
    }
    columns: dict[str, Blocks] = {heading: [] for heading in headings.values()}
    for group in groups:
        for rect in group.findall("rect"):
            top, height = int(rect.attrib["y"]), int(rect.attrib["height"])
            css_class = group.attrib["class"].removeprefix("tw-week__")
            block = (clocks[top], clocks[top + height], f"{css_class} {said(group)}")
            columns[headings[group[1].attrib["x"]]].append(block)
    return columns


def _table(figure: Element) -> dict[str, list[tuple[str, str]]]:
    """The hours and the words of each column, as the table beside the picture tells them."""
    told: dict[str, list[tuple[str, str]]] = {}
    for group in figure.iter("tbody"):
        (days,), *rows = group
        told[said(days)] = [(said(hours), said(words)) for hours, words in rows]
    return told


def said(element: Element) -> str:
    """The words of an element, its lines as one; a line that ends in a dash goes on at once."""
    lines = " ".join("".join(element.itertext()).split())
    return re.sub(r"(?<=\S)– ", "–", lines).replace(WORD_JOINER, "")
