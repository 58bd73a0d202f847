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
        next_week = minute_of_week + MINUTES_PER_WEEK
        return any(
            span.start <= minute_of_week < span.end or span.start <= next_week < span.end
            for span in self.spans
        )

    def edges(self) -> set[int]:
        """Minutes of the week at which the window opens or closes."""
        ends = {span.end % MINUTES_PER_WEEK for span in self.spans}
        return ends | {span.start for span in self.spans}


def minutes_to_next_edge(windows: Iterable[Window], minute_of_week: int) -> int:
    """Wall-clock minutes from a minute of the week to the next edge of any window (1 to 10 080)."""
    spans = [span for window in windows for span in window.spans]
    edges = [span.start for span in spans] + [span.end for span in spans]
    # One less and one more: an edge at this very minute comes again after a week.
    return min(
        [(edge - minute_of_week - 1) % MINUTES_PER_WEEK + 1 for edge in edges],
        default=MINUTES_PER_WEEK,
    )
