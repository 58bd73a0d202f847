"""What has changed, or will change, in a provider's terms: one entry for each edition."""

from collections.abc import Iterator
from itertools import pairwise

from termwise.compiling.edition import Edition
from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slots import slot_text


def editions(view: PolicyView) -> str:
    """The editions by date, each with the figures it changes; empty while there is only one."""
    every = view.provider.editions
    if len(every) == 1:
        return ""
    first = f"<dt>{_since(view, every[0])}</dt><dd>{escape(view.words.say('first terms'))}</dd>"
    later = [
        f"<dt>{_since(view, new)}</dt><dd><ul>{''.join(_changes(view, old, new))}</ul></dd>"
        for old, new in pairwise(every)
    ]
    return '<dl class="tw-facts">\n' + "\n".join([first, *later]) + "\n</dl>"


def _since(view: PolicyView, edition: Edition) -> str:
    date = view.words.date(edition.effective)
    if edition.effective > view.provider.reference:
        return escape(view.words.say("from {date}", date=date))
    return escape(view.words.say("since {date}", date=date))


def _changes(view: PolicyView, old: Edition, new: Edition) -> Iterator[str]:
    """Each figure that differs, by its name in the policy file."""
    before, after = old.slots, new.slots
    for path in sorted(before.keys() | after.keys()):
        was = slot_text(before[path], view.words) if path in before else "–"
        becomes = slot_text(after[path], view.words) if path in after else "–"
        if was != becomes:
            figures = f"{escape(was)} → {escape(becomes)}"
            yield f"<li><code>{escape(path)}</code>: {figures}</li>"
