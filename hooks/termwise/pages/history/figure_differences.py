"""The figures that differ between two editions: what each is, and its old and new value."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, joined
from termwise_calculator.telling.slots import WINDOW_PARTS, slot_text, slots_in

OWNERS = (
    *("charge.{}", "surcharge.{}", "discount.{}", "limit.{}", "allowance.{}", "response.{}"),
    *("question.{}.label", "condition.{}"),
)
"""The texts by which things with figures are called."""

WINDOWS, TAX = "windows", "tax"
TAXED = ("gross", "net")


class FigureDifference(NamedTuple):
    """A figure by what the terms call it, with the clauses that state it; empty where it is not."""

    label: Markup
    clauses: tuple[str, ...]
    old: str
    new: str


def figure_differences(before: PolicyView, after: PolicyView) -> Iterator[FigureDifference]:
    """Each figure that is written otherwise; of those that follow from another, only the other."""
    old, new = _figures(before), _figures(after)
    changed = [path for path in {**new, **old} if old.get(path) != new.get(path)]
    for path in changed:
        if not _follows(path, changed):
            view = after if path in new else before
            yield FigureDifference(
                _label(view, path), _clauses(view, path), old.get(path, ""), new.get(path, "")
            )


def _figures(view: PolicyView) -> Mapping[str, str]:
    """Every figure of an edition, in the reader's notation."""
    return {path: slot_text(value, view.words) for path, value in view.provider.slots.items()}


def _follows(path: str, changed: list[str]) -> bool:
    """Tell whether a figure comes from others: with tax or without, in a window."""
    whole, _, last = path.rpartition(".")
    if last in TAXED or (whole.startswith(WINDOWS) and last in WINDOW_PARTS):
        return True
    rate = f"{path.partition('.')[0]}.rate.{last}"
    return ".price" in path and (whole in changed or rate in changed)


def _label(view: PolicyView, path: str) -> Markup:
    """What a figure is: whose it is, and for which answers and hours."""
    owner, _, rest = path.partition(".")
    if owner == WINDOWS:
        return view.say("Hours")
    if owner == TAX and view.policy.tax:
        return escape(view.words.tax_name(view.policy.tax.name))
    named = (name.format(owner) for name in OWNERS)
    label = next((view.inline(name) for name in named if view.has(name)), NOTHING)
    parts = [label, _answers(view, path), _hours(view, owner, rest)]
    return joined((part for part in parts if part), ", ")


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
        return escape(slot_text(view.provider.slots[f"{WINDOWS}.{last}"], view.words))
    response = view.policy.responses.get(owner)
    if response and last in response.whens:
        return said_answers(view, response.whens[last], ", ")
    return NOTHING


def _clauses(view: PolicyView, path: str) -> tuple[str, ...]:
    """The clauses whose words state a figure; where none does, those its rule rests on."""
    stating = tuple(
        clause
        for clause in view.policy.clause_numbers
        if any(_states(slot.path, path) for slot in slots_in(view.governing.text(clause).text))
    )
    return stating or _clauses_of_rule(view, path)


def _states(slot: str, path: str) -> bool:
    return slot == path or (path.startswith(f"{WINDOWS}.") and slot.startswith(f"{path}."))


def _clauses_of_rule(view: PolicyView, path: str) -> tuple[str, ...]:
    policy, owner = view.policy, path.partition(".")[0]
    if owner == TAX and policy.tax:
        return policy.tax.clauses
    rules = (
        *(policy.charges, policy.surcharges, policy.discounts, policy.limits),
        *(policy.allowances, policy.conditions, policy.responses),
    )
    found = (group[owner].clauses for group in rules if owner in group)
    return next(found, ())
