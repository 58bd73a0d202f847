"""What may be a slip is asked and stops nothing; `meant` answers it, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.checking.remarks import remarks
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from tests.places import SOUND

POLICY = (SOUND / "tidewater" / "policy.yaml").read_text(encoding="utf-8")
CASES = yaml.load(
    Path(__file__).with_name("remarks.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)


def changed(case: dict[str, Any]) -> str:
    """The sound policy with the changes of a case."""
    text = POLICY
    for change in (case, *case.get("also", ())):
        assert text.count(change["old"]) == 1, "a change is of exactly one place"
        text = text.replace(change["old"], change["new"])
    return text


def read(text: str) -> ReadPolicy:
    """A policy without problems."""
    policy, problems = read_policy_text(text, folder="tidewater")
    assert policy is not None, problems
    return policy


def asked(text: str) -> list[str]:
    """What is asked about a sound policy."""
    policy = read(text)
    return [str(one) for one in remarks(policy.written, policy.source)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_question_is_asked_once_and_answered_by_its_name(case: dict[str, Any]) -> None:
    """Each is told with its place, and with all of them under `meant` nothing is asked."""
    text = changed(case)
    assert asked(text) == case["remarks"]
    answers = "".join(f"\n  - {name}" for name in case["asked"]) or " []"
    assert asked(f"{text}\nmeant:{answers}\n") == []


def test_nothing_is_asked_of_the_sound_policy() -> None:
    """What is ordinary is not asked about."""
    assert asked(POLICY) == []
