"""Pages lead from the words of the trade that they use to what these mean, and from no others."""

import re
from collections.abc import Mapping

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.policy.glossary import words_of_prices
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from tests.conftest import ROOT

USED = {
    "duxtel": {"started-increment", "net", "gross"},
    "iponto": {"started-increment", "allowance"},
    "mastiff": {"started-increment", "waiver", "net", "gross"},
    "remote-utilities": set(),
    "satisoft": {"started-increment", "waiver", "net", "gross"},
}


@pytest.mark.parametrize("name", USED)
def test_a_page_explains_the_words_that_its_prices_need(
    providers: Mapping[str, Provider], name: str
) -> None:
    """In each language the same ones."""
    for language in LANGUAGES:
        told = words_of_prices(PolicyView(providers[name], language))
        assert set(re.findall(r'glossary/#([a-z-]+)"', told)) == USED[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_has_them_under_the_same_name(
    providers: Mapping[str, Provider], language: str
) -> None:
    """Whoever follows a link finds its words in the heading there."""
    file = "glossary.md" if language == "en" else f"glossary.{language}.md"
    written = (ROOT / "docs" / file).read_text("utf-8")
    titles = dict(re.findall(r"^## (.+?) \{#([a-z-]+)\}", written, re.MULTILINE))
    names = {anchor: title.casefold() for title, anchor in titles.items()}
    for provider in providers.values():
        told = words_of_prices(PolicyView(provider, language))
        for anchor, shown in re.findall(r'glossary/#([a-z-]+)">(.*?)</a>', told):
            assert names[anchor] == " ".join(shown.casefold().split())
