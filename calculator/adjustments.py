"""Adjustments: what is added to priced lines by percentage, and what is taken off them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from calculator.case import Case
from calculator.money import round_to_currency
from calculator.periods import scope_of, stretch_of
from calculator.quote import Line, Scope
from calculator.tariff import Charge, Discount, Surcharge

ONE = Decimal(1)
HUNDRED = Decimal(100)

# Amounts of one tax rate that count towards the same limits go into one line.
Share = tuple[Decimal | None, Scope]


class Priced(NamedTuple):
    """A line before adjustments, with the surcharges and the discount that fit it."""

    line: Line
    surcharges: tuple[Surcharge, ...] = ()
    discount: Discount | None = None


def adjusted(case: Case, charge: Charge, line: Line, open_windows: frozenset[str]) -> Priced:
    """A line with everything that fits its charge and its time."""
    surcharges = surcharges_of(case, charge, open_windows)
    return Priced(line, surcharges, discount_of(case, charge, open_windows))


def surcharges_of(
    case: Case, charge: Charge, open_windows: frozenset[str]
) -> tuple[Surcharge, ...]:
    """Every surcharge that fits a charge at a time: they add up or multiply."""
    return tuple(one for one in case.surcharges if _fits(one, charge, open_windows))


def discount_of(case: Case, charge: Charge, open_windows: frozenset[str]) -> Discount | None:
    """The first discount that fits a charge at a time; the others do not add to it."""
    return next((one for one in case.discounts if _fits(one, charge, open_windows)), None)


def _fits(rule: Surcharge | Discount, charge: Charge, open_windows: frozenset[str]) -> bool:
    in_window = rule.window is None or rule.window in open_windows
    return charge.id in rule.charges and in_window


def surcharge_lines(case: Case, priced: Sequence[Priced]) -> list[Line]:
    """One line for each surcharge, over all the lines it fits; apart where limits or tax differ."""
    lines = []
    for surcharge in case.surcharges:
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


def discount_lines(case: Case, priced: Sequence[Priced]) -> list[Line]:
    """One negative line for each discount, over all the lines it fits and their surcharges."""
    lines = []
    for discount in case.discounts:
        bases = _by_share(
            case,
            (
                (item.line, _before(case, item, None))
                for item in priced
                if item.discount is discount
            ),
        )
        factor = -discount.percent / HUNDRED
        lines += [_share(case, discount, base, factor, of) for of, base in bases.items()]
    return lines


def _before(case: Case, item: Priced, surcharge: Surcharge | None) -> Decimal:
    """What a surcharge is a share of: the line, with those before it where they multiply.

    Without a surcharge: the line with all of them.
    """
    if case.scenario.service.surcharges_multiply:
        factor = ONE
        for one in item.surcharges:
            if one is surcharge:
                break
            factor *= ONE + one.percent / HUNDRED
        return item.line.amount * factor
    percent = sum((one.percent for one in item.surcharges), Decimal(0)) if not surcharge else 0
    return item.line.amount * (ONE + percent / HUNDRED)


def _by_share(case: Case, bases: Iterable[tuple[Line, Decimal]]) -> dict[Share, Decimal]:
    sums: dict[Share, Decimal] = {}
    for line, base in bases:
        share = line.tax_rate, scope_of(case, line.rule, line.start)
        sums[share] = sums.get(share, Decimal(0)) + base
    return sums


def _share(
    case: Case, rule: Surcharge | Discount, base: Decimal, factor: Decimal, share: Share
) -> Line:
    kind = "surcharge" if isinstance(rule, Surcharge) else "discount"
    tax_rate, scope = share
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
        amount=round_to_currency(base * factor, case.policy.currency_digits),
        start=start,
        end=end,
        tax_rate=tax_rate,
        scope=scope,
    )
