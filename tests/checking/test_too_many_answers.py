"""Rules that depend on more answers together than can be looked at are told, and soon."""

from pathlib import Path

import pytest

from termwise.reading.policies import read_policies
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
