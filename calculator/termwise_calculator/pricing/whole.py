"""Shares of the whole: what is taken off, or added to, all that a quote comes to without them.

They come after charges, surcharges, discounts and limits: first what is taken off, then what is
added to the rest. Each is one line for prices that stand to the tax alike.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from termwise_calculator.pricing.adjustments import Left, kind_of
from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.quote import Line, Missing
from termwise_calculator.terms.tariff import Discount, Figure, Surcharge, TaxBasis, Unpublished

HUNDRED = Decimal(100)


def with_shares_of_the_whole(case: Case, lines: Sequence[Line]) -> list[Line]:
    """The lines of a quote, and those of all shares of the whole whose size is published."""
    service = case.scenario.service
    result = _with(case, case.rules.off_the_whole, lines, service.discounts_together)
    return _with(case, case.rules.on_the_whole, result, service.surcharges_together)


def _with(
    case: Case, rules: Sequence[Surcharge | Discount], lines: Sequence[Line], together: str
) -> list[Line]:
    """Some lines with their shares: each of all before it where they multiply, else of the same."""
    result = list(lines)
    left = {basis: Left(whole, whole) for basis, whole in whole_of(lines).items()}
    for rule in rules:
        for share in _shares(case, rule, result if together == "multiply" else lines):
            if isinstance(rule, Discount):
                taken = -share.unit_price * share.factor
                amount, left[share.basis] = left[share.basis].without(taken, case.policy)
                result.append(share._replace(amount=-amount))
            else:
                result.append(share)
    return result


def missing_shares_of_the_whole(case: Case, lines: Sequence[Line]) -> Iterator[Missing]:
    """The shares whose size is a gap, where the others leave anything of which they are one."""
    if not any(whole_of(lines).values()):
        return
    rules: list[Surcharge | Discount] = [*case.rules.off_the_whole, *case.rules.on_the_whole]
    for rule in rules:
        percent = _percent(case, rule)
        if isinstance(percent, Unpublished):
            clause, lowers = case.policy.gaps[percent.gap].clause, isinstance(rule, Discount)
            yield Missing(clause, percent.gap, of=f"{kind_of(rule)}.{rule.id}", lowers=lowers)


def whole_of(lines: Sequence[Line]) -> dict[TaxBasis | None, Decimal]:
    """What lines come to together, by how they stand to the tax."""
    whole: dict[TaxBasis | None, Decimal] = {}
    for line in lines:
        whole[line.basis] = whole.get(line.basis, Decimal(0)) + line.amount
    return whole


def _percent(case: Case, rule: Surcharge | Discount) -> Figure:
    return rule.percent_off(case.scenario.answers) if isinstance(rule, Discount) else rule.percent


def _shares(case: Case, rule: Surcharge | Discount, lines: Sequence[Line]) -> list[Line]:
    """The lines of one share, of what some lines come to; none of what is nothing or not known."""
    percent = _percent(case, rule)
    if isinstance(percent, Unpublished) or not percent:
        return []
    factor = (-percent if isinstance(rule, Discount) else percent) / HUNDRED
    return [
        Line(
            kind=kind_of(rule),
            rule=rule.id,
            clauses=rule.clauses,
            quantity=Decimal(1),
            unit=kind_of(rule),
            unit_minutes=None,
            unit_price=amount,
            factor=factor,
            amount=case.policy.rounded(amount * factor),
            basis=basis,
        )
        for basis, amount in whole_of(lines).items()
        if amount
    ]
