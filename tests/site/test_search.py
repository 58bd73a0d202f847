"""What customers type leads them to the clause, question or price that answers it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from termwise.languages import LANGUAGES, home_of
from tests.browser.site_server import SiteServer

SEARCHES = yaml.load(Path(__file__).with_name("searches.yaml").read_text("utf-8"), yaml.CSafeLoader)
Case = Mapping[str, Any]
LEAST = 0.9
"""Of the queries, in the first three."""

FIND = """async (all) => {
  const { engine, index } = document.querySelector("[data-tw-search-dialog]").dataset;
  const { finder } = await import(new URL(engine, location.href));
  const find = await finder(new URL(index, location.href));
  return all.map((words) => find(words).map(({ place }) => place));
}"""


@pytest.fixture(scope="module")
def page(built_site: Path, browser: Browser) -> Iterator[Page]:
    """A page of the site, below a path."""
    with SiteServer({"/terms/": built_site}) as server:
        opened = browser.new_page(base_url=f"{server.origin}/terms/")
        yield opened
        opened.close()


def _found(page: Page, language: str, words: Sequence[str]) -> list[list[str]]:
    page.goto(f"{home_of(language)}about/")
    found: list[list[str]] = page.evaluate(FIND, words)
    return found


def _short(place: str) -> str:
    """A place of a provider's page as the data names it."""
    page, _, anchor = place.removeprefix("providers/").partition("#")
    name = anchor.removeprefix("clause-").removeprefix("faq-")
    return page.rstrip("/") + (f"/{name}" if name else "")


@pytest.fixture(scope="module")
def first_three(page: Page) -> Mapping[str, list[tuple[Case, list[str]]]]:
    """Each query of a language with the places that are found first."""
    return {
        language: [
            (case, [_short(place) for place in places[:3]])
            for case, places in zip(
                cases, _found(page, language, [case["find"] for case in cases]), strict=True
            )
        ]
        for language, cases in SEARCHES.items()
    }


def test_the_answer_is_among_the_first_three(
    first_three: Mapping[str, list[tuple[Case, list[str]]]],
) -> None:
    """Of nine queries in ten."""
    asked = [one for found in first_three.values() for one in found]
    missed = [
        f"{case['find']}: {', '.join(shown)}"
        for case, shown in asked
        if not {*shown} & {*case.get("first", case.get("in", ()))}
    ]
    assert len(missed) <= (1 - LEAST) * len(asked), "\n".join(missed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_data_says_so_it_is_the_very_first(
    first_three: Mapping[str, list[tuple[Case, list[str]]]], language: str
) -> None:
    """What customers ask most."""
    for case, shown in first_three[language]:
        assert "first" not in case or shown[0] in case["first"], case["find"]


def test_there_are_searches_enough() -> None:
    """In every language."""
    assert sum(map(len, SEARCHES.values())) >= 80
    assert {*SEARCHES} == {*LANGUAGES}


def test_pages_for_editors_come_to_who_asks_for_them(page: Page) -> None:
    """Not to a customer who uses a word that stands there as well."""
    price, edit = _found(page, "en", ["price", "msgid"])
    assert not [place for place in price if "staff-guide" in place or "examples" in place]
    assert edit[0].startswith("staff-guide/"), edit[:3]


def test_every_place_is_there(built_site: Path) -> None:
    """Whatever is found leads to a page of that language, and to a place on it."""
    for language in LANGUAGES:
        listed: dict[str, Any] = json.loads((built_site / f"search/{language}.json").read_bytes())
        for one in listed["found"]:
            address, _, anchor = one["place"].partition("#")
            file = built_site / home_of(language) / address / "index.html"
            assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), one["place"]
