"""The report on a change of policies in Markdown, fit to be posted on a pull request."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from termwise.problems import counted
from termwise.reading.policies import PolicyFolder
from termwise.reports.comparison import (
    FolderChange,
    NewProvider,
    PeriodChange,
    ProviderChange,
    compare_folders,
)
from termwise.reports.markdown_text import added, escaped, removed, word_difference
from termwise.reports.prices import PriceChange
from termwise.reports.texts import TextChange, TranslationState
from termwise.scenarios.queries import Query

MOST_ITEMS = 40
MOST_ROWS = 15
MOST_CHARACTERS = 60_000
"""A comment on GitHub holds 65,536 characters."""


def change_report(old: PolicyFolder, new: PolicyFolder, old_name: str, new_name: str) -> str:
    """The whole report on what changes from one folder of policies to another."""
    change = compare_folders(old, new)
    parts = [
        "# What changes in terms and prices",
        f"From {old_name} to {new_name}.",
        *_summary(change),
        *(_new_provider(one) for one in change.new),
        *(f"## Removed: `{provider}`" for provider in change.removed),
    ]
    for provider in change.changed:
        parts += _provider(provider)
    return _shortened("\n\n".join(parts) + "\n")


def _shortened(report: str) -> str:
    """A report that fits into a comment, cut at the end of a line."""
    if len(report) <= MOST_CHARACTERS:
        return report
    cut = report.rindex("\n", 0, MOST_CHARACTERS)
    return report[:cut] + "\n\nThe report was longer than a comment may be and ends here.\n"


def _summary(change: FolderChange) -> Iterator[str]:
    if not (change.new or change.removed or change.changed):
        yield "No change in terms, prices or translations."
    if change.changed:
        columns = ("Provider", "Texts", "Prices", "Gaps and readings", "Stale translations")
        yield _table(columns, [_summary_row(provider) for provider in change.changed])
    if change.stale:
        yield f"Stale translations of all providers: {change.stale}."


def _summary_row(change: ProviderChange) -> tuple[str, ...]:
    texts = {text.text_id for period in change.periods for text in period.texts}
    prices = sum(period.quotes.changed_prices for period in change.periods)
    compared = sum(period.quotes.compared for period in change.periods)
    stale = sum(len(state.stale) for state in change.states)
    newly = sum(len(state.newly & {*state.stale}) for state in change.states)
    return (
        escaped(change.name),
        str(len(texts)),
        f"{prices} of {compared}" if compared else "0",
        str(len(change.notes)),
        f"{stale}, {newly} of them new" if stale else "0",
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _new_provider(one: NewProvider) -> str:
    items = [f"services: {_codes(one.services)}"]
    items += [f"gaps: {_codes(one.gaps)}"] if one.gaps else []
    items += [f"readings: {_codes(one.readings)}"] if one.readings else []
    return f"## New: {escaped(one.name)} (`{one.provider}`)\n\n{_list(items)}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _provider(change: ProviderChange) -> Iterator[str]:
    yield f"## {escaped(change.name)} (`{change.provider}`)"
    yield from _changes("Services", change.services)
    yield from _changes("Values as written", change.values)
    yield from _changes("New and removed gaps and readings", change.notes)
    for period in change.periods:
        if len(change.periods) > 1:
            yield f"### Terms in force from {period.since.isoformat()}"
        yield from _clauses(change, period)
        yield from _prices(period)
        if period.parts:
            yield f"### Parts of the compiled terms that differ\n\n{_codes(period.parts)}"
    yield from _translations(change)


def _list(items: Iterable[str]) -> str:
    """A list of at most so many items, with the count of the rest."""
    entries = list(items)
    lines = [f"- {entry}" for entry in entries[:MOST_ITEMS]]
    rest = len(entries) - MOST_ITEMS
    return "\n".join([*lines, f"- and {rest} more"] if rest > 0 else lines)


def _changes(title: str, changes: Sequence[TextChange]) -> Iterator[str]:
    if changes:
        items = (f"`{change.text_id}`: {_difference(change)}" for change in changes)
        yield f"### {title}\n\n{_list(items)}"


def _difference(change: TextChange) -> str:
    if change.old is None:
        return added(change.new or "")
    if change.new is None:
        return removed(change.old)
    return word_difference(change.old, change.new)


# ---- Clauses and their translations


def _clauses(change: ProviderChange, period: PeriodChange) -> Iterator[str]:
    if period.texts:
        items = (_clause(change, period, text) for text in period.texts)
        yield f"### Clauses and other texts ({period.policy.language} governs)\n\n{_list(items)}"


def _clause(change: ProviderChange, period: PeriodChange, text: TextChange) -> str:
    number = period.policy.clause_numbers.get(text.text_id)
    name = f"§ {number} `{text.text_id}`" if number else f"`{text.text_id}`"
    behind = [
        f"{language} {state}"
        for language, state in change.text_states[text.text_id].items()
        if state != "translated"
    ]
    states = f" ({', '.join(behind)})" if behind else ""
    return f"{name}{states}: {_difference(text)}"


def _translations(change: ProviderChange) -> Iterator[str]:
    for language, changes in change.translations.items():
        yield from _changes(f"Translations into {language}", changes)
    if change.states:
        items = (_state(state) for state in change.states)
        yield f"### Translations that are not up to date\n\n{_list(items)}"


def _state(state: TranslationState) -> str:
    """How many texts are stale or missing, and by name those that this change made so."""
    counts = [f"{len(state.stale)} stale"] if state.stale else []
    counts += [f"{len(state.missing)} missing"] if state.missing else []
    newly = sorted(state.newly)
    shown = _codes(newly[:MOST_ITEMS]) + (" and more" if len(newly) > MOST_ITEMS else "")
    return f"{state.language}: {', '.join(counts)}" + (f"; new: {shown}" if newly else "")


# ---- Quotes


def _prices(period: PeriodChange) -> Iterator[str]:
    quotes = period.quotes
    if quotes.prices:
        count = f"{quotes.changed_prices} of {counted(quotes.compared, 'standard scenario')}"
        table = _price_table(period, quotes.prices)
        yield f"### Prices\n\nThe price changes in {count}.\n\n{table}"
    if quotes.responses:
        rows = [(*_case(change), change.old, change.new) for change in quotes.responses[:MOST_ROWS]]
        table = _table(("For example", "Scenarios", "Old", "New"), rows)
        yield f"### Response targets\n\n{table}{_rest(quotes.responses)}"
    if quotes.others:
        items = (f"{what}: {counted(count, 'quote')}" for what, count in quotes.others)
        yield f"### What quotes name\n\n{_list(items)}"


def _price_table(period: PeriodChange, changes: Sequence[PriceChange]) -> str:
    columns = ("For example", "Scenarios", "Old", "New", "Difference")
    rows = [
        (*_case(change), change.old, change.new, _signed(period, change.difference))
        for change in changes[:MOST_ROWS]
    ]
    return _table(columns, rows) + _rest(changes)


def _case(change: PriceChange) -> tuple[str, str]:
    return _scenario(change.query), str(change.count)


def _scenario(query: Query) -> str:
    """A scenario on one line, as one would say it to the command line."""
    others = {name: value for name, value in query.items() if name != "service"}
    said = [f"{name} {value}" for name, value in others.items()] or ["with its defaults"]
    return f"`{query['service']}`: {escaped(', '.join(said))}"


def _signed(period: PeriodChange, difference: Decimal | None) -> str:
    if difference is None:
        return "–"
    policy = period.policy
    amount = period.words.money(abs(difference), policy.currency, policy.currency_digits)
    return f"{'+' if difference > 0 else '−'}{amount}"


def _rest(changes: Sequence[PriceChange]) -> str:
    rest = changes[MOST_ROWS:]
    scenarios = sum(change.count for change in rest)
    return f"\n\nAnd {len(rest)} more changes in {scenarios} scenarios." if rest else ""
