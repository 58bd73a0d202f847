"""The providers of this repository, read and compiled once for all tests."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from hooks.policy_files import read_policies
from hooks.providers import Provider, load_providers

POLICIES = Path(__file__).resolve().parent.parent / "policies"
REFERENCE = date(2026, 3, 2)
"""A Monday: services' default starts fall in the week that it begins."""


@cache
def real_providers() -> Mapping[str, Provider]:
    """All providers by their id."""
    folder = read_policies(POLICIES)
    read = {provider.policy.provider: provider for provider in load_providers(folder, REFERENCE)}
    assert len(read) == 5, "\n".join(map(str, folder.problems))
    return read
