"""All that is said of the worked examples is what somebody has read and approved."""

import pytest

from tests.scenarios.approved import APPROVED, approved_of, names


@pytest.mark.parametrize("name", names())
def test_what_is_said_is_approved(name: str) -> None:
    """Where a change is meant: `.venv/bin/python -m tests.scenarios.approved`; read the diff."""
    assert approved_of(name) == (APPROVED / f"{name}.txt").read_text("utf-8")


def test_nothing_else_is_approved() -> None:
    """Every text is that of a file of examples, or of a form of answers."""
    assert {file.stem for file in APPROVED.iterdir()} == {*names()}
