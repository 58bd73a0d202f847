"""The days on which terms before and after a change stand beside one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from termwise.compiling.edition import Edition

YEAR = timedelta(days=365)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` until the day before `until`, and the terms in force on them.

    None: from before all time, without an end, no terms at all.
    """

    since: date | None
    until: date | None
    old: Edition | None
    new: Edition | None

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of these."""
        return _or_the_very_first(self.since) <= day and (self.until is None or day < self.until)

    def is_before(self, day: date) -> bool:
        """Tell whether these days begin before another."""
        return _or_the_very_first(self.since) < day

    def first_case(self, today: date) -> date:
        """The day from which on typical cases start: the first, or today's where none is first."""
        if self.since is not None:
            return self.since
        return today if self.until is None or today < self.until else self.until - YEAR

    def brought_in(self, day: date) -> date | None:
        """The same weekday on one of these days, None where there is none."""
        if self.since is not None and day < self.since:
            day += -(-(self.since - day) // WEEK) * WEEK
        if self.until is not None and day >= self.until:
            day -= ((day - self.until) // WEEK + 1) * WEEK
        return day if self.holds(day) else None


def first_day(edition: Edition) -> date:
    """The first day of an edition; of one that is in force from before all time, the very first."""
    return _or_the_very_first(edition.effective)


def _or_the_very_first(day: date | None) -> date:
    return date.min if day is None else day


def in_force(editions: Sequence[Edition], day: date) -> Edition | None:
    """The edition in force on a day, None before and after all terms."""
    return next((one for one in editions if _holds(one, day)), None)


def _holds(edition: Edition, day: date) -> bool:
    return first_day(edition) <= day and (edition.until is None or day < edition.until)


def periods_of_difference(old: Sequence[Edition], new: Sequence[Edition]) -> Iterator[Period]:
    """Each stretch of days on which the terms differ, in order."""
    editions = (*old, *new)
    days = {first_day(one) for one in editions} | {one.until for one in editions if one.until}
    for since, until in pairwise([*sorted(days), None]):
        assert since is not None
        before, after = in_force(old, since), in_force(new, since)
        if (before.digest if before else None) != (after.digest if after else None):
            yield Period(None if since == date.min else since, until, before, after)
