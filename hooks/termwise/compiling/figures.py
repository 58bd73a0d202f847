"""Figures of a policy file as plain data: one value, both ends of a range, or a gap."""

from collections.abc import Callable
from typing import Any

from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.ranges import RangeTerms


def compiled_figure(value: Any, compiled: Callable[[Any], Any]) -> Any:
    """A value as data, or both ends of a range, or the gap in its place."""
    if isinstance(value, GapTerms):
        return {"gap": value.gap}
    if isinstance(value, RangeTerms):
        return {"from": compiled(value.from_), "to": compiled(value.to)}
    return compiled(value)
