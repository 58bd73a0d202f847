"""Which part of the input space has no published price, or two: by regions, not by samples.

The week is cut at every edge of the windows that decide a rate, so that each piece lies wholly
inside or outside each window; so is each kind of exceptional day. Answers are enumerated as far as
rules tell them apart, and quantities have prices of their own up to a bound and one beyond it. What
is said of a region therefore holds for every case in it. Windows are local wall-clock time, so both
daylight-saving days are covered like any other day: no minute of theirs has another name.

Two rules claim the price where only one of them can be meant; `claims` says which.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termwise_calculator.coverage.answers import asked_by, combinations, in_few, not_exactly_one
from termwise_calculator.coverage.claims import Claim, claims_of
from termwise_calculator.coverage.day_kinds import day_kinds
from termwise_calculator.coverage.price_steps import Amount, price_steps
from termwise_calculator.coverage.regions import Region, Survey, in_time
from termwise_calculator.coverage.sizes import rule_gaps
from termwise_calculator.pricing.rates import rate_at
from termwise_calculator.terms.policy import Policy, Response
from termwise_calculator.terms.tariff import Answers, Charge, TablePrice, Unpublished, When


def uncovered(policy: Policy) -> list[Region]:
    """Every region of every service without exactly one published figure, in policy order.

    A range is a published figure. Rules may contradict each other at either end of it.
    """
    dearest = policy.dearest or policy
    regions = [region for survey in surveys(policy) for region in _service(survey)]
    if dearest is not policy:
        regions += [region for survey in _surveys(policy) for region in _claims(survey)]
    return list(dict.fromkeys(regions))


def surveys(policy: Policy) -> list[Survey]:
    """Each service, to be looked at: of ranges the dearest end, at which the least is free."""
    return _surveys(policy.dearest or policy)


def _surveys(policy: Policy) -> list[Survey]:
    days = day_kinds(policy)
    return [
        Survey(policy, service, days, asked_by(policy, service))
        for service in policy.services.values()
    ]


def _service(survey: Survey) -> Iterator[Region]:
    policy, service = survey.policy, survey.service
    yield from _without_charge(survey)
    for charge_id in service.charges:
        charge = policy.charges[charge_id]
        yield from _table(survey, charge)
        for priced in charge.priced:
            yield from _charge(survey, priced)
    yield from rule_gaps(survey)
    yield from _responses(survey)
    yield from _claims(survey)


def _claims(survey: Survey) -> Iterator[Region]:
    """Rules that claim one case together."""
    for claim in claims_of(survey.policy, survey.service, survey.questions):
        yield from _claimed(survey, claim)


# ---- No charge at all


def _without_charge(survey: Survey) -> Iterator[Region]:
    """Answers and hours for which no charge is due, so that nothing says what it costs."""
    due: dict[tuple[Charge, ...], list[Answers]] = {}
    charges = [survey.policy.charges[name] for name in survey.service.charges]
    if any(_is_always_due(survey, charge) for charge in charges):
        return
    whens = [when for charge in charges for when in survey.needed(charge)]
    for answers in combinations(survey.questions, whens):
        holding = [
            charge
            for charge in charges
            if all(when.holds(answers) for when in survey.needed(charge))
        ]
        due.setdefault(tuple(holding), []).append(answers)
    for holding_charges, ways in due.items():
        for answers_when in in_few(survey.questions, ways):
            yield from _without(survey, holding_charges, answers_when)


def _is_always_due(survey: Survey, charge: Charge) -> bool:
    return charge.applies is None and not any(one.answers for one in survey.needed(charge))


def _without(survey: Survey, charges: Sequence[Charge], answers: When) -> Iterator[Region]:
    timed = [charge.applies for charge in charges if charge.applies]
    if len(timed) < len(charges):
        return
    windows = [survey.policy.windows[applies.window] for applies in timed]

    def nothing(claimants: tuple[str, ...]) -> tuple[str, ...]:
        due = any((applies.window in claimants) == applies.inside for applies in timed)
        return () if due else ("nothing",)

    region = Region(survey.service.id, None, None, survey.service.clauses, answers)
    yield from (part for _, part in in_time(survey.days, windows, nothing, region))


# ---- One charge


def _table(survey: Survey, charge: Charge) -> Iterator[Region]:
    """Answers for which a table of prices holds none, or more than one."""
    if charge.by_window:
        yield from _table_by_window(survey, charge)
        return
    found: dict[tuple[str, ...], list[Answers]] = {}
    table = [(entry.id, entry.when) for entry in charge.table]
    for answers, claimants in not_exactly_one(survey.questions, charge.when, table):
        found.setdefault(claimants, []).append(answers)
    for claimants, ways in found.items():
        entries = [entry.clauses for entry in charge.table if entry.id in claimants]
        clauses = _distinct(charge.clauses, *entries)
        for when in in_few(survey.questions, ways):
            name = survey.service.id
            yield Region(name, charge.id, None, clauses, when, claimed_by=claimants)


def _table_by_window(survey: Survey, charge: Charge) -> Iterator[Region]:
    """Answers and hours for which a table of prices holds none, or more than one."""
    whens = (*survey.needed(charge), *(entry.when for entry in charge.table))
    found: dict[tuple[TablePrice, ...], list[Answers]] = {}
    for way in combinations(survey.questions, whens):
        if all(when.holds(way) for when in survey.needed(charge)):
            holding = tuple(entry for entry in charge.table if entry.when.holds(way))
            found.setdefault(holding, []).append(way)
    for holding, ways in found.items():
        names = [entry.window for entry in holding if entry.window]

        def claims(
            opened: tuple[str, ...], holding: tuple[TablePrice, ...] = holding
        ) -> Sequence[tuple[str, ...]]:
            now = tuple(one.id for one in holding if one.window is None or one.window in opened)
            return () if len(now) == 1 else (now,)

        windows = [survey.policy.windows[name] for name in names]
        for when in in_few(survey.questions, ways):
            whole = Region(survey.service.id, charge.id, None, (), when)
            for claimants, region in in_time(survey.days, windows, claims, whole):
                entries = [one.clauses for one in holding if one.id in claimants]
                clauses = _distinct(charge.clauses, *entries)
                yield region._replace(clauses=clauses, claimed_by=claimants)


class _Figure(NamedTuple):
    """What stands in place of one published price: a gap, or windows that both claim it."""

    gap: str | None
    claimed_by: tuple[str, ...] = ()
    beyond: Amount = 0
    up_to: Amount | None = None


def _charge(survey: Survey, charge: Charge) -> Iterator[Region]:
    """When the price of a charge is not published, or when windows of its rate overlap."""
    policy = survey.policy
    names = [one.window for one in charge.rate.windows] if charge.rate else []
    applies, touching = charge.applies, charge.applies
    if applies and not charge.rate:
        names, touching = [applies.window], None

    def figures(claimants: tuple[str, ...]) -> Sequence[_Figure]:
        if applies and not charge.rate and (applies.window in claimants) != applies.inside:
            return ()
        return list(_figures(charge, claimants))

    windows = [policy.windows[name] for name in names]
    needed = [one for when in survey.needed(charge) for one in when.answers]
    when = When(tuple(dict.fromkeys(needed)))
    region = Region(survey.service.id, charge.id, None, (), when, touching=touching)
    for found, part in in_time(survey.days, windows, figures, region):
        yield from _reachable(survey, _region(policy, charge, found, part))


def _figures(charge: Charge, claimants: tuple[str, ...]) -> Iterator[_Figure]:
    """What prices are not, while some windows of the rate are open; nothing for published ones."""
    rates = charge.rate.windows if charge.rate else ()
    claiming = tuple(rate.window for rate in rates if rate.window in claimants)
    if len(claiming) > 1:
        yield _Figure(None, claiming)
        return
    told: set[str] = set()
    for step in price_steps(charge, rate_at(charge.rate, frozenset(claiming))):
        if isinstance(step.price, Unpublished) and step.price.gap not in told:
            yield _Figure(step.price.gap, beyond=step.beyond, up_to=step.up_to)
            told |= set() if step.up_to else {step.price.gap}


def _region(policy: Policy, charge: Charge, figure: _Figure, region: Region) -> Region:
    rates = charge.rate.windows if charge.rate else ()
    claiming = [rate.clauses for rate in rates if rate.window in figure.claimed_by]
    clauses = (policy.gaps[figure.gap].clause,) if figure.gap else _distinct(*claiming)
    return region._replace(
        gap=figure.gap,
        clauses=clauses,
        claimed_by=figure.claimed_by,
        beyond=figure.beyond,
        up_to=figure.up_to,
        unless=_stopped_before(charge, figure.beyond),
    )


def _stopped_before(charge: Charge, beyond: Amount) -> When | None:
    """When work stops so early that it never comes to what lies beyond an amount."""
    stop = charge.stop
    return stop.when if stop and stop.after_minutes <= beyond else None


def _reachable(survey: Survey, region: Region) -> Iterator[Region]:
    """The region, where any answers lead into it."""
    if any(region.holds_for(answers) for answers in ways_into(survey, region)):
        yield region


def ways_into(survey: Survey, region: Region) -> list[Answers]:
    """The answers that decide whether a case lies in a region, in every combination."""
    return combinations(survey.questions, (region.answers, region.unless or When()))


# ---- Response times, and rules that claim the same case


def _responses(survey: Survey) -> Iterator[Region]:
    """Answers without a published response time, or with several."""
    responses = [survey.policy.responses[name] for name in survey.service.responses]
    whens = [when for response in responses for when in response.whens.values()]
    found: dict[tuple[tuple[str, str], ...], list[Answers]] = {}
    for answers in combinations(survey.questions, whens) if responses else ():
        found.setdefault(_targets(responses, answers), []).append(answers)
    for targets, ways in found.items():
        yield from _response(survey, targets, in_few(survey.questions, ways))


def _targets(responses: Sequence[Response], answers: Answers) -> tuple[tuple[str, str], ...]:
    """The targets for some answers, by response and name; of several responses these alone."""
    found = [
        (response.id, name)
        for response in responses
        for name, when in response.whens.items()
        if when.holds(answers)
    ]
    claiming = dict.fromkeys(response for response, _ in found)
    return tuple((response, "") for response in claiming) if len(claiming) > 1 else tuple(found)


def _response(
    survey: Survey, targets: tuple[tuple[str, str], ...], whens: Sequence[When]
) -> Iterator[Region]:
    policy, service = survey.policy, survey.service
    named = tuple(response for response, _ in targets) or service.responses[:1]
    claims = tuple(name or response for response, name in targets)
    clauses, gap = _distinct(*(policy.responses[one].clauses for one in named)), None
    if len(targets) == 1:
        target = policy.responses[named[0]].targets[targets[0][1]]
        unpublished = target if isinstance(target, Unpublished) else target.unpublished_hours
        if unpublished is None:
            return
        gap, claims, clauses = unpublished.gap, (), (policy.gaps[unpublished.gap].clause,)
    for when in whens:
        yield Region(service.id, named[-1], gap, clauses, when, claimed_by=claims)


def _claimed(survey: Survey, claim: Claim) -> Iterator[Region]:
    """When all that a claim depends on holds: its windows are open, or closed."""
    windows = [survey.policy.windows[one.window] for one in claim.at]

    def both(claimants: tuple[str, ...]) -> tuple[str, ...]:
        hold = all((one.window in claimants) == one.inside for one in claim.at)
        return ("both",) if hold else ()

    for when in in_few(survey.questions, claim.answers):
        region = Region(
            survey.service.id, claim.rules[-1], None, claim.clauses, when, claimed_by=claim.rules
        )
        yield from (part for _, part in in_time(survey.days, windows, both, region))


def _distinct(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
