"""What has changed, or will change, in a provider's terms: one entry for each edition."""

from collections.abc import Iterator
from itertools import pairwise

from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.policy import Policy


def editions(view: PolicyView) -> str:
    """The editions by date, each with the figures it changes; empty while there is only one."""
    policies = view.provider.policies
    if len(policies) == 1:
        return ""
    first = f"<dt>{_since(view, policies[0])}</dt><dd>{escape(view.words.say('first terms'))}</dd>"
    later = [
        f"<dt>{_since(view, new)}</dt><dd><ul>{''.join(_changes(view, old, new))}</ul></dd>"
        for old, new in pairwise(policies)
    ]
    return '<dl class="tw-facts">\n' + "\n".join([first, *later]) + "\n</dl>"


def _since(view: PolicyView, policy: Policy) -> str:
    date = view.words.date(policy.effective)
    if policy.effective > view.provider.reference:
        return escape(view.words.say("from {date}", date=date))
    return escape(view.words.say("since {date}", date=date))


def _changes(view: PolicyView, old: Policy, new: Policy) -> Iterator[str]:
    """Each figure that differs, by its name in the policy file."""
    before, after = slot_table(old), slot_table(new)
    for path in sorted(before.keys() | after.keys()):
        was = slot_text(before[path], view.words) if path in before else "–"
        becomes = slot_text(after[path], view.words) if path in after else "–"
        if was != becomes:
            figures = f"{escape(was)} → {escape(becomes)}"
            yield f"<li><code>{escape(path)}</code>: {figures}</li>"
