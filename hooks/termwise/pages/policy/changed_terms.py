"""What differs between two editions: clauses with the words that differ, then all other figures."""

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from markupsafe import Markup

from termwise.pages.phrases.figure_names import WINDOWS, figure_name
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.telling.slots import WINDOW_PARTS, slot_text, slots_in

MOST_UNFOLDED = 2
"""So many changes are shown at once; more of them open on demand."""

WORD = re.compile(r" *\(+| *[^ ]+?(?=[.,;:)]*(?: |$))|[.,;:)]+")
"""A word with the space before it, or the signs around it; a figure and its unit are one word."""

TAXED = ("gross", "net")


class Sides(NamedTuple):
    """The same page before and after a change of the terms."""

    before: PolicyView
    after: PolicyView


def changed_terms(sides: Sides) -> Markup:
    """All that changes, as a list; folded where it is long."""
    items = [*_changed_clauses(sides), *_figures_without_clause(sides)]
    listed = html('<ul class="tw-changes">\n{}\n</ul>', joined(items)) if items else NOTHING
    if len(items) <= MOST_UNFOLDED:
        return listed
    told = sides.after.words.say_count(
        "Show {count} change", "Show all {count} changes", len(items)
    )
    return html('<details class="tw-how"><summary>{}</summary>\n{}</details>', told, listed)


def _changed_clauses(sides: Sides) -> Iterator[Markup]:
    """Each clause that reads otherwise: its number, and its words with old and new marked."""
    changed = _changed_paths(sides)
    for clause in sides.after.policy.clause_numbers:
        if not changed.isdisjoint(_paths_in(sides.after, clause)):
            link = sides.after.clause_link(clause)
            yield html("<li>{} {}</li>", link, _marked_clause(sides, clause))


def _paths_in(view: PolicyView, clause: str) -> Iterator[str]:
    return (slot.path for slot in slots_in(view.state(clause).text))


def _changed_paths(sides: Sides) -> set[str]:
    """The figures that are written otherwise in the page's language."""
    before, after = sides.before.provider.slots, sides.after.provider.slots
    return {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
        and _written(sides.before, path) != _written(sides.after, path)
    }


def _written(view: PolicyView, path: str) -> str:
    """A figure in the reader's notation; a dash where these terms have none."""
    value = view.provider.slots.get(path)
    return "–" if value is None else slot_text(value, view.words)


# ---- Clauses


def _marked_clause(sides: Sides, clause: str) -> Markup:
    view = sides.after
    old, new = sides.before.plain(clause), view.plain(clause)
    marked = joined(_marked_words(view, WORD.findall(old), WORD.findall(new)), "")
    if view.state(clause).language == view.language:
        return marked
    return html('<span lang="{}">{}</span>', view.governing.html_lang, marked)


def _marked_words(view: PolicyView, old: list[str], new: list[str]) -> Iterator[Markup]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        was, becomes = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            yield html("{}", becomes)
        else:
            space = " " if f"{was}{becomes}".startswith(" ") else ""
            yield html("{}{}", space, old_and_new(view, was.strip(), becomes.strip()))


def old_and_new(view: PolicyView, old: str, new: str) -> Markup:
    """What is replaced by what, for eyes and ears: screen readers pass over the marks."""
    was, becomes = view.say_in("difference", "old:"), view.say_in("difference", "new:")
    marks = {
        old: html('<del><span class="tw-unseen">{} </span>{}</del>', was, old),
        new: html('<ins><span class="tw-unseen">{} </span>{}</ins>', becomes, new),
    }
    both = (mark for text, mark in marks.items() if text)
    return joined(both, ' <span aria-hidden="true">→</span> ')


# ---- Figures that no clause states


def _figures_without_clause(sides: Sides) -> Iterator[Markup]:
    """Each other figure under the name of what it belongs to; none that follows from another."""
    view, changed = sides.after, _changed_paths(sides)
    stated = {path for clause in view.policy.clause_numbers for path in _paths_in(view, clause)}
    for path in [*dict.fromkeys([*view.provider.slots, *sides.before.provider.slots])]:
        if path in changed and not _follows(path, changed) and not _stated(path, changed, stated):
            marked = old_and_new(view, _written(sides.before, path), _written(view, path))
            yield html("<li>{}: {}</li>", _name_of_figure(sides, path), marked)


def _name_of_figure(sides: Sides, path: str) -> Markup:
    return figure_name(sides.after if path in sides.after.provider.slots else sides.before, path)


def _follows(path: str, changed: Collection[str]) -> bool:
    """Tell whether a figure comes from others: with tax or without, in a window."""
    whole, _, last = path.rpartition(".")
    if last in TAXED or (whole.startswith(f"{WINDOWS}.") and last in WINDOW_PARTS):
        return True
    rate = f"{path.partition('.')[0]}.rate.{last}"
    return ".price" in path and (whole in changed or rate in changed)


def _stated(path: str, changed: Collection[str], stated: Collection[str]) -> bool:
    """Tell whether a clause states a figure; of a window, whether all its parts that change."""
    if path in stated or not path.startswith(f"{WINDOWS}."):
        return path in stated
    told = {part for part in WINDOW_PARTS if f"{path}.{part}" in stated}
    if "hours" in told:
        told |= {"start", "end"}
    if {"start", "end"} <= told:
        told |= {"hours"}
    return all(part in told for part in WINDOW_PARTS if f"{path}.{part}" in changed)
