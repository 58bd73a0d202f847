"""No value of a policy can change without being told at the top of the page, by mutation.

Each value of the tariff is written otherwise, as a dated row of it would be, and what the page says
of the change must name it in every language: in a clause, or by the label of what it belongs to.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.changed_terms import Sides, changed_terms
from termwise.pages.policy_view import PolicyView
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from tests.drift.changes import Change, changes_of, figures
from tests.places import GENERALITY, POLICIES
from tests.real_providers import REFERENCE


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with one provider."""
    shutil.copytree(request.param, tmp_path / request.param.name)
    return tmp_path


PROVIDERS = sorted(
    file.parent for place in (POLICIES, GENERALITY) for file in place.glob("*/policy.yaml")
)


@pytest.mark.parametrize("folder", PROVIDERS, indirect=True, ids=lambda folder: folder.name)
def test_each_changed_value_is_told(folder: Path) -> None:
    """With its new text, in every language."""
    (file,) = folder.glob("*/policy.yaml")
    text, before = file.read_text("utf-8"), _provider(folder)
    assert before is not None
    told = 0
    for change in _tariff_changes(text):
        file.write_text(change.apply(text), encoding="utf-8")
        after = _provider(folder)
        if after is None or after.slots == before.slots:
            continue  # refused, or no figure of the tariff: a default, an edge of a holiday
        told += 1
        for language in LANGUAGES:
            sides = Sides(PolicyView(before, language), PolicyView(after, language))
            assert "<ins>" in changed_terms(sides), f"{change} is not told in {language}"
    assert told > 0


def _tariff_changes(text: str) -> Iterator[Change]:
    """The first change of each value of the tariff."""
    for value in figures(text):
        changes = [change for change in changes_of(value) if change.of_tariff]
        yield from changes[:1]


def _provider(folder: Path) -> Provider | None:
    """The provider of the folder; None where a check refuses it."""
    read = read_policies(folder, covered=False)
    return None if read.problems else load_providers(read, REFERENCE)[0]
