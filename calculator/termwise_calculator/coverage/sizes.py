"""When the size of a surcharge, a discount, an allowance or a limit is needed and not published.

It is needed where something is due for it to change: a surcharge on what is free adds nothing,
of several discounts the first that fits is taken, and a maximum takes nothing off nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from termwise_calculator.coverage.answers import combinations, in_few
from termwise_calculator.coverage.beside import Beside, Rule, besides_of
from termwise_calculator.coverage.price_steps import Amount, price_steps
from termwise_calculator.coverage.regions import Region, Survey, in_time
from termwise_calculator.pricing.rates import rate_at
from termwise_calculator.terms.tariff import (
    Allowance,
    Answers,
    Charge,
    Discount,
    Figure,
    Limit,
    Unpublished,
    When,
    is_open,
)

HUNDRED = Decimal(100)


def rule_gaps(survey: Survey) -> Iterator[Region]:
    """Every region in which such a size is needed; told once for charges that need it alike."""
    for rule in _rules(survey):
        size = size_of(rule)
        if isinstance(size, Unpublished):
            clauses = (survey.policy.gaps[size.gap].clause,)
            whole = Region(survey.service.id, rule.id, size.gap, clauses, When())
            found = {one._replace(charge=""): one for one in _regions(survey, rule, whole)}
            yield from found.values()


def size_of(rule: Rule) -> Figure | int:
    """How much a rule adds, takes off, covers or allows."""
    if isinstance(rule, Allowance):
        return rule.minutes
    return rule.amount if isinstance(rule, Limit) else rule.percent


def _rules(survey: Survey) -> Iterator[Rule]:
    policy, service = survey.policy, survey.service
    yield from (policy.surcharges[name] for name in service.surcharges)
    yield from (policy.discounts[name] for name in service.discounts)
    yield from (policy.limits[name] for name in service.limits)
    yield from (policy.allowances[name] for name in service.allowances)


def _regions(survey: Survey, rule: Rule, whole: Region) -> Iterator[Region]:
    if isinstance(rule, Limit) and not rule.most:
        yield from _least(survey, rule, whole)
        return
    for name in survey.service.charges:
        for charge in survey.policy.charges[name].priced if name in rule.charges else ():
            yield from _on_charge(survey, rule, charge, whole._replace(charge=name))


def _least(survey: Survey, limit: Limit, whole: Region) -> Iterator[Region]:
    """A minimum is needed whatever is due; one on surcharges where there is one of these."""
    added = [survey.policy.surcharges[name].when for name in limit.surcharges]
    ways = [
        way
        for way in combinations(survey.questions, [limit.when, *added])
        if limit.when.holds(way) and (not added or any(when.holds(way) for when in added))
    ]
    for answers in in_few(survey.questions, ways):
        yield from _in_time(survey, limit, [], whole._replace(answers=answers), lambda _: _ANY)


_ANY: Sequence[Amount] = (0,)


def _on_charge(survey: Survey, rule: Rule, charge: Charge, whole: Region) -> Iterator[Region]:
    """The region for one charge: the same time and amounts for answers that are alike."""
    found: dict[Region, list[Answers]] = {}
    for beside, ways in besides_of(survey, rule, charge).items():
        for region in _times(survey, rule, charge, beside, whole):
            found.setdefault(region, []).extend(ways)
    for region, ways in found.items():
        for answers in in_few(survey.questions, ways):
            yield region._replace(answers=answers)


def _times(
    survey: Survey, rule: Rule, charge: Charge, beside: Beside, whole: Region
) -> Iterator[Region]:
    """When a rule is needed for a charge, and beyond how many minutes or units."""

    def beyond(opened: tuple[str, ...]) -> Sequence[Amount]:
        needed = is_open(rule, opened) and _is_needed(rule, beside, opened)
        return _first_due(charge, opened) if needed else ()

    discounts = () if isinstance(rule, Allowance) else beside.discounts
    names = [one.window for one in discounts if one.window]
    names += [one.window for one in charge.rate.windows] if charge.rate else []
    yield from _in_time(survey, rule, names, whole._replace(touching=charge.applies), beyond)


def _in_time(
    survey: Survey,
    rule: Rule,
    names: Sequence[str],
    region: Region,
    beyond: Callable[[tuple[str, ...]], Sequence[Amount]],
) -> Iterator[Region]:
    own = [] if isinstance(rule, Allowance) or not rule.window else [rule.window]
    windows = [survey.policy.windows[name] for name in dict.fromkeys((*own, *names))]

    def found(opened: tuple[str, ...]) -> Sequence[Amount]:
        return beyond(opened) if is_open(rule, opened) else ()

    for number, part in in_time(survey.days, windows, found, region):
        yield part._replace(beyond=number)


def _is_needed(rule: Rule, beside: Beside, opened: tuple[str, ...]) -> bool:
    """Tell whether it matters how large a rule is, where something is due."""
    if isinstance(rule, Allowance):
        return beside.may_cover(rule)
    taken = beside.taken(opened)
    if not beside.may_be_due or (isinstance(rule, Discount) and rule not in taken):
        return False
    return not any(one.is_everything for one in taken if one is not rule)


def _first_due(charge: Charge, opened: tuple[str, ...]) -> Sequence[Amount]:
    """The minutes or units after which a charge first costs a published amount, if it ever does."""
    steps = price_steps(charge, rate_at(charge.rate, frozenset(opened)))
    return [step.beyond for step in steps if isinstance(step.price, Decimal) and step.price][:1]
