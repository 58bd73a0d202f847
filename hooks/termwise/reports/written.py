"""What is written otherwise in a policy file, texts apart: values, names and answers."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from termwise.policy_form.fields import kinds_of_values
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import Data, Path
from termwise.reading.policy_text import ReadPolicy

Name = tuple[str, ...]

RANGE = {"from", "to"}
"""The fields of a published range, which is one value of the tariff."""


class Leaf(NamedTuple):
    """A scalar of a policy file, a list of such, a range or a gap: where it stands, and as text."""

    path: Path
    text: str


Leaves = Mapping[tuple[Name, date | None], Leaf]


@dataclass(frozen=True, slots=True)
class WrittenChange:
    """Something written otherwise, by its name; `since` is the first day of a dated row.

    None stands where there was nothing, or is nothing now. `is_value` tells what a tariff states
    (a price, a length, hours) from names, answers and what is no tariff.
    """

    name: Name
    since: date | None
    old: Leaf | None
    new: Leaf | None
    is_value: bool
    earlier: Leaf | None = None
    """Of a dated row that one file alone has: the value that holds before it there."""


def written_changes(old: ReadPolicy, new: ReadPolicy) -> list[WrittenChange]:
    """Everything written otherwise, in the order of the new file, what is gone at the end."""
    before, after = _leaves_of(old), _leaves_of(new)
    values = _values_of(old), _values_of(new)
    return [
        replace(
            _change(key, before.get(key), after.get(key), *values),
            earlier=_earlier(after if key in after else before, *key),
        )
        for key in {**after, **before}
        if key not in before or key not in after or before[key].text != after[key].text
    ]


def _earlier(leaves: Leaves, name: Name, since: date | None) -> Leaf | None:
    """The value that holds before a row, in the file of the row."""
    if since is None:
        return None
    days = [day or date.min for one, day in leaves if one == name and (day or date.min) < since]
    return leaves.get((name, max(days) if max(days) > date.min else None)) if days else None


def _change(
    key: tuple[Name, date | None],
    old: Leaf | None,
    new: Leaf | None,
    old_values: Container[Path],
    new_values: Container[Path],
) -> WrittenChange:
    is_value = (old is not None and old.path in old_values) or (
        new is not None and new.path in new_values
    )
    return WrittenChange(*key, old, new, is_value)


def _values_of(policy: ReadPolicy) -> frozenset[Path]:
    """Where the values of the tariff stand, and the lists and ranges of such."""
    kinds = kinds_of_values(policy.source.data)
    paths = [path for path, kind in kinds.items() if kind in TARIFF_KINDS]
    whole = (path[:-1] for path in paths if isinstance(path[-1], int) or path[-1] in RANGE)
    return frozenset([*paths, *whole])


def _leaves_of(policy: ReadPolicy) -> Leaves:
    """The scalars of a file that are no texts, by their names; dated rows by their first day."""
    texts = {text.path for text in policy.texts}
    leaves = _leaves(policy.source.data, (), (), None)
    return {(name, since): leaf for name, since, leaf in leaves if leaf.path not in texts}


def _leaves(
    data: Data, path: Path, name: Name, since: date | None
) -> Iterator[tuple[Name, date | None, Leaf]]:
    if isinstance(data, dict) and set(data) in ({"gap"}, RANGE):
        written = ", ".join(f"{key}: {value}" for key, value in data.items())
        yield name, since, Leaf(path, f"{{{written}}}")
    elif isinstance(data, dict):
        for key in data.keys() - {"id"} if "id" in data else data:
            yield from _leaves(data[key], (*path, key), (*name, key), since)
    elif isinstance(data, list) and all(isinstance(item, str) for item in data):
        yield name, since, Leaf(path, ", ".join(map(str, data)))
    elif isinstance(data, list):
        yield from _entries(data, path, name, since)
    else:
        yield name, since, Leaf(path, str(data))


def _entries(
    data: list[Data], path: Path, name: Name, since: date | None
) -> Iterator[tuple[Name, date | None, Leaf]]:
    """The entries of a list: rows of a dated value, or mappings by their ids."""
    for index, entry in enumerate(data):
        here = (*path, index)
        if isinstance(entry, dict) and {"from", "value"} <= entry.keys():
            # The first row holds from the first terms on, as a value without dates does.
            first_day = date.fromisoformat(str(entry["from"])) if index else since
            yield from _leaves(entry["value"], (*here, "value"), name, first_day)
            if index:
                yield from _leaves(
                    entry.get("source", ""), (*here, "source"), (*name, "source"), first_day
                )
        else:
            step = str(entry["id"]) if isinstance(entry, dict) and "id" in entry else str(index)
            yield from _leaves(entry, here, (*name, step), since)
