"""What can be checked of a policy in which something cannot be read: all but that.

A value that is none gets a stand-in of its kind, a misspelt field the name that was meant, and what
neither helps is left out. What is read so is never shown or priced; it is only checked, so that one
mistake does not hide the others.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from termwise.checking.written.meant import field_named, word_meant
from termwise.checking.written.shape import details_of
from termwise.policy_form.fields import fields_of, model_at, type_at
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.values import NOT_STATED, Names, kind_of
from termwise.policy_form.yaml_text.source import Data, Path, Source, value_at
from termwise.problems import Problem, nearest

MOST_ROUNDS = 6
"""One that is left out may be missed where it stood, and so on outwards."""

STAND_INS: Mapping[str, str] = {
    "money": "7919.13",
    "price": "7919.13",
    "percent": "13.37%",
    "length": "7919 min",
    "duration": "7919 min",
    "minutes": "7919",
    "factor": "1.337",
    "number": "7919",
    "units": "7919",
    "months": "79 months",
    "window": "Mo-Su 03:07-03:11",
    "per": "79 min",
    "step": "79 min",
    "response-time": "7919 min",
    "date": "2000-01-01",
    "day-read": "2000-01-01",
    "week-time": "Mo 03:07",
    "scenario-minutes": "1",
    "scenario-number": "1",
}
"""Values of each kind that no sentence happens to name."""

STATED_DAYS: tuple[Path, ...] = (("effective",), ("ends",))
"""Days that all others are compared with, unless they are not stated."""

SOME_TEXT = "…"
QUOTED = re.compile(r"'([^']*)'")


@dataclass(slots=True)
class Legible:
    """A policy as far as it can be read: where values stand in, and whether anything is left out.

    `source` is the file with what was read in its place.
    """

    source: Source
    written: PolicyFile
    stood_in: set[Path] = field(default_factory=set)
    whole: bool = True

    def beside(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems that come neither from what stands in nor from what is left out."""
        unclear = [span for path in self.stood_in if (span := _span(path, self.source))]
        if not self.whole:
            return []
        return [one for one in problems if not any(one.place.line in span for span in unclear)]


def _span(path: Path, source: Source) -> range | None:
    """The lines of the rule, or of the entry of a list, that a value is part of."""
    rule = path[:2] if isinstance(value_at(source.data, path[:1]), dict) else path[:-1]
    lines = [spot.line for one, spot in source.values.items() if one[: len(rule)] == rule]
    return range(min(lines), max(lines) + 1) if rule and lines else None


def legible(source: Source, error: ValidationError) -> Legible | None:
    """What of a file can be checked that is no policy because of these errors; None if nothing."""
    made = _Made(deepcopy(source.data))
    for _ in range(MOST_ROUNDS):
        # Names first: what seems to be missing may stand there under another one.
        for details in sorted(details_of(error), key=lambda one: one["type"] != "extra_forbidden"):
            made.help(details)
        try:
            written = PolicyFile.model_validate(made.data)
            return Legible(made.source(source), written, made.stood_in, made.whole)
        except ValidationError as further:
            error = further
    return None


def compilable(written: PolicyFile) -> PolicyFile:
    """The same with a time zone and holidays that exist, to compile its slots by."""
    return written.model_copy(update={"timezone": "UTC", "holidays": None})


@dataclass(slots=True)
class _Made:
    """The data of a file on the way to what can be read."""

    data: Data
    stood_in: set[Path] = field(default_factory=set)
    whole: bool = True
    renamed: dict[Path, Path] = field(default_factory=dict)
    """What was written, by the path that was meant."""

    def source(self, written: Source) -> Source:
        """A file with this data, where all that is renamed stands where it was written."""
        keys, values = dict(written.keys), dict(written.values)
        for meant, path in self.renamed.items():
            for spots in (keys, values):
                inside = {one: spot for one, spot in spots.items() if one[: len(path)] == path}
                spots |= {(*meant, *one[len(path) :]): spot for one, spot in inside.items()}
        # What was filled in stands nowhere: it has the place of what it was missing in.
        for path in self.stood_in - values.keys():
            above = (path[:length] for length in range(len(path), 0, -1))
            spot = next((keys.get(one) or values.get(one) for one in above if one in keys), None)
            if spot is not None:
                values[path] = spot
        return replace(written, data=self.data, keys=keys, values=values)

    def help(self, details: ErrorDetails) -> None:
        """Do what makes one error go away."""
        path = self._path(details["loc"])
        if details["type"] == "missing":
            if path[-1:] != details["loc"][-1:]:  # else it has just been given its name
                self._fill(path, str(details["loc"][-1]))
        elif details["type"] == "extra_forbidden":
            self._rename(path)
        elif details["loc"][-1] == "[key]":
            self._call(path, _as_id(str(path[-1])))
        elif instead := self._instead(path, details):
            self._put(path, instead)
        else:
            self._leave_out(path)

    def _path(self, location: tuple[int | str, ...]) -> Path:
        """The steps of a location that exist; pydantic adds some for its choices."""
        path: Path = ()
        for step in location:
            if value_at(self.data, (*path, step)) is not None:
                path = (*path, step)
        return path

    def _fill(self, path: Path, name: str) -> None:
        holder = value_at(self.data, path)
        if not isinstance(holder, dict):
            self._leave_out(path)
            return
        holder[name] = SOME_TEXT
        if instead := self._value((*path, name)):
            self._stand((*path, name), instead)
        else:
            del holder[name]
            self._leave_out(path)

    def _rename(self, path: Path) -> None:
        holder = value_at(self.data, path[:-1])
        model = model_at(self.data, path[:-1])
        if not isinstance(holder, dict) or not path or path[-1] not in holder:
            return
        name = str(path[-1])
        free = [one for one in (fields_of(model) if model else ()) if one not in holder]
        if meant := field_named(name, free):
            self._call(path, meant)
        else:
            self.whole = self.whole and not isinstance(holder[name], dict | list)
            self.stood_in.add(path)
            del holder[name]

    def _call(self, path: Path, name: str) -> None:
        """Give what stands at a path the name that was meant."""
        holder = value_at(self.data, path[:-1])
        if isinstance(holder, dict) and name and name not in holder:
            holder[name] = holder.pop(str(path[-1]))
            self.renamed[(*path[:-1], name)] = path
        else:
            self._leave_out(path)

    def _instead(self, path: Path, details: ErrorDetails) -> str:
        if details["type"] == "literal_error":
            words = QUOTED.findall(str(details.get("ctx", {}).get("expected")))
            found = value_at(self.data, path)
            meant = nearest(word_meant(found, words), words) if isinstance(found, str) else ""
            return meant or next(iter(words), "")
        if details["type"] == "string_pattern_mismatch":
            return _as_id(str(value_at(self.data, path)))
        return self._value(path)

    def _value(self, path: Path) -> str:
        return NOT_STATED if path in STATED_DAYS else _stand_in(type_at(self.data, path))

    def _put(self, path: Path, instead: str) -> None:
        if path and value_at(self.data, path) != instead:
            self._stand(path, instead)
        else:
            self._leave_out(path)

    def _stand(self, path: Path, instead: str) -> None:
        holder: Any = value_at(self.data, path[:-1])
        holder[path[-1]] = instead
        self.stood_in.add(path)
        # Nobody knows which values a sentence states that is not there, or what a tax is called.
        self.whole = self.whole and path[-1] != "text" and path != ("tax",)

    def _leave_out(self, path: Path) -> None:
        self.whole = False
        holder: Any = value_at(self.data, path[:-1])
        if path and holder is not None and value_at(self.data, path) is not None:
            del holder[path[-1]]


def _stand_in(annotation: Any) -> str:
    """A value of a type: of its kind, or some text where any text is one; else empty."""
    if kind := kind_of(annotation):
        return STAND_INS.get(kind, "")
    return SOME_TEXT if _is_text(annotation) else ""


def _as_id(written: str) -> str:
    """What was meant by an id in another form; empty where none can be made of it."""
    return "-".join(re.findall(r"[a-z0-9]+", written.lower()))


def _is_text(annotation: Any) -> bool:
    """Tell whether a type, or one of those that it may be, is a text that names nothing."""
    if get_origin(annotation) in (Union, UnionType):
        return any(map(_is_text, get_args(annotation)))
    base, *marks = get_args(annotation) or (annotation,)
    return base is str and not any(isinstance(mark, Names) for mark in marks)
