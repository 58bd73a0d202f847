"""The pages as a visitor's browser meets them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site_server import SiteServer
from tests.conftest import ROOT
from tests.pages.site_pages import HAND_WRITTEN, LANGUAGES, POLICIES

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
EVERY_KIND = [*HAND_WRITTEN, *POLICIES]
ADDRESSES = [prefix + place for prefix in LANGUAGES.values() for place in EVERY_KIND] + ["404.html"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SEARCHES = {
    "en": ["digest", "translations", "translated", "accessible"],
    "pl": ["tłumaczenia", "tłumaczeniem", "wycenami", "dostawcom"],
    "da": ["oversættelser", "oversættelsen", "udbyder", "priserne"],
    "pt": ["tradução", "traduções", "prestador", "verificação"],
}


@pytest.fixture(scope="module")
def server(built_site: Path) -> Iterator[SiteServer]:
    """The site at the root of a host and under a path, from the same files."""
    with SiteServer({"/terms/": built_site, "/": built_site}) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh profile, with every complaint of the browser kept in `page.complaints`."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.parametrize("prefix", ["/", "/terms/"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visit_is_quiet_and_stays_on_the_host(
    server: SiteServer, page: Page, prefix: str, address: str
) -> None:
    """No console message, no failed request, no other host, at the root and under a path."""
    if address == "404.html" and prefix == "/":
        pytest.skip("the lost page is built for one place: the site's own address")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on(
        "response",
        lambda response: response.ok or complaints.append(f"{response.status}: {response.url}"),
    )
    page.on(
        "request",
        lambda request: request.url.startswith(server.origin)
        or complaints.append(f"elsewhere: {request.url}"),
    )
    page.goto(f"{server.origin}{prefix}{address}", wait_until="load")
    assert complaints == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(server: SiteServer, page: Page, address: str) -> None:
    """Light and dark, desktop and phone, all rules on."""
    page.goto(f"{server.origin}/terms/{address}", wait_until="domcontentloaded")
    page.evaluate(AXE)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert _violations(page) == [], f"{size['width']} {scheme}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_phone_never_scrolls_sideways(server: SiteServer, page: Page, address: str) -> None:
    """Wide tables scroll inside themselves."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{server.origin}/terms/{address}", wait_until="domcontentloaded")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_colours_can_be_chosen_and_are_kept(server: SiteServer, page: Page) -> None:
    """The device decides until the visitor does; the choice holds on the next page."""
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server.origin}/terms/")
    dark = _paper(page)
    page.get_by_label("Colours").select_option("light")
    light = _paper(page)
    page.goto(f"{server.origin}/terms/pl/about/")
    assert light != dark
    assert _paper(page) == light
    page.get_by_label("Kolory").select_option("")
    assert _paper(page) == dark


def test_everything_in_the_header_is_reached_by_keyboard(server: SiteServer, page: Page) -> None:
    """In the order of sight, on a phone as well; nothing hidden takes the focus."""
    page.set_viewport_size(PHONE)
    page.goto(f"{server.origin}/terms/")
    reached = []
    for _ in range(11):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim().split('\\n').pop()"))
        assert page.evaluate(
            "(({width, height, right}) => width > 0 && height > 0 && right > 0)"
            "(document.activeElement.getBoundingClientRect())"
        )
    assert reached[1:7] == ["Termwise", "Policies", "Compare", "Edit a policy", "About", "Search"]
    assert "English" in reached[8]


def test_the_skip_link_comes_first(server: SiteServer, page: Page) -> None:
    """One step from the top of the page to its text."""
    page.goto(f"{server.origin}/terms/about/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#about-this-site")


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_inflected_words_in_its_own_language(
    server: SiteServer, page: Page, language: str
) -> None:
    """The index is fetched at the first word, and only that of the page's language."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}")
    assert not [url for url in requested if "/search/" in url]
    page.locator("[data-tw-search]").click()
    for words in SEARCHES[language]:
        page.locator("#tw-search-words").fill(words)
        page.locator(".tw-search__results a").first.wait_for()
        for link in page.locator(".tw-search__results a").all():
            address = (link.get_attribute("href") or "").split("/terms/")[1]
            assert address.startswith(LANGUAGES[language])
            assert language != "en" or address[:3] not in LANGUAGES.values()
        page.locator("#tw-search-words").fill("")
        page.locator(".tw-search__results a").first.wait_for(state="detached")
    fetched = [url for url in requested if url.endswith((".pf_index", ".pf_meta"))]
    assert fetched
    assert all(f"{TAGS_OF_INDEX[language]}_" in url for url in fetched)
    assert _violations(page, after=AXE) == []


TAGS_OF_INDEX = {"en": "en", "pl": "pl", "da": "da", "pt": "pt-pt"}


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def _violations(page: Page, after: str = "") -> list[str]:
    if after:
        page.evaluate(after)
    found = page.evaluate(
        "axe.run().then(({violations}) => violations.flatMap("
        "({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`)))"
    )
    return [str(violation) for violation in found]
