"""Every figure of the tariff is stated by a text: a value that no clause names is a problem."""

import re
from collections.abc import Iterator

from termwise.policy_form.fields import WrittenValue, written_values
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Path, Source
from termwise.policy_form.texts import governing_texts
from termwise.policy_form.values import TARIFF_KINDS
from termwise.problems import Problem, quoted
from termwise_calculator.telling.slots import slots_in

# Which slot states the value at a path: {0} and {1} are the ids in the path, in order.
STATED_BY: tuple[tuple[str, str], ...] = (
    (r"tax/rate", r"tax.rate"),
    (r"charges/([^/]+)/price", r"\1.price"),
    (r"charges/([^/]+)/prices/([^/]+)/price", r"\1.prices.\2"),
    (r"charges/([^/]+)/per", r"\1.per"),
    (r"charges/([^/]+)/tax", r"\1.tax"),
    (r"charges/([^/]+)/rate/(?:windows/)?([^/]+)/price", r"\1.price.\2"),
    (r"charges/([^/]+)/rate/(?:windows/)?([^/]+)/increment", r"\1.increment.\2"),
    (r"limits/([^/]+)/(maximum|minimum|tax_included)", r"\1.\2"),
    (r"limits/([^/]+)/per", r"\1.per"),
    (r"charges/([^/]+)/least", r"\1.least"),
    (r"charges/([^/]+)/(?:rate/windows|rate|prices)/([^/]+)/least", r"\1.least.\2"),
    (r"charges/([^/]+)/tolerance/length", r"\1.tolerance"),
    (r"charges/([^/]+)/first/(length|price)", r"\1.first.\2"),
    (r"charges/([^/]+)/stops/after", r"\1.stops.after"),
    (r"charges/([^/]+)/rate/(?:windows/)?([^/]+)/(?:times|add)", r"\1.rate.\2"),
    (r"(?:discounts|surcharges)/([^/]+)/percent", r"\1.percent"),
    (r"discounts/([^/]+)/at_most", r"\1.at_most"),
    (r"allowances/([^/]+)/valid", r"\1.valid"),
    (r"allowances/([^/]+)/burns/([^/]+)/times", r"\1.burns.\2"),
    (r"allowances/([^/]+)/carried/most", r"\1.carried"),
    (r"allowances/([^/]+)/minutes", r"\1.minutes"),
    (r"charges/([^/]+)/increment", r"\1.increment"),
    (r"conditions/([^/]+)/after", r"\1.after"),
    (r"responses/([^/]+)/targets/([^/]+)/within", r"\1.\2"),
    (r"responses/([^/]+)/targets/([^/]+)/escalates/after", r"\1.\2.escalates"),
    (r"questions/([^/]+)/newest_major", r"\1.newest_major"),
    (r"windows/([^/]+)", r"windows.\1"),
)


def unstated_values(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Values of the tariff that no clause, reading, gap or outside fact names by a slot."""
    stated = {
        slot.path
        for text in governing_texts(written)
        if text.states
        for slot in slots_in(text.text)
    }
    for value in written_values(source):
        slot = _slot_of(value)
        whole = slot is not None and _has_exceptional_days(written, value)
        if slot is not None and (slot not in stated if whole else not _is_stated(slot, stated)):
            yield Problem(
                source.place(value.path),
                "No clause states this value",
                quoted(value.text),
                f"the slot {{{slot}}} in a clause",
                f"write {{{slot}}} where a clause speaks of it",
            )


def _in_list(path: str) -> str | None:
    """Entries of a list are counted from 1 in slots, from 0 in the path of a file."""
    if band := re.fullmatch(r"questions/([^/]+)/bands/(\d+)/under", path):
        return f"{band[1]}.bands.{int(band[2]) + 1}.under"
    match = re.fullmatch(r"charges/([^/]+)/(then|tiers)/(\d+)/(length|price|up_to|flat|per)", path)
    if not match:
        return None
    charge, field, index, value = match.groups()
    return f"{charge}.{field}.{int(index) + 1}.{'price' if value == 'flat' else value}"


def _slot_of(value: WrittenValue) -> str | None:
    """The slot that states a value; None for values that are no part of the tariff."""
    if value.kind not in TARIFF_KINDS:
        return None
    return _slot_at(value.path) or _of_made_price(value)


def _slot_at(place: Path) -> str | None:
    path = "/".join(str(step) for step in _without_row(_of_range(place)))
    for pattern, slot in STATED_BY:
        match = re.fullmatch(pattern, path)
        if match:
            return match.expand(slot)
    return _in_list(path)


def _of_made_price(value: WrittenValue) -> str | None:
    """How much of another price a price is, or for which time."""
    *before, field = value.path
    slot = _slot_at(tuple(before)) if field in ("times", "percent", "add", "for") else None
    return slot and f"{slot}.of.{field}"


def _of_range(path: Path) -> Path:
    """The path of a figure, for either end of a range that stands in its place."""
    return path[:-1] if path[-1] in ("from", "to") else path


def _without_row(path: Path) -> Path:
    """The path of a value, without the row it stands in when it is dated."""
    in_row = len(path) > 1 and path[-1] == "value" and isinstance(path[-2], int)
    return path[:-2] if in_row else path


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
