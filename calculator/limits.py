"""Limits: the most and the least that some charges come to together."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from calculator.case import Case
from calculator.money import round_to_currency
from calculator.periods import end_of_period, in_period, period_of, periods
from calculator.quote import Line
from calculator.tariff import Limit

Shares = dict[Decimal | None, Decimal]


def limited(case: Case, lines: Sequence[Line]) -> list[Line]:
    """The lines, and one more for each limit that is reached, in each period of it."""
    result = list(lines)
    for limit in case.limits:
        for begin, shares in _shares(case, limit, result).items():
            due = sum(shares.values(), Decimal(0))
            beyond = due > limit.amount if limit.most else due < limit.amount
            if beyond:
                reached = _lines(case, limit, shares, limit.amount - due)
                result += [_in_time(case, limit, line, begin) for line in reached]
    return result


def _shares(case: Case, limit: Limit, lines: Sequence[Line]) -> dict[datetime | None, Shares]:
    """What the limited charges come to, with discounts on them: by period, and by tax rate."""
    shares: dict[datetime | None, Shares] = {begin: {} for begin in periods(case, limit)}
    for line in lines:
        for begin in _concerned(case, limit, line):
            of_period = shares.setdefault(begin, {})
            of_period[line.tax_rate] = of_period.get(line.tax_rate, Decimal(0)) + line.amount
    return shares


def _concerned(case: Case, limit: Limit, line: Line) -> tuple[datetime | None, ...]:
    """The period of a limit that a line counts in; none where it does not count at all."""
    if line.kind in ("surcharge", "discount"):
        return in_period(line, limit)
    if line.kind == "charge":
        counts = line.rule in limit.charges
    else:
        # What an earlier limit adds or takes off, where this one holds for all of its charges.
        counts = line.kind == "limit" and set(case.policy.limits[line.rule].charges) <= set(
            limit.charges
        )
    return (period_of(case, limit, line.start),) if counts else ()


def _in_time(case: Case, limit: Limit, line: Line, begin: datetime | None) -> Line:
    """A line of a limit with the time of its period, so far as the session lies in it."""
    if begin is None or case.scenario.start is None:
        return line
    start = max(begin, case.scenario.start)
    return line._replace(start=start, end=end_of_period(case, limit, begin))


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
