"""What a long quote says more than once, put together: lines that differ in their time alone."""

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from termwise_calculator.pricing.quote import Line, Missing
from termwise_calculator.telling.explaining.facts import Explanation

MOST_ROWS = 12
"""So many lines are read one by one."""

One = TypeVar("One")


def folded_lines(explained: Sequence[Explanation]) -> list[list[Explanation]]:
    """Lines that are priced alike, in the order of the first of each, where there are many."""
    if len(explained) <= MOST_ROWS:
        return [[one] for one in explained]
    return _grouped((_price_of(one.line), one) for one in explained)


def folded_gaps(missing: Iterable[Missing]) -> list[list[Missing]]:
    """What is missing for the same reason, at whichever time; what has no time, once."""
    groups = _grouped((one._replace(start=None, end=None), one) for one in missing)
    return [group if group[0].start else group[:1] for group in groups]


def sum_of(lines: Sequence[Line]) -> Line:
    """Lines that are priced alike as one; when each of them is, is told beside it."""
    dearest = [line.dearest for line in lines if line.dearest]
    return lines[0]._replace(
        dearest=sum_of(dearest) if dearest else None,
        quantity=sum((line.quantity for line in lines), Decimal(0)),
        amount=sum((line.amount for line in lines), Decimal(0)),
        used=sum(line.used for line in lines),
    )


def _price_of(line: Line) -> Hashable:
    """All that a line is priced by, which is neither its time nor how much of it there is."""
    if line.start is None:
        return line
    return (
        *(line.kind, line.rule, line.clauses, line.unit, line.unit_minutes, line.unit_price),
        *(line.factor, line.per, line.times, line.basis, line.tier, line.covers),
        _price_of(line.dearest) if line.dearest else None,
    )


def _grouped(keyed: Iterable[tuple[Hashable, One]]) -> list[list[One]]:
    groups: dict[Hashable, list[One]] = {}
    for key, one in keyed:
        groups.setdefault(key, []).append(one)
    return list(groups.values())
