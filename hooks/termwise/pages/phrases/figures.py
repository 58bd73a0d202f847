"""Figures of a policy as HTML: as their slots write them, or that they are not published."""

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html
from termwise_calculator.telling.made_prices import made_in_words, owner_of
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.tariff import Figure, Unpublished


def slot_html(view: PolicyView, path: str, suffixes: tuple[str, ...] = ()) -> Markup:
    """A figure as its slot writes it; the suffixes say how a length of time is written."""
    return escape(slot_text(view.provider.slots[path], view.words, suffixes))


def slot_length(view: PolicyView, path: str, suffixes: tuple[str, ...] = ()) -> str:
    """A length of time as its slot writes it, for messages that may ask for it in a case."""
    return slot_text(view.provider.slots[path], view.words, suffixes)


def detail(unit: str) -> Markup:
    """What stands below a figure in small letters; nothing for nothing."""
    return html('<span class="tw-lines__detail">{}</span>', unit) if unit else NOTHING


def open_figure(
    view: PolicyView, unpublished: Unpublished, words: str = "", details: Markup = NOTHING
) -> Markup:
    """That a figure is not published, the details of it, and what the policy says of that."""
    told = html('<span class="tw-open">{}</span>', words or view.words.unpublished())
    return told + details + detail(view.inline(f"gap.{unpublished.gap}"))


def price_html(view: PolicyView, price: Figure, path: str, details: Markup = NOTHING) -> Markup:
    """A price as its slot writes it, or that it is not published, with how it is made and details.

    What is free is so whatever it is counted by, and has none.
    """
    if price == 0:
        return escape(view.words.free())
    below = detail(relation_html(view, path)) + details
    if isinstance(price, Unpublished):
        return open_figure(view, price, details=below)
    return slot_html(view, path) + below


def relation_html(view: PolicyView, path: str) -> Markup:
    """How a price is made from another one; nothing where it is not."""
    made = view.policy.made_prices.get(path)
    if made is None:
        return NOTHING
    label = view.inline(owner_of(view.policy, made))
    dearest = view.policy.dearest
    most = dearest.made_prices[path] if dearest else made
    return escape(made_in_words(view, view.words, view.policy, made, label, most))
