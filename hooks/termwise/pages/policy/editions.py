"""What has changed, or will change, in a provider's terms: one entry for each edition."""

from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html, joined
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.telling.validity import terms_held


def editions(view: PolicyView) -> Markup:
    """The editions by date, each with the figures it changes; empty while there is only one."""
    every = view.provider.editions
    if len(every) == 1:
        return NOTHING
    told = [_entry(view, every[0], view.say("first terms"))]
    for old, new in pairwise(every):
        changes = html("<ul>{}</ul>", joined(_changes(view, old, new), ""))
        told.append(_entry(view, new, changes))
    return html('<dl class="tw-facts">\n{}\n</dl>', joined(told))


def _entry(view: PolicyView, edition: Edition, changes: Markup) -> Markup:
    return html("<dt>{}</dt><dd>{}</dd>", _since(view, edition), changes)


def _since(view: PolicyView, edition: Edition) -> Markup:
    return escape(terms_held(view.words, edition.policy))


def _changes(view: PolicyView, old: Edition, new: Edition) -> Iterator[Markup]:
    """Each figure that differs, by its name in the policy file."""
    before, after = old.slots, new.slots
    for path in sorted(before.keys() | after.keys()):
        was = slot_text(before[path], view.words) if path in before else "–"
        becomes = slot_text(after[path], view.words) if path in after else "–"
        if was != becomes:
            yield html("<li><code>{}</code>: {} → {}</li>", path, was, becomes)
