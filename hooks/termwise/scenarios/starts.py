"""Starts of a session around which its price changes: by the clock, the week and the calendar."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

from termwise_calculator.terms.policy import Policy, Service, Target
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.windows import MINUTES_PER_DAY, Span, Window, hours_on

WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
WEEKS_PER_YEAR = 53
KEPT = 64
"""Of so many policies the standard week is kept: each of their cases asks for it."""


@lru_cache(maxsize=KEPT)
def standard_monday(policy: Policy) -> datetime:
    """The first Monday of the terms whose week is an ordinary one, local, without a zone."""
    day = policy.first_known_day
    first = datetime.combine(day + timedelta(days=-day.weekday() % 7), time())
    mondays = [first + number * WEEK for number in range(WEEKS_PER_YEAR)]
    without_change = [monday for monday in mondays if not _clocks_change(policy, monday)]
    ordinary = (monday for monday in without_change if _is_ordinary(policy, monday.date()))
    return next(ordinary, without_change[0])


def _clocks_change(policy: Policy, monday: datetime) -> bool:
    return _offset(policy, monday - WEEK / 7) != _offset(policy, monday + WEEK * 8 / 7)


def _is_ordinary(policy: Policy, monday: date) -> bool:
    """Tell whether no window has exceptional days in a week."""
    week = [monday + timedelta(days=number) for number in range(7)]
    exceptions = [one for window in policy.windows.values() for one in window.exceptions]
    return not any(one.holds_on(day) for one in exceptions for day in week)


def _offset(policy: Policy, local: datetime) -> timedelta | None:
    return local.replace(tzinfo=policy.zone).utcoffset()


def local_start(policy: Policy, minute_of_week: int) -> str:
    """A minute of the standard week, as a form holds it."""
    moment = standard_monday(policy) + minute_of_week * MINUTE
    return moment.isoformat(timespec="minutes")


def usual_start(policy: Policy, service: Service) -> list[str]:
    """The start that a service has by default; none where it does not ask for one."""
    start = service.default.start
    return [] if start is None else [local_start(policy, start)]


def starts_around_edges(policy: Policy) -> list[str]:
    """Around each edge of each window and midnight, on every day of the week.

    Around the last start, too, after which a response time goes on in another window a day later.
    """
    edges = {edge % MINUTES_PER_DAY for one in policy.windows.values() for edge in one.edges()}
    edges |= {
        (edge - after) % MINUTES_PER_DAY
        for window, after in _escalations(policy)
        for edge in window.edges()
    }
    return [
        local_start(policy, day * MINUTES_PER_DAY + edge + beside)
        for day in range(7)
        for edge in sorted({0, *edges})
        for beside in (-1, 0, 1)
    ]


def _escalations(policy: Policy) -> Iterator[tuple[Window, int]]:
    """The window in which each response time begins that goes on in another, and for how long."""
    for response in policy.responses.values():
        for target in response.targets.values():
            if not isinstance(target, Target) or target.escalation is None:
                continue
            if isinstance(target.window, str):
                yield policy.windows[target.window], target.escalation.after_minutes


def exceptional_starts(policy: Policy) -> list[str]:
    """Around the hours of one day of each kind but the ordinary one."""
    windows, weeks = list(policy.windows.values()), _weeks_by_day(policy)
    ordinary = tuple(window.spans for window in windows)
    of_kind = {weeks[day]: day for day in reversed(weeks) if weeks[day] != ordinary}
    return [_at(day, minute) for day in of_kind.values() for minute in _around(windows, day)]


def turns_of_kind(policy: Policy) -> list[str]:
    """At noon of the last day of a kind and of the first of another."""
    weeks = _weeks_by_day(policy)
    turns = [pair for pair in pairwise(weeks) if weeks[pair[0]] != weeks[pair[1]]]
    return [_at(day, MINUTES_PER_DAY // 2) for day in dict.fromkeys(chain(*turns))]


def starts_that_differ(old: Policy, new: Policy) -> list[str]:
    """Around the hours of one day for each way in which two policies tell a day's hours apart."""
    if old.windows == new.windows:
        return []
    before, after = _weeks_by_day(old), _weeks_by_day(new)
    windows = [*old.windows.values(), *new.windows.values()]
    usual = tuple(tuple(one.spans for one in each.windows.values()) for each in (old, new))
    pairs = {day: (before[day], after[day]) for day in sorted(before.keys() & after.keys())}
    of_pair = {pairs[day]: day for day in reversed(pairs) if pairs[day] != usual}
    return [_at(day, minute) for day in of_pair.values() for minute in _around(windows, day)]


def _weeks_by_day(policy: Policy) -> dict[date, tuple[tuple[Span, ...], ...]]:
    """For each day of two years the week that holds on it, of each window."""
    return _weeks_of(tuple(policy.windows.values()), standard_monday(policy).date())


# Each service asks, and most policies that are compared have the same windows.
@lru_cache(maxsize=16)
def _weeks_of(windows: tuple[Window, ...], first: date) -> dict[date, tuple[tuple[Span, ...], ...]]:
    days = (first + timedelta(days=number) for number in range(2 * YEAR.days))
    return {day: tuple(window.week_on(day) for window in windows) for day in days}


def _around(windows: Iterable[Window], day: date) -> list[int]:
    """The minutes of a day around which a window opens or closes, and the midnights."""
    edges = {edge for window in windows for hours in hours_on(window, day) for edge in hours}
    return sorted({edge + beside for edge in {0, MINUTES_PER_DAY, *edges} for beside in (-1, 0, 1)})


def _at(day: date, minute: int) -> str:
    """A minute of a local day; one before or after it lies on the neighbouring day."""
    return (datetime.combine(day, time()) + minute * MINUTE).isoformat(timespec="minutes")


def clock_changes(policy: Policy) -> list[str]:
    """Around each clock change of a year: an hour and a minute before, at, and after."""
    start = standard_monday(policy).replace(tzinfo=policy.zone).astimezone(UTC)
    return [
        with_offset(policy, change + beside * MINUTE)
        for change in _changes_of_offset(start, policy.zone)
        for beside in (-60, -1, 0, 59)
    ]


@lru_cache(maxsize=KEPT)
def _changes_of_offset(start: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The hours (UTC) of the year from a moment on at which local time jumps."""
    hours = [start + timedelta(hours=hour) for hour in range(YEAR // timedelta(hours=1))]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    jumps = zip(hours[1:], pairwise(offsets), strict=True)
    return tuple(hour for hour, (before, after) in jumps if before != after)


def with_offset(policy: Policy, moment: datetime) -> str:
    """A moment as a form holds it where local time alone would not do: an hour comes twice."""
    return moment.astimezone(policy.zone).isoformat(timespec="minutes")
