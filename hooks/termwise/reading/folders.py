"""The folders of the providers, and what can be told of a policy without reading it all."""

from pathlib import Path

import yaml

from termwise.policy_form.source import Loader

POLICY_FILE = "policy.yaml"


def provider_folders(directory: Path) -> list[Path]:
    """The folder of each provider, in the order of their names. Raises OSError."""
    return sorted(entry for entry in directory.iterdir() if _holds_policy(entry))


def _holds_policy(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith((".", "_"))


def timezone_written(folder: Path) -> str | None:
    """The time zone that a policy names; None where the file is not sound, which others tell."""
    try:
        return _scalar_at_top((folder / POLICY_FILE).read_text(encoding="utf-8"), "timezone")
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _scalar_at_top(text: str, wanted: str) -> str | None:
    """The value of a key of the file itself, read no further than to there."""
    depth, key = 0, None
    for event in yaml.parse(text, Loader=Loader):
        if depth == 1 and isinstance(event, yaml.ScalarEvent):
            if key == wanted:
                return str(event.value)
            key = event.value if key is None else None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key = None
    return None
