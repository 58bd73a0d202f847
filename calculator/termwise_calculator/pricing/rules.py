"""The rules that some answers call for: found once, kept for every case in which these are given.

Start and length of a session decide the rest, in `termwise_calculator.pricing.case`.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeVar

from termwise_calculator.pricing.rates import price_under, rate_at
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import (
    Allowance,
    Answers,
    Charge,
    Discount,
    Figure,
    Surcharge,
    Unpublished,
    WindowRate,
    charged_together,
    is_open,
    multiplied,
    stated,
    taken_together,
)
from termwise_calculator.terms.timetable import Timetable, timetable_of
from termwise_calculator.time.windows import Window

ShareRule = TypeVar("ShareRule", Surcharge, Discount)

KEPT = 1024
"""Of so many services and ways to answer the rules are kept, those used last."""


class ConditionMet(NamedTuple):
    """A condition that holds for some answers; `reference` is its id with its threshold, if any."""

    rule: str
    reference: str


class RuleTerms(NamedTuple):
    """What holds for a charge while some windows are open.

    `due` is the price of one increment or unit and the factor on it, or the gap that leaves it
    open; blocks and tiers have prices of their own. `clauses` are those of the rate.
    """

    rate: WindowRate | Unpublished | None
    due: tuple[Decimal, Decimal] | Unpublished
    clauses: tuple[str, ...]
    surcharges: tuple[Surcharge, ...]
    discounts: tuple[Discount, ...]


class Rules:
    """The rules of a service that hold for some answers, each kind in the order of the policy."""

    def __init__(self, policy: Policy, service: Service, answers: Answers) -> None:
        charges = (policy.charges[name] for name in service.charges)
        self.charges = [one for charge in charges for one in charge.priced_for(answers)]
        self._together, self._taken = service.surcharges_together, service.discounts_together
        surcharges = (policy.surcharges[name] for name in service.surcharges)
        self.surcharges, on_the_whole = _apart(surcharges, answers)
        self.on_the_whole = charged_together(on_the_whole, self._together)
        discounts = (policy.discounts[name] for name in service.discounts)
        self.discounts, off_the_whole = _apart(discounts, answers)
        self.off_the_whole = taken_together(off_the_whole, self._taken)
        limits = [policy.limits[name] for name in service.limits]
        limits = [rule for rule in limits if rule.when.holds(answers)]
        whole_ids = {rule.id for rule in self.on_the_whole}
        self.limits = [rule for rule in limits if not whole_ids & {*rule.surcharges}]
        self.limits_of_the_whole = [rule for rule in limits if whole_ids & {*rule.surcharges}]
        allowances = (policy.allowances[name] for name in service.allowances)
        self.allowances = [rule for rule in allowances if rule.when.holds(answers)]
        self.responses = [policy.responses[name] for name in service.responses]
        self.conditions = _conditions(policy, service, answers)
        self.readings = {name for name, one in policy.readings.items() if one.when.holds(answers)}
        shares: list[Surcharge | Discount] = [*self.surcharges, *self.discounts]
        self.share_is_gap = any(isinstance(one.percent, Unpublished) for one in shares)
        rates = ((one.id, one.rate) for one in self.charges)
        self.with_own_leasts = {name for name, rate in rates if rate and rate.has_own_least}
        self.after_session = [one for one in self.charges if one.after_session]
        self._timetables = {
            one.id: Timetable(self._windows_for(policy, one), policy.zone) for one in self.charges
        }
        tax = policy.tax
        self.bases = {one.id: tax.basis_for(one, answers) if tax else None for one in self.charges}
        self.basis = tax.basis_for(None, answers) if tax else None
        cash = policy.cash
        self.cash = cash if cash is not None and cash.when.holds(answers) else None
        self.touched = {
            one.id: timetable_of(policy, one.applies.window) for one in self.charges if one.applies
        }
        self._burns = {
            one.id: Timetable([policy.windows[burn.window] for burn in one.burns], policy.zone)
            for one in self.allowances
            if one.burns
        }
        self._terms: dict[tuple[str, str | None, frozenset[str]], RuleTerms] = {}

    def timetable_for(self, charge: Charge) -> Timetable:
        """When the windows are open that decide the price of a charge."""
        return self._timetables[charge.id]

    def burn_timetable(self, allowance: Allowance) -> Timetable:
        """When the windows are open in which an allowance is used up faster or slower."""
        return self._burns[allowance.id]

    def terms_of(self, charge: Charge, opened: frozenset[str]) -> RuleTerms:
        """What holds for a charge while these windows are open."""
        key = charge.id, charge.chosen, opened
        if key not in self._terms:
            self._terms[key] = self._found(charge, opened)
        return self._terms[key]

    def _found(self, charge: Charge, opened: frozenset[str]) -> RuleTerms:
        rate = rate_at(charge.rate, opened)
        fitting = [one for one in self.surcharges if _fits(one, charge, opened)]
        surcharges = charged_together(fitting, self._together)
        discounts = [one for one in self.discounts if _fits(one, charge, opened)]
        clauses = rate.clauses if isinstance(rate, WindowRate) else ()
        taken = taken_together(discounts, self._taken)
        return RuleTerms(rate, price_due(charge, rate), clauses, surcharges, taken)

    def _windows_for(self, policy: Policy, charge: Charge) -> list[Window]:
        """The windows at whose edges the price of a charge may change."""
        names = [rate.window for rate in charge.rate.windows] if charge.rate else []
        rules: list[Surcharge | Discount] = [*self.surcharges, *self.discounts]
        names += [rule.window for rule in rules if rule.window and charge.id in rule.charges]
        return [policy.windows[name] for name in dict.fromkeys(names)]


def price_due(
    charge: Charge, rate: WindowRate | Unpublished | None, own: Figure | None = None
) -> tuple[Decimal, Decimal] | Unpublished:
    """The price under a rate and the factor on it, or the gap; `own` is that of a block or tier."""
    price, factor = price_under(charge, rate, own)
    due = multiplied(price, factor)
    if isinstance(due, Unpublished):
        return due
    # What is free has no price, or costs nothing by any factor.
    return stated(price, 0), stated(factor, 1)


def _apart(rules: Iterable[ShareRule], answers: Answers) -> tuple[list[ShareRule], list[ShareRule]]:
    """The rules that hold: those on single lines, and the shares of the whole."""
    held = [rule for rule in rules if rule.when.holds(answers)]
    return [one for one in held if not one.of_the_whole], [one for one in held if one.of_the_whole]


def _fits(rule: Surcharge | Discount, charge: Charge, opened: frozenset[str]) -> bool:
    return charge.id in rule.charges and is_open(rule, opened)


def rules_for(policy: Policy, service: Service, answers: Answers) -> Rules:
    """The rules that hold for some answers, as rules match them."""
    deciding = _deciding(policy, service.id)
    return _rules(policy, service.id, tuple([answers.get(name) for name in deciding]))


@lru_cache(maxsize=KEPT)
def _deciding(policy: Policy, service: str) -> tuple[str, ...]:
    """The questions whose answers rules tell apart. Minutes and dates decide no rule."""
    asked = policy.services[service]
    names = (*asked.questions, *asked.totals)
    return tuple(name for name in names if policy.deciding(name).options)


@lru_cache(maxsize=KEPT)
def _rules(policy: Policy, service: str, decided: tuple[str | None, ...]) -> Rules:
    given = zip(_deciding(policy, service), decided, strict=True)
    answers = {name: answer for name, answer in given if answer is not None}
    return Rules(policy, policy.services[service], answers)


def _conditions(
    policy: Policy, service: Service, answers: Answers
) -> list[tuple[int, ConditionMet]]:
    """The conditions that hold, each after its minutes, with these in the id when it has any."""
    found = []
    for name in service.conditions:
        condition = policy.conditions[name]
        after = condition.after_minutes
        if condition.when.holds(answers):
            reference = name if after is None else f"{name}-at-{after}"
            found.append((-1 if after is None else after, ConditionMet(name, reference)))
    return found
