"""The recipe in policies/README.md works as it stands."""

import re

import pytest
import yaml

from termwise.reading.policy_text import read_policy_text
from tests.places import POLICIES

README = POLICIES / "README.md"


def blocks(language: str) -> list[str]:
    """The code blocks of the recipe in a language, in order."""
    text = README.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def recipe() -> str:
    """The policy to be copied."""
    return blocks("yaml")[0]


def test_the_recipe_is_sound(recipe: str) -> None:
    """Who copies it starts without a problem."""
    policy, problems = read_policy_text(recipe, folder="example-help")
    assert [str(problem) for problem in problems] == []
    assert policy is not None


def test_the_dated_price_of_the_recipe_is_sound(recipe: str) -> None:
    """The rows that replace a price can be put in its place."""
    dated = recipe.replace("    price: 300.00\n", blocks("yaml")[1])
    policy, problems = read_policy_text(dated)
    assert [str(problem) for problem in problems] == []
    assert policy is not None
    assert len(policy.editions) == 2


def test_the_translation_of_the_recipe_is_sound(recipe: str) -> None:
    """The PO file shown translates the recipe."""
    policy, _ = read_policy_text(recipe)
    assert policy is not None
    translated, problems = policy.read_translation(blocks("po")[0].encode(), "pl.po", "pl")
    assert [str(problem) for problem in problems] == []
    assert translated.texts["discount"].state == "translated"


def test_values_of_the_recipe_are_written_as_the_policy_reads_them(recipe: str) -> None:
    """The table of values names ways of writing that the check accepts."""
    table = README.read_text(encoding="utf-8").split("## How values are written")[1]
    windows = re.search(r"^\| hours of the week \| (.*) \|$", table, re.MULTILINE)
    assert windows
    for window in re.findall(r"`([^`]+)`", windows[1]):
        changed = recipe.replace("evening: Mo-Fr 17:00-21:00", f"evening: '{window}'")
        _, problems = read_policy_text(changed)
        assert not [problem for problem in problems if "cannot be read" in problem.what]


def test_every_code_block_in_yaml_is_yaml() -> None:
    """Nothing in the recipe is cut off."""
    for block in blocks("yaml"):
        assert yaml.safe_load(block)
