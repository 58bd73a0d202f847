"""The day a build stands for."""

import os
from datetime import UTC, date, datetime


def build_date() -> date:
    """The day a build stands for: SOURCE_DATE_EPOCH where it is set, else today (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    return moment.date()
