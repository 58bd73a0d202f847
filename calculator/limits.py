"""Limits: the most and the least that some charges come to together."""

from collections.abc import Sequence
from decimal import Decimal

from calculator.case import Case
from calculator.money import round_to_currency
from calculator.policy import Limit
from calculator.quote import Line

Shares = dict[Decimal | None, Decimal]


def limited(case: Case, lines: Sequence[Line]) -> list[Line]:
    """The lines, and one more for each limit that is reached."""
    result = list(lines)
    for limit in case.limits:
        shares = _shares(case, limit, result)
        due = sum(shares.values(), Decimal(0))
        beyond = due > limit.amount if limit.most else due < limit.amount
        if beyond:
            result += _lines(case, limit, shares, limit.amount - due)
    return result


def _shares(case: Case, limit: Limit, lines: Sequence[Line]) -> Shares:
    """What the limited charges come to, with discounts on them, by tax rate."""
    shares: Shares = {}
    for line in lines:
        if _concerns(case, limit, line):
            shares[line.tax_rate] = shares.get(line.tax_rate, Decimal(0)) + line.amount
    return shares


def _concerns(case: Case, limit: Limit, line: Line) -> bool:
    if line.kind == "charge":
        return line.rule in limit.charges
    if line.kind in ("surcharge", "discount"):
        rules = case.policy.surcharges if line.kind == "surcharge" else case.policy.discounts
        return set(rules[line.rule].charges) <= set(limit.charges)
    return line.kind == "limit" and case.policy.limits[line.rule].charges == limit.charges


def _lines(case: Case, limit: Limit, shares: Shares, difference: Decimal) -> list[Line]:
    """The difference, spread over the tax rates in proportion; the last one takes the rest."""
    due, left, lines = sum(shares.values(), Decimal(0)), difference, []
    for index, (rate, share) in enumerate(shares.items()):
        part = left
        if index < len(shares) - 1 and due:
            part = round_to_currency(difference * share / due, case.policy.currency_digits)
        left -= part
        lines.append(_line(limit, part, rate))
    return [line for line in lines if line.amount] or [_line(limit, difference, None)]


def _line(limit: Limit, amount: Decimal, rate: Decimal | None) -> Line:
    return Line(
        kind="limit",
        rule=limit.id,
        clauses=limit.clauses,
        quantity=Decimal(1),
        unit="limit",
        unit_minutes=None,
        unit_price=amount,
        factor=Decimal(1),
        amount=amount,
        tax_rate=rate,
    )
