"""Rules that depend on more answers together than can be looked at are told, and soon."""

from pathlib import Path

import pytest

from termwise.limits import MOST_WINDOWS
from termwise.reading.policies import read_policies
from termwise.reading.policy_text import read_policy_text
from tests.places import SOUND

POLICY = (SOUND / "tidewater" / "policy.yaml").read_text("utf-8")
ASKED = [f"q{number}" for number in range(13)]
"""One more than 4096 combinations of answers allow."""


@pytest.mark.parametrize(
    ("begin", "old", "new"),
    [
        (
            "    prices:",
            "    price:\n",
            "    prices: {one: {WHEN, price: 1.00}}\n    price:\n",
        ),
        (
            "tax:",
            "prices: excluded,",
            "prices: excluded, customers: {firms: {WHEN, charged: no, clause: rate}},",
        ),
        (
            "    targets:",
            "    question: product\n    window: day\n    targets:\n      basic: {",
            "    window: day\n    targets:\n      basic: {WHEN, ",
        ),
    ],
)
def test_too_many_answers_together_are_named(
    begin: str, old: str, new: str, tmp_path: Path
) -> None:
    """On the line where the rules stand that name them all."""
    when = ", ".join(f"{question}: yes" for question in ASKED)
    asked = "".join(f"  {one}: {{kind: yes-no, default: no, label: Well}}\n" for one in ASKED)
    policy = POLICY.replace(old, new.replace("WHEN", f"when: {{{when}}}"), 1)
    policy = policy.replace("premium: {gap", "premium: {when: {q0: no}, gap")
    written = policy.replace("questions:\n", f"questions:\n{asked}", 1)
    (tmp_path / "tidewater").mkdir()
    (tmp_path / "tidewater" / "policy.yaml").write_text(written, "utf-8")
    (line,) = [at for at, text in enumerate(written.splitlines(), 1) if text.startswith(begin)]
    told = [one for one in read_policies(tmp_path).problems if "too many answers" in one.what]
    assert [(one.place.line, one.found) for one in told] == [
        (line, f"13 questions: {', '.join(ASKED)}")
    ]


def test_too_many_windows_are_told_and_not_repeated() -> None:
    """A text that is too long is quoted; a list of things is not."""
    windows = "".join(f"  w{number}: Mo 08:00-09:00\n" for number in range(MOST_WINDOWS))
    _, problems = read_policy_text(POLICY.replace("windows:\n", f"windows:\n{windows}", 1))
    (told,) = [one for one in problems if one.what == "windows is too long"]
    assert (told.found, told.expected) == ("more of them", f"at most {MOST_WINDOWS} of them")
