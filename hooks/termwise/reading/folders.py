"""The folders of the providers, and what can be told of a policy without reading it all."""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path

import yaml

from termwise.limits import DEEPEST_NESTING
from termwise.policy_form.calendar.time_zones import regions
from termwise.policy_form.yaml_text.libyaml import Loader
from termwise.policy_form.yaml_text.source import content_of

POLICY_FILE = "policy.yaml"

ZONE = re.compile(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", re.ASCII)


def provider_folders(directory: Path) -> list[Path]:
    """The folder of each provider, in the order of their names. Raises OSError."""
    return sorted(entry for entry in directory.iterdir() if _holds_policy(entry))


def _holds_policy(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith((".", "_"))


def timezone_written(folder: Path) -> str | None:
    """The time zone that a policy names; None where the file is not sound, which others tell."""
    return next(iter(_written_at_top(folder, "timezone")), None)


def zones_written(folder: Path) -> AbstractSet[str]:
    """Every time zone that a policy names anywhere: its own, and those of places it asks for."""
    try:
        text = content_of(folder / POLICY_FILE).decode("utf-8")
    except ValueError:
        return frozenset()
    return regions().intersection(ZONE.findall(text))


def formerly_written(folder: Path) -> list[str]:
    """The ids that a provider had before; none where the file is not sound, which others tell."""
    return _written_at_top(folder, "formerly")


def _written_at_top(folder: Path, wanted: str) -> list[str]:
    """The scalar or the scalars under a key of the file itself; none without that key."""
    try:
        text = content_of(folder / POLICY_FILE).decode("utf-8")
        # Most files have no such key: looking for its letters takes no time.
        return _scalars_at_top(text, wanted) if wanted in text else []
    except (ValueError, yaml.YAMLError):
        return []


def _scalars_at_top(text: str, wanted: str) -> list[str]:
    """What stands under a key of the file itself, read no further than to there."""
    depth, key = 0, None
    found: list[str] = []
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.ScalarEvent):
            if key == wanted:
                found.append(str(event.value))
            if depth == 1:
                key = event.value if key is None else None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key = key if depth > 1 else None
        if (found and depth == 1) or depth > DEEPEST_NESTING:
            return found
    return found
