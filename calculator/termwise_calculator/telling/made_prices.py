"""How a price is made from another, in words: how much of which price, and how much that one is."""

from decimal import Decimal
from typing import Protocol

from termwise_calculator.telling.words import Words
from termwise_calculator.terms.money import decimals_of
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import MadeFrom


class Speaker(Protocol):
    """Whoever says the words of the interface, as text or as HTML."""

    def say(self, message: str, /, **values: str) -> str:
        """A message of the interface."""


def made_in_words(
    speaker: Speaker,
    words: Words,
    policy: Policy,
    made: MadeFrom,
    label: str,
    dearest: MadeFrom | None = None,
) -> str:
    """The relation of a price to another one, whose charge or limit is called by a label.

    Where that one may be a range, `dearest` is the relation at its other end.
    """
    price, of = _base(words, policy, made, dearest or made), _named(speaker, words, made, label)
    if made.times is not None:
        factor = words.factor(made.times)
        return speaker.say("{factor} × {price} ({charge})", factor=factor, price=price, charge=of)
    if made.percent is not None:
        percent = words.percent(made.percent)
        return speaker.say(
            "{percent} of {price} ({charge})", percent=percent, price=price, charge=of
        )
    if made.add is not None:
        percent = words.percent(made.add)
        return speaker.say(
            "{price} ({charge}) plus {percent}", price=price, charge=of, percent=percent
        )
    return speaker.say("the same as {price} ({charge})", price=price, charge=of)


def owner_of(policy: Policy, made: MadeFrom) -> str:
    """What has the other price: the text that names a charge or a limit."""
    name = made.of.partition(".")[0]
    return f"charge.{name}" if name in policy.charges else f"limit.{name}"


def _base(words: Words, policy: Policy, made: MadeFrom, dearest: MadeFrom) -> str:
    """The other price, with all its decimals."""
    if not isinstance(made.base, Decimal) or not isinstance(dearest.base, Decimal):
        return words.unpublished()
    digits = max(policy.currency_digits, decimals_of(made.base), decimals_of(dearest.base))
    if made.base != dearest.base:
        return words.money_range(made.base, dearest.base, policy.currency, digits)
    return words.money_or_free(made.base, policy.currency, digits)


def _named(speaker: Speaker, words: Words, made: MadeFrom, label: str) -> str:
    if made.minutes is None:
        return label
    length = words.minutes(made.minutes)
    return speaker.say("{charge}, {length}", charge=label, length=length)
