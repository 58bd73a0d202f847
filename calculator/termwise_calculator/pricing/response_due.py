"""Response targets: when an answer is due, counting only the time in which support works."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from termwise_calculator.terms.policy import Policy, Target
from termwise_calculator.terms.tariff import Unpublished
from termwise_calculator.terms.timetable import timetable_of
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.windows import MINUTES_PER_DAY, Window, hours_on

DAY = timedelta(days=1)

Stretch = tuple[datetime, datetime]
"""Real time from one instant to another (UTC)."""


def due(policy: Policy, target: Target, start: datetime) -> datetime | None:
    """The instant at which a target ends that begins at `start` (UTC).

    None where the hours that count are not published.
    """
    if target.working_days is not None and isinstance(target.window, str):
        return end_of_working_day(policy, policy.windows[target.window], start, target.working_days)
    stretches = counted_stretches(policy, target, start)
    return stretches[-1][1] if stretches else None


def counted_stretches(policy: Policy, target: Target, start: datetime) -> list[Stretch]:
    """When a target in minutes that begins at `start` is counted: the last stretch ends with it.

    After the time of an escalation, what is left of the target counts in the other window. Nothing
    where the hours that count are not published.
    """
    stretches: list[Stretch] = []
    for window, minutes in _parts(target):
        if isinstance(window, Unpublished):
            return []
        stretches += open_time(policy, window, start, minutes)
        start = stretches[-1][1]
    return stretches


def _parts(target: Target) -> list[tuple[str | Unpublished, int]]:
    """How many minutes of a target count in which window, one after the other."""
    minutes, escalation = target.minutes or 0, target.escalation
    if escalation is None:
        return [(target.window, minutes)]
    after = escalation.after_minutes
    return [(target.window, after), (escalation.window, minutes - after)]


def open_time(policy: Policy, window: str, start: datetime, minutes: int) -> Iterator[Stretch]:
    """The first `minutes` of open window from `start` on, in stretches (UTC).

    A target that ends exactly when support closes is due at closing time, not next morning.
    """
    left = minutes * MINUTE
    for opened, closed in timetable_of(policy, window).open_stretches(start):
        until = min(closed, opened + left)
        yield opened, until
        left -= until - opened
        if not left:
            return


def end_of_working_day(policy: Policy, window: Window, start: datetime, days: int) -> datetime:
    """The instant at which a window closes on the `days`th working day after that of `start`.

    A working day is a date on which the window is open at any time. The day of the request does
    not count, whatever its hour, and the last day counts to its end: so periods in days are
    reckoned in the European Union (Regulation 1182/71, Article 3), and so desks mean "by the end of
    the next business day". A window that is open until midnight closes then.
    """
    day = start.astimezone(policy.zone).date()
    while days:
        day += DAY
        days -= bool(hours_on(window, day))
    return _instant(policy, day, hours_on(window, day)[-1][1])


def _instant(policy: Policy, day: date, minute: int) -> datetime:
    """A minute of a local day (to 1440) as an instant."""
    days, minute = divmod(minute, MINUTES_PER_DAY)
    local = datetime.combine(day + days * DAY, time(minute // 60, minute % 60))
    return local.replace(tzinfo=policy.zone).astimezone(UTC)
