"""Links to what the words of a page mean, where they are used first."""

from collections.abc import Iterator

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.terms.policy import Policy

Word = str
"""A word by its anchor on the page `docs/glossary.md`."""


def explained(view: PolicyView, word: Word, shown: str) -> Markup:
    """A word, or what stands for it, with the way to what it means."""
    return html('<a href="{}../../glossary/#{}">{}</a>', view.home, word, shown)


def words_of_prices(view: PolicyView) -> Markup:
    """The words of the trade that the prices of a page need; nothing where they need none."""
    names = _names(view)
    links = [explained(view, word, names[word]) for word in _used(view.policy)]
    if not links:
        return NOTHING
    told = view.say("What these words mean: {words}.", words=joined(links, ", "))
    return html('<p class="tw-help">{}</p>', told)


def _names(view: PolicyView) -> dict[Word, str]:
    say_in = view.words.say_in
    return {
        "started-increment": say_in("glossary", "started increment"),
        "allowance": say_in("glossary", "allowance"),
        "surcharge": say_in("glossary", "surcharge"),
        "waiver": say_in("glossary", "waiver"),
        "limit": say_in("glossary", "limit"),
        "net": say_in("glossary", "net"),
        "gross": say_in("glossary", "gross"),
    }


def _used(policy: Policy) -> Iterator[Word]:
    """What the rules of a policy make use of."""
    charges = policy.charges.values()
    if any(one.increment_minutes or one.step_units for one in charges):
        yield "started-increment"
    if policy.allowances:
        yield "allowance"
    if policy.surcharges:
        yield "surcharge"
    if any(one.is_everything for one in policy.discounts.values()):
        yield "waiver"
    if policy.limits:
        yield "limit"
    if policy.tax and policy.tax.liable:
        yield from ("net", "gross")
