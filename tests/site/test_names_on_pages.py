"""A site with a provider of awkward texts, as MkDocs builds it and a search finds it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.builds.other_policies import site_of_other_policies
from tests.pages.awkward import ADDRESSES, IN_TEXTS, NAME


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the policies of the repository beside it."""
    return site_of_other_policies(tmp_path_factory)


@pytest.mark.parametrize("home", ["", "pl/", "da/", "pt/"])
def test_the_built_page_says_its_texts(site: Path, home: str) -> None:
    """In title, description, heading and contents; in its article no tag comes from a text."""
    page = (site / f"{home}providers/northlight/index.html").read_text("utf-8")
    assert unescape(_between(page, "<title>", " · Termwise</title>")) == NAME
    assert NAME in unescape(_between(page, '<meta name="description" content="', '"'))
    assert unescape(_between(page, "<h1[^>]*>", "</h1>")) == NAME
    contents = _between(page, '<nav class="tw-contents"', "</nav>")
    article = _between(page, "<article", "</article>")
    assert not re.search(r"<(script|b|em|i)>", contents + article)
    for title in IN_TEXTS[:2]:  # of the two sections
        assert title in unescape(article)
    for text in (*IN_TEXTS, *ADDRESSES):
        assert text in unescape(article)


@pytest.mark.parametrize("page", ["index.html", "providers/index.html", "compare/index.html"])
def test_lists_say_the_name(site: Path, page: str) -> None:
    """And the link beside it leads to the page."""
    written = (site / page).read_text("utf-8")
    assert (
        found := re.search(r'<a [^>]*?href="([^"]*providers/northlight/[^"]*)">(.*?)</a>', written)
    )
    assert unescape(found[2]) == NAME
    assert "{" not in found[1]


def test_the_search_finds_the_text(site: Path) -> None:
    """The list of what may be found says it as text."""
    listed = json.loads((site / "search" / "en.json").read_bytes())["found"]
    own = [one for one in listed if one["place"].startswith("providers/northlight/")]
    assert {one.get("of", one["title"]) for one in own} == {NAME}
    assert {one["title"] for one in own} >= set(IN_TEXTS[:2])
    for text in ADDRESSES:
        assert any(text in f"{one['title']} {one['text']}" for one in own), text


def _between(page: str, start: str, end: str) -> str:
    found = re.search(f"{start}(.*?){end}", page, re.DOTALL)
    assert found, start
    return found[1]
