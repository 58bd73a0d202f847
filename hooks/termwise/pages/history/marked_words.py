"""Two versions of a text as one, with the words that differ marked: as quotes do it, as HTML."""

from markupsafe import Markup

from termwise.pages.safe_text import from_the_calculator
from termwise_calculator.telling import marked_words as calculator
from termwise_calculator.telling.words import Words


def marked_words(old: str, new: str, words: Words) -> Markup:
    """The words of both texts in order: what only one has is `<del>` or `<ins>`."""
    return from_the_calculator(calculator.marked_words(old, new, words))


def removed(text: str, words: Words) -> Markup:
    """Words that are no longer there; nothing for none."""
    return from_the_calculator(calculator.removed(text, words))


def added(text: str, words: Words) -> Markup:
    """Words that were not there before; nothing for none."""
    return from_the_calculator(calculator.added(text, words))
