"""Which of several discounts, and of several allowances, is taken: the first that fits."""

from collections.abc import Iterator
from typing import NamedTuple

from termwise_calculator.coverage.answers import combinations
from termwise_calculator.coverage.regions import Region, Survey, in_time
from termwise_calculator.terms.tariff import (
    Allowance,
    Answers,
    Charge,
    Discount,
    Limit,
    Surcharge,
    Unpublished,
    When,
    is_open,
    taken_together,
)

Rule = Surcharge | Discount | Allowance | Limit


class Beside(NamedTuple):
    """The discounts and the allowances for one charge that hold together, in their order."""

    discounts: tuple[Discount, ...]
    allowances: tuple[Allowance, ...]
    together: str

    def taken(self, opened: tuple[str, ...]) -> tuple[Discount, ...]:
        """The discounts that are taken while some windows are open."""
        return taken_together(
            [one for one in self.discounts if is_open(one, opened)], self.together
        )

    @property
    def may_be_due(self) -> bool:
        """Tell whether time is ever known to be charged: free time is used up, packages expire."""
        for one in self.allowances:
            if not isinstance(one.minutes, Unpublished):
                return True
            if not one.valid_months:
                return False
        return True

    def may_cover(self, allowance: Allowance) -> bool:
        """Tell whether an allowance ever covers the charge: those before it have to expire."""
        before = self.allowances[: self.allowances.index(allowance)]
        return all(one.valid_months for one in before)


def besides_of(survey: Survey, rule: Rule, charge: Charge) -> dict[Beside, list[Answers]]:
    """What holds beside a rule, and with which answers, wherever the rule and the charge do."""
    policy, service = survey.policy, survey.service
    discounts = [one for one in _discounts(survey) if one.of_the_whole == _of_the_whole(rule)]
    allowances = [policy.allowances[name] for name in service.allowances]
    needed = (*survey.needed(charge), rule.when)
    rules: list[Discount | Allowance] = [*discounts, *allowances]
    whens = (*needed, *(one.when for one in rules))
    found: dict[Beside, list[Answers]] = {}
    for way in combinations(survey.questions, whens):
        if all(when.holds(way) for when in needed):
            beside = Beside(
                tuple(one for one in discounts if _holds(one, charge, way)),
                tuple(one for one in allowances if _holds(one, charge, way)),
                service.discounts_together,
            )
            found.setdefault(beside, []).append(way)
    return found


def _discounts(survey: Survey) -> list[Discount]:
    return [survey.policy.discounts[name] for name in survey.service.discounts]


def _of_the_whole(rule: Rule) -> bool:
    """Tell whether a rule is a share of the whole; only of those the first one is taken."""
    return isinstance(rule, Surcharge | Discount) and rule.of_the_whole


def _holds(rule: Discount | Allowance, charge: Charge, answers: Answers) -> bool:
    return charge.id in rule.charges and rule.when.holds(answers)


def never_taken(survey: Survey) -> Iterator[Discount | Allowance]:
    """The discounts and allowances of a service that others before them always hide.

    Those whose charges are never due together with them are never taken either.
    """
    policy, service = survey.policy, survey.service
    rules: list[Discount | Allowance] = [policy.discounts[name] for name in service.discounts]
    rules += [policy.allowances[name] for name in service.allowances]
    for rule in rules:
        charges = [policy.charges[name] for name in service.charges if name in rule.charges]
        priced = (one for charge in charges for one in charge.priced)
        if not any(_is_ever_taken(survey, rule, charge) for charge in priced):
            yield rule


def _is_ever_taken(survey: Survey, rule: Discount | Allowance, charge: Charge) -> bool:
    besides = besides_of(survey, rule, charge)
    if isinstance(rule, Allowance):
        return any(beside.may_cover(rule) for beside in besides)
    return any(_is_ever_first(survey, rule, beside) for beside in besides)


def _is_ever_first(survey: Survey, discount: Discount, beside: Beside) -> bool:
    """Tell whether at any time the discount is the first that fits."""
    names = [one.window for one in beside.discounts if one.window]
    windows = [survey.policy.windows[name] for name in dict.fromkeys(names)]

    def first(opened: tuple[str, ...]) -> tuple[str, ...]:
        return (discount.id,) if discount in beside.taken(opened) else ()

    whole = Region(survey.service.id, discount.id, None, (), When())
    return any(True for _ in in_time(survey.days, windows, first, whole))
