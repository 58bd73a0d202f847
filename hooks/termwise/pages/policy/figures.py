"""Figures of a policy as HTML: as their slots write them, or that they are not published."""

from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.tariff import Figure, Unpublished


def slot_html(view: PolicyView, path: str) -> str:
    """A figure as its slot writes it."""
    return escape(slot_text(view.provider.slots[path], view.words))


def detail(unit: str) -> str:
    """What stands below a figure in small letters, as HTML; nothing for nothing."""
    return f'<span class="tw-lines__detail">{unit}</span>' if unit else ""


def open_figure(view: PolicyView, unpublished: Unpublished, words: str = "") -> str:
    """That a figure is not published, and what the policy says of it, as HTML."""
    told = escape(words or view.words.unpublished())
    return f'<span class="tw-open">{told}</span>{detail(view.inline(f"gap.{unpublished.gap}"))}'


def figure_html(view: PolicyView, figure: Figure, path: str) -> str:
    """A figure as its slot writes it, or that it is not published."""
    return open_figure(view, figure) if isinstance(figure, Unpublished) else slot_html(view, path)


def price_html(view: PolicyView, price: Figure, path: str) -> str:
    """A price as its slot writes it, or that it is free, or not published."""
    return escape(view.words.free()) if price == 0 else figure_html(view, price, path)
