"""What figures are called where no clause states them: whose they are, and when they hold."""

from collections.abc import Iterator

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.figures import slot_html
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, joined
from termwise_calculator.terms.policy import Policy

OWNERS = (
    *("charge.{}", "surcharge.{}", "discount.{}", "limit.{}", "allowance.{}", "response.{}"),
    *("question.{}.label", "condition.{}"),
)
"""The texts by which things with figures are called."""

WINDOWS, TAX = "windows", "tax"


def figure_name(view: PolicyView, path: str) -> Markup:
    """What a figure is: whose it is, and for which answers and hours."""
    owner, _, rest = path.partition(".")
    if owner == WINDOWS:
        return _hours_named(view, rest.partition(".")[0])
    if owner == TAX and view.policy.tax:
        return escape(view.words.tax_name(view.policy.tax.name))
    parts = [_owner_named(view, owner), _answers(view, path), _hours(view, owner, rest)]
    return joined((part for part in parts if part), ", ")


def _owner_named(view: PolicyView, owner: str) -> Markup:
    named = (name.format(owner) for name in OWNERS)
    return next((view.inline(name) for name in named if view.has(name)), NOTHING)


def _hours_named(view: PolicyView, window: str) -> Markup:
    """The hours of all that depends on a window."""
    labels = [_owner_named(view, owner) for owner in _owners_of_window(view.policy, window)]
    if not labels:
        return view.say("Hours")
    return view.say("{charges}, hours", charges=view.list_of(labels))


def _owners_of_window(policy: Policy, window: str) -> Iterator[str]:
    for charge in policy.charges.values():
        rates = charge.rate.windows if charge.rate else ()
        touched = charge.applies is not None and charge.applies.window == window
        if touched or any(rate.window == window for rate in rates):
            yield charge.id
    for rules in (policy.surcharges, policy.discounts, policy.limits):
        yield from (rule.id for rule in rules.values() if rule.window == window)
    for allowance in policy.allowances.values():
        if any(burn.window == window for burn in allowance.burns):
            yield allowance.id
    for response in policy.responses.values():
        if window in response.windows:
            yield response.id


def _answers(view: PolicyView, path: str) -> Markup:
    """The answers that a price is for, where it stands in a table."""
    charge = view.policy.charges.get(path.partition(".")[0])
    for priced in charge.priced if charge and charge.table else ():
        if f"{path}.".startswith(f"{priced.price_path}."):
            return said_answers(view, priced.when, ", ")
    return NOTHING


def _hours(view: PolicyView, owner: str, rest: str) -> Markup:
    """The window that a rate or a price is for; a response target by its answer."""
    last = rest.rpartition(".")[2]
    owners = (*view.policy.charges, *view.policy.allowances)
    if last in view.policy.windows and owner in owners:
        return slot_html(view, f"{WINDOWS}.{last}")
    response = view.policy.responses.get(owner)
    named = rest.partition(".")[0]
    if response and named in response.whens:
        return said_answers(view, response.whens[named], ", ")
    return NOTHING
