"""Figures of the old tariff that a page still shows after the tariff has changed."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from termwise.reading.providers import Provider
from termwise_calculator.telling.slots import (
    HOURS,
    STARTED,
    Duration,
    Slot,
    SlotTable,
    SlotValue,
    parts_of,
    slot_text,
)
from termwise_calculator.telling.words import CASES, Words

WAYS_TO_WRITE = (
    *((*hours, *case) for hours in ((), (HOURS,)) for case in ((), *((case,) for case in CASES))),
    (STARTED,),
)


def remaining_figures(
    before: Provider, after: Provider, language: str, page: str
) -> Iterator[tuple[str, str]]:
    """Old figures that stand in a text outside its slots, or on the page where no slot says so."""
    words = after.words[language]
    outdated = _outdated(before.slots, after.slots, words)
    for text_id in words.text_ids():
        shown = words.text(text_id)
        outside_slots = "".join(
            " {} " if isinstance(part, Slot) else part.text for part in parts_of(shown.text)
        )
        if shown.language == language:
            yield from ((text_id, one) for one in outdated if _says(outside_slots, one))
    current = {figure for value in after.slots.values() for figure in _written(value, words)}
    page = _any_of(current).sub(" ", page)
    # A bare number may count or name anything on a page.
    told = (figure for figure in outdated if not figure.isdigit())
    yield from (("the page", figure) for figure in told if _says(page, figure))


def _outdated(before: SlotTable, after: SlotTable, words: Words) -> list[str]:
    """Every way in which a figure was written that is now another."""
    old = [
        figure
        for path, value in before.items()
        if path not in after or after[path] != value
        for figure in _written(value, words)
    ]
    kept = {
        figure
        for path, value in after.items()
        if before.get(path) != value
        for figure in _written(value, words)
    }
    return [figure for figure in dict.fromkeys(old) if figure not in kept]


def _written(value: SlotValue, words: Words) -> set[str]:
    ways = WAYS_TO_WRITE if isinstance(value, Duration) else ((),)
    texts = {slot_text(value, words, suffixes) for suffixes in ways}
    return {text for text in texts if _is_figure(text, words)}


def _is_figure(text: str, words: Words) -> bool:
    """Tell figures from words such as “free” and “every day”, which may mean anything else."""
    days = [words.weekday(day) for day in range(7)]
    return re.search(r"\d", text) is not None or any(day in text for day in days)


def _says(text: str, figure: str) -> bool:
    return _pattern(_parts(figure)).search(text) is not None


def _any_of(figures: Collection[str]) -> re.Pattern[str]:
    """Any of these figures, the longest that stands at a place."""
    longest_first = sorted(figures, key=lambda figure: (-len(figure), figure))
    return _pattern("|".join(map(_parts, longest_first)))


@cache
def _pattern(parts: str) -> re.Pattern[str]:
    """A figure that is no part of a longer one."""
    return re.compile(rf"(?<!\w)(?<!\d[.,:])(?:{parts})(?!\w)(?![.,:]\d)")


def _parts(figure: str) -> str:
    """A figure with any kind of space between its parts."""
    return r"\s".join(map(re.escape, figure.split()))
