"""A value that is written anew changes its own lines, and reads as what was meant."""

from difflib import ndiff
from pathlib import Path as File

import pytest

from termwise.policy_form.yaml_text.source import Path, read_source, texts_of, value_at
from termwise.policy_form.yaml_text.written_back import NotWritable, written_back
from tests.places import POLICIES

FILE = """\
# The prices.
price: 100.00 # net
label: 'It''s "so"'
name: "Ten: \\u20ac"
list: [one, two]
text: >-
  The first line of a text
  that goes on here.

# The end.
lines: |
  one
    two
"""


@pytest.mark.parametrize(
    ("key", "new", "written"),
    [
        ("price", "110.00", "price: 110.00 # net"),
        ("price", "1: 2 # no", "price: '1: 2 # no' # net"),
        ("price", "", 'price: "" # net'),
        ("label", "don't", "label: 'don''t'"),
        ("name", "Ten: zł", 'name: "Ten: zł"'),
        ("text", "The first line of a text and more.", "  and more."),
        ("text", "# none", "  # none"),
        ("lines", "one\n  two\nthree\n", "  three"),
    ],
)
def test_in_the_manner_in_which_it_was(key: str, new: str, written: str) -> None:
    """Comments, order and all other lines stay."""
    source = read_source(FILE, "x.yaml")
    text = written_back(source, (key,), new)
    assert written in text.split("\n")
    assert value_at(read_source(text, "x.yaml").data, (key,)) == new
    assert "# The prices." in text
    assert "# The end." in text


def test_what_is_not_there_is_refused() -> None:
    """Nor is a place that holds more than one value."""
    source = read_source(FILE, "x.yaml")
    for path in (("none",), ("list",)):
        with pytest.raises(NotWritable):
            written_back(source, path, "new")


@pytest.mark.parametrize(
    "file", sorted(POLICIES.glob("*/policy.yaml")), ids=lambda f: f.parent.name
)
def test_one_line_of_any_policy(file: File) -> None:
    """A value on one line is one changed line, and the rest of the file is the same."""
    source = read_source(file.read_text("utf-8"), file.name)
    values: list[Path] = [path for path, text in texts_of(source) if "\n" not in text]
    short = [path for path in values if len(str(value_at(source.data, path))) < 20]
    for path in short[::9]:
        text = written_back(source, path, f"{value_at(source.data, path)}9")
        changed = [
            one for one in ndiff(source.text.split("\n"), text.split("\n")) if one[0] in "+-"
        ]
        assert len(changed) == 2, changed
