"""Which scenarios visitors try first: those that are near to what the form shows.

They come from the form and the policy alone. For each field there is a list of what visitors turn
it to, the likeliest first, and before all what it holds already, which has place 1. How far a
scenario is from the form are the places of all its values, multiplied: a rare change alone is as
far as two usual ones together. The nearest of all services are taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain, islice

from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.scenario import fields_asked
from termwise_calculator.terms.policy import Policy, Question, Service
from termwise_calculator.time.lengths import Minutes, length_text

MOST_SCENARIOS = 64
"""Of a provider: what the build may cost for each of its pages."""

WEEKS_AHEAD = 26
"""For so long reading a page costs no Python, though nobody builds the site anew."""

FARTHEST = 40
SLIDER_STEP = 5
USUAL_LENGTHS = (60, 30, 120, 45, 90, 15, 180)
FIRST_HOUR = range(SLIDER_STEP, 60, SLIDER_STEP)
USUAL_NUMBERS = (1, 2, 5, 10, 0, 3, 4, 20, 50, 100)
HOURS = range(24)
DAYS_A_WEEK = 7

Likely = Mapping[str, list[str]]
"""For each field its values, the one that it holds first."""


def form_values(provider: Provider) -> Query:
    """What the fields hold at first, whichever service asks them; a field nobody asks is empty."""
    values = {"start": default_start(provider), "minutes": length_text(default_minutes(provider))}
    return values | {one.id: one.default for one in provider.policy.questions.values()}


def default_start(provider: Provider) -> str:
    """The default start of the first service that asks for one, as its control holds it."""
    for service in provider.policy.services.values():
        if "start" in service.asks and service.default.start is not None:
            return provider.local_start(service.default.start)
    return ""


def default_minutes(provider: Provider) -> Minutes:
    """The default length of the first service that asks for one."""
    asking = (one for one in provider.policy.services.values() if "minutes" in one.asks)
    first = next(asking, None)
    return first.default.minutes or 0 if first else 0


def first_scenarios(provider: Provider) -> list[Query]:
    """What the form asks in each scenario, the nearest first."""
    return scenarios_near(provider.policy, form_values(provider), MOST_SCENARIOS)


def scenarios_near(policy: Policy, values: Query, most: int) -> list[Query]:
    """So many scenarios near to what a form shows at first, then that case in later weeks.

    `values` are what its fields hold, whichever service asks them.
    """
    fields = {field for one in policy.services.values() for field in (*one.asks, *one.questions)}
    likely = {field: [values[field], *_others(policy, field, values[field])] for field in fields}
    nearest = (
        query
        for distance in range(1, FARTHEST + 1)
        for service in policy.services.values()
        for query in _at(policy, service, likely, distance)
    )
    return [*islice(nearest, most), *_in_later_weeks(policy, values)]


def _in_later_weeks(policy: Policy, values: Query) -> Iterator[Query]:
    """What the form shows at first when the page is read a week after its build, or many."""
    service = next(iter(policy.services.values()))
    if "start" in service.asks:
        start = datetime.fromisoformat(values["start"])
        shown = {name: values[name] for name in (*service.asks, *service.questions)}
        for weeks in range(1, WEEKS_AHEAD + 1):
            later = (start + timedelta(weeks=weeks)).isoformat(timespec="minutes")
            yield {"service": service.id} | shown | {"start": later}


def _at(policy: Policy, service: Service, likely: Likely, distance: int) -> Iterator[Query]:
    """The scenarios of a service at a distance, without those that change what is not asked."""
    fields = (*service.asks, *service.questions)
    for chosen in _multiplied({field: likely[field] for field in fields}, distance):
        query = {"service": service.id} | chosen
        changed = {field for field in fields if query[field] != likely[field][0]}
        if changed <= {*fields_asked(policy, service, query)}:
            yield query


def _multiplied(likely: Likely, distance: int) -> Iterator[Query]:
    """A value for each field, such that their places multiply to the distance."""
    if not likely:
        yield from [{}] if distance == 1 else []
        return
    (field, values), *rest = likely.items()
    for place, value in enumerate(values, start=1):
        if distance % place == 0:
            for chosen in _multiplied(dict(rest), distance // place):
                yield {field: value} | chosen


def _others(policy: Policy, field: str, value: str) -> list[str]:
    """What visitors turn a field to, the likeliest first."""
    if field == "start":
        likely: Iterable[str] = _starts(policy, value) if value else ()
    elif field == "minutes":
        likely = map(str, _lengths(int(value.partition(":")[0])))
    else:
        likely = _answers(policy.questions[field])
    return [other for other in dict.fromkeys(likely) if other != value]


def _lengths(shown: int) -> list[int]:
    """Usual ones, and the stops of the slider: beside where it stands, and of the first hour."""
    beside = [shown + SLIDER_STEP, shown - SLIDER_STEP]
    return [*USUAL_LENGTHS, *(stop for stop in beside if stop >= 0), *FIRST_HOUR, 75, 105, 150, 240]


def _answers(question: Question) -> Iterable[str]:
    """The options, or usual numbers; of what is typed letter by letter, nothing."""
    numbers = {"number": USUAL_NUMBERS, "minutes": USUAL_LENGTHS}.get(question.kind, ())
    options = question.options if question.kind in ("yes-no", "choice") else ()
    return [*options, *map(str, numbers)]


def _starts(policy: Policy, start: str) -> list[str]:
    """An hour of each kind, then what the arrow keys lead to: other hours, and later days."""
    shown = datetime.fromisoformat(start)
    hours = sorted(HOURS, key=lambda hour: abs(hour - shown.hour))
    moments = chain(
        _hour_of_each_kind(policy, shown),
        (shown.replace(hour=hour) for hour in hours),
        (shown + timedelta(days=days) for days in range(1, DAYS_A_WEEK)),
    )
    return [moment.isoformat(timespec="minutes") for moment in moments]


def _hour_of_each_kind(policy: Policy, shown: datetime) -> Iterable[datetime]:
    """For each way in which windows are open, the next hour after the start that is shown."""
    kinds: dict[tuple[bool, ...], datetime] = {}
    for hour in range(DAYS_A_WEEK * len(HOURS)):
        moment = shown + timedelta(hours=hour)
        kinds.setdefault(tuple(one.is_open(moment) for one in policy.windows.values()), moment)
    return kinds.values()
