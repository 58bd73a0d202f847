"""The pricing pipeline: count, rate by window, cover by allowance, discount, total.

`price` reads top to bottom as the sentence that describes it. Every stage is a plain function
from frozen data to frozen data.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from calculator.counting import (
    Run,
    count_increments,
    cover,
    remaining_minutes,
    split_by_windows,
    touches,
    windows_open,
    worked_minutes,
)
from calculator.money import round_to_currency
from calculator.policy import (
    Allowance,
    Answers,
    Charge,
    Discount,
    Policy,
    Rate,
    Response,
    Unpublished,
    WindowRate,
)
from calculator.quote import ConditionMet, Line, Missing, Quote, ResponseTarget, TaxedTotal
from calculator.response import due
from calculator.scenario import Scenario, answers_to_match
from calculator.windows import Window

ONE = Decimal(1)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Priced:
    """A line before discounts, with the discount that fits it, if any."""

    line: Line
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario with all that its stages ask for again and again."""

    policy: Policy
    scenario: Scenario
    answers: Answers

    @property
    def charges(self) -> list[Charge]:
        """The charges of the service that the answers call for."""
        charges = (self.policy.charges[charge_id] for charge_id in self.scenario.service.charges)
        return [charge for charge in charges if self._applies(charge)]

    @property
    def discounts(self) -> list[Discount]:
        """The discounts the answers entitle to, in the order of the policy."""
        table = self.policy.discounts
        discounts = (table[discount_id] for discount_id in self.scenario.service.discounts)
        return [discount for discount in discounts if discount.when.holds(self.answers)]

    @property
    def responses(self) -> list[Response]:
        """The response targets of the service."""
        return [self.policy.responses[rule] for rule in self.scenario.service.responses]

    def allowance_for(self, charge: Charge) -> Allowance | None:
        """The allowance that covers a charge, if the answers entitle to one."""
        table = self.policy.allowances
        for allowance_id in self.scenario.service.allowances:
            allowance = table[allowance_id]
            if charge.id in allowance.charges and allowance.when.holds(self.answers):
                return allowance
        return None

    def windows_for(self, charge: Charge) -> list[Window]:
        """The windows at whose edges the price of a charge may change."""
        names = [rate.window for rate in charge.rate.windows] if charge.rate else []
        names += [d.window for d in self.discounts if d.window and charge.id in d.charges]
        return [self.policy.windows[name] for name in dict.fromkeys(names)]

    def _applies(self, charge: Charge) -> bool:
        if not charge.when.holds(self.answers):
            return False
        applies, start = charge.applies, self.scenario.start
        if applies is None or start is None:
            return applies is None
        window = self.policy.windows[applies.window]
        minutes = self.scenario.minutes or 0
        return touches(window, applies.inside, start, minutes, self.policy.zone)


def price(policy: Policy, scenario: Scenario) -> Quote:
    """Price a scenario under one edition; what is not published is named, never guessed."""
    case = Case(policy, scenario, answers_to_match(policy, scenario))
    items = [item for charge in case.charges for item in price_charge(case, charge)]
    priced = [item for item in items if isinstance(item, Priced)]
    missing = [item for item in items if isinstance(item, Missing)]
    lines = [item.line for item in priced] + discount_lines(case, priced)
    response, unanswered = expected_response(case)
    subtotal = sum((line.amount for line in lines), Decimal(0))
    return Quote(
        policy=policy,
        scenario=scenario,
        lines=tuple(lines),
        subtotal=subtotal,
        total=taxed_total(policy, subtotal),
        missing=tuple(missing + unanswered),
        readings=readings_relied_on(case, priced),
        conditions=conditions_met(case),
        response=response,
    )


def price_charge(case: Case, charge: Charge) -> Iterator[Priced | Missing]:
    """The lines of one charge, in order of time, and the prices it lacks."""
    if charge.unit != "increment":
        yield flat_line(case, charge)
        return
    minutes = worked_minutes(charge, case.scenario.minutes or 0, case.answers)
    runs = count_increments(charge, minutes, case.scenario.start)
    runs = [stopped(case, charge, run, minutes) for run in runs]
    allowance, covered = case.allowance_for(charge), 0
    if allowance is not None:
        covered, runs = cover(runs, charge, remaining_minutes(allowance, case.answers))
        if covered:
            yield Priced(allowance_line(case, allowance, covered))
    if not runs and not covered:
        yield Priced(nothing_counted(case, charge))
    windows = case.windows_for(charge)
    pieces = (piece for run in runs for piece in split_by_windows(run, windows, case.policy.zone))
    for piece in join_equal(case, charge, pieces):
        yield price_run(case, charge, piece)


def stopped(case: Case, charge: Charge, run: Run, minutes: int) -> Run:
    """A run that names the clause for which work stops before the session would have ended."""
    if charge.stop is None or minutes == (case.scenario.minutes or 0):
        return run
    return replace(run, clauses=_joined(run.clauses, charge.stop.clauses))


def join_equal(case: Case, charge: Charge, pieces: Iterable[Run]) -> Iterator[Run]:
    """Join neighbouring pieces that are priced alike, so that a quote has no needless lines."""
    waiting: Run | None = None
    for piece in pieces:
        if waiting is not None and _priced_alike(case, charge, waiting, piece):
            waiting = replace(waiting, count=waiting.count + piece.count)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _priced_alike(case: Case, charge: Charge, one: Run, other: Run) -> bool:
    return (
        (one.length, one.price, one.clauses) == (other.length, other.price, other.clauses)
        and rate_of(charge.rate, one) == rate_of(charge.rate, other)
        and discount_of(case, charge, one.open_windows)
        == discount_of(case, charge, other.open_windows)
    )


def price_run(case: Case, charge: Charge, run: Run) -> Priced | Missing:
    """Price one run of increments at the rate in force when they start."""
    rate = rate_of(charge.rate, run)
    if isinstance(run.price, Unpublished):
        return missing_price(case, run.price, run)
    if isinstance(rate, Unpublished):
        return missing_price(case, rate, run)
    factor = ONE if rate is None else rate.factor
    line = Line(
        kind="charge",
        rule=charge.id,
        clauses=_joined(run.clauses, rate.clauses if rate else ()),
        quantity=Decimal(run.count),
        unit=f"{run.length} min",
        unit_minutes=run.length,
        unit_price=run.price,
        factor=factor,
        amount=_rounded(case, run.count * run.price * factor),
        start=run.start,
        end=run.end,
    )
    return Priced(line, discount_of(case, charge, run.open_windows))


def nothing_counted(case: Case, charge: Charge) -> Line:
    """The line of a session that starts no increment: it names its clause and costs nothing."""
    unit_price = charge.price if isinstance(charge.price, Decimal) else Decimal(0)
    return Line(
        kind="charge",
        rule=charge.id,
        clauses=charge.clauses,
        quantity=Decimal(0),
        unit=f"{charge.increment_minutes} min",
        unit_minutes=charge.increment_minutes,
        unit_price=unit_price,
        factor=ONE,
        amount=_rounded(case, Decimal(0)),
    )


def rate_of(rate: Rate | None, run: Run) -> WindowRate | Unpublished | None:
    """The window's rate at the start of a run, the gap outside all windows, or no rate at all."""
    if rate is None:
        return None
    for window_rate in rate.windows:
        if window_rate.window in run.open_windows:
            return window_rate
    return rate.otherwise


def flat_line(case: Case, charge: Charge) -> Priced | Missing:
    """The line of a charge per session or per request."""
    if isinstance(charge.price, Unpublished):
        return missing_price(case, charge.price, None)
    line = Line(
        kind="charge",
        rule=charge.id,
        clauses=charge.clauses,
        quantity=ONE,
        unit=charge.unit,
        unit_minutes=None,
        unit_price=charge.price,
        factor=ONE,
        amount=_rounded(case, charge.price),
    )
    start = case.scenario.start
    windows = case.windows_for(charge) if start is not None else []
    opened = windows_open(start, windows, case.policy.zone) if start is not None else frozenset()
    return Priced(line, discount_of(case, charge, opened))


def allowance_line(case: Case, allowance: Allowance, covered: int) -> Line:
    """The line that shows how many counted minutes an allowance paid for."""
    return Line(
        kind="allowance",
        rule=allowance.id,
        clauses=allowance.clauses,
        quantity=Decimal(covered),
        unit="min",
        unit_minutes=1,
        unit_price=Decimal(0),
        factor=ONE,
        amount=_rounded(case, Decimal(0)),
    )


def discount_of(case: Case, charge: Charge, open_windows: frozenset[str]) -> Discount | None:
    """The first discount that fits a charge at a time; the others do not add to it."""
    for discount in case.discounts:
        in_window = discount.window is None or discount.window in open_windows
        if charge.id in discount.charges and in_window:
            return discount
    return None


def discount_lines(case: Case, priced: Sequence[Priced]) -> list[Line]:
    """One negative line for each discount, over all the lines it fits."""
    lines = []
    for discount in case.discounts:
        bases = [item.line.amount for item in priced if item.discount is discount]
        if bases:
            lines.append(_discount_line(case, discount, sum(bases, Decimal(0))))
    return lines


def _discount_line(case: Case, discount: Discount, base: Decimal) -> Line:
    factor = -discount.percent / HUNDRED
    return Line(
        kind="discount",
        rule=discount.id,
        clauses=discount.clauses,
        quantity=ONE,
        unit="discount",
        unit_minutes=None,
        unit_price=base,
        factor=factor,
        amount=_rounded(case, base * factor),
    )


def taxed_total(policy: Policy, subtotal: Decimal) -> TaxedTotal | None:
    """Net, tax and gross; None where the provider does not say whether tax is included."""
    tax, digits = policy.tax, policy.currency_digits
    if tax is None:
        return None
    if tax.included:
        net = round_to_currency(subtotal * HUNDRED / (HUNDRED + tax.rate), digits)
        return TaxedTotal(net, subtotal - net, subtotal)
    amount = round_to_currency(subtotal * tax.rate / HUNDRED, digits)
    return TaxedTotal(subtotal, amount, subtotal + amount)


def missing_price(case: Case, figure: Unpublished, run: Run | None) -> Missing:
    """Name the gap, the clause that leaves it open, and the stretch of time it concerns."""
    clause = case.policy.gaps[figure.gap].clause
    if run is None:
        return Missing(clause, figure.gap)
    return Missing(clause, figure.gap, start=run.start, end=run.end)


def conditions_met(case: Case) -> tuple[ConditionMet, ...]:
    """The conditions that hold, with their threshold in the id when they have one."""
    met = []
    for condition_id in case.scenario.service.conditions:
        condition = case.policy.conditions[condition_id]
        after = condition.after_minutes
        if not condition.when.holds(case.answers):
            continue
        if after is None:
            met.append(ConditionMet(condition_id, condition_id))
        elif (case.scenario.minutes or 0) > after:
            met.append(ConditionMet(condition_id, f"{condition_id}-at-{after}"))
    return tuple(met)


def readings_relied_on(case: Case, priced: Sequence[Priced]) -> tuple[str, ...]:
    """The readings of the rules that took part, where the answers make them matter."""
    names: list[str] = []
    for charge in case.charges:
        names += charge.readings
        allowance = case.allowance_for(charge)
        names += allowance.readings if allowance else ()
    names += [name for item in priced if item.discount for name in item.discount.readings]
    names += [name for response in case.responses for name in response.readings]
    table = case.policy.readings
    return tuple(name for name in dict.fromkeys(names) if table[name].when.holds(case.answers))


def expected_response(case: Case) -> tuple[ResponseTarget | None, list[Missing]]:
    """When a first response is due, or the gap where no target is published."""
    for response in case.responses:
        target = response.targets.get(case.answers.get(response.question, ""))
        if isinstance(target, Unpublished):
            clause = case.policy.gaps[target.gap].clause
            return None, [Missing(clause, target.gap, what="response")]
        if target is not None and case.scenario.start is not None:
            window = case.policy.windows[response.window]
            moment = due(window, case.scenario.start, target.minutes, case.policy.zone)
            clauses = _joined(response.clauses, target.clauses)
            return ResponseTarget(response.id, target.minutes, moment, clauses), []
    return None, []


def _joined(*clauses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for group in clauses for clause in group))


def _rounded(case: Case, amount: Decimal) -> Decimal:
    return round_to_currency(amount, case.policy.currency_digits)
