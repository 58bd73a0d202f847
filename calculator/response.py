"""Response targets: when an answer is due, counting only the hours in which support works."""

from datetime import datetime
from zoneinfo import ZoneInfo

from calculator.clock import MINUTE, open_stretches
from calculator.windows import Window


def due(window: Window, start: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant at which `minutes` of open window have passed since `start` (UTC).

    A target that ends exactly when support closes is due at closing time, not next morning.
    """
    left = minutes * MINUTE
    for opened, closed in open_stretches(window, start, zone):
        if left <= closed - opened:
            return opened + left
        left -= closed - opened
    raise AssertionError("a window opens every week")
