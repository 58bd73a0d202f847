"""Which part of the input space has no published price, or two: by regions, not by samples.

The week is cut at every edge of the windows that decide a rate, so that each piece lies wholly
inside or outside each window; so is each kind of exceptional day. Answers are enumerated as far as
rules tell them apart, and quantities have prices of their own up to a bound and one beyond it. What
is said of a region therefore holds for every case in it. Windows are local wall-clock time, so both
daylight-saving days are covered like any other day: no minute of theirs has another name.

Two rules claim the price where only one of them can be meant; `calculator.claims` says which.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

from calculator.answer_sets import Asked, asked_by, combinations, in_few, not_exactly_one
from calculator.claims import Claim, claims_of
from calculator.day_kinds import DayKind, DayKinds, day_kinds, on_weekdays
from calculator.policy import Policy, Response, Service
from calculator.tariff import Answers, Applies, Charge, Unpublished, When
from calculator.windows import MINUTES_PER_WEEK, Span, Window

Found = TypeVar("Found", bound=Hashable)


class Region(NamedTuple):
    """A part of the input space without one published figure.

    `rule` is the charge, response or limit concerned, None where no charge applies at all. `gap`
    names the recorded gap; None is an undeclared gap, or a conflict when `claimed_by` names the
    windows, rules or prices of a table that claim the same case.
    `window` is when it holds, None for any time: in an ordinary week and on exceptional days but
    those `besides`, or else `on` exceptional days of one kind. The session must touch the time
    `touching` as well. It holds for the `answers`, `unless` others are given too, and for minutes
    or units `beyond` a number.
    """

    service: str
    rule: str | None
    gap: str | None
    clauses: tuple[str, ...]
    answers: When
    window: Window | None = None
    claimed_by: tuple[str, ...] = ()
    on: DayKind | None = None
    besides: tuple[DayKind, ...] = ()
    touching: Applies | None = None
    unless: When | None = None
    beyond: Decimal = Decimal(0)

    @property
    def is_declared(self) -> bool:
        """True for a gap that the policy records; anything else is a mistake in the policy."""
        return self.gap is not None

    def holds_for(self, answers: Answers) -> bool:
        """Tell whether answers lie in the region."""
        return self.answers.holds(answers) and not (self.unless and self.unless.holds(answers))


class Survey(NamedTuple):
    """A service whose cases are looked at, with the days and the questions that matter to it."""

    policy: Policy
    service: Service
    days: DayKinds
    questions: Sequence[Asked]


def uncovered(policy: Policy) -> list[Region]:
    """Every region of every service without exactly one published figure, in policy order."""
    days = day_kinds(policy)
    surveys = (
        Survey(policy, service, days, asked_by(policy, service))
        for service in policy.services.values()
    )
    return [region for survey in surveys for region in _service(survey)]


def _service(survey: Survey) -> Iterator[Region]:
    policy, service = survey.policy, survey.service
    yield from _without_charge(survey)
    for charge_id in service.charges:
        charge = policy.charges[charge_id]
        yield from _table(survey, charge)
        for priced in charge.priced:
            yield from _charge(survey, priced)
    yield from _responses(survey)
    for claim in claims_of(policy, service, survey.questions):
        yield from _claimed(survey, claim)


# ---- No charge at all


def _without_charge(survey: Survey) -> Iterator[Region]:
    """Answers and hours for which no charge is due, so that nothing says what it costs."""
    due: dict[tuple[Charge, ...], list[Answers]] = {}
    charges = [survey.policy.charges[name] for name in survey.service.charges]
    if any(_is_always_due(survey, charge) for charge in charges):
        return
    whens = [when for charge in charges for when in _needed(survey, charge)]
    for answers in combinations(survey.questions, whens):
        holding = [
            charge
            for charge in charges
            if all(when.holds(answers) for when in _needed(survey, charge))
        ]
        due.setdefault(tuple(holding), []).append(answers)
    for holding_charges, ways in due.items():
        for answers_when in in_few(survey.questions, ways):
            yield from _without(survey, holding_charges, answers_when)


def _is_always_due(survey: Survey, charge: Charge) -> bool:
    return charge.applies is None and not any(one.answers for one in _needed(survey, charge))


def _needed(survey: Survey, charge: Charge) -> tuple[When, ...]:
    """What a charge needs to be due: its answers, and those that bring up what it counts."""
    counted = survey.policy.questions[charge.counts].when if charge.counts else When()
    return charge.when, counted


def _without(survey: Survey, charges: Sequence[Charge], answers: When) -> Iterator[Region]:
    timed = [charge.applies for charge in charges if charge.applies]
    if len(timed) < len(charges):
        return
    windows = [survey.policy.windows[applies.window] for applies in timed]

    def nothing(claimants: tuple[str, ...]) -> str | None:
        due = any((applies.window in claimants) == applies.inside for applies in timed)
        return None if due else "nothing"

    region = Region(survey.service.id, None, None, survey.service.clauses, answers)
    yield from (part for _, part in in_time(survey.days, windows, nothing, region))


# ---- One charge


def _table(survey: Survey, charge: Charge) -> Iterator[Region]:
    """Answers for which a table of prices holds none, or more than one."""
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


class _Figure(NamedTuple):
    """What stands in place of one published price: a gap, or windows that both claim it."""

    gap: str | None
    claimed_by: tuple[str, ...] = ()
    beyond: Decimal = Decimal(0)


def _charge(survey: Survey, charge: Charge) -> Iterator[Region]:
    """When the price of a charge is not published, or when windows of its rate overlap."""
    policy = survey.policy
    names = [one.window for one in charge.rate.windows] if charge.rate else []
    applies, touching = charge.applies, charge.applies
    if applies and not charge.rate:
        names, touching = [applies.window], None

    def figure(claimants: tuple[str, ...]) -> _Figure | None:
        if applies and not charge.rate and (applies.window in claimants) != applies.inside:
            return None
        return _figure(charge, claimants)

    windows = [policy.windows[name] for name in names]
    needed = [one for when in _needed(survey, charge) for one in when.answers]
    when = When(tuple(dict.fromkeys(needed)))
    region = Region(survey.service.id, charge.id, None, (), when, touching=touching)
    for found, part in in_time(survey.days, windows, figure, region):
        yield from _reachable(survey, _region(policy, charge, found, part))


def _figure(charge: Charge, claimants: tuple[str, ...]) -> _Figure | None:
    """What a price is not, while some windows of the rate are open; None where it is published."""
    rates = charge.rate.windows if charge.rate else ()
    claiming = [rate for rate in rates if rate.window in claimants]
    if len(claiming) > 1:
        return _Figure(None, tuple(rate.window for rate in claiming))
    if charge.rate and not claiming and isinstance(charge.rate.otherwise, Unpublished):
        return _Figure(charge.rate.otherwise.gap)
    own = claiming[0].price if claiming else None
    if own is None and isinstance(charge.price, Unpublished):
        return _Figure(charge.price.gap, beyond=_priced_otherwise(charge))
    return None


def _priced_otherwise(charge: Charge) -> Decimal:
    """How many whole minutes, or units, have prices of their own before that of the charge holds.

    Work stops on whole minutes, so a part of one tells no more of what is never reached.
    """
    if charge.tiers:
        return charge.tiers[-1].up_to
    return Decimal(int(sum(block.minutes for block in charge.blocks)))


def _region(policy: Policy, charge: Charge, figure: _Figure, region: Region) -> Region:
    rates = charge.rate.windows if charge.rate else ()
    claiming = [rate.clauses for rate in rates if rate.window in figure.claimed_by]
    clauses = (policy.gaps[figure.gap].clause,) if figure.gap else _distinct(*claiming)
    # Work that stops earlier never comes to what has no price.
    stops = charge.stop is not None and charge.stop.after_minutes <= figure.beyond
    return region._replace(
        gap=figure.gap,
        clauses=clauses,
        claimed_by=figure.claimed_by,
        beyond=figure.beyond,
        unless=charge.stop.when if charge.stop and stops and not charge.counts else None,
    )


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
        if not isinstance(target, Unpublished):
            return
        gap, claims, clauses = target.gap, (), (policy.gaps[target.gap].clause,)
    for when in whens:
        yield Region(service.id, named[-1], gap, clauses, when, claimed_by=claims)


def _claimed(survey: Survey, claim: Claim) -> Iterator[Region]:
    """When all that a claim depends on holds: its windows are open, or closed."""
    windows = [survey.policy.windows[one.window] for one in claim.at]

    def both(claimants: tuple[str, ...]) -> str | None:
        hold = all((one.window in claimants) == one.inside for one in claim.at)
        return "both" if hold else None

    for when in in_few(survey.questions, claim.answers):
        region = Region(
            survey.service.id, claim.rules[-1], None, claim.clauses, when, claimed_by=claim.rules
        )
        yield from (part for _, part in in_time(survey.days, windows, both, region))


# ---- Time


def in_time(
    days: DayKinds,
    windows: Sequence[Window],
    found: Callable[[tuple[str, ...]], Found | None],
    region: Region,
) -> Iterator[tuple[Found, Region]]:
    """The region in the time for which something is found, given the windows that are open.

    First in the ordinary week; then on exceptional days, where these differ from it.
    """
    windows = list({window.id: window for window in windows}.values())
    if not windows:
        anything = found(())
        yield from [(anything, region)] if anything else []
        return
    ordinary = _times(windows, found, days.ordinary_weekdays(windows))
    others = [(kind, _times(kind.windows, found, kind.weekdays)) for kind in days.of(windows)]
    for one, week in ordinary.items():
        besides = tuple(kind for kind, times in others if _differ(kind, week, times.get(one)))
        yield one, region._replace(window=week, besides=besides)
    for kind, times in others:
        for one, week in times.items():
            if _differ(kind, week, ordinary.get(one)):
                parts = on_weekdays(week.spans, kind.weekdays)
                yield one, region._replace(window=Window("", parts), on=kind)


def _times(
    windows: Sequence[Window],
    found: Callable[[tuple[str, ...]], Found | None],
    weekdays: Sequence[int],
) -> Mapping[Found, Window]:
    """The time of some days of the week for which each thing is found."""
    times: dict[Found, list[Span]] = {}
    for claimants, window in pieces_of_week(windows):
        one, parts = found(claimants), on_weekdays(window.spans, weekdays)
        if one is not None and parts:
            times.setdefault(one, []).extend(parts)
    return {one: Window("", joined(sorted(parts, key=_start))) for one, parts in times.items()}


def _differ(kind: DayKind, week: Window, other: Window | None) -> bool:
    """Tell whether two weeks are different on the days of the week on which a kind falls."""
    others = other.spans if other else ()
    return on_weekdays(week.spans, kind.weekdays) != on_weekdays(others, kind.weekdays)


def pieces_of_week(windows: Sequence[Window]) -> Iterator[tuple[tuple[str, ...], Window]]:
    """Cut the week at every edge: who claims a piece, and all the pieces they claim."""
    edges = sorted({0, *(edge for window in windows for edge in window.edges())})
    pieces: dict[tuple[str, ...], list[Span]] = {}
    for start, end in pairwise([*edges, MINUTES_PER_WEEK]):
        claimants = tuple(window.id for window in windows if window.contains(start))
        pieces.setdefault(claimants, []).append(Span(start, end))
    for claimants, spans in pieces.items():
        yield claimants, Window("", joined(spans))


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring spans as one, over Sunday night too."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    first, last = merged[0], merged[-1]
    if len(merged) > 1 and first.start == 0 and last.end == MINUTES_PER_WEEK:
        merged = [*merged[1:-1], Span(last.start, first.end + MINUTES_PER_WEEK)]
    return tuple(merged)


def _start(span: Span) -> int:
    return span.start


def _distinct(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
