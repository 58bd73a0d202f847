"""`termwise quote` keeps what it read, and says nothing different because of it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands import kept_terms
from termwise.commands.termwise import main
from tests.real_providers import POLICIES


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to keep terms in."""
    monkeypatch.setattr(kept_terms, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder of policies that may be changed."""
    shutil.copytree(POLICIES / "mastiff", tmp_path / "policies" / "mastiff")
    return tmp_path / "policies"


def quoted(policies: Path, language: str = "pl") -> Result:
    """The quote of an hour in the office hours."""
    command = ["quote", "mastiff/remote-help", "--start", "2026-03-03T12:00", "--minutes", "60"]
    return CliRunner().invoke(main, [*command, "--lang", language, "--policies", str(policies)])


def test_a_second_quote_reads_no_policy(
    cache: Path, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes from what the first one kept, to the same bytes."""
    first = quoted(policies)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(
        "termwise.reading.policies.read_provider", lambda _: pytest.fail("read again")
    )
    second = quoted(policies)
    assert (second.exit_code, second.stdout) == (0, first.stdout)


def test_a_changed_price_is_seen_at_once(cache: Path, policies: Path) -> None:
    """A file counts by its content, whatever its date."""
    assert "123,00" in quoted(policies).stdout
    file = policies / "mastiff" / "policy.yaml"
    file.write_text(file.read_text("utf-8").replace("price: 100.00", "price: 200.00"), "utf-8")
    assert "246,00" in quoted(policies).stdout
    assert len(list(cache.iterdir())) == 1


@pytest.mark.usefixtures("cache")
def test_a_problem_is_told_though_terms_are_kept(policies: Path) -> None:
    """A file that has been spoilt since is read again."""
    assert quoted(policies).exit_code == 0
    file = policies / "mastiff" / "policy.yaml"
    file.write_text(file.read_text("utf-8").replace("price: 100.00", "price: dear"), "utf-8")
    refused = quoted(policies)
    assert refused.exit_code == 1
    assert "mastiff/policy.yaml" in refused.stderr


def test_a_spoiled_file_is_read_anew(cache: Path, policies: Path) -> None:
    """Half a file, or another program's, is as good as none."""
    first = quoted(policies)
    [kept] = cache.iterdir()
    for content in ("{", "[]", "{}", ""):
        kept.write_text(content, "utf-8")
        assert quoted(policies).stdout == first.stdout


def test_nothing_can_be_kept(cache: Path, policies: Path) -> None:
    """Where no folder can be made, each quote reads the policies."""
    cache.write_text("a file in the way", "utf-8")
    assert quoted(policies).exit_code == 0
    assert quoted(policies).exit_code == 0
