"""Windows with exceptional days mean what the `opening_hours` library finds, on every day."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from calculator.clock import MINUTE, next_change
from calculator.loading import load_window
from calculator.windows import Window, hours_on, kinds_of_days
from hooks.compile_windows import compiled_window
from hooks.opening_hours import NotWeekly, hours_found, read_weekly

ZONE = ZoneInfo("Europe/Warsaw")
COUNTRY = "PL"
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
ORDINARY = [
    "Mo-Fr 08:00-18:00",
    "Mo-Su 22:00-06:00",
    "24/7",
    "Sa-Su",
    "Mo-Th 09:00-12:00,13:00-17:00",
]
HOURS = ["off", "10:00-14:00", "00:00-24:00", "09:00-12:00,13:00-15:00"]
HOLIDAYS = [
    "",
    *(f"PH {hours}" for hours in HOURS),
    "Su,PH 00:00-24:00",
    "PH,Sa 10:00-12:00",
    "PH 22:00-04:00",
]
SEASONS = [
    "",
    "Jun-Aug Mo-Fr 09:00-16:00",
    "Nov-Mar: Mo-Su 00:00-05:00,22:00-24:00",
    "Jul off",
    "Jun-Aug Sa 22:00-02:00",
]
DATES = [
    "",
    "Dec 24 off",
    "Dec 24-26 off",
    "Dec 24,Dec 31 08:00-12:00",
    "Dec 27-Jan 02 off",
    "Feb 29 off",
]
# Days of holidays, of the clock changes, of the ends of seasons, and those beside them.
TURNS = [
    date(2026, 6, 4),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 12, 31),
    date(2028, 2, 29),
    date(2027, 8, 31),
]

texts = st.builds(
    lambda *rules: "; ".join(rule for rule in rules if rule),
    *(st.sampled_from(rules) for rules in (ORDINARY, SEASONS, DATES, HOLIDAYS)),
)
days = st.one_of(
    st.dates(FIRST, LAST - timedelta(days=14)),
    st.builds(
        lambda turn, by: turn + timedelta(days=by), st.sampled_from(TURNS), st.integers(-1, 1)
    ),
)
minutes = st.one_of(
    st.integers(0, 1439), st.sampled_from([0, 1, 299, 300, 479, 480, 719, 720, 1439])
)


@cache
def holidays() -> frozenset[date]:
    """The public holidays that the library itself knows, found by asking for nothing else."""
    found = OpeningHours("PH", country=COUNTRY).intervals(midnight(FIRST), midnight(LAST))
    starts = [(start.date(), end.date()) for start, end, state, _ in found if str(state) == "open"]
    every = (start + timedelta(days=n) for start, end in starts for n in range((end - start).days))
    return frozenset(every)


def midnight(day: date) -> datetime:
    """The beginning of a day, local."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (local wall-clock time)


@cache
def window_of(text: str) -> Window | None:
    """The compiled window, or None where the check would refuse it."""
    try:
        window = load_window("window", compiled_window(read_weekly(text)), holidays())
    except NotWeekly:
        return None
    found = hours_found(text, holidays(), FIRST, LAST)
    return window if all(hours_on(window, day) == hours for day, hours in found.items()) else None


@given(texts, days, minutes)
@example("Mo-Fr 08:00-18:00; PH off", date(2026, 6, 4), 600)
@example("Mo-Su 22:00-06:00; PH off", date(2026, 6, 5), 60)
@example("Mo-Fr 08:00-18:00; Jun-Aug Mo-Fr 09:00-16:00; PH off", date(2026, 6, 4), 600)
def test_a_window_is_open_when_the_library_finds_it_open(text: str, day: date, minute: int) -> None:
    """The whole text, read by the library with its own calendar of the country."""
    window = window_of(text)
    assume(window is not None)
    assert window is not None
    local = midnight(day) + minute * MINUTE
    assert window.is_open(local) == OpeningHours(text, country=COUNTRY).is_open(local)


@given(texts, days, minutes)
def test_nothing_opens_or_closes_before_the_next_change(text: str, day: date, minute: int) -> None:
    """From an instant to the next change a window stays as it is, over clock changes too."""
    window = window_of(text)
    assume(window is not None)
    assert window is not None
    start = (midnight(day) + minute * MINUTE).replace(tzinfo=ZONE).astimezone(UTC)
    change = next_change(start, [window], ZONE)
    opened = window.is_open(start.astimezone(ZONE))
    between = {start + (change - start) * part // 8 // MINUTE * MINUTE for part in range(8)}
    for moment in (*between, change - MINUTE):
        rounded = moment.replace(second=0, microsecond=0)
        assert window.is_open(max(rounded, start).astimezone(ZONE)) == opened
    assert start < change


@given(texts)
def test_every_day_is_of_a_kind_that_was_found(text: str) -> None:
    """One day of each kind tells the hours of all days of that kind."""
    window = window_of(text)
    assume(window is not None)
    assert window is not None
    year = [FIRST + timedelta(days=number) for number in range(365)]
    kinds = dict(kinds_of_days([window], year))
    hours = {(day.weekday(), weeks): hours_on(window, day) for day, weeks in kinds.items()}
    for day in year:
        assert hours[day.weekday(), (window.week_on(day),)] == hours_on(window, day)
