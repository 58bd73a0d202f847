"""A broken policy breaks its own quotes and coverage, and nobody else's."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands import kept_terms
from termwise.commands.termwise import main
from tests.places import SOUND


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound provider beside one whose policy is not even YAML."""
    monkeypatch.setattr(kept_terms, "CACHE", tmp_path / "cache")
    shutil.copytree(SOUND, tmp_path / "policies")
    (tmp_path / "policies" / "alder").mkdir()
    (tmp_path / "policies" / "alder" / "policy.yaml").write_text("provider: [", "utf-8")
    return tmp_path / "policies"


def run(policies: Path, *arguments: str) -> Result:
    """What a command says of these policies."""
    return CliRunner().invoke(main, [*arguments, "--policies", str(policies)])


def test_the_sound_one_is_quoted(policies: Path) -> None:
    """Read or kept; the broken one is refused with its own problem alone."""
    for _ in range(2):
        sound = run(policies, "quote", "tidewater/question")
        assert (sound.exit_code, sound.stderr) == (0, "")
    broken = run(policies, "quote", "alder/help")
    assert broken.exit_code == 1
    assert "alder/policy.yaml:1:" in broken.stderr
    assert "tidewater" not in broken.stderr


def test_who_asks_for_nobody_is_told_who_there_is(policies: Path) -> None:
    """The broken one is one of them."""
    unknown = run(policies, "quote", "nobody/help")
    assert unknown.exit_code == 1
    assert "alder, tidewater" in unknown.stderr
    assert "policy.yaml" not in unknown.stderr


def test_the_coverage_of_the_sound_one_is_told(policies: Path) -> None:
    """Asked for alone it has no problem; of all, each broken one is told beside the others."""
    alone = run(policies, "coverage", "tidewater")
    assert (alone.exit_code, alone.stderr) == (0, "")
    every = run(policies, "coverage")
    assert every.exit_code == 1
    assert every.stdout == alone.stdout
    assert every.stderr.startswith(f"{policies}/alder/policy.yaml:1:")


def test_a_folder_without_policies_is_told_as_such(tmp_path: Path) -> None:
    """By every command."""
    for command in (["coverage"], ["quote", "a/b"], ["translations"], ["check"]):
        result = run(tmp_path, *command)
        assert result.exit_code == 1
        assert "The folder holds no policies" in result.stderr
