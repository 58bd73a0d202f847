"""The two ends of a quote as one: what it costs at least and at most where ranges are published.

A scenario under terms with ranges is priced at their cheapest end and at their dearest, each from
single figures. Sums, taxes and limits are therefore exact at both; here the lines find each other.
"""

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from termwise_calculator.pricing.quote import Line, Quote, TaxShare
from termwise_calculator.terms.tariff import TaxBasis

ZERO = Decimal(0)

Ends = tuple[Line | None, Line | None]
"""A line at the cheapest and at the dearest end; None where a quote of that end has none."""


def joined(cheapest: Quote, dearest: Quote) -> Quote:
    """One quote with both ends; the cheapest one itself where no range makes a difference."""
    if (cheapest.lines, cheapest.shares) == (dearest.lines, dearest.shares):
        return cheapest
    lines = tuple(_line(*pair) for pair in paired(cheapest.lines, dearest.lines))
    least, most = cheapest.shares, dearest.shares
    bases = [share.basis for share in least + most]
    missing = tuple(dict.fromkeys(cheapest.missing + dearest.missing))
    cheapest = cheapest._replace(shares=_with_shares(least, most, bases), missing=missing)
    dearest = dearest._replace(shares=_with_shares(most, least, bases), missing=missing)
    return cheapest._replace(
        lines=lines,
        readings=tuple(dict.fromkeys(cheapest.readings + dearest.readings)),
        ends=(cheapest, dearest),
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
            *(line.blocks, line.tier, line.basis, line.scope, line.open_windows),
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


def _with_shares(
    shares: Sequence[TaxShare], others: Sequence[TaxShare], bases: Iterable[TaxBasis | None]
) -> tuple[TaxShare, ...]:
    """What one end comes to by how prices stand to the tax, in every way of either end.

    What is not known of one end is told of neither.
    """
    mine, of_other = _by_basis(shares), _by_basis(others)
    return tuple(
        _share(mine.get(basis, TaxShare(basis, ZERO, ZERO, ZERO)), of_other.get(basis))
        for basis in dict.fromkeys(bases)
    )


def _share(share: TaxShare, other: TaxShare | None) -> TaxShare:
    if other is None:
        return share
    return share._replace(
        net=None if other.net is None else share.net,
        tax=None if other.tax is None else share.tax,
    )


def _by_basis(shares: Iterable[TaxShare]) -> dict[TaxBasis | None, TaxShare]:
    """Shares by how they stand to the tax; what several limits take off it together."""
    found: dict[TaxBasis | None, TaxShare] = {}
    for one in shares:
        same = found.get(one.basis)
        tax = (same.tax or ZERO) + (one.tax or ZERO) if same else one.tax
        found[one.basis] = one._replace(tax=tax)
    return found
