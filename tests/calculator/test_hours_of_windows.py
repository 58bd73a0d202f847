"""Spans of the week and days of the year: where they begin and end, to the minute and the day."""

from datetime import date, datetime

import pytest

from termwise_calculator.time.windows import ExceptionalDays, Span, Window, hours_on

SUMMER, WINTER, EVE = ((7, 1), (8, 31)), ((11, 15), (2, 28)), ((12, 24), (12, 24))
MONDAY, SUNDAY_NIGHT = Span(480, 1080), Span(10_020, 10_440)
FEAST = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("season", "day", "held"),
    [
        (SUMMER, (6, 30), False),
        (SUMMER, (7, 1), True),
        (SUMMER, (8, 1), True),
        (SUMMER, (8, 31), True),
        (SUMMER, (9, 1), False),
        (WINTER, (11, 14), False),
        (WINTER, (11, 15), True),
        (WINTER, (12, 1), True),
        (WINTER, (1, 20), True),
        (WINTER, (2, 28), True),
        (WINTER, (2, 29), False),
        (WINTER, (7, 15), False),
        (EVE, (12, 23), False),
        (EVE, (12, 24), True),
        (EVE, (12, 25), False),
    ],
)
def test_a_season_holds_from_its_first_day_to_its_last(
    season: tuple[tuple[int, int], tuple[int, int]], day: tuple[int, int], held: bool
) -> None:
    """In every year, also over New Year; a holiday beside it holds on its own date alone."""
    days = ExceptionalDays(frozenset({FEAST}), (EVE, season), ())
    for year in (2024, 2028):
        assert days.holds_on(date(year, *day)) == (held or day == EVE[0])
    assert days.holds_on(FEAST)
    assert not days.holds_on(FEAST.replace(year=2027))


@pytest.mark.parametrize(
    ("span", "minute", "held"),
    [
        (MONDAY, 479, False),
        (MONDAY, 480, True),
        (MONDAY, 1079, True),
        (MONDAY, 1080, False),
        (SUNDAY_NIGHT, 10_019, False),
        (SUNDAY_NIGHT, 10_020, True),
        (SUNDAY_NIGHT, 0, True),
        (SUNDAY_NIGHT, 359, True),
        (SUNDAY_NIGHT, 360, False),
    ],
)
def test_a_span_is_half_open(span: Span, minute: int, held: bool) -> None:
    """It holds its first minute and not the one after its last, also over Sunday night."""
    assert span.contains(minute) == held
    assert Window("hours", (Span(2000, 2001), span)).contains(minute) == held


def test_the_last_exception_decides() -> None:
    """Over those before it, and over the ordinary week; the others keep theirs."""
    first = ExceptionalDays(frozenset(), (SUMMER,), (Span(0, 60),))
    last = ExceptionalDays(frozenset({date(2026, 7, 6)}), (), (Span(60, 120),))
    window = Window("hours", (MONDAY,), (first, last))
    weeks = {day: window.week_on(date(2026, 7, day)) for day in (6, 7)}
    assert weeks == {6: last.spans, 7: first.spans}
    assert window.week_on(date(2026, 6, 29)) == window.spans
    assert window.is_open(datetime(2026, 7, 6, 1, 59))  # noqa: DTZ001 (local)
    assert not window.is_open(datetime(2026, 7, 6, 0, 59))  # noqa: DTZ001 (local)


def test_the_hours_of_a_day_are_in_their_order() -> None:
    """A night that began on Sunday ends on Monday; edges are those of the ordinary week."""
    window = Window("hours", (MONDAY, SUNDAY_NIGHT))
    assert hours_on(window, date(2026, 3, 2)) == [(0, 360), (480, 1080)]
    assert hours_on(window, date(2026, 3, 3)) == []
    assert hours_on(window, date(2026, 3, 8)) == [(1380, 1440)]
    assert window.edges() == {480, 1080, 10_020, 360}
