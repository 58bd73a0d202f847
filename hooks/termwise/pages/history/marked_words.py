"""Two versions of a text as one, with the words that differ marked."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup

from termwise.pages.safe_text import NOTHING, escape, html, joined
from termwise_calculator.telling.words import Words

WORD = re.compile(r"\s*\S+\s*?(?=\s|$)")
"""A word with the space before it, so that the parts put together are the text."""


def marked_words(old: str, new: str, words: Words) -> Markup:
    """The words of both texts in order: what only one has is `<del>` or `<ins>`.

    Each mark says in words what it is, since screen readers pass over the elements.
    """
    return joined(_parts(WORD.findall(old.strip()), WORD.findall(new.strip()), words), "")


def removed(text: str, words: Words) -> Markup:
    """Words that are no longer there; nothing for none."""
    label = words.say_in("difference", "removed:")
    return _marked(html("<del>{}{}</del>", _unseen(label), text.strip())) if text else NOTHING


def added(text: str, words: Words) -> Markup:
    """Words that were not there before; nothing for none."""
    label = words.say_in("difference", "added:")
    return _marked(html("<ins>{}{}</ins>", _unseen(label), text.strip())) if text else NOTHING


def _parts(old: list[str], new: list[str], words: Words) -> Iterator[Markup]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield escape("".join(new[new_from:new_to]))
        else:
            yield removed("".join(old[old_from:old_to]), words)
            yield added("".join(new[new_from:new_to]), words)


def _marked(mark: Markup) -> Markup:
    return html(" {}", mark)


def _unseen(label: str) -> Markup:
    return html('<span class="tw-unseen">{} </span>', label)
