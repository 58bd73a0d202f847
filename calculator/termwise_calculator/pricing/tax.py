"""Tax: net, tax and gross of a quote, by how prices stand to it, each rounded once."""

from collections.abc import Sequence
from decimal import Decimal

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.quote import Line, TaxedTotal, TaxShare, whole_of
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import Limit, TaxBasis, Unpublished

ZERO = Decimal(0)
HUNDRED = Decimal(100)
NOT_STATED = "not stated"


def tax_shares(case: Case, lines: Sequence[Line], limited: Sequence[Line]) -> tuple[TaxShare, ...]:
    """What the lines come to without and with tax; nothing where nothing is said of any tax.

    Of all the lines that stand to it alike the tax is rounded once, as on an invoice. Limits hold
    for the `limited` lines, without shares of the whole.
    """
    shares, held = _shares(case, lines), _shares(case, limited)
    if not _pays_usual_tax(case, shares):
        return shares
    changes = _changes_by_limits(case.limits, held)
    if len(lines) > len(limited):
        changes = _in_proportion(case.policy, changes, whole_of(held), whole_of(shares))
    return (*shares, *changes)


def _shares(case: Case, lines: Sequence[Line]) -> tuple[TaxShare, ...]:
    sums: dict[TaxBasis, Decimal] = {}
    for line in lines:
        if line.basis is not None:
            sums[line.basis] = sums.get(line.basis, ZERO) + line.amount
    if not sums and case.rules.basis is not None:
        sums = {case.rules.basis: ZERO}
    return tuple(share_of(case.policy, basis, amount) for basis, amount in sums.items())


def _pays_usual_tax(case: Case, shares: Sequence[TaxShare]) -> bool:
    """Tell whether the customer pays the tax with which limits are published, on everything."""
    tax, own = case.policy.tax, case.rules.basis
    if tax is None or own is None or own.rate != tax.basis.rate:
        return False
    return all(share.basis is None or share.basis.charged == tax.basis.charged for share in shares)


def share_of(policy: Policy, basis: TaxBasis, amount: Decimal) -> TaxShare:
    """What an amount is without and with tax, as far as both are known."""
    if not amount:
        return TaxShare(basis, amount, ZERO, ZERO)
    if basis.prices == NOT_STATED:
        return TaxShare(basis, amount, None, None)
    known = None if isinstance(basis.rate, Unpublished) else basis.rate
    if basis.included:
        net = None if known is None else policy.rounded(amount * HUNDRED / (HUNDRED + known))
        tax = None if net is None else amount - net
    else:
        net = amount
        tax = None if known is None else policy.rounded(amount * known / HUNDRED)
    return TaxShare(basis, amount, net, tax if basis.charged == "yes" else ZERO)


def in_prices(policy: Policy, basis: TaxBasis, amount: Decimal, prices: str) -> Decimal:
    """An amount as it is without tax, or with the tax that its prices hold or are without."""
    if basis.prices == prices:
        return amount
    share = share_of(policy, basis._replace(charged="yes"), amount)
    found = share.gross if prices == "included" else share.net
    if found is None:
        raise TypeError(f"needs a rate and prices that are published, not {basis}")
    return found


def _changes_by_limits(limits: Sequence[Limit], shares: Sequence[TaxShare]) -> list[TaxShare]:
    """What limits that are published with tax too take off the tax of some shares, or add to it."""
    changes: list[TaxShare] = []
    for limit in limits:
        total, bound = whole_of([*shares, *changes]), limit.tax_included
        if bound is None or total is None:
            continue
        if total.gross > bound if limit.most else total.gross < bound:
            changes.append(TaxShare(None, ZERO, ZERO, bound - total.gross))
    return changes


def _in_proportion(
    policy: Policy,
    changes: Sequence[TaxShare],
    before: TaxedTotal | None,
    after: TaxedTotal | None,
) -> list[TaxShare]:
    """Changes of the tax on a whole, for what shares of the whole have made of it."""
    if before is None or after is None or not before.net:
        return [*changes]
    taxes = [policy.rounded(one.tax * after.net / before.net) for one in changes if one.tax]
    return [TaxShare(None, ZERO, ZERO, tax) for tax in taxes if tax]
