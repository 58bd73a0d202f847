"""What a change of a policy does to its texts and its translations."""

from collections.abc import Iterator
from dataclasses import dataclass

from termwise.languages import LANGUAGES
from termwise.reading.policies import PolicyFolder
from termwise.reports.cases import TermsInWords
from termwise_calculator.telling.slots import fill


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text before and after; None where there is none."""

    text_id: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TranslationState:
    """The translations of a provider into a language that are not up to date."""

    language: str
    stale: list[str]
    missing: list[str]
    newly: frozenset[str]
    """Those of them that were up to date before, or stand for a text that is new."""


def governing_changes(old: TermsInWords, new: TermsInWords) -> list[TextChange]:
    """Texts that are new, gone or different as they are read, with their figures."""
    return list(_differences(_filled(old), _filled(new)))


def translation_changes(
    old: PolicyFolder, new: PolicyFolder, provider: str, language: str
) -> list[TextChange]:
    """Translations that now say something else, while both are shown; slots stay open."""
    before = _translated(old, provider, language)
    after = _translated(new, provider, language)
    common = before.keys() & after.keys()
    changes = _differences(before, after)
    return [change for change in changes if change.text_id in common]


def translation_states(
    old: PolicyFolder, new: PolicyFolder, provider: str
) -> Iterator[TranslationState]:
    """Each language in which texts of a provider are stale or missing."""
    for language in LANGUAGES:
        after = _states(new, provider, language)
        before = _states(old, provider, language)
        stale = [text_id for text_id, state in after.items() if state == "stale"]
        missing = [text_id for text_id, state in after.items() if state == "missing"]
        newly = (one for one in (*stale, *missing) if before.get(one) != after[one])
        if stale or missing:
            yield TranslationState(language, stale, missing, frozenset(newly))


def state_of(folder: PolicyFolder, provider: str, text_id: str) -> dict[str, str]:
    """In each language but the governing one: whether a text's translation is up to date."""
    translations = folder.translations[provider]
    return {
        language: translated.texts[text_id].state
        for language, translated in translations.items()
        if text_id in translated.texts
    }


def _filled(terms: TermsInWords) -> dict[str, str]:
    words, slots = terms.words, terms.edition.slots
    return {one: fill(words.text(one).text, slots, words) for one in words.text_ids()}


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[TextChange]:
    """In the order of the new ones, those that are gone at the end."""
    for name, text in after.items():
        if before.get(name) != text:
            yield TextChange(name, before.get(name), text)
    yield from (TextChange(name, text, None) for name, text in before.items() if name not in after)


def _translated(folder: PolicyFolder, provider: str, language: str) -> dict[str, str]:
    translated = folder.translations[provider].get(language)
    texts = translated.texts if translated else {}
    return {name: one.text for name, one in texts.items() if one.state == "translated"}


def _states(folder: PolicyFolder, provider: str, language: str) -> dict[str, str]:
    translated = folder.translations[provider].get(language)
    return {name: one.state for name, one in translated.texts.items()} if translated else {}
