"""Published ranges (“15 to 25 an hour”): compiled terms with every range at one of its ends.

All of pricing knows single figures alone. Terms that hold ranges are read twice, with the cheapest
end of each and with the dearest, and the two quotes are joined (`pricing.joining`).
"""

from collections.abc import Mapping
from typing import Any

RAISING = ("charges", "surcharges", "limits", "made_prices")
"""The rules whose figures raise the price as they grow, or leave it as it is."""

LOWERING = ("discounts",)
"""The rules whose figures lower the price as they grow: the cheapest end is the higher one."""


def has_ranges(compiled: Mapping[str, Any]) -> bool:
    """Tell whether any figure of compiled terms is a range."""
    return any(_holds_range(compiled.get(kind, {})) for kind in RAISING + LOWERING)


def at_cheapest(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """The terms with the end of every range at which most is left to the customer."""
    return _at(compiled, raising="from", lowering="to")


def at_dearest(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """The terms with the end of every range at which a customer pays most."""
    return _at(compiled, raising="to", lowering="from")


def _at(compiled: Mapping[str, Any], *, raising: str, lowering: str) -> dict[str, Any]:
    ends = dict.fromkeys(RAISING, raising) | dict.fromkeys(LOWERING, lowering)
    return {
        kind: _with_end(data, ends[kind]) if kind in ends else data
        for kind, data in compiled.items()
    }


def is_range(data: Any) -> bool:
    """Tell whether a compiled value is a range. Answers may be called so, but they are lists."""
    if not isinstance(data, Mapping) or data.keys() != {"from", "to"}:
        return False
    return isinstance(data["from"], str)


def _holds_range(data: Any) -> bool:
    if is_range(data):
        return True
    if isinstance(data, Mapping):
        return any(map(_holds_range, data.values()))
    return isinstance(data, list) and any(map(_holds_range, data))


def _with_end(data: Any, end: str) -> Any:
    if is_range(data):
        return data[end]
    if isinstance(data, Mapping):
        return {name: _with_end(one, end) for name, one in data.items()}
    return [_with_end(one, end) for one in data] if isinstance(data, list) else data
