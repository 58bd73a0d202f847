"""Names of nothing are told beside other problems, so they are read in a file of any shape."""

from dataclasses import replace
from typing import Any

from termwise.checking.written.unknown_names import unknown_names
from termwise.policy_form.fields import references
from termwise.policy_form.yaml_text.source import read_source
from tests.places import SOUND

POLICY = SOUND / "tidewater" / "policy.yaml"
SHAPES: tuple[Any, ...] = ("word", {}, [[]], [{"from": {"id": "word"}}])


def test_names_are_looked_up_whatever_stands_anywhere() -> None:
    """Nothing raises when a value, list or mapping stands where another shape belongs."""
    source = read_source(POLICY.read_text(encoding="utf-8"), "policy.yaml")
    assert not list(unknown_names(source, references(source)))
    for path in list(source.values)[1:]:
        for shape in SHAPES:
            changed = replace(source, data=put(source.data, path, shape))
            assert all(problem.what for problem in unknown_names(changed, references(changed)))


def put(data: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The data with something else at a path."""
    if not path:
        return new
    changed = data.copy()
    changed[path[0]] = put(data[path[0]], path[1:], new)
    return changed
