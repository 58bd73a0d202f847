"""Response targets: when an answer is due, counting only the time in which support works."""

from datetime import UTC, date, datetime, time, timedelta

from termwise_calculator.terms.policy import Policy, Target
from termwise_calculator.terms.timetable import timetable_of
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.windows import MINUTES_PER_DAY, Window, hours_on

DAY = timedelta(days=1)


def due(policy: Policy, target: Target, start: datetime) -> datetime:
    """The instant at which a target ends that begins at `start` (UTC).

    After the time of an escalation, what is left of the target counts in the other window.
    """
    if target.working_days is not None:
        window = policy.windows[target.window]
        return end_of_working_day(policy, window, start, target.working_days)
    minutes, escalation = target.minutes or 0, target.escalation
    if escalation is None:
        return after_open_time(policy, target.window, start, minutes)
    escalated = after_open_time(policy, target.window, start, escalation.after_minutes)
    rest = minutes - escalation.after_minutes
    return after_open_time(policy, escalation.window, escalated, rest)


def after_open_time(policy: Policy, window: str, start: datetime, minutes: int) -> datetime:
    """The instant at which `minutes` of open window have passed since `start` (UTC).

    A target that ends exactly when support closes is due at closing time, not next morning.
    """
    left = minutes * MINUTE
    for opened, closed in timetable_of(policy, window).open_stretches(start):
        if left <= closed - opened:
            return opened + left
        left -= closed - opened
    raise AssertionError("a window opens every year")


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
