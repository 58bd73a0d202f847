"""What a change of a policy does to quotes: the standard scenarios priced before and after."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from termwise.compiling.edition import Edition
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import standard_scenarios
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy


@dataclass(frozen=True, slots=True)
class TermsInWords:
    """One edition of a policy, and the words of its quotes."""

    edition: Edition
    words: Words

    @property
    def policy(self) -> Policy:
        """The terms as the calculator reads them."""
        return self.edition.policy


@dataclass(frozen=True, slots=True)
class PricedTwice:
    """A scenario under the old terms and under the new."""

    query: Query
    old: Quote
    new: Quote


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that changes in the same way in `count` scenarios; `query` is the first of them.

    `difference` is None where one of the two lacks a figure that the other has.
    """

    query: Query
    count: int
    old: str
    new: str
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceReport:
    """What became of the quotes of one provider when its terms changed."""

    compared: int
    prices: list[PriceChange]
    responses: list[PriceChange]
    others: list[tuple[str, int]]
    """Clauses, conditions and readings that quotes name now or no longer, in how many."""

    @property
    def changed_prices(self) -> int:
        """In how many scenarios the price changes."""
        return sum(change.count for change in self.prices)


def price_report(old: TermsInWords, new: TermsInWords, reference: date) -> PriceReport:
    """Price the standard scenarios of both terms under both; starts left out follow a date."""
    pairs = list(_pairs(old, new, reference))
    return PriceReport(
        compared=len(pairs),
        prices=_grouped(_price_change(old, new, pair) for pair in pairs),
        responses=_grouped(_response_change(old, new, pair) for pair in pairs),
        others=Counter(change for pair in pairs for change in _other_changes(pair)).most_common(),
    )


def _pairs(old: TermsInWords, new: TermsInWords, reference: date) -> Iterator[PricedTwice]:
    """The scenarios that both terms can price; those of either policy."""
    queries = [*standard_scenarios(old.policy), *standard_scenarios(new.policy)]
    for query in {tuple(query.items()): query for query in queries}.values():
        before = _quote(old.policy, query, reference)
        after = _quote(new.policy, query, reference)
        if before and after:
            yield PricedTwice(query, before, after)


def _quote(policy: Policy, query: Query, reference: date) -> Quote | None:
    """The quote of a query; None where the terms do not ask or know what it says."""
    given = {name: value for name, value in query.items() if name != "service"}
    try:
        return price(policy, read_scenario(policy, query["service"], given, reference))
    except ScenarioProblems:
        return None


# ---- Prices and response targets


def _price_change(old: TermsInWords, new: TermsInWords, pair: PricedTwice) -> PriceChange | None:
    if (pair.old.due, _gaps(pair.old)) == (pair.new.due, _gaps(pair.new)):
        return None
    same_gaps = _gaps(pair.old) == _gaps(pair.new)
    difference = pair.new.due - pair.old.due if same_gaps else None
    return PriceChange(
        pair.query, 1, _view(old, pair.old).total(), _view(new, pair.new).total(), difference
    )


def _response_change(old: TermsInWords, new: TermsInWords, pair: PricedTwice) -> PriceChange | None:
    """The targets where they differ, else the moments at which they end."""
    before, after = _target(old, pair.old), _target(new, pair.new)
    if before == after:
        before, after = _due(old, pair.old), _due(new, pair.new)
    return None if before == after else PriceChange(pair.query, 1, before, after, None)


def _target(terms: TermsInWords, quote: Quote) -> str:
    if quote.response is None:
        return terms.words.unpublished()
    if quote.response.working_days is not None:
        return terms.words.working_days(quote.response.working_days)
    return terms.words.minutes(quote.response.target_minutes or 0, hours=True)


def _due(terms: TermsInWords, quote: Quote) -> str:
    due = quote.local(quote.response.due) if quote.response else None
    return "" if due is None else terms.words.date_time(due)


def _view(terms: TermsInWords, quote: Quote) -> QuoteView:
    return QuoteView(quote, terms.words, terms.edition.slots)


def _gaps(quote: Quote) -> tuple[str, ...]:
    return tuple(sorted({missing.gap for missing in quote.missing if missing.what == "price"}))


def _grouped(changes: Iterable[PriceChange | None]) -> list[PriceChange]:
    """Equal changes of a service as one, the largest first; a lost or new figure before all."""
    groups: dict[tuple[str, str, str], list[PriceChange]] = {}
    for change in changes:
        if change is not None:
            groups.setdefault((change.query["service"], change.old, change.new), []).append(change)
    grouped = [
        PriceChange(first.query, len(alike), first.old, first.new, first.difference)
        for first, alike in ((group[0], group) for group in groups.values())
    ]
    return sorted(grouped, key=_weight, reverse=True)


def _weight(change: PriceChange) -> tuple[bool, Decimal, int]:
    return change.difference is None, abs(change.difference or Decimal(0)), change.count


# ---- What else a quote says


def _other_changes(pair: PricedTwice) -> Iterator[str]:
    before, after = set(_named(pair.old)), set(_named(pair.new))
    yield from (f"now names {name}" for name in sorted(after - before))
    yield from (f"no longer names {name}" for name in sorted(before - after))


def _named(quote: Quote) -> Iterator[str]:
    yield from (f"the clause `{one}`" for line in quote.lines for one in line.clauses)
    yield from (f"the reading `{reading}`" for reading in quote.readings)
    yield from (f"the condition `{condition.reference}`" for condition in quote.conditions)
    yield from (f"the gap `{missing.gap}`" for missing in quote.missing)
