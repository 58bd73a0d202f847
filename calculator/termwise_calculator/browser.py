"""The browser's door to the calculator: JSON text in, JSON text out."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.pricing.scenario import (
    EditionDates,
    Scenario,
    dates_in_force,
    fields_asked,
    read_scenario,
    start_day,
)
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


class OtherTerms(Exception):
    """A case that starts under another edition than the session's; `digest` names it."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


class Session:
    """One edition of a provider's terms in one language, ready to answer a visitor's edits.

    `calendar` tells when all editions are in force, `slots` are the figures that texts name.
    """

    def __init__(
        self,
        policy: Policy,
        calendar: Sequence[EditionDates],
        words: Words,
        reference: date,
        slots: SlotTable,
    ) -> None:
        self.policy = policy
        self.calendar = calendar
        self.words = words
        self.reference = reference
        self.slots = slots
        self.filled: Filled = {}

    def answer(self, request: str) -> str:
        """Answer a JSON request {"query": {field: text}}.

        The JSON answer holds the canonical quote and its HTML, or the problems by field; the fields
        that the case asks; and the query that restores it. Where the case starts under other terms
        it names their digest as `elsewhere`, and prices nothing.
        """
        query = json.loads(request)["query"]
        try:
            told = self.told(self.quote(query))
        except ScenarioProblems as refused:
            told = self._refused(query, refused.problems)
        except OtherTerms as other:
            told = self._refused(query, []) | {"elsewhere": other.digest}
        return json.dumps(told, ensure_ascii=False)

    def quote(self, query: Query) -> Quote:
        """Price a query by the session's terms. Fields of other services are passed over.

        Raises ScenarioProblems, and OtherTerms where the start lies under another edition.
        """
        service_id = query.get("service", "")
        raw = self._asked_of(service_id, query)
        day = start_day(self.policy, raw)
        if day is not None:
            in_force = dates_in_force(self.calendar, day)
            if in_force.digest != self.policy.digest:
                raise OtherTerms(in_force.digest)
        return price(self.policy, read_scenario(self.policy, service_id, raw, self.reference))

    def html(self, quote: Quote) -> str:
        """The HTML of a quote in the session's language."""
        return quote_html(quote, self.words, self.slots, self.filled)

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
        service = self.policy.services.get(service_id)
        if service is None:
            return {}
        fields = (*service.asks, *service.questions)
        return {field: text for field, text in query.items() if field in fields}

    def _refused(self, query: Query, problems: list[ScenarioProblem]) -> dict[str, Any]:
        policy = self.policy
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
    """Open a session from a bundle.

    It holds one edition (`digest`, `policy`), the `calendar` of all of them, the `words`, and the
    day of `reference`, on or after which a start that is left out falls.
    """
    data = json.loads(bundle)
    policy = load_policy(data["policy"], data["digest"])
    calendar = [
        EditionDates(_day(one["effective"]), _day(one["until"]), one["digest"])
        for one in data["calendar"]
    ]
    words, reference = Words(data["words"]), date.fromisoformat(data["reference"])
    return Session(policy, calendar, words, reference, slot_table(policy))


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


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
