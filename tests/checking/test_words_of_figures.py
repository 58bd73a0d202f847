"""Every word that is a figure says its own number and no other, in each language."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.checking.prose.figure_words import FIGURE_WORDS
from termwise.checking.prose.number_words import Figure, lexicon

TABLE = yaml.load(
    Path(__file__).with_name("words_of_figures.yaml").read_text("utf-8"), yaml.CSafeLoader
)


def rows() -> list[Any]:
    """Each word of each language, with its unit and its number."""
    return [
        pytest.param(language, words, *figure.split(), id=f"{language}: {words}")
        for language, table in TABLE.items()
        for words, figure in table.items()
    ]


@pytest.mark.parametrize(("language", "words", "unit", "number"), rows())
def test_words_say_their_number(language: str, words: str, unit: str, number: str) -> None:
    """In capitals and beside others too; the next number is another figure."""
    figure = Figure(Decimal(number), unit, "own")
    for prose in (words, f"{words.upper()}, as they say"):
        assert [one.paths for one in lexicon(language, frozenset({figure})).spelled(prose)] == [
            ("own",)
        ]
    other = Figure(Decimal(number) + 1, unit, "other")
    assert lexicon(language, frozenset({other})).spelled(words) == []


@pytest.mark.parametrize("language", FIGURE_WORDS)
def test_every_word_of_a_figure_is_in_the_table(language: str) -> None:
    """Each pattern of words finds its own figure in some row."""
    said = [(words, figure) for words, figure in TABLE[language].items()]
    for special in FIGURE_WORDS[language].specials:
        figure = f"{special.unit} {special.value}"
        assert any(figure == one and special.pattern.search(words) for words, one in said), figure


@pytest.mark.parametrize("language", FIGURE_WORDS)
def test_every_noun_of_a_unit_is_in_the_table(language: str) -> None:
    """Each pattern of nouns that tell a unit finds one beside some number."""
    said = " ".join(TABLE[language]).split()
    nouns = FIGURE_WORDS[language]
    for noun in (*nouns.after.values(), *nouns.before.values()):
        assert any(map(noun.fullmatch, said)), noun
