"""The browser's door to the calculator: JSON text in, JSON text out."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from termwise_calculator.pricing.cost_steps import cost_steps
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
from termwise_calculator.telling.comparison import comparison_html, refusal_html
from termwise_calculator.telling.cost_picture import cost_html
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.render import quote_html
from termwise_calculator.telling.slot_table import slot_table
from termwise_calculator.telling.slots import SlotTable
from termwise_calculator.telling.view import Filled, QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy, has_begun
from termwise_calculator.time.lengths import length_text

Query = Mapping[str, str]


class OtherTerms(Exception):
    """A case that starts under other terms than the session's; `digest` names those in force."""

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
            told = self.refused(query, refused.problems)
        except OtherTerms as other:
            told = self.refused(query, []) | {"elsewhere": other.digest}
        return json.dumps(told, ensure_ascii=False)

    def steps(self, request: str) -> str:
        """Answer the same request with the picture of what the case costs by its length.

        The JSON answer is {"html": …}; empty where such a picture would show nothing.
        """
        query = json.loads(request)["query"]
        try:
            quote = self.quote(query)
        except (ScenarioProblems, OtherTerms):
            return '{"html": ""}'
        steps = cost_steps(self.policy, quote.scenario)
        html = cost_html(steps, quote, self.words, self.slots, self.filled) if steps else ""
        return json.dumps({"html": html}, ensure_ascii=False)

    def quote(self, query: Query, *, pinned: bool = False) -> Quote:
        """Price a query by the session's terms. Fields of other services are passed over.

        Raises ScenarioProblems, and OtherTerms where the start lies under another edition. Terms
        that are `pinned` by a link price whatever starts after they begin and before all terms end.
        """
        service_id = query.get("service", "")
        raw = self._asked_of(service_id, query)
        day = start_day(self.policy, service_id, raw)
        if day is not None:
            self._expect_to_hold(day, pinned=pinned)
        return price(self.policy, read_scenario(self.policy, service_id, raw, self.reference))

    def _expect_to_hold(self, day: date, *, pinned: bool) -> None:
        in_force = dates_in_force(self.calendar, day).digest
        held = has_begun(self.policy.effective, day) if pinned else in_force == self.policy.digest
        if not held:
            raise OtherTerms(in_force)

    def view(self, quote: Quote) -> QuoteView:
        """The phrases of a quote in the session's language."""
        return QuoteView(quote, self.words, self.slots, self.filled)

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

    def refused(self, query: Query, problems: Sequence[ScenarioProblem]) -> dict[str, Any]:
        """The answer to a query that has no quote, as data."""
        policy = self.policy
        service = policy.services.get(query.get("service", ""))
        return {
            "json": None,
            "html": None,
            "problems": [
                {"field": problem.field, "message": message}
                for problem, message in zip(problems, self.described(problems), strict=True)
            ],
            "asked": [] if service is None else fields_asked(policy, service, query),
            "address": None,
        }

    def described(self, problems: Sequence[ScenarioProblem]) -> list[str]:
        """What is wrong with a query, in the session's language."""
        return [describe(problem, self.words) for problem in problems]


def compare(then: Session, now: Session, request: str) -> str:
    """Answer a request by the terms that a link names, and tell what those in force now change.

    The JSON answer is that of `then`, with the HTML of the `comparison`; where its terms do not
    hold yet at the start it is `unfit`, and nothing is priced. Where the case starts under other
    terms than those of `now`, it names these as `elsewhere`, and compares nothing.
    """
    query = json.loads(request)["query"]
    try:
        quote = then.quote(query, pinned=True)
    except ScenarioProblems as refused:
        told = then.refused(query, refused.problems)
    except OtherTerms:
        told = then.refused(query, []) | {"unfit": True}
    else:
        told = then.told(quote) | _compared(then.view(quote), now, query)
    return json.dumps(told, ensure_ascii=False)


def _compared(then: QuoteView, now: Session, query: Query) -> dict[str, str]:
    try:
        return {"comparison": comparison_html(then, now.view(now.quote(query)))}
    except ScenarioProblems as refused:
        problems = now.described(refused.problems)
        return {"comparison": refusal_html(then, now.words, now.policy, problems)}
    except OtherTerms as other:
        return {"elsewhere": other.digest}


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
