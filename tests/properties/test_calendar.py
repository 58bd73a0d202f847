"""Windows with exceptional days mean what the `opening_hours` library finds, on every day."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from termwise.compiling.windows import compiled_window
from termwise.policy_form.hours.library import hours_found
from termwise.policy_form.hours.notation import NotWeekly
from termwise.policy_form.hours.weekly import read_weekly
from termwise_calculator.pricing.response_due import due
from termwise_calculator.terms.loading import load_policy, load_window
from termwise_calculator.terms.policy import Escalation, Policy, Target
from termwise_calculator.terms.timetable import Timetable
from termwise_calculator.time.clock import MINUTE, clock_change
from termwise_calculator.time.windows import (
    MINUTES_PER_WEEK,
    Window,
    hours_on,
    one_day_of_each_kind,
)
from tests.calculator.test_slots import COMPILED

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
SUPPORT = [
    "Mo-Fr 08:00-18:00; PH off",
    "Mo-Fr 08:00-12:00,13:00-17:00; Jul-Aug Mo-Th 09:00-15:00; Dec 24-26 off; PH off",
    "Mo-Su 22:00-06:00",
    "24/7; PH 10:00-14:00",
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

target_in = partial(
    Target, clauses=(), window="window", working_days=None, escalation=None, average=""
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


def instant(day: date, minute: int) -> datetime:
    """A minute of a local day, in UTC."""
    return (midnight(day) + minute * MINUTE).replace(tzinfo=ZONE).astimezone(UTC)


@cache
def policy_of(text: str) -> Policy:
    """A policy with a window, and with one that is always open."""
    windows = {"window": compiled_window(read_weekly(text)), "always": [[0, MINUTES_PER_WEEK]]}
    calendar = {
        "clauses": [],
        "from": str(FIRST),
        "until": str(LAST),
        "language": "en",
        "days": {str(day): "" for day in sorted(holidays())},
    }
    rules: dict[str, Any] = {"charges": {}, "responses": {}, "services": {}, "questions": {}}
    return load_policy(COMPILED | rules | {"windows": windows, "holidays": calendar}, "sha256:0")


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
    start = instant(day, minute)
    _, change = Timetable([window], ZONE).stretch_at(start)
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
    kinds = dict(one_day_of_each_kind([window], year))
    hours = {(day.weekday(), weeks): hours_on(window, day) for day, weeks in kinds.items()}
    for day in year:
        assert hours[day.weekday(), (window.week_on(day),)] == hours_on(window, day)


# ---- Response times


@given(st.sampled_from(SUPPORT), days, minutes, st.integers(1, 3000), st.integers(0, 2000))
def test_a_longer_target_never_ends_sooner(
    text: str, day: date, minute: int, target: int, more: int
) -> None:
    """Nor does a later request have an earlier answer, and the window was open until then."""
    policy, start = policy_of(text), instant(day, minute)
    due_at = due(policy, target_in(target), start)
    assert start < due_at <= due(policy, target_in(target + more), start)
    assert due_at <= due(policy, target_in(target), start + more * MINUTE)
    assert policy.windows["window"].is_open((due_at - MINUTE).astimezone(ZONE))


@given(st.sampled_from(SUPPORT), days, minutes, st.integers(2, 3000), st.data())
def test_escalation_to_all_hours_never_ends_later(
    text: str, day: date, minute: int, target: int, data: st.DataObject
) -> None:
    """Nor sooner than all of it at all hours; the rest takes as long as it is."""
    policy, start = policy_of(text), instant(day, minute)
    after = data.draw(st.integers(1, target - 1))
    escalated = target_in(target, escalation=Escalation(after, "always", ()))
    due_at = due(policy, escalated, start)
    assert start + target * MINUTE <= due_at <= due(policy, target_in(target), start)
    first = due(policy, target_in(after), start)
    assert due_at == first + (target - after) * MINUTE


@given(st.sampled_from(SUPPORT), days, minutes, st.integers(1, 15))
def test_working_days_are_days_on_which_the_window_opens(
    text: str, day: date, minute: int, number: int
) -> None:
    """So many of them follow the day of the request, and the last one is over."""
    policy, window = policy_of(text), policy_of(text).windows["window"]
    target = target_in(None, working_days=number)
    due_at = due(policy, target, instant(day, minute)).astimezone(ZONE)
    last = (due_at - MINUTE).date()
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(bool(hours_on(window, one)) for one in between) == number
    assert window.is_open(due_at - MINUTE)
    closing = hours_on(window, last)[-1][1]
    assert closing % 1440 == due_at.hour * 60 + due_at.minute


@given(before=st.integers(1, 1440), after=st.integers(0, 1440))
@example(before=1, after=0)
def test_the_clocks_change_to_the_minute(before: int, after: int) -> None:
    """However long before the change one looks for it, and however far beyond it."""
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    found = clock_change(change - before * MINUTE, before + after, ZoneInfo("Europe/Warsaw"))
    assert found == change
