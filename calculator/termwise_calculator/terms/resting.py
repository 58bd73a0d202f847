"""What values rest on that the source page does not say outright: readings, and outside facts."""

from collections.abc import Mapping
from functools import lru_cache

from termwise_calculator.terms.policy import Policy

TIMEZONE, CURRENCY, TAX_RATE = "timezone", "currency", "tax.rate"
BESIDE_SLOTS = (TIMEZONE, CURRENCY)
"""Values that no slot shows, but that all times and all amounts rest on."""
GROSS, WINDOWS = ".gross", "windows."
KEPT = 64


def notes_on(policy: Policy, value: str) -> tuple[str, ...]:
    """The texts of the readings and outside facts that a value rests on, by its slot.

    What is made from a value rests on the same: a part of a window, a price in one, with tax.
    """
    notes = _notes(policy)
    if not notes:
        return ()
    steps = value.split(".")
    values = [".".join(steps[: end + 1]) for end in range(len(steps))]
    if value.startswith(WINDOWS):
        values += _parts_in(value)
    if value.endswith(GROSS) and not _has_own_tax(policy, steps[0]):
        values.append(TAX_RATE)
    return tuple(dict.fromkeys([note for one in values for note in notes.get(one, ())]))


def _parts_in(window: str) -> list[str]:
    """The parts of a window that are shown with it: all of them, or the ends of its hours."""
    if window.endswith(".hours"):
        window = window.removesuffix(".hours")
        return [f"{window}.start", f"{window}.end"]
    parts = ("days", "hours", "start", "end") if window.count(".") == 1 else ()
    return [f"{window}.{part}" for part in parts]


def _has_own_tax(policy: Policy, charge: str) -> bool:
    own = policy.charges[charge].tax if charge in policy.charges else None
    return own is not None and own.rate is not None


@lru_cache(maxsize=KEPT)
def _notes(policy: Policy) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note, values in _values_by_note(policy):
        for value in values:
            found.setdefault(value, []).append(note)
    return found


def _values_by_note(policy: Policy) -> list[tuple[str, tuple[str, ...]]]:
    readings = [(f"reading.{one.id}", one.values) for one in policy.readings.values()]
    return readings + [(f"outside.{fact}", values) for fact, values in policy.outside.items()]
