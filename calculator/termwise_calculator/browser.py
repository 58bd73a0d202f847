"""The browser's door to the calculator: JSON text in, JSON text out."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.pricing.scenario import Scenario, choose_terms, fields_asked, read_scenario
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.telling.slots import SlotTable
from termwise_calculator.telling.view import Filled
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.lengths import length_text

Query = Mapping[str, str]


class Session:
    """One provider's editions in one language, ready to answer a visitor's edits.

    `slots` are the figures of each edition that its texts name, by its digest.
    """

    def __init__(
        self,
        editions: list[Policy],
        words: Words,
        reference: date,
        slots: Mapping[str, SlotTable],
    ) -> None:
        self.editions = editions
        self.words = words
        self.reference = reference
        self.slots = slots
        self.filled: dict[str, Filled] = {edition.digest: {} for edition in editions}

    def answer(self, request: str) -> str:
        """Answer a JSON request {"query": {field: text}}.

        The JSON answer holds the canonical quote and its HTML, or the problems by field; the fields
        that the case asks; and the query that restores it.
        """
        query = json.loads(request)["query"]
        try:
            return json.dumps(self.told(self.quote(query)), ensure_ascii=False)
        except ScenarioProblems as refused:
            return json.dumps(self._refused(query, refused.problems), ensure_ascii=False)

    def quote(self, query: Query) -> Quote:
        """Price a query. Raises ScenarioProblems. Fields of other services are passed over."""
        service_id = query.get("service", "")
        raw = self._asked_of(service_id, query)
        policy = choose_terms(self.editions, raw, self.reference)
        return price(policy, read_scenario(policy, service_id, raw, self.reference))

    def html(self, quote: Quote) -> str:
        """The HTML of a quote in the session's language."""
        digest = quote.policy.digest
        return quote_html(quote, self.words, self.slots[digest], self.filled[digest])

    def told(self, quote: Quote) -> dict[str, Any]:
        """The answer that a quote makes, as data."""
        policy, scenario = quote.policy, quote.scenario
        return {
            "json": quote_json(quote),
            "html": self.html(quote),
            "problems": [],
            "asked": fields_asked(policy, scenario.service, scenario.answers),
            "address": address(policy, scenario),
        }

    def _asked_of(self, service_id: str, query: Query) -> dict[str, str]:
        service = self.editions[-1].services.get(service_id)
        if service is None:
            return {}
        fields = (*service.asks, *service.questions)
        return {field: text for field, text in query.items() if field in fields}

    def _refused(self, query: Query, problems: list[ScenarioProblem]) -> dict[str, Any]:
        policy = self.editions[-1]
        service = policy.services.get(query.get("service", ""))
        return {
            "json": None,
            "html": None,
            "problems": [
                {"field": problem.field, "message": describe(problem, self.words)}
                for problem in problems
            ],
            "asked": [] if service is None else fields_asked(policy, service, query),
            "address": None,
        }


def open_session(bundle: str) -> Session:
    """Open a session from a bundle: {"reference", "editions": [{"digest", "policy"}], "words"}."""
    data = json.loads(bundle)
    editions = [load_policy(edition["policy"], edition["digest"]) for edition in data["editions"]]
    slots = {edition.digest: slot_table(edition) for edition in editions}
    return Session(editions, Words(data["words"]), date.fromisoformat(data["reference"]), slots)


def address(policy: Policy, scenario: Scenario) -> str:
    """The query string that restores a scenario; every value in it is plain ASCII by its form."""
    fields = {"service": scenario.service.id}
    if scenario.start is not None:
        local = scenario.start.astimezone(policy.zone)
        moment = local if local.fold else local.replace(tzinfo=None)
        fields["start"] = moment.isoformat(timespec="minutes").replace("+", "%2B")
    if scenario.minutes is not None:
        fields["minutes"] = length_text(scenario.minutes)
    return "&".join(f"{name}={value}" for name, value in (fields | dict(scenario.answers)).items())
