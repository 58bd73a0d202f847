"""What a change of terms does to prices: the typical cases under both, alike ones together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from termwise.reports.case_words import (
    answer_in_words,
    case_in_words,
    compared_in_words,
    prices_in_words,
)
from termwise.reports.cases import (
    Asked,
    ComparedCase,
    TermsInWords,
    gaps_in_price,
    price_differs,
)
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.view import clause_number


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that changes in the same way in `count` cases; `case` tells the first of them.

    `difference` is None where one of the two lacks a figure that the other has; it has two values
    where the two ends of a range change by different amounts, the least price first.
    """

    case: str
    service: str
    count: int
    old: str
    new: str
    difference: tuple[Decimal, ...] | None


@dataclass(frozen=True, slots=True)
class OneSided:
    """Cases that only the terms before, or only those after, can price, for the same reason.

    `prices` are all that these cases come to, each with how many there are; `case` costs the first.
    """

    why: str
    case: str
    service: str
    prices: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many cases there are."""
        return sum(count for _, count in self.prices)


@dataclass(frozen=True, slots=True)
class PriceReport:
    """What becomes of the quotes of one provider when its terms change."""

    compared: int
    prices: list[PriceChange]
    only_old: list[OneSided]
    only_new: list[OneSided]
    responses: list[PriceChange]
    others: list[tuple[str, int]]
    """Clauses, conditions, readings and gaps that quotes name now or no longer, in how many."""

    @property
    def changed_prices(self) -> int:
        """In how many cases the price changes, or is there on one side alone."""
        one_sided = sum(one.count for one in (*self.only_old, *self.only_new))
        return one_sided + sum(change.count for change in self.prices)


class Both(NamedTuple):
    """A case that both terms price, with its two quotes."""

    case: ComparedCase
    old: TermsInWords
    before: Quote
    new: TermsInWords
    after: Quote


def price_report(
    cases: Sequence[ComparedCase], old: TermsInWords | None, new: TermsInWords | None
) -> PriceReport:
    """What the compared cases say of prices, response targets and whatever else quotes name."""
    both = [pair for case in cases if (pair := priced_by_both(case, old, new))]
    others = Counter(change for pair in both for change in _other_changes(pair))
    return PriceReport(
        compared=len(cases),
        prices=_grouped(map(price_change, both)),
        only_old=list(_one_sided(cases, old, new, "old")),
        only_new=list(_one_sided(cases, new, old, "new")),
        responses=_grouped(map(response_change, both)),
        others=others.most_common(),
    )


def priced_by_both(
    case: ComparedCase, old: TermsInWords | None, new: TermsInWords | None
) -> Both | None:
    """A case with both its quotes, None where one is lacking."""
    before, after = case.old.quote, case.new.quote
    if old is None or new is None or before is None or after is None:
        return None
    return Both(case, old, before, new, after)


# ---- Prices and response targets that differ


def price_change(both: Both) -> PriceChange | None:
    """How the price of a case changes, None where it does not."""
    if not price_differs(both.case):
        return None
    before, after = both.before, both.after
    alike = gaps_in_price(before) == gaps_in_price(after)
    alike = alike and before.policy.currency == after.policy.currency
    old, new = prices_in_words(both.old, before, both.new, after)
    least, most = after.due - before.due, after.dearest.due - before.dearest.due
    difference = (least,) if least == most else (least, most)
    return _change(both, old, new, difference if alike else None)


def response_differs(case: ComparedCase) -> bool:
    """Tell whether a first response is due at another time."""
    old, new = case.old.quote, case.new.quote
    return old is not None and new is not None and _when(old) != _when(new)


def _when(quote: Quote) -> tuple[object, ...] | None:
    response = quote.response
    return response and (response.target_minutes, response.working_days, response.due)


def response_change(both: Both) -> PriceChange | None:
    """The targets where they differ, else the moments at which they end; None where neither."""
    if not response_differs(both.case):
        return None
    old, new = _target(both.old, both.before), _target(both.new, both.after)
    if old == new:
        old, new = _due(both.old, both.before), _due(both.new, both.after)
    return None if old == new else _change(both, old, new, None)


def _change(both: Both, old: str, new: str, difference: tuple[Decimal, ...] | None) -> PriceChange:
    case = compared_in_words(both.case, both.old, both.new)
    return PriceChange(case, both.case.query["service"], 1, old, new, difference)


def _target(terms: TermsInWords, quote: Quote) -> str:
    if quote.response is None:
        return terms.words.unpublished()
    if quote.response.working_days is not None:
        return terms.words.working_days(quote.response.working_days)
    return terms.words.minutes(quote.response.target_minutes or 0, hours=True)


def _due(terms: TermsInWords, quote: Quote) -> str:
    due = quote.local(quote.response.due) if quote.response else None
    return "" if due is None else terms.words.date_time(due)


def _grouped(changes: Iterable[PriceChange | None]) -> list[PriceChange]:
    """Equal changes of a service as one, the largest first; a lost or new figure before all."""
    groups: dict[tuple[str, str, str], list[PriceChange]] = {}
    for change in changes:
        if change is not None:
            groups.setdefault((change.service, change.old, change.new), []).append(change)
    grouped = [replace(alike[0], count=len(alike)) for alike in groups.values()]
    return sorted(grouped, key=_weight, reverse=True)


def _weight(change: PriceChange) -> tuple[bool, Decimal, int]:
    differences = change.difference or (Decimal(0),)
    return change.difference is None, max(map(abs, differences)), change.count


# ---- Cases that can be priced on one side only


def _one_sided(
    cases: Sequence[ComparedCase], terms: TermsInWords | None, other: TermsInWords | None, side: str
) -> Iterator[OneSided]:
    """The cases that one side prices and the other does not, together by the reason for it."""
    groups: dict[tuple[str, str], list[tuple[ComparedCase, Quote]]] = {}
    for case in cases:
        priced, refused = (case.old, case.new) if side == "old" else (case.new, case.old)
        if priced.quote and not refused.quote and terms:
            why = _why(refused, priced.quote, terms, other)
            groups.setdefault((case.query["service"], why), []).append((case, priced.quote))
    for (service, why), alike in groups.items():
        assert terms is not None
        prices = Counter(terms.view(quote).total() for _, quote in alike)
        case, quote = alike[0]
        shown = _with_first(terms.view(quote).total(), prices)
        yield OneSided(why, case_in_words(case.query, terms, quote), service, shown)


def _with_first(first: str, prices: Counter[str]) -> tuple[tuple[str, int], ...]:
    """All prices with their counts, that of the example before the others."""
    rest = [(price, count) for price, count in prices.items() if price != first]
    return (first, prices[first]), *rest


def _why(refused: Asked, quote: Quote, terms: TermsInWords, other: TermsInWords | None) -> str:
    """Why the other side cannot price a case: there is no such service, answer or time."""
    problem, view = refused.problem, terms.view(quote)
    if problem is None or other is None:
        return "no terms are in force on these days"
    if problem.code == "unknown-service":
        return f"there is no service “{view.text(f'service.{quote.scenario.service.id}.name')}”"
    question = terms.policy.questions.get(problem.field)
    if problem.code == "not-a-choice" and question is not None:
        label = view.text(f"question.{question.id}.label")
        answer = answer_in_words(question, problem.details["found"], view)
        return f"there is no answer “{answer}” to “{label}”"
    return describe(problem, other.words).removesuffix(".")


# ---- What else a quote says


def names_differ(both: Both) -> bool:
    """Tell whether quotes of a case name other clauses, readings, conditions or gaps."""
    return _named(both.before) != _named(both.after)


def _other_changes(both: Both) -> Iterator[str]:
    before, after = _named(both.before), _named(both.after)
    for kind, name in sorted(after - before):
        yield f"{_in_words(kind, name, both.new, both.after)}: named now"
    for kind, name in sorted(before - after):
        yield f"{_in_words(kind, name, both.old, both.before)}: no longer named"


def _named(quote: Quote) -> set[tuple[str, str]]:
    """What a quote names, by kind and id."""
    return {
        *(("clause", clause) for line in quote.lines for clause in line.clauses),
        *(("reading", reading) for reading in quote.readings),
        *(("condition", condition.reference) for condition in quote.conditions),
        *(("gap", missing.gap) for missing in quote.missing),
    }


def _in_words(kind: str, name: str, terms: TermsInWords, quote: Quote) -> str:
    view = terms.view(quote)
    if kind == "clause":
        return f"clause {clause_number(terms.policy, name)} `{name}`"
    if kind == "reading":
        return f"our reading “{view.text(f'reading.{name}')}”"
    if kind == "gap":
        return f"not published: “{view.text(f'gap.{name}')}”"
    rule = next(one.rule for one in quote.conditions if one.reference == name)
    return f"condition “{view.text(f'condition.{rule}')}” (`{name}`)"
