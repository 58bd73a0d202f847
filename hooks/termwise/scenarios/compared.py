"""Typical cases by which two terms are compared: around the edges of both, in one time.

A value that moves makes an edge of its own, so that a case stands on each side of where it was and
of where it is now. Where no such case shows a change, cases are drawn around the value.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from random import Random
from typing import Any

from termwise.scenarios.answers import answer_sets
from termwise.scenarios.queries import Query, unique
from termwise.scenarios.standard import Edges, edges_of, scenarios_around, standard_scenarios_of
from termwise.scenarios.starts import WEEK, YEAR, standard_monday, starts_that_differ, with_offset
from termwise_calculator.pricing.scenario import MOST_MINUTES
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.lengths import length_text

SEED = 2026
DRAWN_AROUND_A_VALUE = 240
MOST_UNITS = 100_000
MINUTES_IN = {"min": 1, "h": 60, "s": 1 / 60}


def compared_cases(old: Policy | None, new: Policy | None, first: date) -> list[Query]:
    """The typical cases of either terms, or of both together, in the weeks from a day on."""
    sides = [one._replace(effective=first) for one in (old, new) if one is not None]
    names = dict.fromkeys(name for one in sides for name in one.services)
    return [query for name in names for query in _of_service(sides, name)]


def _of_service(sides: list[Policy], name: str) -> list[Query]:
    asked = [(one, one.services[name]) for one in sides if name in one.services]
    if len(asked) == 1:
        return standard_scenarios_of(*asked[0])
    (_, before), (_, after) = asked
    joined = _joined(*(edges_of(policy, service) for policy, service in asked))
    both = _asked_by_both(before, after)
    if "start" in both.asks:
        exceptional = (*joined.exceptional, *starts_that_differ(*sides))
        joined = joined._replace(exceptional=exceptional)
    return unique(scenarios_around(both, joined))


def _asked_by_both(before: Service, after: Service) -> Service:
    """The service with all that it asks before or after."""
    return after._replace(asks=tuple(dict.fromkeys((*before.asks, *after.asks))))


def _joined(before: Edges, after: Edges) -> Edges:
    """The edges of both, each once."""
    return Edges(*map(_each_once, before, after))


def _each_once(before: Any, after: Any) -> Any:
    """The same items without those that come again: texts, or tables of texts."""
    items = (*before, *after)
    return tuple(
        {tuple(one.items()) if isinstance(one, dict) else one: one for one in items}.values()
    )


# ---- Cases around one value, where no typical case shows what it changes


def cases_around(policy: Policy, first: date, written: tuple[str, ...]) -> Iterator[Query]:
    """Cases of every service, drawn with the numbers in a value's texts among their sizes."""
    within, draw = policy._replace(effective=first), Random(SEED)
    sizes = sorted({beside for text in written for beside in _sizes(text)})
    for service in policy.services.values():
        if service.asks or service.questions:
            sets = answer_sets(within, service)
            for _ in range(DRAWN_AROUND_A_VALUE):
                answers = sets[_below(len(sets), draw)]
                yield _drawn(within, service, answers, sizes, draw)


def _sizes(text: str) -> Iterator[int]:
    """The numbers of a value as minutes or units, and those beside them."""
    for number, unit in re.findall(r"(\d+(?:\.\d+)?) ?(min|h|s)?", text):
        size = int(float(number) * MINUTES_IN.get(unit, 1))
        yield from (one for one in (size - 1, size, size + 1) if 0 <= one <= MOST_MINUTES)


def _drawn(
    policy: Policy, service: Service, answers: Query, sizes: list[int], draw: Random
) -> Query:
    """A case of a size that is near the value, or of any magnitude.

    Half of them start in the standard week, in which packages expire, the others within a year.
    """
    monday = standard_monday(policy).replace(tzinfo=policy.zone).astimezone(UTC)
    minutes = _below((WEEK if draw.random() < 1 / 2 else YEAR) // MINUTE, draw)
    query: Query = {"service": service.id}
    if "start" in service.asks:
        query["start"] = with_offset(policy, monday + timedelta(minutes=minutes))
    if "minutes" in service.asks:
        query["minutes"] = length_text(_size(sizes, MOST_MINUTES, draw))
    return query | _with_sizes(policy, answers, sizes, draw)


def _with_sizes(policy: Policy, answers: Query, sizes: list[int], draw: Random) -> Query:
    """The same answers with other numbers."""
    counted = (name for name in answers if policy.questions[name].kind in ("number", "minutes"))
    return answers | {name: str(_size(sizes, MOST_UNITS, draw)) for name in counted}


def _size(sizes: list[int], most: int, draw: Random) -> int:
    """One of the sizes, or as often a number in which each magnitude is as likely."""
    if sizes and draw.random() < 1 / 2:
        return sizes[_below(len(sizes), draw)]
    return int(most ** draw.random())


def _below(bound: int, draw: Random) -> int:
    """A number from zero on; of all draws only random() is the same in every Python."""
    return int(draw.random() * bound)
