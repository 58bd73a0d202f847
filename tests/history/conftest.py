"""What the tests of the history share."""

from pathlib import Path

import pytest

from termwise.history import states
from tests.history.repository import Repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository without a commit, and nothing kept of any."""
    monkeypatch.setattr(states, "CACHE", tmp_path / "cache")
    (tmp_path / "repository").mkdir()
    return Repository(tmp_path / "repository")
