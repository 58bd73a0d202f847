"""The form beside the text: the values that staff change most, each by its place in the file."""

from collections.abc import Iterable, Iterator
from typing import Any

from termwise.policy_form.fields import written_values
from termwise.policy_form.yaml_text.source import Data, Path, Source, value_at

GROUPS = {
    "prices": ("money", "price"),
    "percentages": ("percent", "factor"),
    "dates": ("date", "day-read"),
    "times": ("window", "length", "duration", "per", "step", "response-time", "months", "period"),
}
"""The groups of the form, and the kinds of the values in each; texts come last."""
TEXTS = "texts"
LONG = 60
"""Letters from which on a text gets several lines."""


def form_fields(source: Source, texts: Iterable[Path]) -> list[dict[str, Any]]:
    """What the form shows of a file; `texts` are the places of what translators translate."""
    groups = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
    kinds = {value.path: groups.get(value.kind) for value in written_values(source)}
    places = {path: group for path, group in kinds.items() if group}
    places |= {path: TEXTS for path in texts if isinstance(value_at(source.data, path), str)}
    order = sorted(places, key=lambda path: source.values[path].start)
    return [_field(source, path, places[path]) for path in order]


def _field(source: Source, path: Path, group: str) -> dict[str, Any]:
    value = str(value_at(source.data, path))
    return {
        "path": list(path),
        "group": group,
        "label": " · ".join(_names(source.data, path)),
        "value": value,
        "line": source.values[path].line,
        "long": group == TEXTS and len(value) > LONG,
    }


def _names(data: Data, path: Path) -> Iterator[str]:
    """The steps to a value; entries of a list go by their id or their day, or else by number."""
    for length, step in enumerate(path, 1):
        entry = value_at(data, path[:length])
        if isinstance(step, int):
            named = entry if isinstance(entry, dict) else {}
            yield str(named.get("id") or named.get("from") or step + 1)
        else:
            yield step
