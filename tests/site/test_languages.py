"""Each page in each language, and the way between them."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from termwise.words.frame import frame_words
from termwise.words.messages import message_words
from tests.conftest import ROOT, SITE_URL
from tests.site.site_pages import (
    EDITIONS,
    HAND_WRITTEN,
    HISTORIES,
    LANGUAGES,
    POLICIES,
    TAGS,
    HtmlPage,
    pages,
)

STRAIGHT = re.compile(r".{0,20}[^\W\d]'[^\W\d].{0,20}")
TAGGED = re.compile(r"<(script|style|pre|code)\b.*?</\1>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"\bwords(?:\[other\.code\])?\.(\w+)")
EVERY_PAGE = [*HAND_WRITTEN, *POLICIES, *HISTORIES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", EVERY_PAGE)
def test_a_page_stands_in_each_language_and_says_so(
    built_site: Path, place: str, language: str
) -> None:
    """The page exists, and its root element names the language."""
    page = pages(built_site)[LANGUAGES[language] + place]
    assert page.elements[0].tag == "html"
    assert page.elements[0].attributes["lang"] == TAGS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", EVERY_PAGE)
def test_a_page_names_its_counterparts(built_site: Path, place: str, language: str) -> None:
    """Absolute addresses for search engines, with a default, and its own as canonical."""
    page = pages(built_site)[LANGUAGES[language] + place]
    counterparts = [link for link in page.all("link", rel="alternate") if "hreflang" in link]
    named = {link["hreflang"]: link["href"] for link in counterparts}
    expected = {TAGS[code]: f"{SITE_URL}{prefix}{place}" for code, prefix in LANGUAGES.items()}
    assert named == expected | {"x-default": SITE_URL + place}
    assert [link["href"] for link in page.all("link", rel="canonical")] == [
        expected[TAGS[language]]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", EDITIONS)
def test_the_page_of_an_edition_leads_search_to_its_provider(
    built_site: Path, place: str, language: str
) -> None:
    """Its address stays when other terms are in force; until then it says what the other says."""
    page = pages(built_site)[LANGUAGES[language] + place]
    provider = SITE_URL + LANGUAGES[language] + place.removesuffix("first/")
    assert page.elements[0].attributes["lang"] == TAGS[language]
    assert [link["href"] for link in page.all("link", rel="canonical")] == [provider]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", EVERY_PAGE)
def test_the_language_switch_stays_on_the_page(built_site: Path, place: str, language: str) -> None:
    """The switch leads to the same place in the other language."""
    page = pages(built_site)[LANGUAGES[language] + place]
    switch = {
        link["hreflang"]: page.resolve(link["href"])[0]
        for link in page.all("a")
        if "data-offer" in link
    }
    assert switch == {TAGS[code]: prefix + place for code, prefix in LANGUAGES.items()}


def test_the_lost_page_speaks_every_language(built_site: Path) -> None:
    """One file answers for all, so it must not belong to the language built last."""
    lost = pages(built_site)["404.html"]
    assert lost.elements[0].attributes["lang"] == "en"
    assert [section["lang"] for section in lost.all("section")] == list(TAGS.values())
    assert all(not link["href"].startswith(".") for link in lost.all("a") if "href" in link)


def test_the_sitemap_lists_every_page_with_its_counterparts(built_site: Path) -> None:
    """Once for each language, and no page twice."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.parse(built_site / "sitemap.xml").getroot()
    listed = [found.text for found in root.findall("s:url/s:loc", names)]
    expected = {SITE_URL + prefix + place for prefix in LANGUAGES.values() for place in EVERY_PAGE}
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    for url in root.findall("s:url", names):
        counterparts = url.findall("{http://www.w3.org/1999/xhtml}link")
        assert {link.attrib["hreflang"] for link in counterparts} == set(TAGS.values())


def test_the_frame_says_just_the_words_that_it_has() -> None:
    """A word missing in the frame would show as nothing; one that nothing shows is dead."""
    templates = (ROOT / "docs/overrides").rglob("*.html")
    shown = {word for file in templates for word in WORD.findall(file.read_text("utf-8"))}
    assert shown == set(frame_words(message_words("en")))


@pytest.mark.parametrize("place", HAND_WRITTEN)
def test_translations_of_a_page_have_its_headings(built_site: Path, place: str) -> None:
    """Same anchors, so that a link holds in every language."""
    english = pages(built_site)[place]
    for prefix in LANGUAGES.values():
        translated = pages(built_site)[prefix + place]
        assert _anchors(translated.text) == _anchors(english.text)


def test_machine_made_pages_say_so(built_site: Path) -> None:
    """Each page that is a machine translation carries the notice; English pages do not."""
    notices = {"pl": "tłumaczeniem maszynowym", "da": "maskinoversat", "pt": "tradução automática"}
    for language, prefix in LANGUAGES.items():
        for place in EVERY_PAGE:
            footer = pages(built_site)[prefix + place].text.rpartition("<footer")[2]
            assert [code for code, notice in notices.items() if notice in footer] == (
                [] if language == "en" else [language]
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_how_it_was_made(built_site: Path, language: str) -> None:
    """And, for staff, to how terms are edited; the footer's links stay in the language."""
    for place in EVERY_PAGE:
        page = pages(built_site)[LANGUAGES[language] + place]
        footer = HtmlPage(page.address, page.text.rpartition("<footer")[2])
        assert [page.resolve(link["href"])[0] for link in footer.all("a")] == [
            f"{LANGUAGES[language]}about/",
            f"{LANGUAGES[language]}glossary/",
            f"{LANGUAGES[language]}staff-guide/",
            "licences.txt",
        ]


def _anchors(text: str) -> list[str]:
    return re.findall(r'<h2 id="([^"]+)"', text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", EVERY_PAGE)
def test_a_page_has_curly_apostrophes(built_site: Path, place: str, language: str) -> None:
    """Wherever its words come from: policies, the interface, worked examples, the form of files."""
    page = pages(built_site)[LANGUAGES[language] + place]
    words = unescape(TAGGED.sub(" ", page.text))
    assert [found[0] for found in STRAIGHT.finditer(words)] == []


def test_no_line_ends_with_a_polish_word_of_one_letter(built_site: Path) -> None:
    """Neither in the contents of a page nor in the navigation, which take titles from elsewhere."""
    for place in EVERY_PAGE:
        page = pages(built_site)[LANGUAGES["pl"] + place].text
        for nav in re.findall(r"<nav\b.*?</nav>", page, re.DOTALL):
            said = TAGGED.sub("|", nav)
            assert re.findall(r"(?<!\w)[aiouwz] \w+", said, re.IGNORECASE) == [], place
