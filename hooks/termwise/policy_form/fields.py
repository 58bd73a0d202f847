"""The fields of a policy file at any path: which model reads what stands there, which values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo

from termwise.policy_form.dated import Dated, row_model
from termwise.policy_form.gaps import may_be_gap
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.values import UNITS_WITHOUT_LENGTH, Kind, Names, kind_of
from termwise.policy_form.yaml_text.source import Data, Path, Source, Spot, value_at

Leaf = tuple[Path, Any, str, bool]
"""A text of a file: its path, its type, itself, and whether it is a key."""


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value of a file as written: its path, its spot, its text and its kind."""

    path: Path
    spot: Spot
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that names something elsewhere in the file; `path` leads to it, or to its key."""

    path: Path
    name: str
    what: str
    in_key: bool


def written_values(source: Source) -> list[WrittenValue]:
    """Every value of a policy file that has a kind: prices, lengths, windows, dates and so on."""
    return [
        WrittenValue(path, source.values[path], text, kind)
        for path, annotation, text, _ in _leaves_of(source)
        if (kind := kind_of(annotation)) and text not in UNITS_WITHOUT_LENGTH
    ]


def kinds_of_values(data: Data) -> dict[Path, str]:
    """The kind of every value that has one, by its path."""
    leaves = _leaves(PolicyFile, data, ())
    return {path: kind for path, annotation, _, _ in leaves if (kind := kind_of(annotation))}


def references(source: Source) -> list[Reference]:
    """Every id of a policy file that names something written elsewhere in it."""
    return [
        Reference(path, text, mark.what, in_key)
        for path, annotation, text, in_key in _leaves_of(source)
        for mark in get_args(annotation)
        if isinstance(mark, Names)
    ]


def model_at(data: Data, path: Path) -> type[BaseModel] | None:
    """The model whose fields stand at a path, or None where there is no mapping of fields."""
    here = value_at(data, path)
    found = None if here is None else _plain(_chosen(type_at(data, path), here))
    return found if is_form(found) else None


def type_at(data: Data, path: Path) -> Any:
    """The type of what stands at a path, or None where no model knows anything there."""
    annotation: Any = PolicyFile
    here: Data = data
    for step in path:
        inside = _parts(_chosen(annotation, here), here)
        parts = {name: (part, value) for name, part, value in inside}
        if step not in parts:
            return None
        annotation, here = parts[step]
    return annotation


def gap_may_stand_at(data: Data, path: Path) -> bool:
    """Tell whether a gap may stand at a path, in place of what is written there."""
    return may_be_gap(_undated(type_at(data, path)))


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names that stand in the file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


@lru_cache(maxsize=4)
def _leaves_of(source: Source) -> tuple[Leaf, ...]:
    """The leaves of a file, for the several checks that walk through all of them in turn."""
    return tuple(_leaves(PolicyFile, source.data, ()))


def _leaves(annotation: Any, data: Data, path: Path) -> Iterator[Leaf]:
    """Every text of the file with its type, and every key whose type says what it names."""
    chosen = _chosen(annotation, data)
    for step, part, value in _parts(chosen, data):
        yield from _leaves(part, value, (*path, step))
    if isinstance(data, str):
        yield path, _item_type(chosen), data, False
    elif isinstance(data, dict) and get_origin(_plain(chosen)) is dict:
        key_type = get_args(_plain(chosen))[0]
        yield from (((*path, key), key_type, key, True) for key in data)


def _item_type(annotation: Any) -> Any:
    """The type of a text that stands in place of a list of one."""
    plain = _plain(annotation)
    return get_args(plain)[0] if get_origin(plain) is tuple else annotation


def _plain(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _chosen(annotation: Any, data: Data) -> Any:
    """The type that reads the data, where the model allows several."""
    metadata, base = getattr(annotation, "__metadata__", ()), _plain(annotation)
    if get_origin(base) is Dated:
        (value,) = get_args(base)
        return base if isinstance(data, list) else _chosen(value, data)
    if _is_one_value(metadata) or get_origin(base) not in (Union, UnionType):
        return annotation
    members = [member for member in get_args(base) if member is not NoneType]
    return _chosen(_member(members, metadata, data), data)


def _undated(annotation: Any) -> Any:
    """The type of a single value: without None, and without rows from dates on."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not NoneType)
    return get_args(annotation)[0] if get_origin(annotation) is Dated else annotation


def _is_one_value(metadata: tuple[Any, ...]) -> bool:
    """Tell whether types that nothing tells apart have a kind together: whole or broken minutes."""
    kinds = [mark for mark in metadata if isinstance(mark, Kind)]
    return bool(kinds) and not any(isinstance(mark, Discriminator) for mark in metadata)


def _member(members: list[Any], metadata: tuple[Any, ...], data: Data) -> Any:
    for mark in metadata:
        if isinstance(mark, Discriminator) and callable(mark.discriminator):
            tag = str(mark.discriminator(data))
            return next(one for one in members if Tag(tag) in get_args(one))
    kind = data.get("kind") if isinstance(data, dict) else None
    return next((one for one in members if kind in _kind_words(one)), members[0])


def _kind_words(model: Any) -> tuple[Any, ...]:
    field = model.model_fields.get("kind") if is_form(model) else None
    return get_args(field.annotation) if field else ()


def _parts(annotation: Any, data: Data) -> Iterator[tuple[str | int, Any, Data]]:
    """The steps into a value: each with its type and its data."""
    base = _plain(annotation)
    origin, arguments = get_origin(base), get_args(base)
    if isinstance(data, dict) and is_form(base):
        hints = hints_of(base)
        yield from ((name, hints[name], part) for name, part in data.items() if name in hints)
    elif isinstance(data, dict) and origin is dict:
        yield from ((name, arguments[1], part) for name, part in data.items())
    elif isinstance(data, list) and origin is Dated:
        yield from ((index, row_model(arguments[0]), row) for index, row in enumerate(data))
    elif isinstance(data, list) and origin is tuple:
        yield from ((index, arguments[0], part) for index, part in enumerate(data))


def fields_in(data: Data) -> Iterator[tuple[type[BaseModel], str, Path]]:
    """Every field that is written in a file: whose it is, its name, and the path to it."""
    yield from _fields_in(PolicyFile, data, ())


def _fields_in(
    annotation: Any, data: Data, path: Path
) -> Iterator[tuple[type[BaseModel], str, Path]]:
    chosen = _chosen(annotation, data)
    form = _plain(chosen)
    for step, part, value in _parts(chosen, data):
        if is_form(form):
            yield form, str(step), (*path, step)
        yield from _fields_in(part, value, (*path, step))


@cache
def hints_of(model: type[BaseModel]) -> dict[str, Any]:
    """The types of the fields of a model, by the names that stand in the file."""
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: hints[name] for name, info in model.model_fields.items()}


def is_form(annotation: Any) -> bool:
    """Tell whether a type is a mapping of fields."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
