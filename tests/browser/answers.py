"""What Python answers in a browser, and what it answers here, for the same scenarios."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import grid
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import choose_terms, read_scenario

PROVIDERS = ("duxtel", "iponto", "mastiff", "remote-utilities", "satisoft")
BUILT_FOR = date(2026, 3, 1)
"""The date of `build_site`: default starts are counted from it on both sides."""

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


class AskedPage(Protocol):
    """A page of the site in whichever browser."""

    def evaluate(self, function: str, argument: Any, /) -> Any:
        """What a JavaScript function answers there."""


@dataclass(frozen=True)
class BuiltSite:
    """The built site with Python running in one page, and the providers read natively."""

    folder: Path
    origin: str
    page: AskedPage
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
        return native_quote(self.providers[provider], query)


def native_quote(provider: Provider, query: Query) -> Quote:
    """Price a query as the command line does."""
    raw = {field: text for field, text in query.items() if field != "service"}
    policy = choose_terms(provider.policies, query["service"], raw, BUILT_FOR)
    return price(policy, read_scenario(policy, query["service"], raw, BUILT_FOR))


def scenarios_by_provider(providers: Iterable[Provider]) -> Mapping[str, list[Query]]:
    """The grid of scenarios, grouped by provider."""
    grouped = defaultdict(list)
    for provider, query in grid(one.policy for one in providers):
        grouped[provider].append(query)
    return grouped
