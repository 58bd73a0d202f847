"""Prices before and after a change in Markdown: a table of typical cases, and what is one-sided."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from termwise.problems import counted
from termwise.reports.comparison import PeriodChange
from termwise.reports.markdown_lists import MOST_ROWS, folded, long_list, long_table, table
from termwise.reports.markdown_text import escaped
from termwise.reports.prices import OneSided, PriceChange

COLUMNS = ("For example", "Cases", "Old", "New", "Difference")
PASSED = (
    "Some of these days have passed: a session on them that was quoted or invoiced comes to"
    " another price now. Where the provider changed its prices on a day, a dated row keeps the"
    " earlier ones."
)


def price_sections(period: PeriodChange, level: str, *, in_short: bool) -> Iterator[str]:
    """The sections on prices, response times and whatever else quotes tell."""
    quotes = period.quotes
    if quotes.changed_prices:
        yield "\n\n".join([f"{level} Prices", *_prices(period, in_short=in_short)])
    if quotes.responses:
        rows = [(*_case(change), change.old, change.new) for change in quotes.responses]
        columns = ("For example", "Cases", "Old", "New")
        shown = long_table(columns, rows, _rest(quotes.responses))
        yield f"{level} Response targets\n\n{shown}"
    if quotes.others:
        items = (f"{escaped(what)} in {counted(count, 'case')}" for what, count in quotes.others)
        yield f"{level} What quotes name\n\n{long_list(items)}"


def _prices(period: PeriodChange, *, in_short: bool) -> Iterator[str]:
    quotes = period.quotes
    compared = counted(quotes.compared, "typical case")
    yield f"The price changes in {quotes.changed_prices} of {compared}."
    if period.has_begun:
        yield PASSED
    if quotes.prices:
        yield _table_in_short(period) if in_short else _price_table(period, quotes.prices)
    one_sided = [
        *(_one_sided("new", "costs", "before", one) for one in quotes.only_new),
        *(_one_sided("no longer priced", "cost", "now", one) for one in quotes.only_old),
    ]
    if one_sided:
        yield f"Priced on one side only:\n\n{long_list(one_sided)}"


def _price_table(period: PeriodChange, changes: Sequence[PriceChange]) -> str:
    return long_table(COLUMNS, [_row(period, one) for one in changes], _rest(changes))


def _row(period: PeriodChange, change: PriceChange) -> tuple[str, ...]:
    old, new = escaped(change.old), escaped(change.new)
    return (*_case(change), old, new, signed(period, change.difference))


def _table_in_short(period: PeriodChange) -> str:
    """The largest changes with their cases, of all others the prices alone."""
    changes = period.quotes.prices
    shown = table(COLUMNS, [_row(period, one) for one in changes[:MOST_ROWS]])
    rest = changes[MOST_ROWS:]
    if not rest:
        return shown
    prices = "; ".join(f"{one.old} → {one.new} ({one.count})" for one in rest)
    return f"{shown}\n\n{folded(_rest(changes), escaped(prices))}"


def _one_sided(side: str, verb: str, when: str, one: OneSided) -> str:
    """Cases that only one side prices: an example, why the other does not, and all their prices."""
    price, *others = [escaped(price) for price, _ in one.prices]
    told = f"{side}: {escaped(one.case)} {verb} {price}; {when}, {escaped(one.why)}"
    if not others:
        return f"{told} ({counted(one.count, 'case')})"
    every = ", ".join(f"{escaped(price)} ({count})" for price, count in one.prices)
    summary = f"all prices of these {counted(one.count, 'case')}"
    return f"{told} <details><summary>{summary}</summary>{every}</details>"


def _case(change: PriceChange) -> tuple[str, str]:
    return escaped(change.case), str(change.count)


def signed(period: PeriodChange, difference: Iterable[Decimal] | None) -> str:
    """A difference in money with its sign, of both ends of a range; a dash where it is none."""
    return " to ".join(_signed(period, one) for one in difference or ()) or "–"


def _signed(period: PeriodChange, difference: Decimal) -> str:
    if not difference:
        return "–"
    policy = period.policy
    amount = period.words.money(abs(difference), policy.currency, policy.currency_digits)
    return f"{'+' if difference > 0 else '−'}{amount}"


def _rest(changes: Sequence[PriceChange]) -> str:
    rest = changes[MOST_ROWS:]
    cases = sum(change.count for change in rest)
    return f"And {counted(len(rest), 'other change')}, in {counted(cases, 'case')}"
