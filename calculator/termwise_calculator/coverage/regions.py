"""Regions of the input space: what is said of one holds for every case in it.

The week is cut at every edge of the windows that matter, so that each piece lies wholly inside or
outside each window; so is each kind of exceptional day.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from termwise_calculator.coverage.answers import Asked
from termwise_calculator.coverage.day_kinds import DayKind, DayKinds, on_weekdays
from termwise_calculator.coverage.price_steps import Amount
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import Answers, Applies, Charge, When
from termwise_calculator.time.windows import MINUTES_PER_WEEK, Span, Window

Found = TypeVar("Found", bound=Hashable)


class Region(NamedTuple):
    """A part of the input space without one published figure.

    `rule` is what the figure belongs to, None where no charge applies at all; the size of a
    surcharge, a discount, an allowance or a limit is needed for a `charge`. `gap` names the
    recorded gap; None is an undeclared gap, or a conflict when `claimed_by` names the windows,
    rules or prices of a table that claim the same case.
    `window` is when it holds, None for any time: in an ordinary week and on exceptional days but
    those `besides`, or else `on` exceptional days of one kind. The session must touch the time
    `touching` as well. It holds for the `answers`, `unless` others are given too, and for minutes
    or units `beyond` a number, `up_to` another one if there is any.
    """

    service: str
    rule: str | None
    gap: str | None
    clauses: tuple[str, ...]
    answers: When
    window: Window | None = None
    claimed_by: tuple[str, ...] = ()
    on: DayKind | None = None
    besides: tuple[DayKind, ...] = ()
    touching: Applies | None = None
    unless: When | None = None
    beyond: Amount = 0
    up_to: Amount | None = None
    charge: str = ""

    @property
    def is_declared(self) -> bool:
        """True for a gap that the policy records; anything else is a mistake in the policy."""
        return self.gap is not None

    def holds_for(self, answers: Answers) -> bool:
        """Tell whether answers lie in the region."""
        return self.answers.holds(answers) and not (self.unless and self.unless.holds(answers))


class Survey(NamedTuple):
    """A service whose cases are looked at, with the days and the questions that matter to it."""

    policy: Policy
    service: Service
    days: DayKinds
    questions: Sequence[Asked]

    def needed(self, charge: Charge) -> tuple[When, ...]:
        """What a charge needs to be due: its answers, and those that bring up what it counts."""
        counted = self.policy.questions[charge.counts].when if charge.counts else When()
        return charge.when, counted


# ---- Time


def in_time(
    days: DayKinds,
    windows: Sequence[Window],
    found: Callable[[tuple[str, ...]], Sequence[Found]],
    region: Region,
) -> Iterator[tuple[Found, Region]]:
    """The region in the time for which things are found, given the windows that are open.

    First in the ordinary week; then on exceptional days, where these differ from it.
    """
    windows = list({window.id: window for window in windows}.values())
    if not windows:
        yield from ((one, region) for one in found(()))
        return
    ordinary = _times(windows, found, days.ordinary_weekdays(windows))
    others = [(kind, _times(kind.windows, found, kind.weekdays)) for kind in days.of(windows)]
    for one, week in ordinary.items():
        besides = tuple(kind for kind, times in others if _differ(kind, week, times.get(one)))
        yield one, region._replace(window=week, besides=besides)
    for kind, times in others:
        for one, week in times.items():
            if _differ(kind, week, ordinary.get(one)):
                parts = on_weekdays(week.spans, kind.weekdays)
                yield one, region._replace(window=Window("", parts), on=kind)


def _times(
    windows: Sequence[Window],
    found: Callable[[tuple[str, ...]], Sequence[Found]],
    weekdays: Sequence[int],
) -> Mapping[Found, Window]:
    """The time of some days of the week for which each thing is found."""
    times: dict[Found, list[Span]] = {}
    for claimants, window in pieces_of_week(windows):
        parts = on_weekdays(window.spans, weekdays)
        for one in found(claimants) if parts else ():
            times.setdefault(one, []).extend(parts)
    return {one: Window("", joined(sorted(parts, key=_start))) for one, parts in times.items()}


def _differ(kind: DayKind, week: Window, other: Window | None) -> bool:
    """Tell whether two weeks are different on the days of the week on which a kind falls."""
    others = other.spans if other else ()
    return on_weekdays(week.spans, kind.weekdays) != on_weekdays(others, kind.weekdays)


def pieces_of_week(windows: Sequence[Window]) -> Iterator[tuple[tuple[str, ...], Window]]:
    """Cut the week at every edge: who claims a piece, and all the pieces they claim."""
    edges = sorted({0, *(edge for window in windows for edge in window.edges())})
    pieces: dict[tuple[str, ...], list[Span]] = {}
    for start, end in pairwise([*edges, MINUTES_PER_WEEK]):
        claimants = tuple(window.id for window in windows if window.contains(start))
        pieces.setdefault(claimants, []).append(Span(start, end))
    for claimants, spans in pieces.items():
        yield claimants, Window("", joined(spans))


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring spans as one, over Sunday night too."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    first, last = merged[0], merged[-1]
    if len(merged) > 1 and first.start == 0 and last.end == MINUTES_PER_WEEK:
        merged = [*merged[1:-1], Span(last.start, first.end + MINUTES_PER_WEEK)]
    return tuple(merged)


def _start(span: Span) -> int:
    return span.start
