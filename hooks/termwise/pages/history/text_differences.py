"""The texts that differ between two editions, as the readers of one language see them."""

from collections.abc import Iterator
from typing import NamedTuple

from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.slots import fill
from termwise_calculator.telling.words import Text, Words

TRANSLATED = "translated"


class TextDifference(NamedTuple):
    """A text before and after with its figures, empty where there is none.

    `language` is the tag of the language it is in.
    """

    text_id: str
    old: str
    new: str
    language: str


class _Sides(NamedTuple):
    before: PolicyView
    after: PolicyView


def text_differences(before: PolicyView, after: PolicyView) -> Iterator[TextDifference]:
    """Clauses in their order, then all other texts, those that are gone at the end.

    A clause differs when it reads otherwise, its figures included. Other texts only repeat figures:
    they differ when their own words do.
    """
    sides = _Sides(before, after)
    clauses = [*_clauses(after), *(one for one in _clauses(before) if one not in _clauses(after))]
    others = [one for one in _text_ids(sides) if one not in clauses]
    for text_id in (*clauses, *others):
        difference = _difference(sides, text_id, filled=text_id in clauses)
        if difference:
            yield difference


def _clauses(view: PolicyView) -> list[str]:
    return list(view.policy.clause_numbers)


def _text_ids(sides: _Sides) -> list[str]:
    ids = [*sides.after.words.text_ids(), *sides.before.words.text_ids()]
    return list(dict.fromkeys(ids))


def _difference(sides: _Sides, text_id: str, *, filled: bool) -> TextDifference | None:
    """The difference in the language of the page where it shows there, else in the governing one.

    A translation that is new or out of date says nothing of what changed.
    """
    before, after = sides
    if not before.has(text_id) or not after.has(text_id):
        return _only_one(sides, text_id)
    old, new = before.state(text_id), after.state(text_id)
    if old.state == new.state == TRANSLATED:
        translated = _compared(sides, text_id, (old, new), (before.words, after.words), filled)
        if translated:
            return translated
    texts = before.governing.text(text_id), after.governing.text(text_id)
    return _compared(sides, text_id, texts, (before.governing, after.governing), filled)


def _only_one(sides: _Sides, text_id: str) -> TextDifference:
    before, after = sides
    view = after if after.has(text_id) else before
    shown = view.plain(text_id)
    words = view.words if view.state(text_id).language == view.language else view.governing
    old, new = (shown, "") if view is before else ("", shown)
    return TextDifference(text_id, old, new, words.html_lang)


def _compared(
    sides: _Sides, text_id: str, texts: tuple[Text, Text], words: tuple[Words, Words], filled: bool
) -> TextDifference | None:
    """The texts with their figures, if they differ: with the figures, or as they are written."""
    tables = sides.before.provider.slots, sides.after.provider.slots
    old, new = (
        fill(text.text, table, spoken)
        for text, table, spoken in zip(texts, tables, words, strict=True)
    )
    same = old == new if filled else texts[0].text == texts[1].text
    return None if same else TextDifference(text_id, old, new, words[1].html_lang)
