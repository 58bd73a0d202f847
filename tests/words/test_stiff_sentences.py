"""No sentence for readers sounds translated in one of the ways that native readers have found."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from termwise.words.catalogue import interface_messages
from termwise_calculator.telling.words import CONTEXT_MARK
from tests.places import ROOT
from tests.real_providers import real_providers

STIFF: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "stiff.yaml").read_text("utf-8"), yaml.CBaseLoader
)
PAGES = ("index", "about", "compare", "glossary", "speed", "providers/index")


def for_readers(language: str) -> Iterator[str]:
    """Each message, each page written by hand, and each text of a policy, in a language."""
    for key, said in interface_messages("da" if language == "en" else language).items():
        if language == "en":
            yield key.rpartition(CONTEXT_MARK)[2]
        else:
            yield from (said,) if isinstance(said, str) else said
    ending = "md" if language == "en" else f"{language}.md"
    for page in PAGES:
        yield (ROOT / "docs" / f"{page}.{ending}").read_text("utf-8")
    for provider in real_providers().values():
        words = provider.words[language]
        yield from (words.text(text_id).text for text_id in words.text_ids())


@pytest.mark.parametrize("language", STIFF)
def test_no_sentence_sounds_translated(language: str) -> None:
    """What was found is said with what to write instead."""
    texts = list(for_readers(language))
    found = [
        f"{match[0]}: {better}: {text[:80]}"
        for pattern, better in STIFF[language].items()
        for text in texts
        if (match := re.search(pattern, text, re.IGNORECASE))
    ]
    assert found == []
