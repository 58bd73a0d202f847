"""Every figure of the tariff is stated by a text: a value that no clause names is a problem."""

import re
from collections.abc import Iterator

from termwise.policy_form.fields import WrittenValue, written_values
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.value_slots import slot_of
from termwise.policy_form.yaml_text.source import Path, Source, value_at
from termwise.problems import Problem, quoted
from termwise_calculator.telling.slots import slots_in

NOTHING = re.compile(r"0(\.0+)?")


def unstated_values(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Values of the tariff that no clause, reading, gap or outside fact names by a slot."""
    stated = {
        slot.path
        for text in governing_texts(written)
        if text.states
        for slot in slots_in(text.text)
    }
    clauses = {clause.id for section in written.sections for clause in section.clauses}
    for value in written_values(source):
        if not _cited(value.path, source) <= clauses:
            continue  # the clause that stated it is gone, which is told
        slot = slot_of(value)
        whole = slot is not None and _has_exceptional_days(written, value)
        if slot is not None and (slot not in stated if whole else not _is_stated(slot, stated)):
            free = NOTHING.fullmatch(value.text) and not {"price", "flat"}.isdisjoint(value.path)
            yield Problem(
                source.place(value.path),
                "No clause states this value",
                quoted(value.text),
                f"the slot {{{slot}}} in a clause",
                f"write {{{slot}}} where a clause speaks of it"
                + (", or “free” in place of the amount" if free else ""),
                lacking=slot,
            )


def _cited(path: Path, source: Source) -> set[str]:
    """The clauses that are cited for a value, right beside it."""
    cited = value_at(source.data, (*path[:-1], "clause"))
    return {cited} if isinstance(cited, str) else {*(cited or ())}


def _is_stated(slot: str, stated: set[str]) -> bool:
    if slot.startswith("windows."):
        return _window_is_stated(slot, stated)
    if ".rate." in slot:
        charge, _, window = slot.partition(".rate.")
        return slot in stated or f"{charge}.price.{window}" in stated
    # A price with tax, or in a window, changes with the price.
    is_price = slot.endswith(".price") or ".prices." in slot
    return slot in stated or (is_price and _begins(slot, stated))


def _begins(slot: str, stated: set[str]) -> bool:
    return any(name.startswith(f"{slot}.") for name in stated)


def _has_exceptional_days(written: PolicyFile, value: WrittenValue) -> bool:
    """Tell windows whose days and hours alone would leave out holidays, dates or seasons."""
    if value.kind != "window":
        return False
    return any(row.exceptions for _, row in written.hours[str(value.path[1])].rows)


def _window_is_stated(slot: str, stated: set[str]) -> bool:
    """A window is stated whole, or by its days and its hours."""
    hours = f"{slot}.hours" in stated or {f"{slot}.start", f"{slot}.end"} <= stated
    return slot in stated or (hours and f"{slot}.days" in stated)
