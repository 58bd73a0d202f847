"""Weekly windows: half-open spans of local wall-clock minutes, counted from Monday 00:00.

Policy files write windows as OpenStreetMap `opening_hours` text; the compiler turns them into
these spans, so that the calculator needs no parser.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of the week from `start` up to but not including `end`.

    `start` lies in the week; `end` passes the end of the week when the span runs over Sunday night.
    """

    start: int
    end: int

    def contains(self, minute_of_week: int) -> bool:
        """Tell whether the span holds a minute of the week (0 to 10 079)."""
        next_week = minute_of_week + MINUTES_PER_WEEK
        return self.start <= minute_of_week < self.end or self.start <= next_week < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """A named set of weekly spans, none touching another, in order of their start."""

    id: str
    spans: tuple[Span, ...]

    def contains(self, minute_of_week: int) -> bool:
        """Tell whether the window is open at a minute of the week."""
        return any(span.contains(minute_of_week) for span in self.spans)

    def edges(self) -> set[int]:
        """Minutes of the week at which the window opens or closes."""
        ends = {span.end % MINUTES_PER_WEEK for span in self.spans}
        return ends | {span.start for span in self.spans}


def minutes_to_next_edge(windows: Iterable[Window], minute_of_week: int) -> int:
    """Wall-clock minutes from a minute of the week to the next edge of any window (1 to 10 080)."""
    edges = {edge for window in windows for edge in window.edges()}
    distances = ((edge - minute_of_week) % MINUTES_PER_WEEK or MINUTES_PER_WEEK for edge in edges)
    return min(distances, default=MINUTES_PER_WEEK)
