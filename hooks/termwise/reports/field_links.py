"""From a problem in a policy to its field in the reference of the staff guide."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from termwise.policy_form.reference import anchor_at, reference
from termwise.policy_form.yaml_text.source import Path as ValuePath
from termwise.policy_form.yaml_text.source import Source, read_source
from termwise.problems import Place, UnreadableFile

PAGE = "staff-guide/"


class FieldLink(NamedTuple):
    """A field as the reference has it."""

    name: str
    meaning: str
    address: str
    """Where it stands: from the root of the site where nobody has said where that is."""


def field_link(place: Place, site: str = "") -> FieldLink | None:
    """The field that a place is in; None where the file cannot be read as YAML, or is another."""
    source = _source(place.file) if place.file.endswith(".yaml") else None
    return field_in(source, place, site) if source else None


def field_in(source: Source, place: Place, site: str = "") -> FieldLink | None:
    """The field of a file that a place in it is in."""
    anchor = anchor_at(source.data, _path_at(source, place))
    if not anchor:
        return None
    name, meaning = _fields()[anchor]
    return FieldLink(name, meaning, f"{site.rstrip('/')}/{PAGE}#{anchor}".lstrip("/"))


@lru_cache(maxsize=8)
def _source(file: str) -> Source | None:
    try:
        return read_source(Path(file).read_text(encoding="utf-8-sig"), file)
    except (OSError, UnicodeDecodeError, UnreadableFile):
        return None


def _path_at(source: Source, place: Place) -> ValuePath:
    """What begins at a place, or last before it."""
    before = [
        ((spot.line, spot.column, len(path)), path)
        for spots in (source.keys, source.values)
        for path, spot in spots.items()
        if (spot.line, spot.column) <= (place.line, place.column)
    ]
    return max(before, default=((0, 0, 0), ()))[1]


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[str, str]]:
    """Each field's name, with those that lead to it, and its meaning, by its anchor."""
    return {
        one.anchor: (
            f"{form.title}.{one.name}" if form.title != "policy.yaml" else one.name,
            one.meaning,
        )
        for form in reference()
        for one in form.fields
    }
