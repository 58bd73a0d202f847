"""Words are set as their language sets them: apostrophes, and spaces at which no line breaks."""

import re
from pathlib import Path

import pytest

from termwise import places
from termwise.languages import LANGUAGES
from termwise.words.catalogue import interface_messages
from termwise.words.typography import set_markdown, set_text
from tests.real_providers import real_providers

STRAIGHT = re.compile(r"\w'\w")
CODE = re.compile(r"```.*?```|`[^`]*`|\{'[^']*'\}|<[^>]*>", re.DOTALL)
PAGES = sorted(places.DOCS.glob("*.md"))


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Cena w nocy i z VAT", "pl", "Cena w_nocy i_z_VAT"),
        ("W nocy (o 22:00)", "pl", "W_nocy (o_22:00)"),
        ("dom a ogród", "pl", "dom a_ogród"),
        ("Skype’a i", "pl", "Skype’a i"),
        ("{first} i {second}", "pl", "{first} i_{second}"),
        ("i en time", "da", "i en time"),
        ("a que acresce o IVA", "pt", "a que acresce o IVA"),
    ],
)
def test_a_polish_word_of_one_letter_does_not_end_a_line(
    written: str, language: str, said: str
) -> None:
    """The space after it does not break; other languages have no such rule."""
    assert set_text(written, language).replace("\N{NO-BREAK SPACE}", "_") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_site_have_curly_apostrophes(language: str) -> None:
    """Those of the interface and of the policies."""
    said = [str(message) for message in interface_messages(language).values()]
    for provider in real_providers().values():
        words = provider.words[language]
        said += [words.text(text_id).text for text_id in words.text_ids()]
    assert [text for text in said if STRAIGHT.search(CODE.sub("", text))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_hand_written_pages_have_curly_apostrophes(page: Path) -> None:
    """Code aside."""
    assert STRAIGHT.findall(CODE.sub("", page.read_text("utf-8"))) == []


def test_hand_written_pages_are_set_too() -> None:
    """Their prose; code, tags and addresses stay as they are."""
    page = '## W domu\n\n<p title="w nocy">w *i* w nocy [a b](c i d) `i x`</p>\n```\na b\n```'
    told = set_markdown(page, "pl").replace("\N{NO-BREAK SPACE}", "_")
    assert told == (
        '## W_domu\n\n<p title="w nocy">w_*i* w_nocy [a_b](c i d) `i x`</p>\n```\na b\n```'
    )
    assert set_markdown(page, "da") == page
