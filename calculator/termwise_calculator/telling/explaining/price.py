"""How the price of a line is made from another one, in words."""

from collections.abc import Iterator

from termwise_calculator.telling.explaining.facts import Explanation
from termwise_calculator.telling.made_prices import made_in_words, owner_of
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.tariff import Charge, Limit


def made(view: QuoteView, explained: Explanation) -> Iterator[str]:
    """The relation of the price of a line to another price, where it has one."""
    policy = explained.case.policy
    relation = policy.made_prices.get(_price_path(explained))
    if relation is None:
        return
    label = view.text(owner_of(policy, relation))
    told = made_in_words(view.words, view.words, policy, relation, label)
    if isinstance(explained.rule, Limit):
        yield view.words.say("That amount is worked out from a price: {price}.", price=told)
    else:
        yield view.words.say("Its price is worked out from another: {price}.", price=told)


def _price_path(explained: Explanation) -> str:
    """The name that the price of a line has among the figures of the policy."""
    rule, line, rate = explained.rule, explained.line, explained.rate
    if isinstance(rule, Limit):
        return f"{rule.id}.{'maximum' if rule.most else 'minimum'}"
    if not isinstance(rule, Charge):
        return ""
    if line.tier is not None:
        return f"{rule.id}.tiers.{line.tier + 1}.price"
    if line.blocks:
        place = line.blocks[0] + (0 if rule.first else 1)
        return f"{rule.id}.then.{place}.price" if place else f"{rule.id}.first.price"
    if rate is not None and rate.price is not None:
        return rule.path_under(rate)
    return rule.price_path
