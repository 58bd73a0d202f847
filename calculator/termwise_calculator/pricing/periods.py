"""Periods: where a limit per so many hours, or per calendar day, begins anew.

Hours run from the start of the session and are real hours; a calendar day is local to the
provider. An increment belongs to the period in which it starts, and what has no time of its own to
the first one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import Run, started_until
from termwise_calculator.pricing.quote import Line, Scope
from termwise_calculator.terms.tariff import Limit
from termwise_calculator.time.clock import MINUTE, start_of_day
from termwise_calculator.time.lengths import lasting

DAY = timedelta(days=1)


def period_of(case: Case, limit: Limit, moment: datetime | None) -> datetime | None:
    """The start of the period that holds a moment; None where the limit is on the whole session."""
    start = case.start
    if not limit.begins_anew or start is None:
        return None
    moment = start if moment is None else moment
    if limit.by_day:
        return start_of_day(moment, case.policy.zone)
    length = limit.period_minutes * MINUTE
    return start + (moment - start) // length * length


def end_of_period(case: Case, limit: Limit, begin: datetime) -> datetime:
    """Where a period that begins at a moment ends."""
    if limit.by_day:
        # Later than any change of the clocks, earlier than the day after.
        return start_of_day(begin + DAY * 3 / 2, case.policy.zone)
    return begin + limit.period_minutes * MINUTE


def periods(case: Case, limit: Limit) -> Iterator[datetime | None]:
    """Every period that the session begins, as its start."""
    start, begin = case.start, period_of(case, limit, case.start)
    yield begin
    if begin is None or start is None:
        return
    end = start + lasting(case.minutes)
    while (begin := end_of_period(case, limit, begin)) < end:
        yield begin


def split_by_periods(
    case: Case, charge: str, run: Run, worked_until: datetime | None
) -> Iterator[Run]:
    """A run cut where a limit on its charge begins anew, so that no line lies in two periods.

    After the end of the work no period begins: what is added for the least is in the last one.
    """
    renewed = [limit for limit in case.limits if limit.begins_anew and charge in limit.charges]
    if not renewed or run.start is None:
        yield run
        return
    start, left = run.start, run.count
    while left:
        edge = min(_next_period(case, limit, start) for limit in renewed)
        count = min(left, started_until(start, edge, run.length))
        if worked_until is not None and edge >= worked_until:
            count = left
        left -= count
        until, tolerated = (None, False) if left else (run.until, run.tolerated)
        yield run._replace(start=start, count=count, until=until, tolerated=tolerated)
        start += lasting(count * run.length)


def _next_period(case: Case, limit: Limit, moment: datetime) -> datetime:
    begin = period_of(case, limit, moment)
    assert begin is not None
    return end_of_period(case, limit, begin)


def scope_of(case: Case, charge: str, moment: datetime | None) -> Scope:
    """The limits that an amount counts towards, each with the period it falls in."""
    return tuple(
        (limit.id, period_of(case, limit, moment))
        for limit in case.limits
        if charge in limit.charges and not limit.surcharges
    )


def stretch_of(case: Case, scope: Scope) -> tuple[datetime | None, datetime | None]:
    """The time that all periods of a scope share; none where no limit begins anew."""
    begun = [(case.policy.limits[name], begin) for name, begin in scope if begin is not None]
    if not begun:
        return None, None
    start = max(begin for _, begin in begun)
    # The first day began before the session did.
    start = max(start, case.start or start)
    return start, min(end_of_period(case, limit, begin) for limit, begin in begun)


def in_period(line: Line, limit: Limit) -> tuple[datetime | None, ...]:
    """The period of a limit that an added or deducted amount falls in, if it counts at all."""
    return tuple(begin for name, begin in line.scope if name == limit.id)
