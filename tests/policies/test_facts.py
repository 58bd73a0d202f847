"""Every numbered fact of the source pages is carried by a clause or a rule; no clause says more."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.reading.providers import Provider

FOLDER = Path(__file__).parent / "facts"

# What was found on each page, by its number; then what the page leaves open (gaps), how we read
# it (readings) and what comes from elsewhere (outside).
FACTS = {
    "duxtel": [f"D{number}" for number in range(1, 10)],
    "iponto": [f"I{number}" for number in range(1, 28)],
    "mastiff": [f"M{number}" for number in range(1, 21)],
    "satisoft": [f"S{number}" for number in range(1, 12)],
    "remote-utilities": [
        f"R{section}.{number}"
        for section, last in enumerate((5, 3, 4, 6, 3, 4, 2, 6), start=1)
        for number in range(1, last + 1)
    ],
}
NOTES = {
    "duxtel": """gap-hours gap-currency gap-tax-rate outside-tax outside-currency outside-time-zone
        reading-limit reading-ordered""",
    "iponto": """gap-sos-fee gap-tax reading-days reading-calendar-year reading-excess
        reading-partly-outside reading-stopped-early outside-time-zone""",
    "mastiff": "gap-rate reading-windows reading-rate reading-discount outside-time-zone",
    "satisoft": """gap-hours reading-database reading-programming reading-unsolved
        outside-tax outside-time-zone""",
    "remote-utilities": """gap-reseller-target gap-tickets-or-forum reading-time-zone
        reading-support-hours reading-commercial-licence reading-newest-major""",
}
PROVIDERS = tuple(FACTS)


def carriers(provider: str) -> dict[str, list[str]]:
    """The map of a provider: for each fact the clauses, and the rules as kind.id."""
    text = (FOLDER / f"{provider}.yaml").read_text(encoding="utf-8")
    read: dict[str, list[str]] = yaml.load(text, yaml.CBaseLoader)
    return read


def carriers_there_are(compiled: Mapping[str, Any]) -> Iterator[str]:
    """Every clause id of a compiled policy, and every rule and text as kind.id."""
    yield from compiled["clause_numbers"]
    for kind in ("window", "charge", "allowance", "discount", "condition", "response", "question"):
        yield from (f"{kind}.{rule}" for rule in compiled[f"{kind}s"])
    for text_id in compiled["texts"]:
        yield ".".join(text_id.split(".")[:2])


def test_every_provider_has_a_map(providers: Mapping[str, Provider]) -> None:
    """The maps, the lists of facts and the policies are about the same providers."""
    assert sorted(providers) == sorted(PROVIDERS)
    assert sorted(file.stem for file in FOLDER.glob("*.yaml")) == sorted(PROVIDERS)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_fact_is_mapped(provider: str) -> None:
    """No fact of the list is missing from the map, none was added to it without being listed."""
    assert sorted(carriers(provider)) == sorted(FACTS[provider] + NOTES[provider].split())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_carrier_exists(provider: str, providers: Mapping[str, Provider]) -> None:
    """Each fact names at least one carrier, and the policy has them all."""
    there_are = set(carriers_there_are(providers[provider].editions[-1].compiled))
    for fact, names in carriers(provider).items():
        assert names, fact
        assert set(names) <= there_are, fact


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_clause_carries_a_fact(provider: str, providers: Mapping[str, Provider]) -> None:
    """No clause, gap, reading or outside fact is in a policy that no fact stands behind."""
    compiled = providers[provider].editions[-1].compiled
    needed = set(compiled["clause_numbers"])
    needed |= {f"gap.{name}" for name in compiled["gaps"]}
    needed |= {f"reading.{name}" for name in compiled["readings"]}
    needed |= {f"outside.{fact['id']}" for fact in compiled["document"]["outside"]}
    mapped = {name for names in carriers(provider).values() for name in names}
    assert needed - mapped == set()
