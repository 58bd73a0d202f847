"""Limits: the most and the least that some charges come to together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.periods import end_of_period, in_period, period_of, periods
from termwise_calculator.pricing.quote import Line, Missing
from termwise_calculator.pricing.tax import in_prices
from termwise_calculator.terms.tariff import Limit, TaxBasis, Unpublished, When

Shares = dict[TaxBasis | None, Decimal]


def limited(
    case: Case, limits: Iterable[Limit], lines: Sequence[Line]
) -> tuple[list[Line], list[Missing]]:
    """The lines, one more for each limit that is reached, in each period of it, and the unknown."""
    result = list(lines)
    missing: list[Missing] = []
    for limit in limits:
        shares = _shares(case, limit, result)
        if isinstance(limit.amount, Unpublished):
            missing += _missing(case, limit, limit.amount, shares.values())
        else:
            result += _reached(case, limit, limit.amount, shares)
    return result, missing


def settled(case: Case, subtotal: Decimal) -> bool:
    """Tell whether a maximum is the price whatever the missing prices are.

    Prices that only add can lift the subtotal no higher than a maximum of the session that it has
    reached, and where every limit is on all charges, they cannot lower it. Discounts are rounded
    apart from what they are on, which may be a cent less; what stands to the tax otherwise shares a
    maximum by amounts. What is added after limits by a total that nobody knows is in none of them.
    """
    surcharges = [case.policy.surcharges[name] for name in case.scenario.service.surcharges]
    if any(one.of_the_whole and _is_open(case, one.when) for one in surcharges):
        return False
    if case.discounts or len({case.basis_of(charge.id) for charge in case.charges}) > 1:
        return False
    charges = {charge.id for charge in case.charges}
    for one in case.limits:
        if one.begins_anew or one.surcharges or isinstance(one.amount, Unpublished):
            return False
        if one.charges != case.limits[0].charges or not charges <= set(one.charges):
            return False
    return any(one.most and one.amount == subtotal for one in case.limits)


def _is_open(case: Case, when: When) -> bool:
    """Tell whether it rests on a total that nobody knows whether a rule holds."""
    unknown = {name for name in case.scenario.service.totals if name not in case.answers}
    others = [one for one in when.answers if one[0] not in unknown]
    return len(others) < len(when.answers) and When(tuple(others)).holds(case.answers)


def _reached(
    case: Case, limit: Limit, amount: Decimal, periods_due: Mapping[datetime | None, Shares]
) -> Iterator[Line]:
    """A line for each period in which the limit takes something off, or adds something."""
    for begin, shares in periods_due.items():
        due = sum(shares.values(), Decimal(0))
        if limit.surcharges and not due:
            continue
        if due > amount if limit.most else due < amount:
            for line in _lines(case, limit, shares, amount - due):
                yield _in_time(case, limit, line, begin)


def _missing(
    case: Case, limit: Limit, amount: Unpublished, due: Iterable[Shares]
) -> Iterator[Missing]:
    """The amount of a limit that is not published, where anything is due that it would change."""
    always = not limit.most and not limit.surcharges
    if always or any(sum(shares.values()) > 0 for shares in due):
        clause = case.policy.gaps[amount.gap].clause
        yield Missing(clause, amount.gap, of=f"limit.{limit.id}", lowers=limit.most)


def _shares(case: Case, limit: Limit, lines: Sequence[Line]) -> dict[datetime | None, Shares]:
    """What the limited charges come to, with discounts on them: by period, and by tax."""
    shares: dict[datetime | None, Shares] = {begin: {} for begin in periods(case, limit)}
    for line in lines:
        for begin in concerned(case, limit, line):
            of_period = shares.setdefault(begin, {})
            of_period[line.basis] = of_period.get(line.basis, Decimal(0)) + line.amount
    if limit.prices:
        return {begin: _in_prices_of(case, limit, one) for begin, one in shares.items()}
    return shares


def _in_prices_of(case: Case, limit: Limit, shares: Shares) -> Shares:
    """The shares as they are without tax, or with it: as the amount of the limit is published."""
    converted: Shares = {}
    for basis, amount in shares.items():
        if basis is None:
            converted[basis] = amount
            continue
        of_limit = basis._replace(prices=limit.prices)
        added = in_prices(case.policy, basis, amount, limit.prices)
        converted[of_limit] = converted.get(of_limit, Decimal(0)) + added
    return converted


def concerned(case: Case, limit: Limit, line: Line) -> tuple[datetime | None, ...]:
    """The period of a limit that a line counts in; none where it does not count at all."""
    if limit.surcharges:
        earlier = case.policy.limits[line.rule].surcharges if line.kind == "limit" else ()
        named = (line.rule,) if line.kind == "surcharge" else earlier
        return (None,) if named and set(named) <= set(limit.surcharges) else ()
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
    if begin is None or case.start is None:
        return line
    start = max(begin, case.start)
    return line._replace(start=start, end=end_of_period(case, limit, begin))


def _lines(case: Case, limit: Limit, shares: Shares, difference: Decimal) -> list[Line]:
    """The difference, spread over the taxes in proportion; the last one takes the rest."""
    due, left, lines = sum(shares.values(), Decimal(0)), difference, []
    for index, (basis, share) in enumerate(shares.items()):
        part = left
        if index < len(shares) - 1 and due:
            part = case.policy.rounded(difference * share / due)
        left -= part
        lines.append(_line(limit, part, basis))
    return [line for line in lines if line.amount] or [_line(limit, difference, case.rules.basis)]


def _line(limit: Limit, amount: Decimal, basis: TaxBasis | None) -> Line:
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
        basis=basis,
    )
