"""The browser and the command line give the same quote, byte for byte."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from termwise.languages import LANGUAGES
from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import grid
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.pricing.scenario import choose_terms, read_scenario
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slot_table import slot_table
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX
from tests.browser.site_server import SiteServer
from tests.places import ROOT

pytestmark = pytest.mark.browser

BUILT_FOR = date(2026, 3, 1)
"""The date of `build_site`: default starts are counted from it on both sides."""
LEAST_SCENARIOS = 2000
EVERY_NTH_IN_WORDS = 20

ANSWER_ALL = """
async ({ engine, bundle, queries }) => {
  const { engineAt } = await import(engine);
  const { runtime } = document.querySelector("termwise-calculator").dataset;
  const python = engineAt(new URL(runtime, location).href, 60);
  const answers = [];
  for (const query of queries) answers.push(await python.ask(bundle, query));
  return answers;
}
"""
PROVIDERS = ("duxtel", "iponto", "mastiff", "remote-utilities", "satisoft")


@dataclass(frozen=True)
class BuiltSite:
    """The built site with Python running in one page, and the providers read natively."""

    folder: Path
    origin: str
    page: Page
    providers: Mapping[str, Provider]

    def source(self, provider: str, language: str) -> str:
        """A provider's page as the site serves it."""
        place = "" if language == "en" else f"{language}/"
        return (self.folder / f"{place}providers/{provider}/index.html").read_text()

    def answers(self, provider: str, language: str, queries: list[Query]) -> list[dict[str, Any]]:
        """What the browser's Python answers with the bundle that a provider's page names."""
        source = self.source(provider, language)
        (bundle,) = re.findall(r'data-bundle="[./]*([^"]*)"', source)
        (script,) = re.findall(r'src="[./]*([^"]*calculator.js)"', source)
        asked = {
            "engine": f"{self.origin}{script}",
            "bundle": f"{self.origin}{bundle}",
            "queries": queries,
        }
        answers: list[dict[str, Any]] = self.page.evaluate(ANSWER_ALL, asked)
        return answers

    def native_quote(self, provider: str, query: Query) -> Quote:
        """Price a query as the command line does."""
        raw = {field: text for field, text in query.items() if field != "service"}
        policy = choose_terms(self.providers[provider].policies, raw, BUILT_FOR)
        return price(policy, read_scenario(policy, query["service"], raw, BUILT_FOR))


@pytest.fixture(scope="module")
def site(
    running: CalculatorPage,
    server: SiteServer,
    built_site: Path,
    providers: Mapping[str, Provider],
) -> BuiltSite:
    """One boot of Python serves all tests of this module."""
    return BuiltSite(built_site, f"{server.origin}{PREFIX}", running.page, providers)


@pytest.fixture(scope="module")
def scenarios(providers: Mapping[str, Provider]) -> dict[str, list[Query]]:
    """The grid of scenarios, grouped by provider."""
    grouped = defaultdict(list)
    for provider, query in grid(one.policy for one in providers.values()):
        grouped[provider].append(query)
    return grouped


def test_the_grid_is_large_enough(scenarios: dict[str, list[Query]]):
    """At least 2,000 scenarios, over every service."""
    assert sum(map(len, scenarios.values())) >= LEAST_SCENARIOS
    assert set(scenarios) == set(PROVIDERS)


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_browser_prices_the_grid_like_the_command_line(
    site: BuiltSite, scenarios: dict[str, list[Query]], name: str
):
    """Each scenario's canonical JSON is the same text in Pyodide and in CPython."""
    answers = site.answers(name, "en", scenarios[name])
    for query, answer in zip(scenarios[name], answers, strict=True):
        assert answer["json"] == quote_json(site.native_quote(name, query)), query


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_command_itself_prints_the_same_bytes(
    site: BuiltSite, scenarios: dict[str, list[Query]], name: str
):
    """The installed `termwise quote --json`, in a process of its own, agrees with the browser."""
    query = scenarios[name][-1]
    (answer,) = site.answers(name, "en", [query])
    run = subprocess.run(
        [Path(sys.executable).with_name("termwise"), "quote", *command_line(name, query)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout == answer["json"]


def command_line(provider: str, query: Query) -> list[str]:
    """The arguments of `termwise quote` for a query."""
    arguments = [f"{provider}/{query['service']}", "--json"]
    for field, text in query.items():
        if field in ("start", "minutes"):
            arguments += [f"--{field}", text]
        elif field != "service":
            arguments += ["--set", f"{field}={text}"]
    return arguments


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROVIDERS)
def test_the_browser_words_quotes_like_the_page_generator(
    site: BuiltSite, scenarios: dict[str, list[Query]], name: str, language: str
):
    """A sample of quotes is the same HTML in Pyodide and in CPython, in each language."""
    sample, words = scenarios[name][::EVERY_NTH_IN_WORDS], site.providers[name].words[language]
    answers = site.answers(name, language, sample)
    for query, answer in zip(sample, answers, strict=True):
        quote = site.native_quote(name, query)
        assert answer["html"] == quote_html(quote, words, slot_table(quote.policy)), query


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROVIDERS)
def test_the_default_quote_in_the_page_is_what_the_browser_computes(
    site: BuiltSite, name: str, language: str
):
    """The bytes that stand in the page before any script runs are those Python would put there."""
    query = {"service": next(iter(site.providers[name].policy.services))}
    (answer,) = site.answers(name, language, [query])
    source = site.source(name, language)
    (shown,) = re.findall(r"<output[^>]*>\n(.*?)</output>", source, flags=re.DOTALL)
    assert shown == answer["html"]
