"""The core of the calculator where Chromium is not: in Firefox and in WebKit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slot_table import slot_table
from tests.browser.answers import PROVIDERS, BuiltSite, native_quote, scenarios_by_provider
from tests.browser.conftest import PREFIX
from tests.browser.engines.engine import Engine
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

MASTIFF = f"{PREFIX}providers/mastiff/?start=2026-03-03T17:30"
"""At the start that the page had when it was built; these browsers have the machine’s clock."""
SERVICE = {"service": "remote-help"}
ANSWERS_OF_EACH = 8
"""Every scenario is answered in Chromium; here a few of each provider."""

HEAR_READY = """
() => {
  window.heardReady = new Promise((resolve) => {
    addEventListener("termwise:ready", () => resolve(true), { once: true });
  });
}
"""
HEARD_READY = "() => window.heardReady"
TURN_TO_THE_FORM = """
() => document.querySelector("termwise-calculator form")
  .dispatchEvent(new Event("focusin", { bubbles: true }))
"""
LISTENS = '() => document.querySelector("termwise-calculator").listening === true'
IN_STATE = """
(state) => document.querySelector("termwise-calculator").dataset.state === state
"""
ENTER_MINUTES = """
(minutes) => {
  const field = document.querySelector("termwise-calculator [name=minutes]");
  field.value = minutes;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
"""
ENTRIES = """
() => Object.fromEntries(new FormData(document.querySelector("termwise-calculator form")))
"""
QUOTED_MINUTES = """
(minutes) => {
  const { json } = document.querySelector("termwise-calculator");
  return json && JSON.parse(json).input.minutes === minutes;
}
"""
QUOTED = '() => document.querySelector("termwise-calculator").json'
# The browser writes HTML in its own way: the expected as well.
SHOWS = """
(html) => {
  const output = document.querySelector("termwise-calculator output");
  const expected = document.createElement("output");
  expected.innerHTML = html;
  return output.innerHTML.trim() === expected.innerHTML.trim() && !("stale" in output.dataset);
}
"""
IS_STALE = '() => "stale" in document.querySelector("termwise-calculator output").dataset'
TELLS = """
(reason) => [...document.querySelectorAll("termwise-calculator [data-part=failure] [data-reason]")]
  .filter((told) => told.checkVisibility() && told.innerText.trim())
  .map((told) => told.dataset.reason)
  .join() === reason
"""
RETRY = '() => document.querySelector("termwise-calculator [data-action=retry]").click()'


@pytest.fixture(scope="module")
def mastiff(providers: Mapping[str, Provider]) -> Provider:
    """The provider whose page is opened."""
    return providers["mastiff"]


@pytest.fixture(scope="module")
def site(
    engine: Engine, server: SiteServer, built_site: Path, providers: Mapping[str, Provider]
) -> BuiltSite:
    """The page with Python running, for all tests of an engine that do not load it anew."""
    engine.goto(server.origin + MASTIFF)
    turn_to_the_form(engine)
    engine.wait(IN_STATE, "ready")
    return BuiltSite(built_site, server.origin + PREFIX, engine, providers)


@pytest.fixture
def new_host(built_site: Path) -> Iterator[SiteServer]:
    """The site where the browser never was: it has kept nothing of it."""
    with SiteServer({PREFIX: built_site}, quality=1) as running:
        yield running


@pytest.fixture(scope="module")
def scenarios(providers: Mapping[str, Provider]) -> Mapping[str, list[Query]]:
    """A few scenarios of each provider, from all over the grid."""
    grid = scenarios_by_provider(providers.values())
    return {name: queries[:: len(queries) // ANSWERS_OF_EACH] for name, queries in grid.items()}


def html_of(quote: Quote, provider: Provider) -> str:
    """The quote as the page generator writes it into an English page."""
    return quote_html(quote, provider.words["en"], slot_table(quote.policy))


def turn_to_the_form(engine: Engine) -> None:
    """What Python waits for, as soon as somebody listens."""
    engine.wait(LISTENS)
    engine.evaluate(TURN_TO_THE_FORM)


def expect_quote(engine: Engine, quote: Quote, provider: Provider) -> None:
    """Wait for the quote of its minutes: it is this one, and shown as such."""
    engine.wait(QUOTED_MINUTES, json.loads(quote_json(quote))["input"]["minutes"])
    assert engine.evaluate(QUOTED) == quote_json(quote)
    engine.wait(SHOWS, html_of(quote, provider))


def test_the_quote_of_the_page_stands_until_python_is_there(
    engine: Engine, new_host: SiteServer, mastiff: Provider
):
    """And after: it is the same. The element tells that Python is ready."""
    quote = native_quote(mastiff, SERVICE)
    with new_host.fault("*.wasm", "stalled"):
        engine.goto(new_host.origin + MASTIFF)
        engine.evaluate(HEAR_READY)
        turn_to_the_form(engine)
        engine.wait(IN_STATE, "loading")
        engine.wait(SHOWS, html_of(quote, mastiff))
    assert engine.evaluate(HEARD_READY)
    expect_quote(engine, quote, mastiff)


@pytest.mark.parametrize("name", PROVIDERS)
def test_python_prices_like_the_command_line(
    site: BuiltSite, scenarios: Mapping[str, list[Query]], name: str
):
    """The same canonical JSON, and the same words, for a few scenarios of every provider."""
    provider = site.providers[name]
    answers = site.answers(name, "en", scenarios[name])
    for query, answer in zip(scenarios[name], answers, strict=True):
        quote = native_quote(provider, query)
        assert answer["json"] == quote_json(quote), query
        assert answer["html"] == html_of(quote, provider), query


@pytest.mark.usefixtures("site")
def test_an_edit_is_answered(engine: Engine, mastiff: Provider):
    """With the quote of the new entries, in the page and in its address."""
    engine.evaluate(ENTER_MINUTES, "157")
    expect_quote(engine, native_quote(mastiff, SERVICE | {"minutes": "157"}), mastiff)
    engine.wait("() => new URLSearchParams(location.search).get('minutes') === '157'")


def test_a_link_restores_its_scenario(engine: Engine, site: BuiltSite, mastiff: Provider):
    """Its entries stand in the form, and are priced."""
    linked = SERVICE | {"start": "2026-03-07T10:00", "minutes": "61", "client": "yes"}
    engine.goto(f"{site.origin}providers/mastiff/?{urlencode(linked)}")
    expect_quote(engine, native_quote(mastiff, linked), mastiff)
    assert linked.items() <= engine.evaluate(ENTRIES).items()


def test_a_missing_worker_is_told_beside_the_quote_of_the_page(
    engine: Engine, new_host: SiteServer, mastiff: Provider
):
    """An edit marks the quote as another one, and is answered once the worker is to be had."""
    quote = native_quote(mastiff, SERVICE)
    with new_host.fault("*/worker-*.js", "missing"):
        engine.goto(new_host.origin + MASTIFF)
        turn_to_the_form(engine)
        engine.wait(TELLS, "download")
        engine.wait(SHOWS, html_of(quote, mastiff))
        engine.evaluate(ENTER_MINUTES, "157")
        engine.wait(IS_STALE)
        engine.wait(TELLS, "download")
    engine.evaluate(RETRY)
    expect_quote(engine, native_quote(mastiff, SERVICE | {"minutes": "157"}), mastiff)
    engine.wait(TELLS, "")
