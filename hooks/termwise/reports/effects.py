"""What each value that is written otherwise does to prices, by itself.

One value at a time is changed in the terms before, or set back in those after; a typical case that
shows it is looked for, then one drawn around the value. So no value hides behind another.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from termwise.checking.whole_policy import can_be_compiled
from termwise.compiling.edition import Edition
from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Data, Path, value_at
from termwise.reading.policy_text import ReadPolicy
from termwise.reports.cases import (
    Asked,
    ComparedCase,
    TermsInWords,
    asked,
    compared_under,
    price_differs,
)
from termwise.reports.periods import Period, in_force
from termwise.reports.prices import (
    Both,
    PriceChange,
    names_differ,
    price_change,
    priced_by_both,
    response_change,
    response_differs,
)
from termwise.reports.written import WrittenChange
from termwise.scenarios.compared import cases_around
from termwise.scenarios.queries import Query, unique


@dataclass(frozen=True, slots=True)
class Effect:
    """What a value changes: a price, a response time, what else quotes say, or nothing found."""

    what: str
    """`price`, `response`, `words`, `nothing`, or `unknown` where it cannot change alone."""
    example: PriceChange | None = None
    query: Query | None = None
    """The case that shows it, of the period in which it does."""
    period: Period | None = None


@dataclass(frozen=True)
class ComparedPeriod:
    """A period with its typical cases, priced under both terms, and the words of each."""

    period: Period
    cases: Sequence[ComparedCase]
    old: TermsInWords | None
    new: TermsInWords | None
    first_case: date

    @cached_property
    def likely_first(self) -> list[ComparedCase]:
        """The cases that change before the others: they show a value's effect soonest."""
        return sorted(
            self.cases, key=lambda case: (not price_differs(case), not response_differs(case))
        )


@dataclass(frozen=True)
class Effects:
    """What the values of a provider do by themselves, over the periods in which terms differ."""

    old: ReadPolicy
    new: ReadPolicy
    periods: Sequence[ComparedPeriod]

    def of(self, change: WrittenChange) -> Effect:
        """The effect of one value: of another in its place, or of a dated row after the earlier."""
        effects = [Effect("unknown")]
        for editions, after_change in self._with_one_value(change):
            if editions is not None:
                effects.append(self._effect(change, editions, after_change=after_change))
            if effects[-1].what == "price" or editions == self.new.editions:
                break
        return max(effects, key=_strength)

    def _with_one_value(
        self, change: WrittenChange
    ) -> Iterator[tuple[Sequence[Edition] | None, bool]]:
        """The old terms with the value after the change, the new ones with that before it."""
        old, new, earlier = change.old, change.new, change.earlier
        before, after = self.old, self.new
        if change.is_value and old and new:
            yield _compiled_with(before, old.path, after, new.path), True
            yield _compiled_with(after, new.path, before, old.path), False
        elif change.is_value and new and earlier:
            yield _compiled_with(after, new.path, after, earlier.path), False
        elif change.is_value and old and earlier:
            yield _compiled_with(before, old.path, before, earlier.path), True

    def _effect(
        self, change: WrittenChange, editions: Sequence[Edition], *, after_change: bool
    ) -> Effect:
        best, most = Effect("nothing"), _most_it_can(change)
        for compared in self.periods:
            for pair in _pairs(compared, editions, change, after_change=after_change):
                effect = _effect_of(pair)
                if _strength(effect) > _strength(best):
                    best = replace(effect, query=pair.case.query, period=compared.period)
                if best.what == most:
                    return best
        return best


def with_found(compared: ComparedPeriod, effects: Sequence[Effect]) -> ComparedPeriod:
    """A period with the cases besides the typical ones that show what a value does to a price."""
    typical = [case.query for case in compared.cases]
    queries = [
        effect.query
        for effect in effects
        if effect.what == "price" and effect.period is compared.period and effect.query
    ]
    found = [query for query in unique(queries) if query not in typical]
    cases = compared_under(compared.period, found, compared.first_case)
    return replace(compared, cases=[*compared.cases, *cases]) if found else compared


STRENGTH = ("unknown", "nothing", "words", "response", "price")


def _strength(effect: Effect) -> int:
    return STRENGTH.index(effect.what)


def _most_it_can(change: WrittenChange) -> str:
    """What a value can change at most: no price depends on a response time or a condition."""
    return {"responses": "response", "conditions": "words"}.get(change.name[0], "price")


def _effect_of(pair: Both) -> Effect:
    price = price_change(pair)
    if price is not None:
        return Effect("price", price)
    response = response_change(pair)
    if response is not None:
        return Effect("response", response)
    return Effect("words") if names_differ(pair) else Effect("nothing")


def _compiled_with(
    policy: ReadPolicy, path: Path, other: ReadPolicy, other_path: Path
) -> Sequence[Edition] | None:
    """The editions of a policy with one value of another; None where it cannot stand alone."""
    data, value = deepcopy(policy.source.data), value_at(other.source.data, other_path)
    if isinstance(value, dict) and value.get("gap") not in policy.written.gaps:
        return None
    _put(data, path, value)
    try:
        written = PolicyFile.model_validate(data)
    except ValidationError:
        return None
    return compile_editions(written) if can_be_compiled(written) else None


def _put(data: Data, path: Path, value: Data | None) -> None:
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value


def _pairs(
    compared: ComparedPeriod,
    editions: Sequence[Edition],
    change: WrittenChange,
    *,
    after_change: bool,
) -> Iterator[Both]:
    """Cases of a period under its terms and under those that differ by one value alone."""
    mine = compared.old if after_change else compared.new
    edition = in_force(editions, compared.first_case)
    if mine is None or edition is None:
        return
    other, first = TermsInWords(edition, mine.words), compared.first_case
    for query, known, theirs in _cases(compared, mine, change, after_change=after_change):
        same = theirs is not None and theirs.quote and theirs.quote.policy.digest == edition.digest
        found = theirs if theirs is not None and same else asked(edition, query, first)
        case = ComparedCase(query, *((known, found) if after_change else (found, known)))
        pair = priced_by_both(case, *((mine, other) if after_change else (other, mine)))
        if pair is not None:
            yield pair


def _cases(
    compared: ComparedPeriod, mine: TermsInWords, change: WrittenChange, *, after_change: bool
) -> Iterator[tuple[Query, Asked, Asked | None]]:
    """The typical cases as both sides price them already, then those around the value."""
    for case in compared.likely_first:
        known, theirs = (case.old, case.new) if after_change else (case.new, case.old)
        yield case.query, known, theirs
    written = tuple(leaf.text for leaf in (change.old, change.new) if leaf)
    for query in cases_around(mine.policy, compared.first_case, written):
        yield query, asked(mine.edition, query, compared.first_case), None
