"""One word for one thing, in each language: what a message of the interface names has its term."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.words.catalogue import interface_messages
from termwise_calculator.telling.begun import per_started
from termwise_calculator.telling.words import CONTEXT_MARK
from tests.conftest import ROOT
from tests.real_providers import real_providers

TERMS: dict[str, dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "terms.yaml").read_text("utf-8"), yaml.CBaseLoader
)
TRANSLATIONS = ("da", "pl", "pt")
OF_SEARCHES = re.compile(r"search")
NO_WORDS = re.compile(r"\{[^}]*\}|“termwise[^”]*”")
"""Placeholders and commands."""


def translated(language: str) -> Iterator[tuple[str, str]]:
    """Each message of the interface with each form of its translation, without placeholders."""
    for key, said in interface_messages(language).items():
        context, _, english = key.rpartition(CONTEXT_MARK)
        if not OF_SEARCHES.search(context):
            for form in (said,) if isinstance(said, str) else said:
                yield NO_WORDS.sub("", english), NO_WORDS.sub("", form)


def is_in(pattern: str, text: str) -> bool:
    """Tell whether words are in a text, in any case of letters."""
    return re.search(pattern, text, re.IGNORECASE) is not None


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", TERMS)
def test_a_thing_has_one_name(name: str, language: str) -> None:
    """Each message that names it in English does so with the term of its language."""
    english = rf"\b(?:{TERMS[name].get('en', name)})\b"
    named = [(said, form) for said, form in translated(language) if is_in(english, said)]
    assert named
    assert [one for one in named if not is_in(TERMS[name][language], one[1])] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_thing_has_a_second_name(language: str) -> None:
    """Neither in a message nor in the texts of pages for readers."""
    pages = [
        ROOT / f"docs/{name}.{language}.md" for name in ("index", "about", "compare", "glossary")
    ]
    said = [form for _, form in translated(language)]
    said += [page.read_text("utf-8") for page in pages]
    second = [one["never"][language] for one in TERMS.values() if language in one.get("never", {})]
    assert second
    assert [(word, text) for word in second for text in said if is_in(word, text)] == []


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
def test_the_glossary_explains_the_words_of_the_price_table(language: str) -> None:
    """As they stand there, and not another form of them."""
    name = "glossary.md" if language == "en" else f"glossary.{language}.md"
    page = (ROOT / "docs" / name).read_text("utf-8").replace("\u00a0", " ")
    words = real_providers()["duxtel"].words[language]
    phrase = per_started(words, 60).replace("\u00a0", " ")
    assert phrase[0].upper() + phrase[1:] in page
