"""The browser and the command line give the same quote, byte for byte."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from termwise.languages import LANGUAGES
from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.quote import quote_json
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slot_table import slot_table
from tests.browser.answers import PROVIDERS, BuiltSite, scenarios_by_provider
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX
from tests.browser.site_server import SiteServer
from tests.places import ROOT

pytestmark = pytest.mark.browser

LEAST_SCENARIOS = 2000
EVERY_NTH_IN_WORDS = 20


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
def scenarios(providers: Mapping[str, Provider]) -> Mapping[str, list[Query]]:
    """The grid of scenarios, grouped by provider."""
    return scenarios_by_provider(providers.values())


def test_the_grid_is_large_enough(scenarios: Mapping[str, list[Query]]):
    """At least 2,000 scenarios, over every service."""
    assert sum(map(len, scenarios.values())) >= LEAST_SCENARIOS
    assert set(scenarios) == set(PROVIDERS)


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_browser_prices_the_grid_like_the_command_line(
    site: BuiltSite, scenarios: Mapping[str, list[Query]], name: str
):
    """Each scenario's canonical JSON is the same text in Pyodide and in CPython."""
    answers = site.answers(name, "en", scenarios[name])
    for query, answer in zip(scenarios[name], answers, strict=True):
        assert answer["json"] == quote_json(site.native_quote(name, query)), query


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_command_itself_prints_the_same_bytes(
    site: BuiltSite, scenarios: Mapping[str, list[Query]], name: str
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
    site: BuiltSite, scenarios: Mapping[str, list[Query]], name: str, language: str
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
