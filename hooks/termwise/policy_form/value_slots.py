"""Which slot of the texts shows a value of a policy file."""

import re
from collections.abc import Mapping

from termwise.policy_form.fields import WrittenValue, written_values
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import Path, Source

# Which slot states the value at a path: {0} and {1} are the ids in the path, in order.
STATED_BY: tuple[tuple[str, str], ...] = (
    (r"tax/rate", r"tax.rate"),
    (r"tax/customers/([^/]+)/rate", r"tax.\1.rate"),
    (r"rounding/cash/to", r"rounding.cash"),
    (r"charges/([^/]+)/price", r"\1.price"),
    (r"charges/([^/]+)/prices/([^/]+)/price", r"\1.prices.\2"),
    (r"charges/([^/]+)/per", r"\1.per"),
    (r"charges/([^/]+)/tax(?:/rate)?", r"\1.tax"),
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


RANGED = ("charges", "surcharges", "discounts", "limits")
"""Where a range may stand in place of a figure."""


def slot_lines(source: Source) -> Mapping[str, int]:
    """The line of each value that a slot shows, by the slot; of a dated one, that of its rows."""
    return {
        slot: source.place(_whole_value(value.path)).line
        for value in written_values(source)
        if (slot := slot_of(value))
    }


def _in_list(path: str) -> str | None:
    """Entries of a list are counted from 1 in slots, from 0 in the path of a file."""
    if band := re.fullmatch(r"questions/([^/]+)/bands/(\d+)/under", path):
        return f"{band[1]}.bands.{int(band[2]) + 1}.under"
    match = re.fullmatch(r"charges/([^/]+)/(then|tiers)/(\d+)/(length|price|up_to|flat|per)", path)
    if not match:
        return None
    charge, field, index, value = match.groups()
    return f"{charge}.{field}.{int(index) + 1}.{'price' if value == 'flat' else value}"


def slot_of(value: WrittenValue) -> str | None:
    """The slot that states a value; None for values that are no part of the tariff."""
    if value.kind not in TARIFF_KINDS:
        return None
    return _slot_at(value.path) or _of_made_price(value)


def _slot_at(place: Path) -> str | None:
    path = "/".join(str(step) for step in _whole_value(place))
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


def _whole_value(path: Path) -> Path:
    """The path of a figure, for either end of a range in its place, or a row where it is dated."""
    if path[-1] in ("from", "to") and path[0] in RANGED:
        path = path[:-1]
    in_row = len(path) > 1 and path[-1] == "value" and isinstance(path[-2], int)
    return path[:-2] if in_row else path
