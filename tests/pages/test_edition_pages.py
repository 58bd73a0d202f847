"""The pages of editions: each shows its own terms throughout, and says which they are."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
import yaml

from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.pictures.cost import cost_picture
from termwise.pages.pictures.week import week_pictures
from termwise.pages.policy.page import policy_page
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from tests.pages.dated_policies import PRICES, changing_provider, write_dated_policies

NO_URLS = CalculatorUrls("", "", "")
HEADING = re.compile(r"^##+ .*\{#([a-z0-9-]+)\}$", re.MULTILINE)
IN_FORCE = "2026-07-01"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """A provider with a past edition, one in force and a coming one."""
    folder = tmp_path_factory.mktemp("dated") / "policies"
    return changing_provider(write_dated_policies(folder))


def _views(provider: Provider, language: str) -> Iterator[tuple[str, PolicyView]]:
    """The page at the provider's address, and that of each edition, by the edition they show."""
    yield IN_FORCE, PolicyView(provider, language)
    for edition in provider.editions:
        yield edition.place, PolicyView(provider.under(edition), language, "../")


def _parts(page: str) -> dict[str, str]:
    """The parts of a page by the anchors of their headings."""
    _, *parts = HEADING.split(page)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _spaced(text: str) -> str:
    """A text with plain spaces only: some parts hold figures and units together, some do not."""
    return text.replace("\xa0", " ")


def _money(view: PolicyView, place: str, factor: str = "1") -> str:
    return view.words.money(Decimal(PRICES[place]) * Decimal(factor), "PLN", 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_page_shows_is_of_its_edition(provider: Provider, language: str) -> None:
    """Quote, glance, table, pictures, examples and clauses, each with the figure of its edition."""
    for place, view in _views(provider, language):
        parts = _parts(policy_page(view, NO_URLS))
        assert _money(view, place, "3.69") in parts["cost"]  # an hour, one at twice that, and tax
        assert _money(view, place) in parts["glance"]
        drawings = {price_table: "1", week_pictures: "1", cost_picture: "1.23"}
        for draw, factor in drawings.items():
            assert _spaced(_money(view, place, factor)) in _spaced(draw(view))
            assert draw(view) in parts["rates"]
        assert _money(view, place, "1.23") in parts["examples"]  # a client in the evening, with tax
        assert _money(view, place) in parts["section-prices"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_part_shows_figures_of_another_edition(provider: Provider, language: str) -> None:
    """But for those that tell how the terms change."""
    for place, view in _views(provider, language):
        parts = _parts(policy_page(view, NO_URLS))
        del parts["history"]
        others = [other for other in PRICES if other != place]
        for other, factor in (
            (one, by) for one in others for by in ("1", "1.23", "2", "3.69", "4")
        ):
            shown = _spaced(_money(view, other, factor))
            assert [anchor for anchor, part in parts.items() if shown in _spaced(part)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_title_or_description(provider: Provider, language: str) -> None:
    """That of an edition names its first day, and its heading is its title."""
    pages = [policy_page(view, NO_URLS) for _, view in _views(provider, language)]
    heads = [yaml.safe_load(page.split("---\n")[1]) for page in pages]
    assert len({head["title"] for head in heads}) == len(pages)
    assert len({head["description"] for head in heads}) == len(pages)
    assert all(f"\n# {head['title']}\n" in page for head, page in zip(heads, pages, strict=True))
    words = provider.words[language]
    first_days = [words.date(one.policy.first_known_day) for one in provider.editions]
    assert all(day in head["title"] for day, head in zip(first_days, heads[1:], strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_others(provider: Provider, language: str) -> None:
    """By links that hold where the page stands."""
    for _, view in _views(provider, language):
        history = _parts(policy_page(view, NO_URLS))["history"]
        links = re.findall(r'<dt><a href="([^"]*)"', history)
        assert links == [f"{view.home}{place}/" for place in PRICES]
        assert history.count("aria-current") == 1
