"""The terms of a provider as a state of its folder has them: editions, and all their words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from termwise.compiling.edition import Edition, edition_from
from termwise.languages import LANGUAGES
from termwise.policy_form.dated import DatedRow
from termwise.policy_form.yaml_text.source import Data
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import Provider
from termwise.words.messages import words_data
from termwise_calculator.telling.words import Words

Texts = Mapping[str, Mapping[str, str | bool]]
"""Each text as shown in a language: text, state, machine, language."""

ROW = {field.alias or name for name, field in DatedRow.model_fields.items()}


@dataclass(frozen=True)
class StatedTerms:
    """What one state of a provider's folder says."""

    read: date
    """The day on which the provider's page was read."""
    editions: tuple[Edition, ...]
    texts: Mapping[str, Texts]
    """By language."""
    sources: Mapping[str, Sequence[str]]
    """Where the values of dated rows were published, by the first day of the rows."""

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the editions, in order."""
        return tuple(edition.digest for edition in self.editions)

    def shown(self, edition: Edition, reference: date) -> Provider:
        """One edition with its words, ready to be shown."""
        currency, zones = edition.compiled["currency"], edition.policy.zones
        data = {
            language: words_data(language, self.texts[language], [currency], zones)
            for language in LANGUAGES
        }
        words = {language: Words(one) for language, one in data.items()}
        return Provider((edition,), edition, data, words, reference, reference).under(edition)

    def kept(self) -> str:
        """The terms as text to keep."""
        editions = [edition.data() for edition in self.editions]
        read = self.read.isoformat()
        kept = {"read": read, "editions": editions, "texts": self.texts, "sources": self.sources}
        return json.dumps(kept, ensure_ascii=False)


def from_kept(text: str) -> StatedTerms:
    """The terms that `kept` wrote."""
    kept = json.loads(text)
    return StatedTerms(
        date.fromisoformat(kept["read"]),
        tuple(edition_from(edition) for edition in kept["editions"]),
        kept["texts"],
        kept["sources"],
    )


def stated_terms(folder: PolicyFolder, provider: str) -> StatedTerms:
    """The terms of a provider among sound policies."""
    policy = folder.policies[provider]
    sources: dict[str, list[str]] = {}
    for first_day, source in _row_sources(policy.source.data):
        if source not in sources.setdefault(first_day, []):
            sources[first_day].append(source)
    return StatedTerms(
        policy.written.source.read,
        policy.editions,
        {language: folder.texts(provider, language) for language in LANGUAGES},
        sources,
    )


def _row_sources(data: Data) -> Iterator[tuple[str, str]]:
    """The first day and the source of each dated row of a policy file, wherever it stands."""
    if isinstance(data, dict):
        if data.keys() == ROW:
            yield str(data["from"]), str(data["source"])
        for value in data.values():
            yield from _row_sources(value)
    elif isinstance(data, list):
        for item in data:
            yield from _row_sources(item)
