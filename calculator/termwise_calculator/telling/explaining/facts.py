"""How the lines of a quote came about, as facts without words.

What the pricing knows, the lines say: by which tier and blocks they are priced, while which windows
were open. The rest follows from the rules of the quote's policy; nothing is guessed from amounts.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import Work, count_increments
from termwise_calculator.pricing.joining import paired
from termwise_calculator.pricing.limits import concerned
from termwise_calculator.pricing.periods import period_of, scope_of
from termwise_calculator.pricing.quote import Line, Quote
from termwise_calculator.pricing.rates import rate_at
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Discount,
    LengthTier,
    Limit,
    Surcharge,
    Tier,
    WindowRate,
    stated,
)
from termwise_calculator.time.lengths import Minutes

Rule = Charge | Allowance | Surcharge | Discount | Limit


class Explanation(NamedTuple):
    """Why a line stands in a quote, and what its amount was worked out from.

    `rule` is what the line comes from. `work` is the time that it counts, of which `free_minutes`
    went to an allowance. `tier` is the one that prices a quantity, or all of a session, None beyond
    them all. `rate` is what held when the price was decided. `basis` holds the lines that a
    percentage or a limit was worked out on, and `sum` what they come to for it.

    Where ranges leave a quote open, `ends` explain the line of the cheapest and of the dearest end,
    None where it is not due.
    """

    case: Case
    line: Line
    rule: Rule
    work: Work | None = None
    free_minutes: Minutes = 0
    tier: Tier | LengthTier | None = None
    rate: WindowRate | None = None
    basis: tuple[Line, ...] = ()
    sum: Decimal = Decimal(0)
    ends: "tuple[Explanation | None, Explanation | None] | None" = None


def explain(quote: Quote) -> list[Explanation]:
    """How each line of a quote came about, in the order of the lines."""
    if quote.ends:
        return list(_at_both_ends(quote, *quote.ends))
    return [_explained(quote.case, quote, line) for line in quote.lines]


def _at_both_ends(quote: Quote, cheapest: Quote, dearest: Quote) -> Iterator[Explanation]:
    pairs = paired(cheapest.lines, dearest.lines)
    for line, (one, other) in zip(quote.lines, pairs, strict=True):
        ends = (
            _explained(cheapest.case, cheapest, one) if one else None,
            _explained(dearest.case, dearest, other) if other else None,
        )
        first = ends[0] or ends[1]
        assert first is not None
        yield first._replace(line=line, ends=ends)


def _explained(case: Case, quote: Quote, line: Line) -> Explanation:
    policy = case.policy
    if line.kind == "charge":
        return _charge(case, quote, line, _charge_of(case, line))
    if line.kind == "allowance":
        return _allowance(case, line, policy.allowances[line.rule])
    if line.kind == "limit":
        return _limit(case, quote, line, policy.limits[line.rule])
    rules = policy.surcharges if line.kind == "surcharge" else policy.discounts
    if rules[line.rule].of_the_whole:
        basis = list(_whole(case, quote, line))
    else:
        basis = [one for one in _charges(quote.lines) if _is_basis(case, one, line)]
    return Explanation(case, line, rules[line.rule], basis=tuple(basis))


def _charge_of(case: Case, line: Line) -> Charge:
    """The charge of a line as these answers price it: a table has no price by itself."""
    return next(one for one in case.charges if one.id == line.rule)


def _charges(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.kind == "charge"]


# ---- Charges


def _charge(case: Case, quote: Quote, line: Line, charge: Charge) -> Explanation:
    rate = rate_at(charge.rate, line.open_windows)
    explained = Explanation(case, line, charge, rate=rate if isinstance(rate, WindowRate) else None)
    if charge.unit != "increment":
        tier = None if line.tier is None else charge.tiers[line.tier]
        return explained._replace(tier=tier)
    if line.tier is not None:
        explained = explained._replace(tier=charge.length_tiers[line.tier])
    free = _free_minutes(quote, charge)
    return explained._replace(work=case.work_for(charge), free_minutes=free)


def _free_minutes(quote: Quote, charge: Charge) -> Minutes:
    """The minutes of a charge that an allowance covered."""
    return sum(line.time for line in quote.lines if line.covers == charge.id)


# ---- What is worked out on other lines


def _is_basis(case: Case, charged: Line, line: Line) -> bool:
    """Tell whether a surcharge or a discount was worked out on a line of a charge."""
    charge = _charge_of(case, charged)
    if scope_of(case, charged.rule, charged.start) != line.scope:
        return False
    if charged.basis != line.basis:
        return False
    terms = case.rules.terms_of(charge, charged.open_windows)
    if line.kind == "surcharge":
        return any(one.id == line.rule for one in terms.surcharges)
    return any(one.id == line.rule for one in terms.discounts)


def _whole(case: Case, quote: Quote, line: Line) -> Iterator[Line]:
    """The lines that a share of the whole is of: others of its kind only where they multiply."""
    service, rules = quote.scenario.service, case.rules
    if line.kind == "surcharge":
        together, beside = service.surcharges_together, {one.id for one in rules.on_the_whole}
    else:
        together, beside = service.discounts_together, {one.id for one in rules.off_the_whole}
    for one in quote.lines[: quote.lines.index(line)]:
        is_beside = together != "multiply" and one.rule in beside
        if one.basis == line.basis and one.kind != "allowance" and not is_beside:
            yield one


def _limit(case: Case, quote: Quote, line: Line, limit: Limit) -> Explanation:
    changed = sum(
        (
            one.amount
            for one in quote.lines
            if (one.kind, one.rule, one.start) == ("limit", limit.id, line.start)
        ),
        Decimal(0),
    )
    kinds = ("surcharge" if limit.surcharges else "charge", "limit")
    period = period_of(case, limit, line.start)
    basis = tuple(
        one
        for one in quote.lines[: quote.lines.index(line)]
        if one.kind in kinds and one.rule != limit.id and period in concerned(case, limit, one)
    )
    return Explanation(case, line, limit, basis=basis, sum=stated(limit.amount) - changed)


def _allowance(case: Case, line: Line, allowance: Allowance) -> Explanation:
    """The charge that an allowance covers, and as how many minutes it would have counted."""
    if not line.covers:  # it is not valid on the day
        return Explanation(case, line, allowance)
    charge = next(one for one in case.charges if one.id == line.covers)
    work = case.work_for(charge)
    if charge.rate is None or charge.rate.decided_at != "window":
        counted = sum(run.minutes for run in count_increments(charge, work))
        work = work._replace(minutes=counted)
    return Explanation(case, line, allowance, work=work, free_minutes=line.time)
