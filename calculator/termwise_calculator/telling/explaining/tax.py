"""How the amount of a line stands to the tax, in words: where lines, or customers, differ in it."""

from collections.abc import Iterator
from decimal import Decimal

from termwise_calculator.pricing.quote import REVERSE
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.telling.explaining.facts import Explanation
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Tax, TaxOfCustomers
from termwise_calculator.terms.tariff import Charge, Limit, TaxBasis


def taxed(view: QuoteView, explained: Explanation) -> Iterator[str]:
    """What decides the tax on a line; nothing where all prices of the policy stand to it alike."""
    tax, basis = view.policy.tax, explained.line.basis
    if tax is None or basis is None:
        return
    customers = _customers(tax, explained)
    if not customers and len(view.quote.bases) == 1:
        return
    for one in customers:
        yield view.words.say("You answered: {answers}.", answers=view.answers_to(one.when))
    yield _said(view, basis, view.words.tax_name(tax.name))


def compared(view: QuoteView, explained: Explanation, limit: Limit) -> Iterator[str]:
    """On which side of the tax a limit compares, where some of its prices are on the other."""
    tax = view.policy.tax
    if tax is None or all(
        one.basis is None or one.basis.prices == limit.prices for one in explained.basis
    ):
        return
    name = view.words.tax_name(tax.name)
    if limit.prices == "included":
        yield view.words.say("Amounts with {name} are compared.", name=name)
    elif limit.prices:
        yield view.words.say("Amounts without {name} are compared.", name=name)


def _customers(tax: Tax, explained: Explanation) -> list[TaxOfCustomers]:
    charge = explained.rule if isinstance(explained.rule, Charge) else None
    return [one for one in tax.customers_for(explained.case.answers) if one.concerns(charge)]


def _said(view: QuoteView, basis: TaxBasis, name: str) -> str:
    if basis.charged == REVERSE:
        return view.words.say(
            "Reverse charge: no {name} is charged on it, and the customer accounts for it.",
            name=name,
        )
    if basis.charged == "no":
        return view.words.say("No {name} is charged on it.", name=name)
    if basis.prices == NOT_STATED:
        return view.words.say("Whether it includes {name} is not stated.", name=name)
    if not isinstance(basis.rate, Decimal):
        if basis.included:
            return view.words.say("{name} is included; its rate is not published.", name=name)
        return view.words.say("{name} is added; its rate is not published.", name=name)
    details = {"name": name, "rate": view.words.percent(basis.rate)}
    if basis.included:
        return view.words.say("{name} at {rate} is included in the price.", **details)
    return view.words.say("{name} at {rate} is added to it.", **details)
