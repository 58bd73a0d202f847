"""The tax of a quote in words: what the total is made of, and how each line stands to the tax."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from termwise_calculator.pricing.quote import REVERSE, Line, Quote, TaxShare
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Tax
from termwise_calculator.terms.resting import CURRENCY, TAX_RATE
from termwise_calculator.terms.tariff import TaxBasis, stated

Amount = Callable[[Quote], Decimal | None]
"""An amount of a quote, which is another one at the other end of ranges."""
Told = Callable[[Amount], str]
"""An amount in words, at both ends of the quote."""


def made_of(quote: Quote, words: Words, told_of: Told) -> Iterator[str]:
    """What the total is made of: net and tax, or that the provider does not say.

    The quote is that of the dearest end, at which the least is nothing.
    """
    tax, total = quote.policy.tax, quote.total
    if tax is None:
        yield words.say("The provider does not say whether tax is included.")
        return
    name, told = words.tax_name(tax.name), _worth_telling(quote)
    if total is None:
        yield _unknown(told, words, name)
    elif any(one.charged == "yes" for one in told):
        yield _net_and_tax(quote, told, words, name, told_of)
    elif total.gross != quote.subtotal:
        amount = told_of(lambda one: one.subtotal - (one.gross or Decimal(0)))
        yield words.say(
            "Without {amount} of {name}, which the prices include.", amount=amount, name=name
        )
    yield from _not_charged(told, words, name)


def tax_in_totals(quote: Quote, words: Words) -> str:
    """How totals of such quotes stand to the tax; the quote is that of the dearest end."""
    tax = quote.policy.tax
    if tax is None:
        return words.say("The provider does not say whether tax is included.")
    name = words.tax_name(tax.name)
    if quote.total is None:
        return _unknown(_worth_telling(quote), words, name)
    if any(one.charged == "yes" for one in quote.bases):
        return words.say("Amounts include {name}.", name=name)
    return words.say("Amounts without {name}.", name=name)


def _worth_telling(quote: Quote) -> list[TaxBasis]:
    """How what costs anything stands to the tax, each way once."""
    told = [one.basis for one in quote.shares if one.basis is not None and one.amount]
    return told or quote.bases


def _unknown(told: list[TaxBasis], words: Words, name: str) -> str:
    """Why net and tax are not known."""
    silent = [one.prices == NOT_STATED for one in told]
    if all(silent):
        return words.say("The provider does not say whether tax is included.")
    if any(silent):
        return words.say(
            "The provider does not say of every price whether it includes {name}.", name=name
        )
    if len(told) > 1:
        return words.say("The rate of {name} is not published.", name=name)
    if told[0].included:
        return words.say("{name} is included; its rate is not published.", name=name)
    return words.say("{name} is added; its rate is not published.", name=name)


def _net_and_tax(
    quote: Quote,
    told: list[TaxBasis],
    words: Words,
    name: str,
    told_of: Told,
) -> str:
    net, tax = told_of(lambda one: one.net), told_of(_tax_of)
    details = {"net": net, "tax": tax, "name": name}
    if len({one.prices for one in told}) > 1:
        return words.say("{net} net + {tax} {name}, which some of the prices include", **details)
    if len(quote.shares) > 1:
        return words.say("{net} net + {tax} {name} at several rates", **details)
    details["rate"] = words.percent(stated(told[0].rate))
    if told[0].included:
        return words.say("{name} at {rate} included: {tax}", **details)
    return words.say("{net} net + {tax} {name} at {rate}", **details)


def _tax_of(quote: Quote) -> Decimal | None:
    return quote.total and quote.total.tax


def _not_charged(told: list[TaxBasis], words: Words, name: str) -> Iterator[str]:
    """That no tax is charged, on all of it or on some, and who accounts for it."""
    ways = {one.charged for one in told}
    if ways == {"no"}:
        yield words.say("The provider charges no {name}.", name=name)
    elif "no" in ways:
        yield words.say("On part of it the provider charges no {name}.", name=name)
    if ways == {REVERSE}:
        yield words.say(
            "Reverse charge: the provider charges no {name}, and the customer accounts for it.",
            name=name,
        )
    elif REVERSE in ways:
        yield words.say(
            "Reverse charge on part of it: there the customer accounts for {name}.", name=name
        )


Sum = tuple[str, Decimal, str]
"""The label of an amount, the amount, and the value of the policy that it rests on."""


def sums(quote: Quote, words: Words) -> Iterator[Sum]:
    """Subtotal or net, tax and gross."""
    tax, total = quote.policy.tax, quote.total
    if tax is None or all(one.charged == "no" and not one.included for one in quote.bases):
        yield words.say("Total"), quote.subtotal, CURRENCY
        return
    if total is None:
        yield from _known_sums(quote, words, tax)
        return
    yield words.say("Net"), total.net, CURRENCY
    taxes = [
        (_tax_label(quote, words, tax, one), one.tax or Decimal(0), _rate_of(tax, one))
        for one in quote.shares
    ]
    yield from dict.fromkeys(taxes)  # that none is charged is said once
    charged = any(one.charged == "yes" for one in quote.bases)
    # An amount with tax that was added rests on the rate, as the tax itself does.
    added = next((rate for _, _, rate in taxes if rate and not tax.basis.included), "")
    yield words.say("Gross") if charged else words.say("Total"), total.gross, added


def _rate_of(tax: Tax, share: TaxShare) -> str:
    """The value that a share's rate is, where it is that of all prices."""
    return TAX_RATE if share.tax and share.rate == tax.basis.rate else ""


def _known_sums(quote: Quote, words: Words, tax: Tax) -> Iterator[Sum]:
    """Net or gross where one of them is known, else what is without tax, and what is with it."""
    if quote.net is not None:
        yield words.say("Net"), quote.net, CURRENCY
    elif quote.gross is not None:
        yield words.say("Gross"), quote.gross, CURRENCY
    elif len(quote.shares) == 1:
        yield words.say("Total"), quote.subtotal, CURRENCY
    else:
        for share in quote.shares:
            if share.basis is not None and share.amount:
                told = _capital(_prices_in_words(share.basis, words, tax.name))
                yield told, share.amount, CURRENCY


def _tax_label(quote: Quote, words: Words, tax: Tax, share: TaxShare) -> str:
    name = _capital(words.tax_name(tax.name))
    if share.basis is None:
        return words.say("{name} up to the limit", name=name)
    if share.basis.charged == REVERSE:
        return words.say("{name}, reverse charge", name=name)
    rate = words.percent(share.rate) if isinstance(share.rate, Decimal) else ""
    details = {"name": name, "rate": rate}
    if len({one.prices for one in quote.bases}) == 1:
        return words.say("{name} {rate}", **details)
    if share.basis.included:
        return words.say("{name} {rate}, included", **details)
    return words.say("{name} {rate}, added", **details)


def _capital(name: str) -> str:
    """A name at the beginning of a row."""
    return name[:1].upper() + name[1:]


def tax_of_line(quote: Quote, line: Line, words: Words) -> str:
    """How a line stands to the tax, where lines of the quote do so in different ways."""
    tax = quote.policy.tax
    if tax is None or line.basis is None or len({one.prices for one in quote.bases}) == 1:
        return ""
    return _prices_in_words(line.basis, words, tax.name)


def _prices_in_words(basis: TaxBasis, words: Words, tax: str) -> str:
    name = words.tax_name(tax)
    if basis.included:
        return words.say("with {name}", name=name)
    if basis.prices == NOT_STATED:
        return words.say("with or without {name}, which is not stated", name=name)
    return words.say("without {name}", name=name)
