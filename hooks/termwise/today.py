"""The day that a build or a command stands for, which is another one in each provider's zone."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY = "TERMWISE_DAY"
"""The variable that fixes the day for every zone: `termwise build --day` sets it."""

MOMENT = "SOURCE_DATE_EPOCH"
"""The variable that fixes the moment, by which every zone has a day of its own."""


WRITTEN = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)
"""Of these years policies can speak."""


class WrongDay(ValueError):
    """A variable does not say a day or a moment; the message tells what it must say."""


def today_in(zone: str) -> date:
    """The day in a time zone, or that of TERMWISE_DAY where it is set. Raises WrongDay.

    The moment is now, or as SOURCE_DATE_EPOCH says, so that a build can be made again.
    """
    fixed = os.environ.get(DAY)
    return _day(fixed) if fixed else now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_moment() -> Iterator[None]:
    """Let the moment stand still for a while in this process, where nothing else fixes it."""
    if os.environ.get(MOMENT):
        yield
        return
    os.environ[MOMENT] = str(int(datetime.now(UTC).timestamp()))
    try:
        yield
    finally:
        del os.environ[MOMENT]


def read_day(written: str) -> date:
    """A day as it is written in policies and on the command line. Raises ValueError."""
    if not WRITTEN.fullmatch(written):
        raise ValueError(written)
    return date.fromisoformat(written)


def _day(written: str) -> date:
    try:
        return read_day(written)
    except ValueError:
        expected = "a day such as 2026-07-01"
        raise WrongDay(f"{DAY}: found “{written}”; expected {expected}") from None


def now() -> datetime:
    """This moment, or that of SOURCE_DATE_EPOCH where it is set. Raises WrongDay."""
    epoch = os.environ.get(MOMENT)
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        expected = "whole seconds since 1970, such as 1782864000"
        raise WrongDay(f"{MOMENT}: found “{epoch}”; expected {expected}") from None
