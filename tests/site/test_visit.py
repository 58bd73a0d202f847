"""The pages as a visitor's browser meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_BUT_CONTRAST, ALL_RULES, CONTRAST, violations
from tests.browser.conftest import visitor
from tests.browser.printed import pages_of
from tests.browser.site_server import SiteServer
from tests.site.ranges_of_time import ranges_of_time
from tests.site.site_pages import HAND_WRITTEN, HISTORIES, LANGUAGES, POLICIES, TAGS

EVERY_KIND = [*HAND_WRITTEN, *POLICIES, HISTORIES[0]]
ADDRESSES = [prefix + place for prefix in LANGUAGES.values() for place in EVERY_KIND] + ["404.html"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
ALL_LOOKS = [
    (DESKTOP, "light", ALL_RULES),
    (DESKTOP, "dark", CONTRAST),
    (PHONE, "dark", ALL_RULES),
    (PHONE, "light", CONTRAST),
]
LOOKS = {"en": ALL_LOOKS, "pl": ALL_LOOKS[:1]}
"""By language; translations have the styles of the English page, and what they say is asked in
any language, but the colours of what only translations show in one alone."""
OTHER_LOOKS = [(DESKTOP, "light", ALL_BUT_CONTRAST)]
RANGES = {
    "rate-card-examples/": 100,
    "providers/mastiff/": 40,
    "providers/remote-utilities/": 15,
    "staff-guide/": 5,
}
"""How many there are at least where many ranges of times are written."""
LEAVE_OUT_WHAT_IS_ALIKE = """
() => document.querySelectorAll(".tw-example:not(:nth-of-type(20n + 1))")
  .forEach((one) => one.remove())
"""
"""One template makes hundreds of worked examples: all of them are looked at in English, once."""
# A control in a label is hit with its label.
SMALL_CONTROLS = """
() => [...document.querySelectorAll(
    ".tw-nav a, .tw-tool, .tw-brand, .tw-button, summary, .tw-form :is(input, select, label)"
  )]
  .filter((one) => !one.matches("label:not(:has(input)), label input"))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.outerHTML.slice(0, 80)} ${one.getBoundingClientRect().height}`)
"""
TWICE = "250%"
"""Of what a browser is set to; the pages set it to 125%."""
SIDES = "one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right]"
ENLARGED = "size => document.documentElement.style.setProperty('font-size', size, 'important')"
SEARCHES = {
    "en": ["digest", "translations", "translated", "accessible"],
    "pl": ["tłumaczenia", "tłumaczeniem", "wycenami", "dostawcom"],
    "da": ["oversættelser", "oversættelsen", "udbyderne", "prisen"],
    "pt": ["tradução", "traduções", "prestador", "verificação"],
}


@pytest.fixture(scope="module")
def server(built_site: Path) -> Iterator[SiteServer]:
    """The site at the root of a host and under a path, from the same files."""
    with SiteServer({"/terms/": built_site, "/": built_site}) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh profile."""
    context = visitor(browser, viewport=DESKTOP, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@dataclass
class Visit:
    """An opened page, and all that the browser complained about."""

    page: Page
    complaints: list[str]


@pytest.fixture(scope="module", params=ADDRESSES, ids=lambda address: address or "home")
def visit(request: pytest.FixtureRequest, browser: Browser, server: SiteServer) -> Iterator[Visit]:
    """Every page of the site in turn, under a path, opened once for all that is asked of it.

    On the day of the build: later, pages propose another case, and start Python to price it.
    """
    context = visitor(browser, viewport=DESKTOP, reduced_motion="reduce")
    opened = Visit(context.new_page(), [])
    _note_complaints(opened, server.origin)
    opened.page.goto(f"{server.origin}/terms/{request.param}", wait_until="load")
    yield opened
    context.close()


def test_a_visit_is_quiet_and_stays_on_the_host(visit: Visit) -> None:
    """No console message, no failed request, no request to another host."""
    assert visit.complaints == []


def test_who_decides_is_said_once(visit: Visit) -> None:
    """Above the terms of a provider, or else at the foot of the page."""
    above = visit.page.locator(".tw-provenance ~ p.tw-notice").count() > 0
    assert above != visit.page.locator(".tw-footer p").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_smallest_phone_the_tools_stand_beside_the_name(
    server: SiteServer, page: Page, language: str
) -> None:
    """The longest name of a language as well."""
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}about/")
    name, tools = (page.locator(one).bounding_box() for one in (".tw-brand", ".tw-tools"))
    assert name
    assert tools
    assert name["y"] == tools["y"]


@pytest.mark.parametrize("place", POLICIES)
def test_axe_finds_nothing_in_opened_lines(server: SiteServer, page: Page, place: str) -> None:
    """How each line of the quote came about, light and dark, on a phone as well.

    What is around the quote is as it was when the page was visited.
    """
    page.goto(f"{server.origin}/terms/{place}")
    reasons = page.locator(".tw-why details")
    # Without a pointer, which would have Python put an answer of its own in their place.
    reasons.evaluate_all("reasons => reasons.forEach((reason) => (reason.open = true))")
    assert reasons.count() == page.locator(".tw-why details[open]").count() > 0
    _expect_no_violations(page, within=".tw-quote")


def test_axe_finds_nothing_while_python_loads(server: SiteServer, page: Page) -> None:
    """How much has arrived is told, and the form can be used."""
    with server.fault("*.wasm", "stalled"):
        page.goto(f"{server.origin}/terms/{POLICIES[0]}")
        page.locator("[name=minutes]").first.focus()
        page.locator("[data-part=progress]").wait_for()
        _expect_no_violations(page, within="termwise-calculator")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_where_the_calculator_failed(
    server: SiteServer, page: Page, language: str
) -> None:
    """The reason is told."""
    page.add_init_script("delete window.WebAssembly")
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}{POLICIES[0]}")
    page.locator("[name=minutes]").first.focus()
    page.locator("[data-reason=unsupported]:visible").first.wait_for()
    _expect_no_violations(page, within="termwise-calculator")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_page_shown_offline(
    server: SiteServer, page: Page, built_site: Path, language: str
) -> None:
    """It takes the place of any page; the service worker tells it where the site is."""
    pages = (file.read_text("utf-8") for file in built_site.glob("assets/termwise/offline-*.html"))
    (shown,) = [text for text in pages if f'lang="{TAGS[language]}"' in text[:200]]
    address = f"{server.origin}/terms/never/opened/"
    body = shown.replace("{root}", f"{server.origin}/terms")
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(address)
    assert page.evaluate("document.styleSheets.length") == 1
    _expect_no_violations(page)


def test_a_phone_never_scrolls_sideways(visit: Visit) -> None:
    """Wide tables scroll inside themselves."""
    visit.page.set_viewport_size({"width": 360, "height": 740})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_text_twice_as_large_stays_on_the_page(visit: Visit) -> None:
    """A style of the reader's own enlarges it, which no width of the window tells of."""
    visit.page.evaluate(ENLARGED, TWICE)
    widest = {width: _width_of_page(visit.page, width) for width in (320, 480, 740, 900, 1440)}
    visit.page.evaluate(ENLARGED, "")
    assert widest == {width: width for width in widest}


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_twice_as_large_stays_in_the_header_at_any_width(
    server: SiteServer, page: Page, language: str
) -> None:
    """The tools, however they stand, and the list of languages when it is open."""
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}about/")
    page.evaluate(ENLARGED, TWICE)
    page.locator(".tw-languages summary").click()
    for width in range(320, 1441, 20):
        assert _width_of_page(page, width) == width
        for place in (".tw-tools", ".tw-languages ul"):
            left, right = page.locator(place).evaluate(SIDES)
            assert 0 <= left < right <= width, (place, width)


def test_a_finger_hits_every_control_on_a_phone(visit: Visit) -> None:
    """Controls are 44 pixels high; a link in a sentence is as high as its line."""
    visit.page.set_viewport_size(PHONE)
    assert visit.page.evaluate(SMALL_CONTROLS) == []


def test_a_range_of_times_is_whole_on_a_phone(visit: Visit) -> None:
    """Neither its dash nor its end begins another line."""
    for width in (390, 320):
        visit.page.set_viewport_size({"width": width, "height": 800})
        found, broken = ranges_of_time(visit.page)
        assert broken == [], width
        assert all(found >= least for end, least in RANGES.items() if visit.page.url.endswith(end))


def test_prices_stay_in_sight_on_the_narrowest_phone(visit: Visit) -> None:
    """The price tables fold; no amount waits beyond the edge of its table."""
    visit.page.set_viewport_size({"width": 320, "height": 700})
    for table in visit.page.locator(".tw-scroll:has(> .tw-prices)").all():
        assert table.evaluate("scroll => scroll.scrollWidth - scroll.clientWidth") <= 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", POLICIES)
def test_a_quote_is_printed_on_one_page(
    server: SiteServer, page: Page, place: str, language: str
) -> None:
    """With the clauses behind it, however long the language; the whole page takes several."""
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}{place}")
    page.evaluate("() => { window.print = () => {} }")
    page.emulate_media(media="print")
    assert pages_of(page.pdf(format="A4")) > 1
    page.emulate_media(media="screen")
    page.locator("termwise-calculator [data-action=print]").click()
    page.emulate_media(media="print")
    assert pages_of(page.pdf(format="A4")) == 1


def test_a_print_says_what_nobody_has_reviewed(visit: Visit) -> None:
    """As the page does, of its terms and of its language."""
    page = visit.page
    notices = page.locator(".tw-unreviewed")
    on_screen = _seen(notices)
    assert on_screen or page.evaluate("document.documentElement.lang") == "en"
    page.evaluate("document.documentElement.dataset.print = 'quote'")
    page.emulate_media(media="print")
    printed = _seen(notices)
    page.emulate_media(media="screen")
    page.evaluate("delete document.documentElement.dataset.print")
    assert printed == on_screen


def test_axe_finds_nothing(visit: Visit) -> None:
    """In each colour scheme, on a desktop and on a phone; asked last, since it leaves parts out."""
    _expect_no_violations(visit.page)


def test_a_translation_says_that_nobody_has_reviewed_it(server: SiteServer, page: Page) -> None:
    """Into English as well, but not where our text is in English already."""
    page.goto(f"{server.origin}/terms/providers/mastiff/")
    expect(page.locator(".tw-unreviewed")).to_contain_text("not reviewed by a person")
    page.goto(f"{server.origin}/terms/providers/duxtel/")
    expect(page.locator(".tw-unreviewed")).to_have_count(0)


def _seen(notices: Locator) -> list[str]:
    return [one.inner_text() for one in notices.all() if one.is_visible()]


@pytest.mark.parametrize("address", ["", "pl/about/", "providers/mastiff/"])
def test_the_same_site_works_at_the_root_of_a_host(
    server: SiteServer, browser: Browser, address: str
) -> None:
    """Addresses inside the site are relative."""
    context = visitor(browser)
    opened = Visit(context.new_page(), [])
    _note_complaints(opened, server.origin)
    opened.page.goto(f"{server.origin}/{address}", wait_until="load")
    opened.page.locator("[data-tw-search]").click()
    opened.page.locator("#tw-search-words").fill("a")
    assert opened.complaints == []
    context.close()


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
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim().split('\\n').pop()"))
        assert page.evaluate(
            "(({width, height, right}) => width > 0 && height > 0 && right > 0)"
            "(document.activeElement.getBoundingClientRect())"
        )
    assert reached[1:6] == ["Termwise", "Terms", "Compare", "About", "Search"]
    assert "English" in reached[7]


@pytest.mark.parametrize("place", ["compare/", POLICIES[0]])
def test_the_focus_is_seen_wherever_it_goes(server: SiteServer, page: Page, place: str) -> None:
    """Whatever the keyboard reaches has an outline; a theme likes to take those of summaries."""
    page.goto(f"{server.origin}/terms/{place}")
    unseen = []
    for _ in range(150):
        page.keyboard.press("Tab")
        tag, outline = page.evaluate(
            "(one => [one.tagName, getComputedStyle(one).outlineStyle])(document.activeElement)"
        )
        if tag == "BODY":
            break
        unseen += [tag] if outline == "none" else []
    assert unseen == []


def test_the_skip_link_comes_first(server: SiteServer, page: Page) -> None:
    """One step from the top of the page to its text."""
    page.goto(f"{server.origin}/terms/about/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/about/#about-this-site")


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_inflected_words_in_its_own_language(
    server: SiteServer, page: Page, language: str
) -> None:
    """The list is fetched at the first word, and only that of the page's language."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{server.origin}/terms/{LANGUAGES[language]}")
    assert not [url for url in requested if "/search/" in url]
    page.locator("[data-tw-search]").click()
    for words in SEARCHES[language]:
        page.locator("#tw-search-words").fill(words)
        page.locator(".tw-search__results a").first.wait_for()
        for link in page.locator(".tw-search__results a").all():
            address = (link.get_attribute("href") or "").removeprefix(server.origin)
            assert address.startswith(f"/terms/{LANGUAGES[language]}")
            assert language != "en" or address[7:10] not in LANGUAGES.values()
        page.locator("#tw-search-words").fill("")
        page.locator(".tw-search__results a").first.wait_for(state="detached")
    fetched = [url for url in requested if "/search/" in url]
    assert [url.rpartition("/")[2] for url in fetched] == [f"{language}.json"]
    assert violations(page, ALL_RULES) == []


def _note_complaints(visit: Visit, origin: str) -> None:
    note = visit.complaints.append
    visit.page.on("console", lambda message: note(message.text))
    visit.page.on("pageerror", lambda error: note(str(error)))
    visit.page.on("requestfailed", lambda request: note(f"failed: {request.url}"))
    visit.page.on(
        "response", lambda response: response.ok or note(f"{response.status}: {response.url}")
    )
    visit.page.on(
        "request",
        lambda request: request.url.startswith(origin) or note(f"elsewhere: {request.url}"),
    )


def _width_of_page(page: Page, width: int) -> int:
    """How wide it is in a window of that width: no less, and more where something sticks out."""
    page.set_viewport_size({"width": width, "height": 740})
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def _expect_no_violations(page: Page, within: str = "html") -> None:
    """Light and dark, desktop and phone, with the rules that axe applies by default."""
    language = page.get_attribute("html", "lang") or ""
    for number, (size, scheme, rules) in enumerate(LOOKS.get(language, OTHER_LOOKS)):
        if number or language != "en":
            page.evaluate(LEAVE_OUT_WHAT_IS_ALIKE)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        assert violations(page, rules, within) == [], f"{size['width']} {scheme}"
