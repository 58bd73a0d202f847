"""How the lines of a quote came about, as facts without words.

Nothing of this is part of a quote: all of it follows from the quote's scenario and its policy, so
that a line is explained by the rules that priced it and by nothing else.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import Work, count_increments, is_tolerated, rate_at
from termwise_calculator.pricing.periods import period_of, scope_of
from termwise_calculator.pricing.quote import Line, Quote
from termwise_calculator.pricing.scenario import answers_to_match
from termwise_calculator.pricing.units import stepped, tier_reached
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Discount,
    Limit,
    Surcharge,
    Tier,
    Unpublished,
    WindowRate,
    stated,
)
from termwise_calculator.time.lengths import Minutes

Rule = Charge | Allowance | Surcharge | Discount | Limit


class Explanation(NamedTuple):
    """Why a line stands in a quote, and what its amount was worked out from.

    `rule` is what the line comes from. `work` is the time that it counts, of which `free_minutes`
    went to an allowance; `block` is the place among the increments that have a price of their own,
    `tolerated` tells that a last increment was begun and not billed. `tier` is the one that prices
    a quantity, None beyond them all. `rate` is what held when the price was decided. `basis` holds
    the lines that a percentage or a limit was worked out on, and `sum` what they come to for it.
    """

    case: Case
    line: Line
    rule: Rule
    work: Work | None = None
    free_minutes: Minutes = 0
    block: int | None = None
    tolerated: bool = False
    tier: Tier | None = None
    rate: WindowRate | None = None
    basis: tuple[Line, ...] = ()
    sum: Decimal = Decimal(0)


def explain(quote: Quote) -> list[Explanation]:
    """How each line of a quote came about, in the order of the lines."""
    case = Case(quote.policy, quote.scenario, answers_to_match(quote.policy, quote.scenario))
    return [_explained(case, quote, line) for line in quote.lines]


def _explained(case: Case, quote: Quote, line: Line) -> Explanation:
    policy = case.policy
    if line.kind == "charge":
        return _charge(case, quote, line, _charge_of(case, line))
    if line.kind == "allowance":
        return _allowance(case, line, policy.allowances[line.rule])
    if line.kind == "limit":
        return _limit(case, quote, line, policy.limits[line.rule])
    rules = policy.surcharges if line.kind == "surcharge" else policy.discounts
    basis = [one for one in _charges(quote.lines) if _is_basis(case, one, line)]
    return Explanation(case, line, rules[line.rule], basis=tuple(basis))


def _charge_of(case: Case, line: Line) -> Charge:
    """The charge of a line as these answers price it: a table has no price by itself."""
    return next(one for one in case.charges if one.id == line.rule)


def _charges(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.kind == "charge"]


# ---- Charges


def _charge(case: Case, quote: Quote, line: Line, charge: Charge) -> Explanation:
    rate = rate_at(charge.rate, open_for(case, charge, line))
    explained = Explanation(case, line, charge, rate=rate if isinstance(rate, WindowRate) else None)
    if charge.unit == "quantity":
        return explained._replace(tier=_tier(case, charge, line))
    if charge.unit != "increment":
        return explained
    work, free = case.work_for(charge), _free_minutes(case, quote, charge)
    block = None if free else _block(charge, line)
    tolerated = block is None and not free and _tolerated(quote, charge, line, work.minutes)
    return explained._replace(work=work, free_minutes=free, block=block, tolerated=tolerated)


def open_for(case: Case, charge: Charge, line: Line) -> frozenset[str]:
    """The windows that were open when the price of a line was decided."""
    by_time = charge.unit == "increment"
    if not by_time or (charge.rate and charge.rate.decided_at == "session"):
        return case.open_at_start(charge)
    if line.start is None:
        return frozenset()
    return case.rules.timetable_for(charge).open_at(line.start)


def _free_minutes(case: Case, quote: Quote, charge: Charge) -> Minutes:
    """The minutes of a charge that an allowance covered."""
    allowance = case.allowance_for(charge)
    if allowance is None:
        return 0
    covering = (line for line in quote.lines if line.kind == "allowance")
    return sum(_time_on(line) for line in covering if line.rule == allowance.id)


def _time_on(line: Line) -> Minutes:
    return int(line.quantity) * (line.unit_minutes or 1)


def _block(charge: Charge, line: Line) -> int | None:
    """The place of the increment with a price of its own that a line holds."""
    for place, block in enumerate(charge.blocks):
        same = (block.minutes, block.price) == (line.unit_minutes, line.unit_price)
        if same and line.per == 1 and set(block.clauses) <= set(line.clauses):
            return place
    return None


def _tolerated(quote: Quote, charge: Charge, line: Line, minutes: Minutes) -> bool:
    """Tell whether a line is the last of a charge whose last increment had hardly begun."""
    rest = max(minutes - sum(block.minutes for block in charge.blocks), 0)
    own = [one for one in _charges(quote.lines) if one.rule == charge.id]
    return line is own[-1] and is_tolerated(charge, rest, begun=bool(charge.blocks))


def _tier(case: Case, charge: Charge, line: Line) -> Tier | None:
    """The tier that priced a line: that of its price and clauses, reached by the quantity."""
    units = stepped(case.units_for(charge), charge.step_units)
    if charge.by_volume:
        reached = tier_reached(charge, units)
        return reached if isinstance(reached, Tier) else None
    below = Decimal(0)
    for tier in charge.tiers:
        if isinstance(tier.up_to, Unpublished):
            return None
        quantity = Decimal(1) if tier.flat else min(units, tier.up_to) - below
        if (quantity, tier.price) == (line.quantity, line.unit_price):
            return tier
        below = tier.up_to
    return None


# ---- What is worked out on other lines


def _is_basis(case: Case, charged: Line, line: Line) -> bool:
    """Tell whether a surcharge or a discount was worked out on a line of a charge."""
    charge = _charge_of(case, charged)
    if scope_of(case, charged.rule, charged.start) != line.scope:
        return False
    if charged.tax_rate != line.tax_rate or line.rule not in _rules(case, charge, line.kind):
        return False
    terms = case.rules.terms_of(charge, open_for(case, charge, charged))
    if line.kind == "surcharge":
        return any(one.id == line.rule for one in terms.surcharges)
    return terms.discount is not None and terms.discount.id == line.rule


def _rules(case: Case, charge: Charge, kind: str) -> list[str]:
    rules = case.surcharges if kind == "surcharge" else case.discounts
    return [rule.id for rule in rules if charge.id in rule.charges]


def _limit(case: Case, quote: Quote, line: Line, limit: Limit) -> Explanation:
    changed = sum(
        (
            one.amount
            for one in quote.lines
            if (one.kind, one.rule, one.start) == ("limit", limit.id, line.start)
        ),
        Decimal(0),
    )
    basis = tuple(
        one
        for one in _charges(quote.lines)
        if one.rule in limit.charges
        and period_of(case, limit, one.start) == period_of(case, limit, line.start)
    )
    return Explanation(case, line, limit, basis=basis, sum=stated(limit.amount) - changed)


def _allowance(case: Case, line: Line, allowance: Allowance) -> Explanation:
    """The charge that an allowance covers, and as how many minutes it would have counted."""
    if case.why_not_valid(allowance):
        return Explanation(case, line, allowance)
    charge = next(one for one in case.charges if case.allowance_for(one) == allowance)
    work = case.work_for(charge)
    if charge.rate is None or charge.rate.decided_at != "window":
        counted = sum(run.minutes for run in count_increments(charge, work))
        work = work._replace(minutes=counted)
    return Explanation(case, line, allowance, work=work, free_minutes=_time_on(line))
