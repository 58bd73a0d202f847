"""The standard scenarios of a policy: one set of cases for drift tests, price reports and browsers.

They come from the policy alone, so that a new provider has them at once and the same policy always
has the same ones. For each service they hold:

- its default with nothing said, then with one answer given, and the policy's own examples; the
  last case below each amount from which on a total decides otherwise, and the first;
- every set of answers with every length around which the price changes: 0 and 1 minute, and one
  less, exactly and one more than each increment, first increment, second increment, threshold and
  allowance, and a session longer than a day;
- every set of answers with every start around which a rate changes: on each day of the week, one
  minute before, at and after each edge of each window, and around midnight;
- every set of answers around the clock changes of a year, in real minutes;
- where windows have exceptional days: every set of answers on one day of each kind (holiday, date,
  season), around each edge of its hours; and the default answers at noon of the days between which
  the kind changes, for two years.

Every set of answers means: each option of each question that is asked, an allowance unused, partly
used, used but for a minute and used up, a version of each state. Where a service asks so much that
there would be too many sets, every two questions are varied together and the rest keep their
defaults.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from random import Random
from typing import NamedTuple

from termwise.scenarios.answers import answer_sets, single_answers
from termwise.scenarios.lengths import LONG_MINUTES, lengths_around_changes
from termwise.scenarios.queries import Query, asked_queries, unique
from termwise.scenarios.starts import (
    YEAR,
    clock_changes,
    exceptional_starts,
    local_start,
    standard_monday,
    starts_around_edges,
    turns_of_kind,
    usual_start,
    with_offset,
)
from termwise.scenarios.totals import around_totals
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.lengths import length_text
from termwise_calculator.time.windows import MINUTES_PER_DAY

SEED = 2026
DRAWN_PER_SERVICE = 40
LONGEST_DRAWN = 3 * MINUTES_PER_DAY


def standard_scenarios(policy: Policy) -> list[Query]:
    """The standard scenarios of one edition, each once, services in the order of the policy."""
    services = policy.services.values()
    return [query for one in services for query in standard_scenarios_of(policy, one)]


def grid(policies: Iterable[Policy], least: int = 2000) -> list[tuple[str, Query]]:
    """At least `least` scenarios over all services, each with its provider's id.

    These are the standard scenarios and others drawn from a year, with any minutes and any
    answers; the same policies always give the same grid.
    """
    policies = list(policies)
    scenarios = [
        (policy.provider, query) for policy in policies for query in standard_scenarios(policy)
    ]
    services = [(policy, one) for policy in policies for one in policy.services.values()]
    asking = [(policy, one) for policy, one in services if one.asks or one.questions]
    draw, rounds = Random(SEED), 0
    while asking and (rounds < DRAWN_PER_SERVICE or len(scenarios) < least):
        scenarios += [(policy.provider, _drawn(policy, one, draw)) for policy, one in asking]
        rounds += 1
    return scenarios


def standard_scenarios_of(policy: Policy, service: Service) -> list[Query]:
    """The standard scenarios of one service, each once."""
    return unique(scenarios_around(service, edges_of(policy, service)))


class Edges(NamedTuple):
    """Around what the price of a service changes: whole scenarios, and parts of such to combine."""

    alone: tuple[Query, ...]
    """The default, single answers and worked examples: scenarios as they are."""
    answers: tuple[Query, ...]
    usual: tuple[str, ...]
    """The usual start, for every length."""
    minutes: tuple[str, ...]
    starts: tuple[str, ...]
    short_and_default: tuple[str, ...]
    clock_changes: tuple[str, ...]
    default_and_long: tuple[str, ...]
    exceptional: tuple[str, ...]
    turns: tuple[str, ...]
    default: tuple[str, ...]


def edges_of(policy: Policy, service: Service) -> Edges:
    """Around what the price of a service changes under a policy."""
    default, by_clock = length_text(service.default.minutes or 0), "start" in service.asks
    alone = [{"service": service.id}, *single_answers(policy, service)]
    return Edges(
        alone=(*alone, *around_totals(policy, service), *_examples(policy, service)),
        answers=tuple(answer_sets(policy, service)),
        usual=tuple(usual_start(policy, service)),
        minutes=tuple(lengths_around_changes(policy, service)),
        starts=tuple(starts_around_edges(policy)) if by_clock else (),
        short_and_default=("1", default),
        clock_changes=tuple(clock_changes(policy)) if by_clock else (),
        default_and_long=(default, str(LONG_MINUTES)),
        exceptional=tuple(exceptional_starts(policy)) if by_clock else (),
        turns=tuple(turns_of_kind(policy)) if by_clock else (),
        default=(default,),
    )


def scenarios_around(service: Service, edges: Edges) -> Iterator[Query]:
    """The scenarios of a service around its edges; some of them may come twice."""
    answers, lengths = edges.answers, edges.short_and_default
    yield from edges.alone
    yield from asked_queries(service, edges.usual, edges.minutes, answers)
    if "start" in service.asks:
        yield from asked_queries(service, edges.starts, lengths, answers)
        yield from asked_queries(service, edges.clock_changes, edges.default_and_long, answers)
        yield from asked_queries(service, edges.exceptional, lengths, answers)
        yield from asked_queries(service, edges.turns, edges.default, [{}])


# ---- The policy's own examples, and drawn scenarios


def _examples(policy: Policy, service: Service) -> Iterator[Query]:
    """The worked examples of a service, as the page prices them."""
    for example in policy.document.get("examples", ()):
        if example["service"] == service.id:
            yield example_query(policy, example)


def example_query(policy: Policy, example: Mapping[str, object]) -> Query:
    """A worked example of the compiled policy as a query, in the standard week."""
    start, minutes, answers = example["start"], example["minutes"], example["set"]
    query = {"service": str(example["service"])}
    query |= {"start": local_start(policy, start)} if isinstance(start, int) else {}
    query |= {} if minutes is None else {"minutes": str(minutes)}
    return query | (dict(answers) if isinstance(answers, Mapping) else {})


def _drawn(policy: Policy, service: Service, draw: Random) -> Query:
    """Any start of a year, any length, any answers."""

    # Of all draws only random() is promised to stay the same in every Python.
    def below(bound: int) -> int:
        return int(draw.random() * bound)

    first = standard_monday(policy).replace(tzinfo=policy.zone).astimezone(UTC)
    start = with_offset(policy, first + below(YEAR // MINUTE) * MINUTE)
    answers, minutes = answer_sets(policy, service), str(below(LONGEST_DRAWN))
    return next(asked_queries(service, [start], [minutes], [answers[below(len(answers))]]))
