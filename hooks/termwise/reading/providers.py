"""Providers ready to use: their terms in force on a day, and the words to show them in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from termwise.compiling.edition import Edition
from termwise.languages import LANGUAGES
from termwise.policy_form.value_slots import slot_lines
from termwise.reading.policies import PolicyFolder
from termwise.words.messages import words_data
from termwise_calculator.pricing.cost_steps import CostStep, cost_steps
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import default_start, read_scenario
from termwise_calculator.telling.slots import SlotTable
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Provider:
    """A provider's editions, the one that is shown, and its words, as of a day.

    A start that is left out falls on or after `reference`, which lies under the edition.
    """

    editions: tuple[Edition, ...]
    edition: Edition
    words_data: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Words]
    day: date
    reference: date
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The line of each governing text in the policy's file, by the text's id."""
    value_lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The line of each value that a slot shows, by the slot."""
    _shown: dict[tuple[str, Any], Quote] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def policies(self) -> tuple[Policy, ...]:
        """All editions as the calculator reads them, in order."""
        return tuple(edition.policy for edition in self.editions)

    @property
    def policy(self) -> Policy:
        """The terms that are shown."""
        return self.edition.policy

    @property
    def slots(self) -> SlotTable:
        """The figures of these terms, by the names that texts give them."""
        return self.edition.slots

    @property
    def document(self) -> Mapping[str, Any]:
        """The arrangement of the texts: sections, steps, examples and so on."""
        return self.policy.document

    def under(self, edition: Edition) -> "Provider":
        """The provider under one of its editions, on the nearest day on which that is in force.

        A week is left before its end where there is one, so that a default start falls into it.
        """
        reference = max(self.day, edition.effective or self.day)
        if edition.until is not None:
            reference = min(reference, edition.until - WEEK)
            reference = max(reference, edition.effective or reference)
        return replace(self, edition=edition, reference=reference)

    def quote(self, service_id: str, raw: Mapping[str, str]) -> Quote:
        """Price a scenario of this provider; what is left out takes the service's default."""
        return price(self.policy, read_scenario(self.policy, service_id, raw, self.reference))

    def shown_quote(self, service_id: str, raw: Mapping[str, str]) -> Quote:
        """The same of a case that its pages show: it is priced once for all languages."""
        case = service_id, tuple(raw.items())
        if case not in self._shown:
            self._shown[case] = self.quote(service_id, raw)
        return self._shown[case]

    @cached_property
    def first_steps(self) -> tuple[Quote, tuple[CostStep, ...]] | None:
        """The first session by time, and what each minute of it costs; None where none is."""
        by_time = [one for one in self.policy.services.values() if "minutes" in one.asks]
        if not by_time:
            return None
        session = self.shown_quote(by_time[0].id, {})
        return session, cost_steps(self.policy, session.scenario)

    def local_start(self, minute_of_week: int) -> str:
        """A weekday and time as a form holds it, on or next after the reference date."""
        start = default_start(self.policy, minute_of_week, self.reference)
        return start.astimezone(self.policy.zone).strftime("%Y-%m-%dT%H:%M")


def load_providers(folder: PolicyFolder, day: date | Callable[[str], date]) -> list[Provider]:
    """Every provider of a folder as its terms stand on a day, in the order of their names.

    The day is one for all, or asked for by the time zone of each.
    """
    providers = []
    for name, policy in folder.policies.items():
        own = day if isinstance(day, date) else day(policy.written.timezone)
        providers.append(load_provider(folder, name, own))
    return sorted(providers, key=lambda provider: provider.policy.name.casefold())


def load_provider(folder: PolicyFolder, provider: str, day: date) -> Provider:
    """One provider as its terms stand on a day; before its first terms, those first terms."""
    policy = folder.policies[provider]
    data = {language: words_of(folder, provider, language) for language in LANGUAGES}
    words = {language: Words(data[language]) for language in LANGUAGES}
    edition = policy.edition_on(day)
    lines = {text.id: policy.source.place(text.path).line for text in policy.texts}
    values = slot_lines(policy.source)
    return Provider(policy.editions, edition, data, words, day, day, lines, values).under(edition)


def words_of(folder: PolicyFolder, provider: str, language: str) -> dict[str, Any]:
    """The data of `Words` for a provider in a language."""
    written, texts = folder.policies[provider].written, folder.texts(provider, language)
    return words_data(language, texts, [written.currency], written.zones)
