"""Free time: what an allowance pays for, of the charges that share it and at the hours it is used.

Charges that share an allowance use it up once, in the order in which it names them. In some hours
it may be used up faster than the clock runs; the moment that decides a charge's price decides this.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.counting import Run, Work, split_by_windows
from termwise_calculator.terms.tariff import Allowance, Answers, Burn, Charge, Unpublished
from termwise_calculator.time.lengths import Minutes, is_whole, unit_of


class Covered(NamedTuple):
    """Counted `minutes` that an allowance pays for, and how many of its own it `used` for them.

    `left` is what it had left for the charge. `burns` are those that held for some of the time.
    """

    minutes: Minutes = 0
    used: Minutes = 0
    left: Minutes = 0
    burns: tuple[Burn, ...] = ()


NOTHING = Covered()


def remaining_minutes(allowance: Allowance, answers: Answers) -> int:
    """Free minutes left of an allowance after those the customer has used.

    Of an allowance whose size is not published nothing can be counted on.
    """
    if isinstance(allowance.minutes, Unpublished):
        return 0
    at_hand = allowance.minutes + carried_minutes(allowance, answers)
    return max(at_hand - int(answers.get(allowance.used, "0")), 0)


def carried_minutes(allowance: Allowance, answers: Answers) -> int:
    """Minutes of the period before that may be used in this one."""
    if allowance.carried is None:
        return 0
    return min(int(answers.get(allowance.carried.question, "0")), allowance.most_carried)


def in_order_of_use(case: Case) -> Iterator[tuple[Charge, Allowance | None]]:
    """The charges by time, each with its allowance: those that share one as it names them."""
    charges = [charge for charge in case.charges if charge.unit == "increment"]
    if not case.allowances:
        yield from ((charge, None) for charge in charges)
        return
    covered = [(charge, case.allowance_for(charge)) for charge in charges]
    yield from sorted(covered, key=_place)


def _place(one: tuple[Charge, Allowance | None]) -> int:
    charge, allowance = one
    return allowance.charges.index(charge.id) if allowance else 0


def cover(
    case: Case, allowance: Allowance, charge: Charge, runs: Iterable[Run], left: Minutes
) -> Covered:
    """What an allowance pays for at the front of some counted time, with so many minutes left."""
    if not allowance.burns:
        covered = min(left, sum([run.minutes for run in runs]))
        return Covered(covered, covered, left)
    pieces = _pieces(case, allowance, charge, runs)
    minutes: Minutes = 0
    used: Minutes = 0
    burns: dict[Burn, None] = {}
    for piece, burn in pieces:
        factor = Fraction(burn.factor) if burn else Fraction(1)
        part = piece.minutes
        if part * factor > left - used:
            # No part of a minute, or of a second where these count, is free.
            unit = unit_of(part, charge.increment)
            part = _exact((left - used) / factor // unit * unit)
        minutes, used = minutes + part, _exact(used + part * factor)
        if burn and part:
            burns[burn] = None
        if part < piece.minutes:
            break
    return Covered(minutes, used, left, tuple(burns))


def _pieces(
    case: Case, allowance: Allowance, charge: Charge, runs: Iterable[Run]
) -> Iterator[tuple[Run, Burn | None]]:
    """The counted time, cut where an allowance begins to be used up faster or slower."""
    timetable = case.rules.burn_timetable(allowance)
    at_start = charge.rate is not None and charge.rate.decided_at == "session"
    start = case.scenario.start
    if at_start and start is not None:
        burn = _burn(allowance, timetable.open_at(start))
        yield from ((run, burn) for run in runs)
        return
    for run in runs:
        for piece in split_by_windows(run, timetable):
            yield piece, _burn(allowance, piece.open_windows)


def _burn(allowance: Allowance, opened: frozenset[str]) -> Burn | None:
    return next((one for one in allowance.burns if one.window in opened), None)


def _exact(minutes: Minutes) -> Minutes:
    """A length of whole minutes as the integer that it is."""
    return int(minutes) if is_whole(minutes) else minutes


def covered_work(work: Work, charge: Charge) -> Sequence[Run]:
    """Time as it really passes, for charges that split it at the edges of windows."""
    unit = unit_of(work.minutes)
    return [Run(work.start, int(work.minutes // unit), unit, charge.clauses)]
