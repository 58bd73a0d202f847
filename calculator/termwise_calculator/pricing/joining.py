"""The two ends of a quote as one: what it costs at least and at most where ranges are published.

A scenario under terms with ranges is priced at their cheapest end and at their dearest, each from
single figures. Sums, taxes and limits are therefore exact at both; here the lines find each other.
"""

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from termwise_calculator.pricing.quote import Line, Quote, TaxedTotal, TaxShare

ZERO = Decimal(0)

Ends = tuple[Line | None, Line | None]
"""A line at the cheapest and at the dearest end; None where a quote of that end has none."""


def joined(cheapest: Quote, dearest: Quote) -> Quote:
    """One quote with both ends; the cheapest one itself where no range makes a difference."""
    if (cheapest.lines, cheapest.total) == (dearest.lines, dearest.total):
        return cheapest
    lines = tuple(_line(*pair) for pair in paired(cheapest.lines, dearest.lines))
    total, most = _totals(cheapest.total, dearest.total)
    dearest = dearest._replace(total=most)
    return cheapest._replace(
        lines=lines,
        total=total,
        missing=tuple(dict.fromkeys(cheapest.missing + dearest.missing)),
        readings=tuple(dict.fromkeys(cheapest.readings + dearest.readings)),
        ends=(cheapest._replace(total=total), dearest),
    )


def paired(cheapest: Sequence[Line], dearest: Sequence[Line]) -> list[Ends]:
    """The lines of both ends in the order of the quotes, with each the one that it is there.

    A limit that only one end reaches, say, stands alone.
    """
    ones, others = _named(cheapest), _named(dearest)
    pairs: list[Ends] = []
    for name, line in ones.items():
        if name in others:
            # What the dearest end alone has before it.
            for other in list(others):
                if other in ones:
                    break
                pairs.append((None, others.pop(other)))
        pairs.append((line, others.pop(name, None)))
    return [*pairs, *((None, line) for line in others.values())]


def _named(lines: Iterable[Line]) -> dict[Hashable, Line]:
    """Lines by what tells them apart at either end: all but their figures."""
    named: dict[Hashable, Line] = {}
    times_seen: dict[Hashable, int] = {}
    for line in lines:
        alike = (
            *(line.kind, line.rule, line.covers, line.start, line.end, line.unit, line.quantity),
            *(line.blocks, line.tier, line.tax_rate, line.scope, line.open_windows),
        )
        times_seen[alike] = times_seen.get(alike, 0) + 1
        named[alike, times_seen[alike]] = line
    return named


def _line(cheapest: Line | None, dearest: Line | None) -> Line:
    """A line with what it comes to at the dearest end, where that is something else."""
    if cheapest is None:
        assert dearest is not None
        return _nothing(dearest)._replace(dearest=dearest)
    if cheapest == dearest:
        return cheapest
    return cheapest._replace(dearest=dearest or _nothing(cheapest))


def _nothing(line: Line) -> Line:
    """A line at the end at which it is not due."""
    if line.kind == "limit":
        return line._replace(unit_price=ZERO, amount=ZERO)
    return line._replace(factor=ZERO, amount=ZERO)


def _totals(
    cheapest: TaxedTotal | None, dearest: TaxedTotal | None
) -> tuple[TaxedTotal | None, TaxedTotal | None]:
    """The totals of both ends with a share for each rate of either; neither where one has none."""
    if cheapest is None or dearest is None:
        return None, None
    rates = [share.rate for share in cheapest.shares + dearest.shares]
    return _with_shares(cheapest, rates), _with_shares(dearest, rates)


def _with_shares(total: TaxedTotal, rates: Iterable[Decimal | None]) -> TaxedTotal:
    shares = {rate: TaxShare(rate, ZERO, ZERO) for rate in rates}
    for one in total.shares:
        sums = shares[one.rate]
        shares[one.rate] = TaxShare(one.rate, sums.net + one.net, sums.tax + one.tax)
    return total._replace(shares=tuple(shares.values()))
