"""What GitHub runs for us is what was read: actions by their commits, versions beside them."""

import re

import pytest
import yaml

from tests.places import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(
    r"^\s*(?:- )?uses: (?P<action>\S+?)(?:@(?P<commit>\S+))?(?: # (?P<version>\S+))?$"
)
COMMIT = re.compile(r"[0-9a-f]{40}")
VERSION = re.compile(r"v\d+\.\d+\.\d+")


def used(text: str) -> list[re.Match[str]]:
    """Each line that uses an action."""
    lines = [line for line in text.splitlines() if "uses:" in line]
    found = [match for line in lines if (match := USES.fullmatch(line))]
    assert len(found) == len(lines)
    return found


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_named_by_their_commits(file):
    """A tag may be moved to another content by whoever owns it; the version is for readers."""
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)["permissions"].get("contents", "read") == "read"
    for use in used(text):
        assert COMMIT.fullmatch(use["commit"]), use[0]
        assert VERSION.fullmatch(use["version"] or ""), use[0]


def test_an_action_is_the_same_everywhere():
    """Else one workflow would be left behind when another is renewed."""
    uses = [use for file in WORKFLOWS for use in used(file.read_text("utf-8"))]
    pins = {(use["action"], use["commit"], use["version"]) for use in uses}
    assert len(pins) == len({action for action, _, _ in pins})
