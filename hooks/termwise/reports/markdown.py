"""The report on a change of policies in Markdown, fit to be posted on a pull request."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from termwise.languages import LANGUAGES
from termwise.reading.policies import PolicyFolder
from termwise.reading.translations import TranslatedTexts
from termwise.reports.comparison import (
    FolderChange,
    NewProvider,
    PeriodChange,
    ProviderChange,
    compare_folders,
)
from termwise.reports.effects import Effect
from termwise.reports.links import Links
from termwise.reports.markdown_lists import MOST_ITEMS, codes, folded, long_list, table
from termwise.reports.markdown_prices import price_sections
from termwise.reports.markdown_text import added, escaped, removed, word_difference
from termwise.reports.offers import OfferChange
from termwise.reports.texts import TextChange, TranslationState
from termwise.reports.written import WrittenChange

MOST_CHARACTERS = 60_000
"""A comment on GitHub holds 65,536 characters."""

HOW_TO_READ = (
    "Typical cases are sessions and requests around every hour, length, quantity and answer at"
    " which a price changes before or after; alike ones are told by one of them. What a provider"
    " does not publish stands in its terms as a gap, what we had to interpret as a reading."
)
TOO_LONG = (
    "This report is longer than one comment on a pull request may be; nothing is left out of it."
)


def change_report(
    old: PolicyFolder,
    new: PolicyFolder,
    old_name: str,
    new_name: str,
    now: datetime,
    address: str = "",
) -> str:
    """The whole report on what changes from one folder of policies to another.

    Where the new folder can be read at an address, what is named leads to its line there.
    """
    change, links = compare_folders(old, new, now), Links(new, address)
    whole = _report(change, links, old_name, new_name, in_short=False)
    if len(whole) <= MOST_CHARACTERS:
        return whole
    shorter = _report(change, links, old_name, new_name, in_short=True)
    return shorter if len(shorter) <= MOST_CHARACTERS else f"{TOO_LONG}\n\n{whole}"


def _report(
    change: FolderChange, links: Links, old_name: str, new_name: str, *, in_short: bool
) -> str:
    parts = [
        "# What changes in terms and prices",
        f"From {old_name} to {new_name}.",
        *_summary(change, links.folder),
        *(_new_provider(one) for one in change.new),
        *(f"## Removed: `{provider}`" for provider in change.removed),
    ]
    for provider in change.changed:
        parts += _provider(provider, links, in_short=in_short)
    return "\n\n".join(parts) + "\n"


def _summary(change: FolderChange, new: PolicyFolder) -> Iterator[str]:
    if not (change.new or change.removed or change.changed):
        yield "No change in terms, prices or translations."
    if change.changed:
        columns = ("Provider", "Texts", "Prices", "Gaps and readings", "Stale translations")
        yield table(columns, [_summary_row(provider) for provider in change.changed])
        yield HOW_TO_READ
    if concerned := [
        *(one.provider for one in change.changed),
        *(one.provider for one in change.new),
    ]:
        languages = ("Translated", *LANGUAGES)
        yield table(languages, [_translated_row(new, provider) for provider in concerned])
    if change.stale:
        yield f"Stale translations of all providers: {change.stale}."


def _translated_row(folder: PolicyFolder, provider: str) -> tuple[str, ...]:
    """How many texts of a provider are translated into each language, and what they lack."""
    policy = folder.policies[provider]
    translations = folder.translations[provider]
    cells = (
        _translated(translations[language]) if language in translations else "original"
        for language in LANGUAGES
    )
    return (escaped(policy.written.name), *cells)


def _translated(texts: TranslatedTexts) -> str:
    counts = {state: texts.count(state) for state in ("stale", "missing")}
    lacks = [f"{count} {state}" for state, count in counts.items() if count]
    return ", ".join([f"{texts.count('translated')} of {len(texts.texts)}", *lacks])


def _summary_row(change: ProviderChange) -> tuple[str, ...]:
    texts = {text.text_id for period in change.periods for text in period.texts}
    prices = sum(period.quotes.changed_prices for period in change.periods)
    compared = sum(period.quotes.compared for period in change.periods)
    stale = sum(len(state.stale) for state in change.states)
    newly = sum(len(state.newly & {*state.stale}) for state in change.states)
    return (
        escaped(change.name),
        str(len(texts)),
        f"{prices} of {compared} cases" if compared else "0",
        str(len(change.notes)),
        f"{stale}, {newly} of them new" if stale else "0",
    )


def _new_provider(one: NewProvider) -> str:
    items = [f"services: {codes(one.services)}"]
    items += [f"gaps: {codes(one.gaps)}"] if one.gaps else []
    items += [f"readings: {codes(one.readings)}"] if one.readings else []
    return f"## New: {escaped(one.name)} (`{one.provider}`)\n\n{long_list(items)}"


def _provider(change: ProviderChange, links: Links, *, in_short: bool) -> Iterator[str]:
    provider = change.provider
    yield f"## {escaped(change.name)} (`{provider}`)"
    if change.dates:
        items = (f"**Warning:** {one.told}" if one.is_warning else one.told for one in change.dates)
        yield f"### Days on which terms begin and end\n\n{long_list(items)}"
    if change.offers:
        yield f"### New and removed\n\n{long_list(map(_offer, change.offers))}"
    if change.written:
        items = (_written(change, links, *one) for one in change.written)
        yield f"### Values as written\n\n{long_list(items)}"
    notes = {one.text_id: links.text(provider, one.text_id) for one in change.notes}
    yield from _changes("New and removed gaps and readings", change.notes, notes)
    for period in change.periods:
        yield from _period(change, links, period, in_short=in_short)
    yield from _translations(change, links)


def _offer(offer: OfferChange) -> str:
    """Something new or gone, with an example of what it does to a price."""
    name = f"“{escaped(offer.name)}” (`{offer.id}`)" if offer.name else f"`{offer.id}`"
    example = escaped(offer.example) or "no typical case shows it"
    return f"{'New' if offer.is_new else 'Removed'} {offer.kind} {name}. {example}"


def _written(change: ProviderChange, links: Links, written: WrittenChange, effect: Effect) -> str:
    """A value before and after, since when, and what it does to prices by itself."""
    name = f"`{'.'.join(written.name)}`"
    if written.new:
        name = links.value(change.provider, written.new.path, name)
    name += f", from {change.words.date(written.since)}" if written.since else ""
    old, new = (leaf.text if leaf else None for leaf in (written.old, written.new))
    told = _effect(effect)
    return f"{name}: {_difference(old, new)}" + (f" – {told}" if told else "")


def _effect(effect: Effect) -> str:
    if effect.what == "nothing":
        return "this value changed; no case was found whose price it changes"
    if effect.what == "words":
        return "no case was found whose price it changes; it changes what quotes say"
    if effect.example is None:
        return ""
    example = effect.example
    return f"{escaped(example.case)}: {escaped(example.old)} → {escaped(example.new)}"


def _changes(title: str, changes: Sequence[TextChange], names: Mapping[str, str]) -> Iterator[str]:
    if changes:
        items = (f"{names[one.text_id]}: {_difference(one.old, one.new)}" for one in changes)
        yield f"### {title}\n\n{long_list(items)}"


def _difference(old: str | None, new: str | None) -> str:
    if old is None:
        return added(new or "")
    if new is None:
        return removed(old)
    return word_difference(old, new)


# ---- One period


def _period(
    change: ProviderChange, links: Links, period: PeriodChange, *, in_short: bool
) -> Iterator[str]:
    level = "###"
    if len(change.periods) > 1 or period.is_coming:
        yield f"### {_days(period)}"
        level = "####"
    yield from _clauses(change, links, period, level)
    yield from price_sections(period, level, in_short=in_short)
    if period.parts:
        parts = codes(part.removeprefix("document.") for part in period.parts)
        yield f"{level} Parts of the terms that differ\n\n{parts}"


def _days(period: PeriodChange) -> str:
    """The days of a period: from the first on, and until the last where other terms follow."""
    since, until, words = period.period.since, period.period.until, period.words
    last = f"until {words.date(until - timedelta(days=1))}" if until else ""
    if since is None:
        return last.capitalize() or "On every day"
    return " ".join(filter(None, [f"From {words.date(since)}", last]))


def _clauses(
    change: ProviderChange, links: Links, period: PeriodChange, level: str
) -> Iterator[str]:
    if period.texts:
        items = (_clause(change, links, period, text) for text in period.texts)
        title = f"Clauses and other texts ({period.policy.language} governs)"
        yield f"{level} {title}\n\n{long_list(items)}"


def _clause(change: ProviderChange, links: Links, period: PeriodChange, text: TextChange) -> str:
    number = period.policy.clause_numbers.get(text.text_id)
    name = f"§ {number} `{text.text_id}`" if number else f"`{text.text_id}`"
    name = links.text(change.provider, text.text_id, name)
    behind = [
        f"{language} {state}"
        for language, state in change.text_states[text.text_id].items()
        if state != "translated"
    ]
    states = f" ({', '.join(behind)})" if behind else ""
    return f"{name}{states}: {_difference(text.old, text.new)}"


# ---- Translations


def _translations(change: ProviderChange, links: Links) -> Iterator[str]:
    for language, changes in change.translations.items():
        ids = [one.text_id for one in changes]
        names = dict(zip(ids, links.translations(change.provider, language, ids), strict=True))
        yield from _changes(f"Translations into {language}", changes, names)
    if change.states:
        items = (_state(change.provider, links, state) for state in change.states)
        yield f"### Translations that are not up to date\n\n{long_list(items)}"


def _state(provider: str, links: Links, state: TranslationState) -> str:
    """How many texts are stale or missing, those first by name that this change made so."""
    counts = [f"{len(state.stale)} stale"] if state.stale else []
    counts += [f"{len(state.missing)} missing"] if state.missing else []
    told = [f"{state.language}: {', '.join(counts)}"]
    waiting = sorted((*state.stale, *state.missing))
    for what, ids in (
        ("new", [one for one in waiting if one in state.newly]),
        ("before", [one for one in waiting if one not in state.newly]),
    ):
        if ids:
            told.append(f"{what}: {_names(links.translations(provider, state.language, ids))}")
    return "; ".join(told)


def _names(names: Sequence[str]) -> str:
    rest = names[MOST_ITEMS:]
    more = f" {folded(f'and {len(rest)} more', ', '.join(rest))}" if rest else ""
    return ", ".join(names[:MOST_ITEMS]) + more
