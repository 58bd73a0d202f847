"""The providers of this repository, read and compiled once for all tests."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from tests.places import POLICIES

REFERENCE = date(2026, 3, 2)
"""A Monday: services' default starts fall in the week that it begins."""


@cache
def real_providers() -> Mapping[str, Provider]:
    """All providers by their id."""
    folder = read_policies(POLICIES)
    read = {provider.policy.provider: provider for provider in load_providers(folder, REFERENCE)}
    assert len(read) == 5, "\n".join(map(str, folder.problems))
    return read
