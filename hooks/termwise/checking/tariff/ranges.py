"""Published ranges: the lower end comes first, and the two ends differ."""

from collections.abc import Iterator
from decimal import Decimal

from termwise.policy_form.fields import WrittenValue, written_values
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.ranges import AmountRange
from termwise.policy_form.yaml_text.source import Source, value_at
from termwise.problems import Problem

OF_RANGES = ("money", "percent", "factor")


def range_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Ranges that go down, or nowhere, and limits of which one bound alone is a range."""
    for value in written_values(source):
        lower = value_at(source.data, (*value.path[:-1], "from"))
        if value.kind in OF_RANGES and value.path[-1] == "to" and isinstance(lower, str):
            yield from _goes_up(source, value, lower)
    for name, limit in written.limits.items():
        bound = limit.maximum or limit.minimum
        ranged = bound is not None and any(isinstance(one, AmountRange) for _, one in bound.rows)
        if ranged and limit.tax_included:
            yield Problem(
                source.key_place(("limits", name, "tax_included")),
                "A bound that is a range has no single amount with tax",
                "tax_included",
                "the range alone",
                "leave tax_included out: the tax is worked out at both ends",
            )


def _goes_up(source: Source, value: WrittenValue, lower: str) -> Iterator[Problem]:
    low, high = (Decimal(text.rstrip("% ")) for text in (lower, value.text))
    if low < high:
        return
    same = low == high
    yield Problem(
        source.place(value.path),
        "A range has two ends, the lower one first",
        f"from {lower} to {value.text}",
        f"an upper end of more than {lower}",
        f"write {lower} alone, without a range"
        if same
        else f"write from: {value.text}, to: {lower}",
    )
