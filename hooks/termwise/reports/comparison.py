"""What a change does to terms and prices: two folders of policies compared, told by `markdown`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from termwise.compiling.edition import Edition
from termwise.languages import LANGUAGES
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import words_of
from termwise.reports.prices import PriceReport, TermsInWords, price_report
from termwise.reports.texts import (
    TextChange,
    TranslationState,
    governing_changes,
    state_of,
    translation_changes,
    translation_states,
    value_changes,
)
from termwise_calculator.telling.slots import fill
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy

REPORT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """Terms in force from a date on, before and after: texts with their figures, and quotes."""

    since: date
    texts: list[TextChange]
    quotes: PriceReport
    words: Words
    policy: Policy
    parts: list[str]
    """The parts of the compiled terms that differ, texts apart."""


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """Everything that changes for one provider that is there before and after."""

    provider: str
    name: str
    values: list[TextChange]
    services: list[TextChange]
    notes: list[TextChange]
    """Gaps and readings that are new or gone, as `gap.<id>` and `reading.<id>`."""
    periods: list[PeriodChange]
    translations: dict[str, list[TextChange]]
    states: list[TranslationState]
    text_states: dict[str, dict[str, str]]
    """Of each changed text: the state of its translation in each language."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        newly = any(state.newly for state in self.states)
        return not (self.periods or self.values or any(self.translations.values()) or newly)


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider that was not there before."""

    provider: str
    name: str
    services: list[str]
    gaps: list[str]
    readings: list[str]


@dataclass(frozen=True, slots=True)
class FolderChange:
    """Everything that changes between two folders of policies."""

    new: list[NewProvider]
    removed: list[str]
    changed: list[ProviderChange]
    stale: int
    """Stale translations in the new folder, of all providers."""


def compare_folders(old: PolicyFolder, new: PolicyFolder) -> FolderChange:
    """Compare two sound folders provider by provider."""
    common = [provider for provider in new.policies if provider in old.policies]
    compared = (compare_provider(old, new, provider) for provider in common)
    stale = sum(
        translated.count("stale")
        for translations in new.translations.values()
        for translated in translations.values()
    )
    return FolderChange(
        new=[_new_provider(new, one) for one in new.policies if one not in old.policies],
        removed=[one for one in old.policies if one not in new.policies],
        changed=[change for change in compared if not change.is_empty],
        stale=stale,
    )


def compare_provider(old: PolicyFolder, new: PolicyFolder, provider: str) -> ProviderChange:
    """Compare the policies of a provider that both folders have."""
    periods = list(_periods(old, new, provider))
    texts = {change.text_id for period in periods for change in period.texts}
    return ProviderChange(
        provider=provider,
        name=new.policies[provider].written.name,
        values=value_changes(old, new, provider),
        services=list(_new_or_gone(old, new, provider, ("service",), ".name")),
        notes=list(_new_or_gone(old, new, provider, ("gap", "reading"))),
        periods=periods,
        translations={one: translation_changes(old, new, provider, one) for one in LANGUAGES},
        states=list(translation_states(old, new, provider)),
        text_states={text_id: state_of(new, provider, text_id) for text_id in texts},
    )


def _new_provider(folder: PolicyFolder, provider: str) -> NewProvider:
    written = folder.policies[provider].written
    return NewProvider(
        provider, written.name, list(written.services), list(written.gaps), list(written.readings)
    )


def _periods(old: PolicyFolder, new: PolicyFolder, provider: str) -> Iterator[PeriodChange]:
    """Each pair of different terms that are in force on one day, once; no text is told twice."""
    before, after = old.policies[provider], new.policies[provider]
    told: list[TextChange] = []
    seen = set()
    for day in sorted(
        {edition.policy.first_known_day for edition in (*before.editions, *after.editions)}
    ):
        pair = before.edition_on(day), after.edition_on(day)
        digests = (pair[0].digest, pair[1].digest)
        if digests[0] != digests[1] and digests not in seen:
            seen.add(digests)
            period = _period(old, new, pair, day)
            texts = [change for change in period.texts if change not in told]
            told += texts
            yield replace(period, texts=texts)


def _period(
    old: PolicyFolder, new: PolicyFolder, pair: tuple[Edition, Edition], day: date
) -> PeriodChange:
    before, after = _terms(old, pair[0], REPORT_LANGUAGE), _terms(new, pair[1], REPORT_LANGUAGE)
    governing = [edition.policy.language for edition in pair]
    return PeriodChange(
        since=day,
        texts=governing_changes(
            _terms(old, pair[0], governing[0]), _terms(new, pair[1], governing[1])
        ),
        quotes=price_report(before, after, day),
        words=after.words,
        policy=pair[1].policy,
        parts=_parts(*pair),
    )


def _terms(folder: PolicyFolder, edition: Edition, language: str) -> TermsInWords:
    return TermsInWords(edition, Words(words_of(folder, edition.policy.provider, language)))


def _parts(old: Edition, new: Edition) -> list[str]:
    """Which parts of the compiled terms differ, those of the document each by itself."""
    before, after = _compared(old), _compared(new)
    return [name for name in after if after[name] != before.get(name)]


def _compared(edition: Edition) -> dict[str, Any]:
    parts = dict(edition.compiled)
    del parts["texts"]
    document = {f"document.{name}": part for name, part in parts.pop("document").items()}
    return {**parts, **document}


def _new_or_gone(
    old: PolicyFolder, new: PolicyFolder, provider: str, kinds: tuple[str, ...], part: str = ""
) -> Iterator[TextChange]:
    """Services, gaps or readings that only one of the folders has, with their texts."""
    before, after = _named(old, provider, part), _named(new, provider, part)
    for text_id in (*after, *before):
        both = text_id in before and text_id in after
        if text_id.startswith(tuple(f"{kind}." for kind in kinds)) and not both:
            yield TextChange(text_id, before.get(text_id), after.get(text_id))


def _named(folder: PolicyFolder, provider: str, part: str) -> dict[str, str]:
    """The governing texts whose id ends with a part, with the figures of the last terms."""
    policy = folder.policies[provider]
    words = Words(words_of(folder, provider, policy.written.language))
    slots = policy.editions[-1].slots
    return {
        text_id: fill(words.text(text_id).text, slots, words)
        for text_id in words.text_ids()
        if text_id.endswith(part)
    }
