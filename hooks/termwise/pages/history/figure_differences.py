"""The figures that differ between two editions: what each is, and its old and new value."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from termwise.pages.phrases.figure_names import figure_name
from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.slots import WINDOW_PARTS, slot_text, slots_in

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
                figure_name(view, path), _clauses(view, path), old.get(path, ""), new.get(path, "")
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
