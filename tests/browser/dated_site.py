"""A small site of a policy whose price changes on a day, and that stated another price before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BUILDING, build_site
from tests.history.repository import Repository
from tests.places import POLICIES
from tests.shared import made_once, one_at_a_time

DAY = "2027-01-15"
CHANGE = "2027-07-01"
PRICE = "price: 100.00"
EARLIER_PRICE = "90.00"
"""Of the file as it was published before; the price to come was the same."""

DATED = """price:
      - {{from: 2026-01-01, value: {price}, source: Strona z 2026 roku}}
      - {{from: 2027-07-01, value: 120.00, source: Zapowiedź z 2026 roku}}"""

Listed = dict[str, Any]
"""An edition in the list of the provider's terms."""


@dataclass(frozen=True)
class DatedSite:
    """The site, and its editions as its own list tells them: those of today, and the superseded."""

    folder: Path

    @property
    def terms(self) -> list[Listed]:
        """The present, the coming, and the superseded terms."""
        place = self.folder / "api" / "v1" / "mastiff" / "terms.json"
        terms: list[Listed] = json.loads(place.read_text("utf-8"))["terms"]
        return terms

    @property
    def present(self) -> str:
        """What links call the terms in force on the day of the build."""
        return named(self.terms[0])

    @property
    def coming(self) -> str:
        """What links call the terms from the change on."""
        return named(self.terms[1])

    @property
    def superseded(self) -> str:
        """What links call the terms that the file stated before."""
        return named(self.terms[2])


def named(listed: Listed) -> str:
    """The terms as a link names them."""
    return str(listed["digest"]).removeprefix("sha256:")[:12]


def dated_site(factory: pytest.TempPathFactory) -> DatedSite:
    """The site, made once in a run."""
    return DatedSite(made_once(factory, "dated", lambda target: _make(target, factory)))


def _make(target: Path, factory: pytest.TempPathFactory) -> None:
    repository = Repository(factory.mktemp("dated-policies"), POLICIES / "mastiff")
    repository.edit(PRICE, DATED.format(price=EARLIER_PRICE))
    repository.commit("2026-06-01")
    repository.edit(DATED.format(price=EARLIER_PRICE), DATED.format(price="100.00"))
    repository.commit("2026-12-01")
    more = {"TERMWISE_POLICIES": str(repository.policies), "TERMWISE_DAY": DAY}
    with one_at_a_time(factory, BUILDING):
        build_site(target, **more)
