"""Every command and every snippet of the guides works as it stands, in each language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from termwise.commands.termwise import main
from termwise.pages.staff.examples import anchor
from termwise.policy_form.skeleton import recipe_in
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.renewed_translations import header
from termwise.scenarios.worked import worked_examples
from termwise.today import now
from tests.places import DOCS, POLICIES, ROOT

RECIPE = POLICIES / "README.md"
GUIDES = sorted(DOCS.glob("staff-guide*.md"))
TOLD = [*GUIDES, RECIPE, ROOT / "README.md"]
COMMAND = re.compile(r"(?:\.venv/bin/|`|“)termwise ((?:[a-z]+)(?: [^`”\n;|]+)?)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMES = {"PROVIDER/SERVICE": "mastiff/remote-help", "PROVIDER": "mastiff"}


def commands(file: Path) -> list[str]:
    """Every command that a text tells to type, with names in place of placeholders."""
    found = COMMAND.findall(file.read_text("utf-8"))
    assert found
    return sorted({re.sub("|".join(NAMES), lambda name: NAMES[name[0]], one) for one in found})


def snippets(file: Path, language: str) -> list[str]:
    """The blocks of a text in a language of code."""
    return [text for name, text in FENCED.findall(file.read_text("utf-8")) if name == language]


def merged(under: Any, over: Any) -> Any:
    """A policy with the fields of a snippet; entries of lists go by their ids."""
    if isinstance(under, dict) and isinstance(over, dict):
        both = {name: merged(under[name], over[name]) for name in under.keys() & over.keys()}
        return under | over | both
    if isinstance(under, list) and all(isinstance(one, dict) and "id" in one for one in over):
        by_id = {one["id"]: one for one in under}
        return list(merged(by_id, {one["id"]: one for one in over}).values())
    return over


def with_snippet(snippet: str) -> ReadPolicy:
    """The recipe with a snippet in it, which must be sound."""
    base = yaml.load(recipe_in(RECIPE.read_text("utf-8")), yaml.CBaseLoader)
    whole = merged(base, yaml.load(snippet, yaml.CBaseLoader))
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    policy, problems = read_policy_text(text, folder="example-help")
    assert [str(one) for one in problems] == []
    assert policy is not None
    return policy


@pytest.mark.parametrize("file", TOLD, ids=lambda file: file.name)
def test_every_command_can_be_typed(file: Path) -> None:
    """Each is a command, with options and arguments that it takes."""
    for told in commands(file):
        name, *arguments = told.split()
        assert name in main.commands, told
        try:
            main.commands[name].make_context(name, arguments)
        except click.UsageError as wrong:
            pytest.fail(f"{file.name}: {told}: {wrong.format_message()}")


def blocks_of_guides() -> Iterator[Any]:
    """Each block of a policy in each language of the guide."""
    for file in GUIDES:
        for number, snippet in enumerate(snippets(file, "yaml")):
            yield pytest.param(snippet, id=f"{file.name}: {number}")


@pytest.mark.parametrize("snippet", [*blocks_of_guides()])
def test_every_snippet_of_the_guide_fits_the_recipe(snippet: str) -> None:
    """Whoever copies it into the policy of the recipe has no problem."""
    with_snippet(snippet)


def test_a_new_price_of_the_guide_begins_an_edition() -> None:
    """Before it the price of the recipe, from its day on the new one."""
    for file in GUIDES:
        before, after, _ = snippets(file, "yaml")
        assert len(with_snippet(before).editions) == 1
        first, second = with_snippet(after).editions
        assert (str(first.effective), str(second.effective)) == ("2026-01-01", "2026-07-01")


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.name)
def test_the_translation_of_the_guide_is_of_its_clause(file: Path) -> None:
    """The English clause, in the language of the guide; the English guide shows it in Danish."""
    policy = with_snippet(snippets(DOCS / "staff-guide.md", "yaml")[2])
    language = file.stem.partition(".")[2] or "da"
    [message] = snippets(file, "po")
    content = f"{header(language, 'Example Help', now())}\n\n{message}".encode()
    read, problems = policy.read_translation(content, f"{language}.po", language)
    assert [str(one) for one in problems] == []
    assert read.texts["base-rate"].state == "translated"


def test_what_everybody_knows_comes_from_outside() -> None:
    """The snippet of the recipe on taxes fits it."""
    [snippet] = [one for one in snippets(RECIPE, "yaml") if one.startswith("tax: {name: VAT")]
    assert with_snippet(snippet).written.outside


def test_the_examples_that_the_recipe_names_are_there() -> None:
    """By the words that they are called by on the page of examples."""
    table = RECIPE.read_text("utf-8").split("## What cards say")[1].split("\n## ")[0]
    named = re.findall(r"\| “([^”]+)” \|$", table, re.MULTILINE)
    features = {one.feature for listed in worked_examples().values() for one in listed}
    assert len(named) > 5
    assert set(named) <= features


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.name)
def test_each_pattern_of_the_guide_leads_to_an_example(file: Path) -> None:
    """The same ones in each language, by their anchors on the page of examples."""
    named = re.findall(r"\(rate-card-examples\.md#([\w-]+)\)", file.read_text("utf-8"))
    features = {anchor(one.feature) for listed in worked_examples().values() for one in listed}
    english = (DOCS / "staff-guide.md").read_text("utf-8")
    assert len(named) >= 7
    assert set(named) <= features
    assert named == re.findall(r"\(rate-card-examples\.md#([\w-]+)\)", english)
