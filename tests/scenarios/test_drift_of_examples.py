"""No value of a worked example moves its page without its quotes, or these without it."""

from itertools import cycle
from typing import Any

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.policy_form.fields import WrittenValue
from tests.drift.changes import Change, changes_of, figures
from tests.drift.checker import Outcome, PolicyText, outcome_of
from tests.scenarios.test_examples import examples, text_of

OTHERS = [language for language in LANGUAGES if language != "en"]
"""In turn beside English; the real policies are read in all languages at once."""


@pytest.mark.parametrize(
    ("example", "other"),
    [
        pytest.param(*one.values, other, id=one.id)
        for one, other in zip(examples(), cycle(OTHERS), strict=False)
    ],
)
def test_no_value_of_an_example_drifts(example: dict[str, Any], other: str) -> None:
    """Each figure moves page and quotes together, as those of the real policies do."""
    policy = PolicyText("example", text_of(example), {}, languages=("en", other))
    rules = {"tax", *yaml.load(example["policy"], yaml.CBaseLoader)}
    behind_gaps = example.get("in_no_quote", [])
    values = [
        value
        for value in figures(policy.text)
        if value.path[0] in rules and "/".join(map(str, value.path)) not in behind_gaps
    ]
    found = [outcome_of(policy, change) for value in values for change in some_changes_of(value)]
    assert [
        (str(one.change), drift) for one in found for drift in one.drifts if told(one, drift)
    ] == []


def some_changes_of(value: WrittenValue) -> list[Change]:
    """One other value; for a window, whose days and times are one value, two.

    What a change that goes the other way moves is seen in the real policies.
    """
    return changes_of(value)[: 2 if value.kind == "window" else 1]


def told(outcome: Outcome, drift: str) -> bool:
    """Tell all drifts but old hours that remain: another window, or a season, may have the same."""
    return outcome.change.value.kind != "window" or "still says" not in drift
