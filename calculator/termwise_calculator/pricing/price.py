"""The pricing pipeline: count, rate, cover by allowance, price, surcharge, discount, limit, tax.

What some charges come to may decide rules; then these are priced first, by themselves. Shares of
the whole come after the limits.

`price` reads top to bottom as the sentence that describes it. Every stage is a plain function
from frozen data to frozen data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from termwise_calculator.pricing.adjustments import (
    PricedLine,
    discount_lines,
    missing_shares,
    surcharge_lines,
)
from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import (
    Run,
    Work,
    beyond,
    count_increments,
    in_last_windows,
    split_at_edges,
    split_by_windows,
)
from termwise_calculator.pricing.free_time import (
    NOTHING,
    Covered,
    cover,
    covered_work,
    in_order_of_use,
    remaining_minutes,
)
from termwise_calculator.pricing.joining import joined
from termwise_calculator.pricing.length_tiers import (
    in_tier,
    is_one_amount,
    parts_by_length,
    runs_of_tier,
)
from termwise_calculator.pricing.limits import limited, settled
from termwise_calculator.pricing.periods import scope_of, split_by_periods
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import ExpectedResponse, Line, Missing, Quote, TaxShare
from termwise_calculator.pricing.relied_on import covering, readings_relied_on
from termwise_calculator.pricing.response_due import due
from termwise_calculator.pricing.rules import ConditionMet, RuleTerms, price_due
from termwise_calculator.pricing.scenario import Scenario, answers_to_match, unknown_holidays
from termwise_calculator.pricing.tax import NOT_STATED, tax_shares
from termwise_calculator.pricing.units import Units, priced_units
from termwise_calculator.pricing.whole import (
    missing_shares_of_the_whole,
    with_shares_of_the_whole,
)
from termwise_calculator.pricing.whose_clock import by_local_clock
from termwise_calculator.terms.policy import Policy, Response, Target
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Figure,
    Unpublished,
    stated,
)
from termwise_calculator.time.lengths import KEPT, Minutes, unit_of, unit_text

ZERO, ONE = Decimal(0), Decimal(1)
NO_RUN = Run(None, 0, 0, ())


def price(policy: Policy, scenario: Scenario) -> Quote:
    """Price a scenario under one edition; what is not published is named, never guessed.

    Where figures are ranges it is priced at both ends of them.
    """
    dearest = policy.dearest
    quote = _price_one_end(policy, dearest, scenario)
    return quote if dearest is None else joined(quote, _price_one_end(dearest, policy, scenario))


def _price_one_end(policy: Policy, other_end: Policy | None, scenario: Scenario) -> Quote:
    """Price a scenario by single figures, which may be ends of ranges."""
    policy = by_local_clock(policy, scenario.service, scenario.answers)
    case = Case(policy, scenario, answers_to_match(policy, scenario), other_end)
    undecided: list[Missing] = []
    if scenario.service.totals:
        case, undecided = _with_totals(case)
    counted = count_all(case)
    items = [item for charge in case.charges for item in price_charge(case, charge, counted)]
    priced = [item for item in items if isinstance(item, PricedLine)]
    missing = [item for item in items if isinstance(item, Missing)] + undecided
    lines = [*not_valid_lines(case), *(item.line for item in priced)]
    surcharges = surcharge_lines(case, priced)
    lines += surcharges + discount_lines(case, priced, surcharges)
    lines, limits_missing = limited(case, case.limits, lines)
    missing += missing_shares(case, priced) + limits_missing
    may_lower = any(one.lowers for one in undecided)
    if missing and not may_lower and settled(case, sum([line.amount for line in lines], ZERO)):
        missing = []
    whole = lines
    if case.rules.off_the_whole or case.rules.on_the_whole:
        lines = with_shares_of_the_whole(case, lines)
        missing += missing_shares_of_the_whole(case, lines)
        lines, limits_missing = limited(case, case.limits_of_the_whole, lines)
        missing += limits_missing
    subtotal = sum([line.amount for line in lines], ZERO)
    shares = tax_shares(case, lines, whole)
    missing += missing_tax(policy, shares)
    response, unanswered = expected_response(case)
    conditions = conditions_met(case, lines)
    return Quote(
        case=case,
        lines=tuple(lines),
        subtotal=subtotal,
        shares=shares,
        missing=tuple(dict.fromkeys(missing + unanswered)),
        readings=readings_relied_on(case, priced, lines, conditions),
        conditions=conditions,
        response=response,
    )


def _with_totals(case: Case) -> tuple[Case, list[Missing]]:
    """The case with the bands of its totals among the answers, and what leaves some undecided."""
    counted = count_all(case)
    totals: dict[str, Decimal] = {}
    bands: dict[str, str] = {}
    undecided: list[Missing] = []
    for name in case.scenario.service.totals:
        total = case.policy.totals[name]
        charges = (charge for charge in case.charges if charge.id in total.of)
        items = [item for charge in charges for item in price_charge(case, charge, counted)]
        missing = [item for item in items if isinstance(item, Missing)]
        priced = [item.line.amount for item in items if isinstance(item, PricedLine)]
        totals[name] = sum(priced, ZERO)
        band = total.band_of(totals[name])
        # What is missing can only add to it, so that the last band is certain.
        if not missing or band == total.options[-1]:
            bands[name] = band
        else:
            about, lowers = f"question.{name}.label", _may_lower(case, name)
            undecided += [one._replace(of=about, lowers=lowers) for one in missing]
    answers = {**case.answers, **bands}
    return Case(case.policy, case.scenario, answers, case.other_end, totals), undecided


def _may_lower(case: Case, total: str) -> bool:
    """Tell whether anything that lowers the price goes by a total."""
    service, policy = case.scenario.service, case.policy
    whens = [policy.discounts[name].when for name in service.discounts]
    whens += [policy.allowances[name].when for name in service.allowances]
    whens += [one.when for name in service.limits if (one := policy.limits[name]).most]
    whens += [stop.when for name in service.charges if (stop := policy.charges[name].stop)]
    whens += [one.when for one in policy.tax.customers] if policy.tax else []
    return any(total == name for when in whens for name, _ in when.answers)


def price_charge(
    case: Case, charge: Charge, counted: Mapping[str, "CountedTime"]
) -> Iterable[PricedLine | Missing]:
    """The lines of one charge, in order of time, and the prices it lacks."""
    if charge.for_each and not case.times(charge):
        return []
    if charge.unit == "increment":
        return price_time(case, charge, counted[charge.id])
    if charge.unit == "quantity":
        units = priced_units(charge, case.units_for(charge))
        return [price_units(case, charge, part) for part in units]
    return [price_units(case, charge, Units(ONE, charge.unit))]


def price_time(
    case: Case, charge: Charge, counted: "CountedTime"
) -> Iterator[PricedLine | Missing]:
    """The lines of a charge by time: what an allowance covers, then each run by its rate."""
    covered, runs = counted
    allowance = case.allowance_for(charge)
    if allowance is not None and isinstance(allowance.minutes, Unpublished):
        yield from price_uncovered(case, charge, allowance, allowance.minutes, runs)
        return
    if allowance is not None and covered.minutes:
        yield PricedLine(allowance_line(case, allowance, covered, charge.id))
    if not runs and not covered.minutes and charge.counts is None:
        yield PricedLine(nothing_counted(case, charge))
    for run in join_equal(case, charge, runs):
        yield price_run(case, charge, run)


def price_uncovered(
    case: Case, charge: Charge, allowance: Allowance, size: Unpublished, runs: Sequence[Run]
) -> Iterator[PricedLine | Missing]:
    """What is not published of time, some of which is free: nobody knows how much of it costs."""
    items = [price_run(case, charge, run) for run in join_equal(case, charge, runs)]
    if any(isinstance(item, PricedLine) and item.line.amount for item in items):
        work = runs[0]._replace(until=runs[-1].end)
        yield missing_price(case, size, work)._replace(of=f"allowance.{allowance.id}")
        items = [item for item in items if isinstance(item, Missing)]
    yield from items


class CountedTime(NamedTuple):
    """What an allowance pays for of a charge, and the runs to pay for."""

    covered: Covered
    runs: list[Run]


def count_all(case: Case) -> dict[str, CountedTime]:
    """The time of each charge; an allowance is used up once, by the charges that share it."""
    left: dict[str, Minutes] = {}
    counted = {}
    for charge, allowance in in_order_of_use(case):
        if allowance is None:
            counted[charge.id] = count_time(case, charge, None, 0)
            continue
        free = left.get(allowance.id, remaining_minutes(allowance, case.answers))
        counted[charge.id] = found = count_time(case, charge, allowance, free)
        left[allowance.id] = free - found.covered.used
    return counted


def count_time(
    case: Case, charge: Charge, allowance: Allowance | None, free: Minutes
) -> CountedTime:
    """The free minutes used, and the runs to pay, each within the windows that decide its price."""
    work = case.work_for(charge)
    parts = [
        _count_part(case, charge, part, tier, allowance, free)
        for tier, part in parts_by_length(charge, work)
    ]
    runs = [run for part in parts for run in part.runs]
    if case.limits:
        runs = [part for run in runs for part in split_by_periods(case, charge.id, run, work.end)]
    if charge.stop is not None and work.minutes < case.entered_for(charge):
        # Each names the clause for which work stops before the session would have ended.
        clauses = charge.stop.clauses
        runs = [run._replace(clauses=_joined(run.clauses, clauses)) for run in runs]
    return CountedTime(parts[0].covered, runs)  # no allowance covers what has several parts


def _count_part(
    case: Case,
    charge: Charge,
    work: Work,
    tier: int | None,
    allowance: Allowance | None,
    free: Minutes,
) -> CountedTime:
    """The same for time in one tier by length, or in none."""
    timetable = case.rules.timetable_for(charge)
    covered = NOTHING
    decided_at = charge.rate.decided_at if charge.rate else "increment"
    if decided_at == "window" and (tier is None or not is_one_amount(charge.length_tiers[tier])):
        if allowance is not None:
            covered = cover(case, allowance, charge, covered_work(work, charge), free)
        runs = split_at_edges(charge, work.after(covered.minutes), timetable)
        runs = [run for run in runs if run.count]
        if tier is not None:
            runs = [in_tier(charge, run, tier) for run in runs]
    else:
        runs = count_increments(charge, work) if tier is None else runs_of_tier(charge, work, tier)
        if allowance is not None:
            covered = cover(case, allowance, charge, runs, free)
            runs = beyond(runs, charge, covered.minutes)
        if decided_at != "session":
            runs = [piece for run in runs for piece in split_by_windows(run, timetable)]
            if work.added or covered.minutes:  # else nothing begins after the end of the work
                runs = list(in_last_windows(runs, work, timetable))
        else:
            opened = case.open_at_start(charge)
            runs = [run._replace(open_windows=opened) for run in runs]
    return CountedTime(covered, runs)


def join_equal(case: Case, charge: Charge, pieces: Iterable[Run]) -> list[Run]:
    """Join neighbouring pieces that are priced alike, so that a quote has no needless lines."""
    runs: list[Run] = []
    for piece in pieces:
        if runs and _priced_alike(case, charge, runs[-1], piece):
            runs[-1] = _joined_with(runs[-1], piece)
        else:
            runs.append(piece)
    return runs


def _joined_with(run: Run, piece: Run) -> Run:
    """A run with the neighbouring piece that follows it."""
    return run._replace(
        count=run.count + piece.count,
        until=piece.until,
        blocks=run.blocks + piece.blocks,
        tolerated=piece.tolerated,
    )


def _priced_alike(case: Case, charge: Charge, one: Run, other: Run) -> bool:
    return (
        (one.length, one.price, one.tier, one.clauses)
        == (other.length, other.price, other.tier, other.clauses)
        and scope_of(case, charge.id, one.start) == scope_of(case, charge.id, other.start)
        and case.rules.terms_of(charge, one.open_windows)
        == case.rules.terms_of(charge, other.open_windows)
        and _other_prices(case, charge, one) == _other_prices(case, charge, other)
    )


def _other_prices(case: Case, charge: Charge, run: Run) -> set[Figure]:
    """What the blocks of a run cost at the other end of ranges; the lines of both are alike."""
    if case.other_end is None:
        return set()
    blocks = case.other_end.charges[charge.id].blocks
    return {blocks[place].price for place in run.blocks}


def price_run(case: Case, charge: Charge, run: Run) -> PricedLine | Missing:
    """Price one run of increments at the rate that holds for them."""
    terms = terms_for(case, charge, run)
    if isinstance(terms.due, Unpublished):
        return missing_price(case, terms.due, run)
    clauses = _joined(run.clauses, terms.clauses)
    if run.tier is not None and charge.length_tiers[run.tier].flat:
        counted, quantity = Counted(None, "session", ONE), ONE
    else:
        whole = bool(run.blocks) or run.length == charge.price_minutes
        counted = counted_by(run.length, None if whole else charge.price_minutes or 1)
        quantity = Decimal(run.minutes // (counted.length or 1))
    line = _line(case, charge, terms.due, clauses, quantity, counted, run)
    return PricedLine(line, terms.surcharges, terms.discounts)


class Counted(NamedTuple):
    """What a line counts: whole increments, or minutes or seconds, or what is no time.

    A price is for `per` of them. `length` is that of one, None for what is no time.
    """

    length: Minutes | None
    text: str
    per: Decimal


@lru_cache(maxsize=KEPT)
def counted_by(length: Minutes, price_minutes: Minutes | None) -> Counted:
    """How increments of a length are counted; one by one where the price is for just these."""
    if price_minutes is None:
        return Counted(length, unit_text(length), ONE)
    unit = unit_of(length, price_minutes)
    return Counted(unit, _single(unit), Decimal(price_minutes // unit))


def terms_for(case: Case, charge: Charge, run: Run) -> RuleTerms:
    """What holds for a run by its windows, at its own price where a block or a tier has one."""
    terms = case.rules.terms_of(charge, run.open_windows)
    if run.price is None:
        return terms
    return terms._replace(due=price_due(charge, terms.rate, run.price))


def price_units(case: Case, charge: Charge, units: Units) -> PricedLine | Missing:
    """The line of a quantity, or of a whole session or request; the start decides its rate."""
    opened = case.open_at_start(charge)
    run = Run(None, 1, 0, units.clauses or charge.clauses, units.price, opened)
    terms = terms_for(case, charge, run)
    if isinstance(terms.due, Unpublished):
        return missing_price(case, terms.due, None)
    counted, clauses = Counted(None, units.unit, units.per), _joined(run.clauses, terms.clauses)
    line = _line(case, charge, terms.due, clauses, units.quantity, counted, run)
    line = line._replace(tier=units.tier, entered=units.entered)
    return PricedLine(line, terms.surcharges, terms.discounts)


def nothing_counted(case: Case, charge: Charge) -> Line:
    """The line of a session that starts no increment: it names its clause and costs nothing."""
    counted = Counted(charge.price_minutes, unit_text(charge.price_minutes or 1), ONE)
    due = stated(charge.price, 0), ONE
    return _line(case, charge, due, _joined(charge.clauses), ZERO, counted, NO_RUN)


def _line(
    case: Case,
    charge: Charge,
    price_and_factor: tuple[Decimal, Decimal],
    clauses: tuple[str, ...],
    quantity: Decimal,
    counted: Counted,
    run: Run,
) -> Line:
    """A line of a charge, multiplied out: its amount is rounded here and nowhere before."""
    unit_price, factor = price_and_factor
    times = case.times(charge) if charge.for_each else ONE
    return Line(
        kind="charge",
        rule=charge.id,
        clauses=clauses,
        quantity=quantity,
        unit=counted.text,
        unit_minutes=counted.length,
        unit_price=unit_price,
        factor=factor,
        amount=_rounded(case, quantity * times * unit_price * factor / counted.per),
        start=run.start,
        end=run.end,
        per=counted.per,
        times=times,
        basis=case.basis_of(charge.id),
        open_windows=run.open_windows,
        blocks=run.blocks,
        tolerated=run.tolerated,
        tier=run.tier,
    )


def not_valid_lines(case: Case) -> list[Line]:
    """A line for each package that has expired or is not yet valid, so that a reader knows why."""
    return [
        allowance_line(case, one, NOTHING, "")._replace(unit=why)
        for one in case.allowances
        if (why := case.why_not_valid(one))
    ]


def _single(unit: Minutes) -> str:
    """The unit of time that is counted one by one: minutes, or seconds."""
    return unit_text(unit).removeprefix("1 ")


def allowance_line(case: Case, allowance: Allowance, covered: Covered, charge: str) -> Line:
    """The line that shows how much counted time of a charge an allowance paid for."""
    unit = unit_of(covered.minutes)
    return Line(
        kind="allowance",
        rule=allowance.id,
        clauses=_joined(
            allowance.clauses,
            *(one.clauses for one in (allowance.carried,) if one),
            *(burn.clauses for burn in covered.burns),
        ),
        quantity=Decimal(covered.minutes // unit),
        unit=_single(unit),
        unit_minutes=unit,
        unit_price=ZERO,
        factor=ONE,
        amount=_rounded(case, ZERO),
        covers=charge,
        used=covered.used,
        left=covered.left,
    )


def missing_price(case: Case, figure: Unpublished, run: Run | None) -> Missing:
    """Name the gap, the clause that leaves it open, and the stretch of time it concerns."""
    clause = case.policy.gaps[figure.gap].clause
    if run is None:
        return Missing(clause, figure.gap)
    return Missing(clause, figure.gap, start=run.start, end=run.end)


def missing_tax(policy: Policy, shares: Sequence[TaxShare]) -> list[Missing]:
    """The rates that decide what is to be paid, of taxes added or taken out, as far as unknown."""
    return [
        Missing(policy.gaps[rate.gap].clause, rate.gap, what="tax", lowers=share.basis.included)
        for share in shares
        if share.basis is not None and share.gross is None
        if isinstance(rate := share.basis.rate, Unpublished) and share.basis.prices != NOT_STATED
    ]


def conditions_met(case: Case, lines: Sequence[Line]) -> tuple[ConditionMet, ...]:
    """The conditions that hold, with their threshold in the id when they have one."""
    minutes, conditions = case.minutes, case.policy.conditions
    return tuple(
        [
            met
            for after, met in case.rules.conditions
            if minutes > after and covering(conditions[met.rule].allowances, lines)
        ]
    )


def expected_response(case: Case) -> tuple[ExpectedResponse | None, list[Missing]]:
    """When a first response is due, or the gap where no target is published."""
    for response in case.responses:
        target = response.target_for(case.answers)
        if isinstance(target, Unpublished):
            clause = case.policy.gaps[target.gap].clause
            return None, [Missing(clause, target.gap, what="response")]
        if target is not None:
            hours = target.unpublished_hours
            return response_target(case, response, target), missing_hours(case, hours)
    return None, []


def missing_hours(case: Case, hours: Unpublished | None) -> list[Missing]:
    """The hours in which the time of a response counts, where they are not published."""
    if hours is None:
        return []
    return [Missing(case.policy.gaps[hours.gap].clause, hours.gap, what="response")]


def response_target(case: Case, response: Response, target: Target) -> ExpectedResponse:
    """When a target ends. Raises ScenarioProblems where its holidays are not known so far ahead."""
    start = case.scenario.start
    moment = None if start is None else due(case.policy, target, start)
    if (
        start is not None
        and moment is not None
        and (problems := unknown_holidays(case.policy, start, until=moment))
    ):
        raise ScenarioProblems(problems)
    escalation = target.escalation
    clauses = _joined(response.clauses, target.clauses, escalation.clauses if escalation else ())
    return ExpectedResponse(
        response.id, target.minutes, moment, clauses, target.working_days, target.average
    )


def _joined(*clauses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(clauses)))


def _rounded(case: Case, amount: Decimal) -> Decimal:
    return case.policy.rounded(amount)
