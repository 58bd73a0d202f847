"""The day that a build or a command stands for, which is another one in each provider's zone."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY = "TERMWISE_DAY"
"""The variable that fixes the day for every zone: `termwise build --day` sets it."""


def today_in(zone: str) -> date:
    """The day in a time zone, or that of TERMWISE_DAY where it is set.

    The moment is now, or as SOURCE_DATE_EPOCH says, so that a build can be made again.
    """
    fixed = os.environ.get(DAY)
    if fixed:
        return date.fromisoformat(fixed)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    return moment.astimezone(ZoneInfo(zone)).date()
