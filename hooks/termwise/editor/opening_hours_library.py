"""Two calls of the library opening-hours-py, answered by the JavaScript library of that name.

The one is compiled and there is none for a browser's Python; both read the same notation. The
editor's worker gives it the JavaScript library, whose `Date` has no time zone there: moments are
local, as the text says them.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from types import ModuleType
from typing import Any


def provide(library: Any, moment: Any) -> None:
    """Let `import opening_hours` find it; `library` and `moment` make objects of JavaScript."""

    def validate(text: str) -> bool:
        """Whether the text can be read."""
        try:
            library(text)
        except Exception:  # noqa: BLE001 (whatever JavaScript throws: it cannot be read)
            return False
        return True

    class OpeningHours:
        """The hours of a text."""

        def __init__(self, text: str) -> None:
            self._hours = library(text)

        def intervals(
            self, start: datetime, end: datetime
        ) -> Iterator[tuple[datetime, datetime, str, str]]:
            """What is open between two moments: from, until, state, comment."""
            for begin, until, unknown, comment in self._hours.getOpenIntervals(
                moment(_written(start)), moment(_written(end))
            ):
                state = "unknown" if unknown else "open"
                yield _read(begin), _read(until), state, comment or ""

    module = ModuleType("opening_hours")
    module.__dict__.update(validate=validate, OpeningHours=OpeningHours)
    sys.modules["opening_hours"] = module


def _written(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M:%S}Z"


def _read(moment: Any) -> datetime:
    return datetime.fromisoformat(str(moment.toISOString())).replace(tzinfo=None)
