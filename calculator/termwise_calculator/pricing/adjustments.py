"""Adjustments: what is added to priced lines by percentage, and what is taken off them.

A percentage that is not published adds nothing here, and nothing to what others are a share of:
the lines hold what is known, and the quote says what is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.periods import scope_of, stretch_of
from termwise_calculator.pricing.quote import Line, Missing, Scope
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import (
    Discount,
    Figure,
    Surcharge,
    TaxBasis,
    Unpublished,
    stated,
)

ZERO, ONE = Decimal(0), Decimal(1)
HUNDRED = Decimal(100)

# Amounts that stand to the tax alike and count towards the same limits go into one line.
Share = tuple[TaxBasis | None, Scope]


class PricedLine(NamedTuple):
    """A line before adjustments, with the surcharges and the discounts on it."""

    line: Line
    surcharges: tuple[Surcharge, ...] = ()
    discounts: tuple[Discount, ...] = ()


def surcharge_lines(case: Case, priced: Sequence[PricedLine]) -> list[Line]:
    """One line for each surcharge, over all the lines it fits; apart where limits or tax differ."""
    lines = []
    for surcharge in case.surcharges:
        if isinstance(surcharge.percent, Unpublished):
            continue
        bases = _by_share(
            case,
            (
                (item.line, _before(case, item, surcharge))
                for item in priced
                if surcharge in item.surcharges
            ),
        )
        factor = surcharge.percent / HUNDRED
        lines += [_share(case, surcharge, base, factor, of) for of, base in bases.items()]
    return lines


def discount_lines(
    case: Case, priced: Sequence[PricedLine], surcharges: Sequence[Line]
) -> list[Line]:
    """One negative line for each discount, over all the lines it fits and their surcharges."""
    lines: list[Line] = []
    if not case.discounts:
        return lines
    left = _left_of_shares(case, priced, surcharges)
    for discount in case.discounts:
        percent = discount.percent_off(case.scenario.answers)
        if isinstance(percent, Unpublished) or (discount.for_each and not percent):
            continue
        bases = _by_share(
            case,
            (
                (item.line, _left(case, item, discount))
                for item in priced
                if discount in item.discounts
            ),
        )
        factor = percent / HUNDRED
        for of, base in bases.items():
            taken, left[of] = left[of].without(base * factor, case.policy)
            line = _share(case, discount, taken if discount.is_everything else base, -factor, of)
            lines.append(line._replace(amount=ZERO - taken))
    return lines


class Left(NamedTuple):
    """What discounts leave of some lines: exactly, and as the rounded lines come to."""

    exact: Decimal
    rounded: Decimal

    def without(self, taken: Decimal, policy: Policy) -> tuple[Decimal, "Left"]:
        """What is taken off, as rounded, and what is left then.

        Who takes all of it takes what the lines come to, however each of them was rounded; and no
        discount takes more.
        """
        amount = min(policy.rounded(taken), self.rounded)
        if taken == self.exact:
            amount = self.rounded
        return amount, Left(self.exact - taken, self.rounded - amount)


def _left_of_shares(
    case: Case, priced: Sequence[PricedLine], surcharges: Sequence[Line]
) -> dict[Share, Left]:
    """What is there to take off, of all lines and their surcharges."""
    exact = _by_share(case, ((item.line, _before(case, item, None)) for item in priced))
    rounded = _by_share(case, ((item.line, item.line.amount) for item in priced))
    for line in surcharges:
        rounded[line.basis, line.scope] += line.amount
    return {share: Left(amount, rounded[share]) for share, amount in exact.items()}


def missing_shares(case: Case, priced: Sequence[PricedLine]) -> list[Missing]:
    """The surcharges and discounts on lines that cost anything, where their size is a gap."""
    if not case.rules.share_is_gap:
        return []
    return [missing for item in priced if item.line.amount for missing in _missing_on(case, item)]


def _missing_on(case: Case, item: PricedLine) -> Iterator[Missing]:
    off = [(one, one.percent_off(case.scenario.answers)) for one in item.discounts]
    known = [stated(percent, 0) for _, percent in off]
    added = case.scenario.service.discounts_together == "add"
    if HUNDRED in known or (added and sum(known) == HUNDRED):
        return  # nothing is left of any surcharge
    rules: list[tuple[Surcharge | Discount, Figure]] = [
        *((one, one.percent) for one in item.surcharges),
        *off,
    ]
    for rule, percent in rules:
        if isinstance(percent, Unpublished):
            gap, start, end = percent.gap, item.line.start, item.line.end
            of, lowers = f"{kind_of(rule)}.{rule.id}", isinstance(rule, Discount)
            clause = case.policy.gaps[gap].clause
            yield Missing(clause, gap, start=start, end=end, of=of, lowers=lowers)


def kind_of(rule: Surcharge | Discount) -> str:
    """The kind of line that is a share of others."""
    return "surcharge" if isinstance(rule, Surcharge) else "discount"


def _before(case: Case, item: PricedLine, surcharge: Surcharge | None) -> Decimal:
    """What a surcharge is a share of: the line, with those before it where they multiply.

    Without a surcharge: the line with all of them.
    """
    if case.scenario.service.surcharges_together == "multiply":
        factor = ONE
        for one in item.surcharges:
            if one is surcharge:
                break
            factor *= ONE + stated(one.percent, 0) / HUNDRED
        return item.line.amount * factor
    before = () if surcharge else item.surcharges
    percent = sum((stated(one.percent, 0) for one in before), Decimal(0))
    return item.line.amount * (ONE + percent / HUNDRED)


def _left(case: Case, item: PricedLine, discount: Discount) -> Decimal:
    """What a discount is a share of: the line with its surcharges.

    Where discounts multiply, of what those before it leave.
    """
    left = _before(case, item, None)
    if case.scenario.service.discounts_together == "multiply":
        for one in item.discounts[: item.discounts.index(discount)]:
            left *= ONE - stated(one.percent_off(case.scenario.answers), 0) / HUNDRED
    return left


def _by_share(case: Case, bases: Iterable[tuple[Line, Decimal]]) -> dict[Share, Decimal]:
    sums: dict[Share, Decimal] = {}
    for line, base in bases:
        share = line.basis, scope_of(case, line.rule, line.start)
        sums[share] = sums.get(share, Decimal(0)) + base
    return sums


def _share(
    case: Case, rule: Surcharge | Discount, base: Decimal, factor: Decimal, share: Share
) -> Line:
    kind = kind_of(rule)
    basis, scope = share
    start, end = stretch_of(case, scope)
    return Line(
        kind=kind,
        rule=rule.id,
        clauses=rule.clauses,
        quantity=ONE,
        unit=kind,
        unit_minutes=None,
        unit_price=base,
        factor=factor,
        amount=case.policy.rounded(base * factor),
        start=start,
        end=end,
        basis=basis,
        scope=scope,
    )
