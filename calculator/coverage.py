"""Which part of the input space has no published price, or two: by regions, not by samples.

The week is cut at every edge of the windows that decide a rate, so that each piece lies wholly
inside or outside each window; answers are enumerated as far as rules tell them apart. What is said
of a piece therefore holds for every moment in it. Windows are local wall-clock time, so both
daylight-saving days are covered like any other day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from calculator.policy import Answers, Charge, Policy, Response, Service, Unpublished, When
from calculator.windows import MINUTES_PER_WEEK, Span, Window


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the input space without one published figure.

    `rule` is the charge, response or "tax" concerned, None where no charge applies at all. `gap`
    names the recorded gap; None is an undeclared gap, or a conflict when `claimed_by` names the
    windows that both claim the moment, or the prices of a table that both claim the answers.
    `window` is when it holds, None for any time.
    """

    service: str
    rule: str | None
    gap: str | None
    clauses: tuple[str, ...]
    answers: When
    window: Window | None = None
    claimed_by: tuple[str, ...] = ()

    @property
    def is_declared(self) -> bool:
        """True for a gap that the policy records; anything else is a mistake in the policy."""
        return self.gap is not None


def uncovered(policy: Policy) -> list[Region]:
    """Every region of every service without exactly one published figure, in policy order."""
    return [region for service in policy.services.values() for region in _service(policy, service)]


def _service(policy: Policy, service: Service) -> Iterator[Region]:
    charges = [policy.charges[charge_id] for charge_id in service.charges]
    yield from _without_charge(policy, service, charges)
    for charge in charges:
        yield from _table(policy, service, charge)
        for priced in charge.priced:
            yield from _charge(policy, service, priced)
    for response_id in service.responses:
        yield from _response(policy, service, policy.responses[response_id])


def _without_charge(policy: Policy, service: Service, charges: list[Charge]) -> Iterator[Region]:
    """Answers for which no charge of the service applies, so that nothing says what it costs."""
    deciding = [name for charge in charges for name, _ in charge.when.answers]
    for answers in answer_combinations(policy, deciding):
        if not any(charge.when.holds(answers) for charge in charges):
            when = When(tuple((name, (answer,)) for name, answer in answers.items()))
            yield Region(service.id, None, None, service.clauses, when)


def answer_combinations(policy: Policy, questions: Iterable[str]) -> Iterator[Answers]:
    """Every combination of answers to some questions; numbers of minutes decide no rule."""
    asked = [policy.questions[name] for name in dict.fromkeys(questions)]
    for chosen in product(*(question.options for question in asked)):
        yield {question.id: answer for question, answer in zip(asked, chosen, strict=True)}


def _table(policy: Policy, service: Service, charge: Charge) -> Iterator[Region]:
    """Answers for which a table of prices holds none, or more than one."""
    questions = [policy.questions[name] for name in service.questions]
    asked = [Asked(one.id, one.options, one.when) for one in questions]
    table = [(entry.id, entry.when) for entry in charge.table]
    for answers, claimants in not_exactly_one(asked, charge.when, table):
        when = When(tuple((name, (answer,)) for name, answer in answers.items()))
        yield Region(service.id, charge.id, None, charge.clauses, when, claimed_by=claimants)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answers that rules tell apart, and when it is asked."""

    id: str
    options: Sequence[str]
    when: When


def not_exactly_one(
    questions: Sequence[Asked], within: When, table: Sequence[tuple[str, When]]
) -> Iterator[tuple[Answers, tuple[str, ...]]]:
    """Answers that no entry of a table holds for, or several, and which; `within` must hold too.

    A question that is not asked after the answers before it has no answer.
    """
    if not table:
        return
    needed = {name for when in (within, *(when for _, when in table)) for name, _ in when.answers}
    for question in reversed(questions):
        needed |= {name for name, _ in question.when.answers if question.id in needed}
    for answers in _possible([one for one in questions if one.id in needed]):
        claimants = tuple(name for name, when in table if when.holds(answers))
        if within.holds(answers) and len(claimants) != 1:
            yield answers, claimants


def _possible(questions: Sequence[Asked]) -> list[dict[str, str]]:
    """Every way to answer some questions, in their order."""
    ways: list[dict[str, str]] = [{}]
    for question in questions:
        ways = [
            {**way, question.id: answer} if answer else way
            for way in ways
            for answer in (question.options if question.when.holds(way) else ("",))
        ]
    return ways


def _charge(policy: Policy, service: Service, charge: Charge) -> Iterator[Region]:
    if isinstance(charge.price, Unpublished):
        window = _applies_window(policy, charge)
        yield _gap(policy, service, charge, charge.price, window)
        return
    if charge.rate is None:
        return
    windows = [policy.windows[rate.window] for rate in charge.rate.windows]
    for claimants, window in _partition(windows):
        if not claimants and isinstance(charge.rate.otherwise, Unpublished):
            yield _gap(policy, service, charge, charge.rate.otherwise, window)
        elif len(claimants) > 1:
            clauses = [rate.clauses for rate in charge.rate.windows if rate.window in claimants]
            named = tuple(dict.fromkeys(clause for group in clauses for clause in group))
            yield Region(service.id, charge.id, None, named, charge.when, window, claimants)


def _gap(
    policy: Policy, service: Service, charge: Charge, figure: Unpublished, window: Window | None
) -> Region:
    clauses = (policy.gaps[figure.gap].clause,)
    return Region(service.id, charge.id, figure.gap, clauses, charge.when, window)


def _applies_window(policy: Policy, charge: Charge) -> Window | None:
    """When a charge is due at all; None for any time."""
    if charge.applies is None:
        return None
    window = policy.windows[charge.applies.window]
    return window if charge.applies.inside else outside(window)


def _response(policy: Policy, service: Service, response: Response) -> Iterator[Region]:
    for name, target in response.targets.items():
        if isinstance(target, Unpublished):
            clauses = (policy.gaps[target.gap].clause,)
            yield Region(service.id, response.id, target.gap, clauses, response.whens[name])
    asked = [question for when in response.whens.values() for question, _ in when.answers]
    for answers in answer_combinations(policy, asked):
        claims = tuple(name for name, when in response.whens.items() if when.holds(answers))
        if len(claims) != 1:
            when = When(tuple((question, (answer,)) for question, answer in answers.items()))
            named = response.clauses
            yield Region(service.id, response.id, None, named, when, claimed_by=claims)


def outside(window: Window) -> Window:
    """The rest of the week."""
    pieces = dict(_partition([window]))
    return pieces.get((), Window("", ()))


def _partition(windows: list[Window]) -> Iterator[tuple[tuple[str, ...], Window]]:
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
