"""One case under the terms before and after a change, each as near as its terms can be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from termwise.compiling.edition import Edition
from termwise.reports.periods import Period
from termwise.scenarios.compared import compared_cases
from termwise.scenarios.queries import Query, unique
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import Scenario, read_scenario
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy

NOT_ASKED = ("unknown-question", "not-asked")
ANSWERS_KEPT = 8192
"""Of some kilobytes each: while a file is edited, one side stays and is not priced again."""


@dataclass(frozen=True, slots=True)
class TermsInWords:
    """One edition of a policy, and the words of its quotes."""

    edition: Edition
    words: Words

    @property
    def policy(self) -> Policy:
        """The terms as the calculator reads them."""
        return self.edition.policy

    def view(self, quote: Quote) -> QuoteView:
        """A quote by these terms, in words."""
        return QuoteView(quote, self.words, self.edition.slots)


class Asked(NamedTuple):
    """What became of a case that terms were asked: its quote, or what kept it from being priced.

    `left_out` are the answers that these terms do not ask for: the quote is that of the nearest
    case, the same without them. Without `problem` and quote there are no terms.
    """

    quote: Quote | None
    left_out: tuple[str, ...] = ()
    problem: ScenarioProblem | None = None


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """A case under the old terms and under the new."""

    query: Query
    old: Asked
    new: Asked


def compared(period: Period, today: date) -> list[ComparedCase]:
    """The typical cases of a period, under both terms; those that neither prices are left out."""
    first = period.first_case(today)
    old, new = (edition.policy if edition else None for edition in (period.old, period.new))
    queries = _within(compared_cases(old, new, first), period)
    return list(compared_under(period, queries, first))


def compared_under(period: Period, queries: Sequence[Query], first: date) -> Iterator[ComparedCase]:
    """Cases under both terms of a period; starts left out follow its first day."""
    for query in queries:
        old, new = (asked(edition, query, first) for edition in (period.old, period.new))
        if (old.quote or new.quote) and _starts_within(old.quote or new.quote, period):
            yield ComparedCase(query, old, new)


def _within(queries: Sequence[Query], period: Period) -> list[Query]:
    """The cases with their starts on days of the period; those that cannot are left out."""
    moved = (_brought_in(query, period) for query in queries)
    return unique(query for query in moved if query is not None)


def _brought_in(query: Query, period: Period) -> Query | None:
    """The same case at the same time of the same weekday, on a day of the period."""
    if "start" not in query:
        return query
    start = query["start"]
    day = period.brought_in(date.fromisoformat(start[:10]))
    return None if day is None else query | {"start": day.isoformat() + start[10:]}


def _starts_within(quote: Quote | None, period: Period) -> bool:
    start = quote.local(quote.scenario.start) if quote else None
    return not isinstance(start, datetime) or period.holds(start.date())


def asked(edition: Edition | None, query: Query, reference: date) -> Asked:
    """The quote of a case, or of the nearest that these terms can be asked.

    A start that is left out follows the reference.
    """
    if edition is None:
        return Asked(None)
    return _asked(edition.policy, tuple(query.items()), reference)


@lru_cache(maxsize=ANSWERS_KEPT)
def _asked(policy: Policy, given: tuple[tuple[str, str], ...], reference: date) -> Asked:
    query = dict(given)
    try:
        return Asked(price(policy, _read(policy, query, reference)))
    except ScenarioProblems as refused:
        left_out = tuple(one.field for one in refused.problems if one.code in NOT_ASKED)
        problem = refused.problems[0]
    if not left_out:
        return Asked(None, problem=problem)
    rest = tuple((name, text) for name, text in given if name not in left_out)
    nearest = _asked(policy, rest, reference)
    return nearest._replace(left_out=(*left_out, *nearest.left_out))


def _read(policy: Policy, query: Query, reference: date) -> Scenario:
    given = {name: text for name, text in query.items() if name != "service"}
    return read_scenario(policy, query["service"], given, reference)


# ---- What a case comes to, and in words


def gaps_in_price(quote: Quote) -> tuple[str, ...]:
    """The gaps by which the price of a quote is not known, each once for every time it counts."""
    return tuple(sorted(missing.gap for missing in quote.missing if missing.what == "price"))


def price_differs(case: ComparedCase) -> bool:
    """Tell whether the price of a case is another, or is known on one side alone."""
    old, new = case.old.quote, case.new.quote
    if old is None or new is None:
        return True
    return (_known(old), gaps_in_price(old)) != (_known(new), gaps_in_price(new))


def _known(quote: Quote) -> tuple[object, ...]:
    """The price with its currency and its tax, since the same figure may mean another price.

    So may the same cash, which is rounded from several amounts.
    """
    ends = quote, quote.dearest
    taxes = (None if one.total is None else one.total.tax for one in ends)
    amounts = ((one.due, one.unrounded) for one in ends)
    return quote.policy.currency, *amounts, *taxes
