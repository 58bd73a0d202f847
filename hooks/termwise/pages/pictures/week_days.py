"""What one rule says of the hours of the week, on ordinary days and on exceptional ones."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from termwise.pages.pictures.week_drawing import Cell
from termwise_calculator.coverage.regions import pieces_of_week
from termwise_calculator.time.windows import MINUTES_PER_DAY, ExceptionalDays, Span, Window

DAYS = range(7)


@dataclass(frozen=True, slots=True)
class Week:
    """What one rule says of the hours: `cell_of` tells the cell for the windows that are open.

    `readings` are those that the rule names.
    """

    rule: str
    title: str
    label: Markup
    notes: tuple[Markup, ...]
    windows: tuple[Window, ...]
    cell_of: Callable[[tuple[str, ...]], Cell]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindOfDays:
    """The pieces of a week that has only days of one kind; `days` is None for ordinary ones."""

    days: ExceptionalDays | None
    pieces: tuple[tuple[Cell, Window], ...]

    def cell_at(self, day: int, minute: int) -> Cell:
        """What holds at a minute of a day (0 is Monday)."""
        at = day * MINUTES_PER_DAY + minute
        return next(cell for cell, piece in self.pieces if piece.contains(at))

    def changes_at(self, minute: int) -> bool:
        """Tell whether on any day something else holds from a minute on."""
        return any(self.cell_at(day, minute) != self.cell_at(day, minute - 1) for day in DAYS)


def kinds_of_days(week: Week) -> list[KindOfDays]:
    """The ordinary week, and then each kind of exceptional days."""
    return [_kind_of_days(week, days) for days in (None, *_exceptional(week.windows))]


def opened_together(windows: Sequence[Window]) -> list[tuple[str, ...]]:
    """The windows that are open at the same time, for every time there is."""
    kinds = (None, *_exceptional(windows))
    found = (opened for days in kinds for opened, _ in _pieces(windows, days))
    return list(dict.fromkeys(found))


def _exceptional(windows: Iterable[Window]) -> Iterable[ExceptionalDays]:
    exceptions = [one for window in windows for one in window.exceptions]
    return {_days_meant(one): one for one in exceptions}.values()


def _days_meant(exception: ExceptionalDays) -> tuple[object, ...]:
    return exception.holidays, exception.seasons


def _kind_of_days(week: Week, days: ExceptionalDays | None) -> KindOfDays:
    pieces = _pieces(week.windows, days)
    return KindOfDays(days, tuple((week.cell_of(opened), piece) for opened, piece in pieces))


def _pieces(
    windows: Iterable[Window], days: ExceptionalDays | None
) -> Iterator[tuple[tuple[str, ...], Window]]:
    """The pieces of a week that has only days of one kind, each with the windows open in it."""
    return pieces_of_week([Window(window.id, _spans_on(window, days)) for window in windows])


def _spans_on(window: Window, days: ExceptionalDays | None) -> tuple[Span, ...]:
    """The hours of a window on days of a kind."""
    for exception in reversed(window.exceptions):
        if days and _days_meant(exception) == _days_meant(days):
            return exception.spans
    return window.spans
