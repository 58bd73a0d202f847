"""Each edition of a policy is compiled, loaded and its figures named once, whoever asks for it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from termwise.commands import kept_terms
from termwise.commands.termwise import main
from termwise.compiling import editions
from termwise.pages.content import provider_content
from termwise.reading.policies import read_provider
from termwise.reading.providers import load_provider
from termwise.reports.comparison import compare_folders
from termwise_calculator.telling import slot_table
from termwise_calculator.terms import loading
from tests.places import SOUND

TIDEWATER = SOUND / "tidewater"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONCE = {"compiled": 2, "loaded": 2, "slot tables": 2}  # the policy has two editions


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each thing is made, counted where it is made, from wherever it is asked for."""
    counts: Counter[str] = Counter()

    def count(owner: object, name: str, what: str) -> None:
        monkeypatch.setattr(owner, name, _counting(getattr(owner, name), counts, what))

    count(editions, "_Compiler", "compiled")
    count(loading, "Policy", "loaded")
    count(slot_table, "_entries", "slot tables")
    return counts


def _counting(make: Callable[..., Any], counts: Counter[str], what: str) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        counts[what] += 1
        return make(*arguments, **named)

    return counted


def test_a_check_and_a_build_share_the_editions(made: Counter[str]) -> None:
    """Texts, coverage and translations, the page and the first answers in each language."""
    folder = read_provider(TIDEWATER)
    assert folder.problems == []
    provider = load_provider(folder, "tidewater", date(2026, 8, 1))
    assert provider_content(provider, "worker.js", date(2026, 3, 1)).pages
    assert made == ONCE


def test_a_report_makes_nothing_anew(made: Counter[str]) -> None:
    """Two folders compared are read once each; their editions are not loaded again."""
    old, new = read_provider(TIDEWATER), read_provider(TIDEWATER)
    assert compare_folders(old, new, NOON).changed == []
    assert made == Counter(ONCE) + Counter(ONCE)


def test_a_quote_prices_by_the_terms_just_read(
    made: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By kept terms nothing is compiled, and only the terms that price need their figures."""
    monkeypatch.setattr(kept_terms, "CACHE", tmp_path)
    command = ["quote", "tidewater/help", "--policies", str(SOUND)]
    first = CliRunner().invoke(main, command)
    assert (first.exit_code, made) == (0, ONCE), first.output
    made.clear()
    again = CliRunner().invoke(main, command)
    assert (again.stdout, made) == (first.stdout, {"loaded": 2, "slot tables": 1})
