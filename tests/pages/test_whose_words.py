"""A policy page says whose words it holds: the provider’s page decides, ours are called ours."""

import re

import pytest

from termwise.languages import HTML_LANGUAGES, LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.policy.blocks import language_name, language_of_source
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from tests.real_providers import real_providers

URLS = CalculatorUrls("", "", "")
PAGES = [
    pytest.param(PolicyView(provider, language), id=f"{name}-{language}")
    for name, provider in real_providers().items()
    for language in LANGUAGES
]
CLAIMS = re.compile(r"\bgoverning|rozstrzygając|gældende (?:tekst|sprog)|texto que prevalece")


@pytest.mark.parametrize("view", PAGES)
def test_the_page_names_who_decides_and_never_our_text(view: PolicyView) -> None:
    """Once, with a link where the provider's site is known."""
    page = policy_page(view, URLS)
    assert CLAIMS.findall(page) == []
    head = page[page.index("\n# ") : page.index('<div class="tw-cost"')]
    assert head.count(view.document["source"]["title"]) == 1
    site = view.document["source"]["site"]
    assert head.count(f'href="https://{site}"') == (1 if site else 0)


@pytest.mark.parametrize("view", PAGES)
def test_one_switch_shows_our_text_in_the_language_of_the_source(view: PolicyView) -> None:
    """For all clauses of a translated page at once; in that language itself there is none."""
    page = policy_page(view, URLS)
    translated = view.language != view.policy.language
    assert page.count('id="tw-beside"') == translated
    language = HTML_LANGUAGES[view.policy.language]
    said = view.words.say(
        "Show our text in {language}, the language of the source, beside it",
        language=language_name(view),
    )
    same = language_of_source(view) == view.policy.language
    assert page.count(said) == (translated and same)
    originals = page.count(f'<p class="tw-original" lang="{language}">')
    assert originals == (len(view.policy.clause_numbers) if translated else 0)
