"""Clock time: instants are UTC, windows are local wall-clock time, elapsed time is real time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
NOT_ASKED = datetime(2000, 1, 1, tzinfo=UTC)
"""When a session starts whose start nobody asks: its time is told as elapsed since then."""


class NoSuchLocalTime(ValueError):
    """The clocks jump over this local time (the spring daylight-saving change)."""


def to_instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """Turn a moment into UTC; without an offset it is local time in `zone`.

    A local time that occurs twice (autumn) means its first occurrence.
    Raises NoSuchLocalTime when the local time does not exist (spring).
    """
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    instant = moment.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != moment:
        raise NoSuchLocalTime(moment.isoformat(timespec="minutes"))
    return instant


def start_of_day(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the local day of an instant begins."""
    day = instant.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def clock_change(after: datetime, within_minutes: int, zone: ZoneInfo) -> datetime:
    """The instant, to the minute, at which the offset from UTC changes (bisection)."""
    before = after.astimezone(zone).utcoffset()
    low, high = 0, within_minutes
    while high - low > 1:
        middle = (low + high) // 2
        if (after + middle * MINUTE).astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return after + high * MINUTE
