"""Windows of a policy file as plain data, and as the calculator reads them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from termwise.policy_form.dated import Dated
from termwise.policy_form.hours.weekly import Weekly
from termwise_calculator.terms.loading import load_window
from termwise_calculator.time.windows import Window


def compiled_window(weekly: Weekly) -> Any:
    """The spans of a window; with its exceptional days where it has any."""
    spans = [list(span) for span in weekly.spans]
    if not weekly.exceptions:
        return spans
    exceptions = [
        {"days": list(one.days), "spans": [list(span) for span in one.spans]}
        for one in weekly.exceptions
    ]
    return {"spans": spans, "exceptions": exceptions}


def windows_on(
    windows: Mapping[str, Dated[Weekly]], day: date, holidays: Iterable[date]
) -> dict[str, Window]:
    """Windows as they stand on a day, as the calculator reads them."""
    dates = frozenset(holidays)
    return {
        name: load_window(name, compiled_window(window.on(day)), dates)
        for name, window in windows.items()
    }
