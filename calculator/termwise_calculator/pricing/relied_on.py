"""What a price relies on beside the clauses: our readings, as far as they matter in a case."""

from collections.abc import Iterable, Iterator, Sequence

from termwise_calculator.pricing.adjustments import PricedLine
from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import later
from termwise_calculator.pricing.quote import Line
from termwise_calculator.pricing.rules import ConditionMet
from termwise_calculator.terms.policy import ReadingOrGap, Response, Target
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Condition,
    Discount,
    Limit,
    Surcharge,
)
from termwise_calculator.time.lengths import Minutes

Rule = Charge | Allowance | Surcharge | Discount | Limit | Response | Condition


def readings_relied_on(
    case: Case,
    priced: Sequence[PricedLine],
    lines: Sequence[Line],
    conditions: Iterable[ConditionMet],
) -> tuple[str, ...]:
    """The readings of the rules that took part, where answers and lines make them matter."""
    if not case.rules.readings:
        return ()
    naming: dict[str, list[Rule]] = {}
    for rule in _rules_of(case, priced, conditions):
        for name in rule.readings:
            naming.setdefault(name, []).append(rule)
    known = case.policy.readings
    return tuple(
        [
            one
            for one, rules in naming.items()
            if one in case.rules.readings
            and covering(known[one].allowances, lines)
            and _matters(case, known[one], rules, lines)
        ]
    )


def covering(allowances: Sequence[str], lines: Sequence[Line]) -> bool:
    """Tell whether one of these allowances covers time, where there are any."""
    return not allowances or any(line.covers and line.rule in allowances for line in lines)


def _rules_of(
    case: Case, priced: Sequence[PricedLine], conditions: Iterable[ConditionMet]
) -> list[Rule]:
    """The rules that took part in a price."""
    rules: list[Rule] = []
    for charge in case.charges:
        allowance = case.allowance_for(charge)
        rules += [charge] if allowance is None else [charge, allowance]
    rules += [rule for item in priced for rule in item.surcharges]
    rules += [rule for item in priced for rule in item.discounts]
    rules += [*case.rules.off_the_whole, *case.rules.on_the_whole]
    targets = [(one, one.target_for(case.answers)) for one in case.responses]
    rules += [
        *case.limits,
        *case.limits_of_the_whole,
        *(one for one, target in targets if isinstance(target, Target)),
    ]
    return rules + [case.policy.conditions[met.rule] for met in conditions]


# ---- The cases in which a reading matters


def _matters(
    case: Case, reading: ReadingOrGap, naming: Sequence[Rule], lines: Sequence[Line]
) -> bool:
    """Tell whether a reading, which some rules name, matters in a case."""
    if not reading.matters:
        return True
    if reading.matters == "no time":
        return case.minutes == 0
    charges = _charges_of(case, naming)
    if reading.matters == "full increment":
        return any(0 < case.minutes == _counted(one, lines) for one in charges)
    if reading.matters == "across windows":
        return any(_crosses(case, one, lines) for one in charges)
    return any(_outlasts_free_time(one, lines) for one in charges)


def _charges_of(case: Case, naming: Sequence[Rule]) -> Iterator[Charge]:
    """The charges that a reading is about: those that name it, or whose other rules do."""
    for charge in case.charges:
        if any(rule is charge or charge.id in getattr(rule, "charges", ()) for rule in naming):
            yield charge


def _counted(charge: Charge, lines: Sequence[Line]) -> Minutes:
    """The time that is counted of a charge, free or paid."""
    counted: list[Minutes] = [line.time for line in lines if charge.id in (line.rule, line.covers)]
    return sum(counted)


def _crosses(case: Case, charge: Charge, lines: Sequence[Line]) -> bool:
    """Tell whether the time that a charge goes by lies in hours of more than one kind."""
    start = case.scenario.start
    if charge.id in case.rules.touched:
        timetable, minutes = case.rules.touched[charge.id], case.minutes
    else:
        timetable, minutes = case.rules.timetable_for(charge), _counted(charge, lines)
    end = later(start, minutes)
    if start is None or end is None or timetable.is_empty:
        return False
    opened, change = timetable.stretch_at(start)
    while change < end:
        now, change = timetable.stretch_at(change)
        if now != opened:
            return True
    return False


def _outlasts_free_time(charge: Charge, lines: Sequence[Line]) -> bool:
    free = any(line.covers == charge.id for line in lines)
    return free and any(line.kind == "charge" and line.rule == charge.id for line in lines)
