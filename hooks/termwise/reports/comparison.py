"""What a change does to terms and prices: two folders of policies compared, told by `markdown`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from termwise.compiling.edition import Edition
from termwise.languages import LANGUAGES
from termwise.reading.policies import PolicyFolder
from termwise.reading.providers import words_of
from termwise.reports.cases import TermsInWords, compared
from termwise.reports.dates import DateChange, date_changes
from termwise.reports.effects import ComparedPeriod, Effect, Effects, with_found
from termwise.reports.offers import OfferChange, offer_changes
from termwise.reports.periods import Period, periods_of_difference
from termwise.reports.prices import PriceReport, price_report
from termwise.reports.texts import (
    TextChange,
    TranslationState,
    governing_changes,
    state_of,
    translation_changes,
    translation_states,
)
from termwise.reports.written import WrittenChange, written_changes
from termwise_calculator.telling.slots import fill
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy

REPORT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """Terms on some days, before and after: texts with their figures, and quotes."""

    period: Period
    is_coming: bool
    """Whether these days are all still to come."""
    has_begun: bool
    """Whether some of these days have passed."""
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
    words: Words
    dates: list[DateChange]
    offers: list[OfferChange]
    written: list[tuple[WrittenChange, Effect]]
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
        return not (self.periods or self.written or any(self.translations.values()) or newly)


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


def compare_folders(old: PolicyFolder, new: PolicyFolder, now: datetime) -> FolderChange:
    """Compare two sound folders provider by provider; what has passed is judged at a moment."""
    common = [provider for provider in new.policies if provider in old.policies]
    changes = (compare_provider(old, new, provider, now) for provider in common)
    stale = sum(
        translated.count("stale")
        for translations in new.translations.values()
        for translated in translations.values()
    )
    return FolderChange(
        new=[_new_provider(new, one) for one in new.policies if one not in old.policies],
        removed=[one for one in old.policies if one not in new.policies],
        changed=[change for change in changes if not change.is_empty],
        stale=stale,
    )


def compare_provider(
    old: PolicyFolder, new: PolicyFolder, provider: str, now: datetime
) -> ProviderChange:
    """Compare the policies of a provider that both folders have."""
    before, after = old.policies[provider], new.policies[provider]
    today = now.astimezone(after.editions[-1].policy.zone).date()
    priced = [
        _compared(old, new, provider, period, today)
        for period in periods_of_difference(before.editions, after.editions)
    ]
    written = written_changes(before, after)
    effects = [Effects(before, after, priced).of(change) for change in written]
    priced = [with_found(one, effects) for one in priced]
    periods = list(_periods(old, new, priced, today))
    texts = {change.text_id for period in periods for change in period.texts}
    words = Words(words_of(new, provider, REPORT_LANGUAGE))
    return ProviderChange(
        provider=provider,
        name=after.written.name,
        words=words,
        dates=list(date_changes(before.editions, after.editions, words, today)),
        offers=list(offer_changes(priced)),
        written=list(zip(written, effects, strict=True)),
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


# ---- The days on which terms differ


def _compared(
    old: PolicyFolder, new: PolicyFolder, provider: str, period: Period, today: date
) -> ComparedPeriod:
    """A period with its typical cases under both terms."""
    return ComparedPeriod(
        period=period,
        cases=compared(period, today),
        old=_terms(old, provider, period.old, REPORT_LANGUAGE),
        new=_terms(new, provider, period.new, REPORT_LANGUAGE),
        first_case=period.first_case(today),
    )


def _terms(
    folder: PolicyFolder, provider: str, edition: Edition | None, language: str
) -> TermsInWords | None:
    if edition is None:
        return None
    return TermsInWords(edition, Words(words_of(folder, provider, language)))


def _periods(
    old: PolicyFolder, new: PolicyFolder, priced: Iterable[ComparedPeriod], today: date
) -> Iterator[PeriodChange]:
    """What changes in each period; no text is told twice."""
    told: list[TextChange] = []
    for one in priced:
        period = _period(old, new, one, today)
        texts = [change for change in period.texts if change not in told]
        told += texts
        yield replace(period, texts=texts)


def _period(
    old: PolicyFolder, new: PolicyFolder, priced: ComparedPeriod, today: date
) -> PeriodChange:
    period, shown = priced.period, priced.new or priced.old
    assert shown is not None
    return PeriodChange(
        period=period,
        is_coming=not period.is_before(today) and not period.holds(today),
        has_begun=period.is_before(today),
        texts=_texts(old, new, period),
        quotes=price_report(priced.cases, priced.old, priced.new),
        words=shown.words,
        policy=shown.policy,
        parts=_parts(period),
    )


def _texts(old: PolicyFolder, new: PolicyFolder, period: Period) -> list[TextChange]:
    """Governing texts that differ; none where only one side has terms."""
    before, after = period.old, period.new
    if before is None or after is None:
        return []
    provider = after.policy.provider
    terms = (
        _terms(folder, provider, edition, edition.policy.language)
        for folder, edition in ((old, before), (new, after))
    )
    first, then = terms
    return governing_changes(first, then) if first and then else []


def _parts(period: Period) -> list[str]:
    """Which parts of the compiled terms differ, those of the document each by itself."""
    if period.old is None or period.new is None:
        return []
    before, after = _parts_of(period.old), _parts_of(period.new)
    return [name for name in after if after[name] != before.get(name)]


def _parts_of(edition: Edition) -> dict[str, Any]:
    parts = dict(edition.compiled)
    del parts["texts"]
    document = {f"document.{name}": part for name, part in parts.pop("document").items()}
    return {**parts, **document}


# ---- Gaps and readings


def _new_or_gone(
    old: PolicyFolder, new: PolicyFolder, provider: str, kinds: tuple[str, ...]
) -> Iterator[TextChange]:
    """Gaps or readings that only one of the folders has, with their texts."""
    before, after = _named(old, provider), _named(new, provider)
    for text_id in (*after, *before):
        both = text_id in before and text_id in after
        if text_id.startswith(tuple(f"{kind}." for kind in kinds)) and not both:
            yield TextChange(text_id, before.get(text_id), after.get(text_id))


def _named(folder: PolicyFolder, provider: str) -> dict[str, str]:
    """The governing texts, with the figures of the last terms."""
    policy = folder.policies[provider]
    words = Words(words_of(folder, provider, policy.written.language))
    slots = policy.editions[-1].slots
    return {text_id: fill(words.text(text_id).text, slots, words) for text_id in words.text_ids()}
