"""Tax: net, tax and gross of a quote, at one rate or several, each rounded once."""

from collections.abc import Sequence
from decimal import Decimal

from termwise_calculator.pricing.quote import Line, TaxedTotal, TaxShare
from termwise_calculator.terms.money import round_to_currency
from termwise_calculator.terms.policy import Policy, Tax
from termwise_calculator.terms.tariff import Figure, Limit, Unpublished

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def taxed_total(
    policy: Policy, lines: Sequence[Line], limits: Sequence[Limit] = ()
) -> TaxedTotal | None:
    """Net, tax and gross; None where the provider does not say if tax is included, or its rate.

    The tax at each rate is rounded once, as on an invoice, over all the lines at that rate.
    """
    if policy.tax is None or unpublished_rate(policy, lines):
        return None
    sums = _by_rate(policy.tax, lines)
    shares = [
        _share(policy.tax, rate, amount, policy)
        for rate, amount in sums.items()
        if isinstance(rate, Decimal)
    ]
    return _total(_held_to(limits, shares))


def unpublished_rate(policy: Policy, lines: Sequence[Line]) -> Unpublished | None:
    """The gap in place of the rate, where anything is taxed at it."""
    tax = policy.tax
    if tax is None or not isinstance(tax.rate, Unpublished):
        return None
    return tax.rate if _by_rate(tax, lines).get(tax.rate) else None


def _by_rate(tax: Tax, lines: Sequence[Line]) -> dict[Figure, Decimal]:
    sums: dict[Figure, Decimal] = {tax.rate: ZERO} if not lines else {}
    for line in lines:
        rate = tax.rate if line.tax_rate is None else line.tax_rate
        sums[rate] = sums.get(rate, ZERO) + line.amount
    return sums


def _share(tax: Tax, rate: Decimal, amount: Decimal, policy: Policy) -> TaxShare:
    if tax.included:
        net = round_to_currency(amount * HUNDRED / (HUNDRED + rate), policy.currency_digits)
        return TaxShare(rate, net, amount - net)
    return TaxShare(
        rate, amount, round_to_currency(amount * rate / HUNDRED, policy.currency_digits)
    )


def _held_to(limits: Sequence[Limit], shares: list[TaxShare]) -> list[TaxShare]:
    """The shares, and what a limit that is published with tax too takes off or adds to the tax."""
    for limit in limits:
        gross, bound = _total(shares).gross, limit.tax_included
        if bound is not None and (gross > bound if limit.most else gross < bound):
            shares = [*shares, TaxShare(None, ZERO, bound - gross)]
    return shares


def _total(shares: Sequence[TaxShare]) -> TaxedTotal:
    net = sum([share.net for share in shares], ZERO)
    tax = sum([share.tax for share in shares], ZERO)
    return TaxedTotal(net, tax, net + tax, tuple(shares))
