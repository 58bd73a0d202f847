"""The reference of fields: where each stands, how it is written, and by which name it is linked.

It is read from the model that reads the files, so no field is left out of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, Discriminator
from pydantic.fields import FieldInfo

from termwise.policy_form.dated import Dated, DatedRow
from termwise.policy_form.fields import fields_of, hints_of, is_form, model_at
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.ranges import AmountRange, FactorRange, PercentRange, SurchargeRange
from termwise.policy_form.tariff.made_prices import MadePriceTerms
from termwise.policy_form.values import Kind, Names
from termwise.policy_form.yaml_text.source import Data, Path

WRITTEN: Mapping[str, str] = {
    "date": "a day, as 2026-07-01",
    "day-read": "a day, as 2026-07-01",
    "duration": "a length of time in s, min or h, as 90 s",
    "factor": "a factor, as 1.5",
    "holiday": "a day, as 2026-12-24, or of every year, as Dec 24",
    "length": "a length of time in min or h, as 30 min",
    "minutes": "whole minutes, as 45",
    "money": "an amount in the currency of the file, as 100.00",
    "months": "months, as 12 months",
    "number": "a whole number, as 120",
    "per": "session, request, unit, or so much time or so many units, as started 30 min",
    "percent": "a percentage, as 25%",
    "period": "calendar day, or a length of time, as 12 h",
    "response-time": "a length of time or working days, as 4 h or 2 working days",
    "scenario-minutes": "minutes, or minutes and seconds, as 45 or 12:30",
    "scenario-number": "a number, as 12",
    "step": "so much time or so many units, as 15 min",
    "units": "a number of units, as 10",
    "week-time": "a weekday and a time, as Tu 17:30",
    "window": "hours of the week, as Mo-Fr 09:00-17:00",
}
"""The unit of each kind of value, with an example."""

OWN_FIELDS = "fields of its own"

EVERYWHERE: Mapping[type[BaseModel], tuple[str, str]] = {
    DatedRow: ("from", "a value from a day on"),
    GapTerms: ("gap", "a gap in place of a value"),
    MadePriceTerms: ("of", "a price made from another"),
    AmountRange: ("range-amount", "a range of amounts"),
    PercentRange: ("range-percent", "a range of percentages"),
    SurchargeRange: ("range-surcharge", "a range of percentages that are added"),
    FactorRange: ("range-factor", "a range of factors"),
}
"""What may stand in many places: the name that it is linked by, and its title."""


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of the reference."""

    name: str
    anchor: str
    meaning: str
    is_needed: bool
    default: str
    """What holds where it is left out, where that is a value."""
    written: tuple[str, ...]
    """The ways in which its value may be written."""
    is_dated: bool
    """Whether it may have rows, each from a day on."""
    forms: tuple[type[BaseModel], ...]
    """The mappings that may stand in it."""


@dataclass(slots=True)
class FormEntry:
    """A mapping of a policy file, by the fields that lead to it."""

    model: type[BaseModel]
    anchor: str
    title: str
    meaning: str
    fields: list[FieldEntry] = field(default_factory=list)


@cache
def reference() -> tuple[FormEntry, ...]:
    """Every mapping with its fields, in the order of a file; what may stand anywhere at the end."""
    found: dict[type[BaseModel], FormEntry] = {}
    _enter(PolicyFile, (), found)
    for model, (name, title) in EVERYWHERE.items():
        found[model] = FormEntry(model, f"field-{name}", title, model.__doc__ or "")
    for entry in found.values():
        entry.fields = [_field(entry, name, info) for name, info in fields_of(entry.model).items()]
    return tuple(found.values())


@cache
def _anchors() -> dict[tuple[type[BaseModel], str], str]:
    return {(form.model, one.name): one.anchor for form in reference() for one in form.fields}


def anchor_of(model: type[BaseModel], name: str) -> str:
    """The name by which a field of a mapping is linked."""
    return _anchors()[DatedRow if issubclass(model, DatedRow) else model, name]


def anchor_at(data: Data, path: Path) -> str | None:
    """The name of the field that stands at a path of a file, or of the nearest around it."""
    while path:
        model = model_at(data, path[:-1])
        if model is not None and path[-1] in fields_of(model):
            return anchor_of(model, str(path[-1]))
        path = path[:-1]
    return None


def only_place_of(field: str) -> str:
    """The one mapping that has a field of this name, as a path; empty where none or several do."""
    forms = _forms_by_field().get(field, [])
    if len(forms) != 1 or forms[0].model in EVERYWHERE:
        return ""
    return "the top of the file" if forms[0].model is PolicyFile else forms[0].title


@cache
def _forms_by_field() -> dict[str, list[FormEntry]]:
    forms: dict[str, list[FormEntry]] = {}
    for form in reference():
        for one in form.fields:
            forms.setdefault(one.name, []).append(form)
    return forms


# ---- Where mappings stand


def _enter(model: type[BaseModel], path: Path, found: dict[type[BaseModel], FormEntry]) -> None:
    if model in found or model in EVERYWHERE:
        return
    found[model] = _entry(model, path, {one.anchor for one in found.values()})
    for name, annotation in hints_of(model).items():
        for step, inner in _forms_in(annotation):
            _enter(inner, (*path, name, *step), found)


def _entry(model: type[BaseModel], path: Path, taken: set[str]) -> FormEntry:
    steps = [str(step) for step in path if step != "…"]
    title = ".".join(map(str, path)) or "policy.yaml"
    kinds = get_args(model.model_fields["kind"].annotation) if "kind" in model.model_fields else ()
    if len(kinds) == 1:
        steps.append(str(kinds[0]))
        title += f", kind: {kinds[0]}"
    anchor = "-".join(["field", *steps]) if steps else "field"
    if anchor in taken:
        anchor += f"-{model.__name__.removesuffix('Terms').lower()}"
    return FormEntry(model, anchor, title, model.__doc__ or "")


def _forms_in(annotation: Any) -> Iterator[tuple[Path, type[BaseModel]]]:
    """The mappings that may stand in a field; entries with names of their own are a step away."""
    if is_form(annotation):
        yield (), annotation
    step: Path = ("…",) if get_origin(annotation) is dict else ()
    for part in get_args(annotation):
        yield from ((step + more, form) for more, form in _forms_in(part))


# ---- Fields


def _field(form: FormEntry, name: str, info: FieldInfo) -> FieldEntry:
    annotation = hints_of(form.model)[name]
    default = info.default if isinstance(info.default, str) else ""
    return FieldEntry(
        name,
        f"{form.anchor}-{name}",
        info.description or "",
        info.is_required(),
        default,
        tuple(dict.fromkeys(_ways(annotation))),
        _is_dated(annotation),
        tuple(dict.fromkeys(model for _, model in _forms_in(annotation))),
    )


def _is_dated(annotation: Any) -> bool:
    return get_origin(annotation) is Dated or any(map(_is_dated, get_args(annotation)))


def _ways(annotation: Any) -> Iterator[str]:
    """How a value of a type is written, each way by itself."""
    marks: tuple[Any, ...] = getattr(annotation, "__metadata__", ())
    named = [mark.what for mark in marks if isinstance(mark, Names)]
    kinds = [mark.name for mark in marks if isinstance(mark, Kind) and mark.name in WRITTEN]
    is_chosen = any(isinstance(mark, Discriminator) for mark in marks)
    if named:
        yield f"the id of a{'n' * (named[0][0] in 'aeiou')} {named[0]}"
    elif kinds and not is_chosen:
        yield WRITTEN[kinds[0]]
    else:
        yield from _ways_of_base(get_args(annotation)[0] if marks else annotation)


def _ways_of_base(base: Any) -> Iterator[str]:
    origin, parts = get_origin(base), get_args(base)
    if origin is Literal:
        yield " or ".join(map(str, parts))
    elif is_form(base):
        yield EVERYWHERE[base][1] if base in EVERYWHERE else OWN_FIELDS
    elif base is str:
        yield "a text"
    else:
        head = {tuple: "a list, each item ", dict: "by name, each "}.get(origin, "")
        inside = parts[1:] if origin is dict else parts
        if base is Any:
            yield "as it would be without days"
        for part in inside:
            if part not in (NoneType, Ellipsis):
                yield from (head + way for way in _ways(part))
