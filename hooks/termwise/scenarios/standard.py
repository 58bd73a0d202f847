"""The standard scenarios of a policy: one set of cases for drift tests, price reports and browsers.

They come from the policy alone, so that a new provider has them at once and the same policy always
has the same ones. For each service they hold:

- its default with nothing said, then with one answer given, and the policy's own examples;
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
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, combinations, pairwise, product
from math import ceil, prod
from random import Random

from termwise_calculator.pricing.scenario import matched_answer
from termwise_calculator.terms.packages import months_later
from termwise_calculator.terms.policy import Policy, Question, Service, Target
from termwise_calculator.terms.tariff import Charge, Unpublished
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.lengths import SECOND, Minutes, is_whole, length_text
from termwise_calculator.time.windows import MINUTES_PER_DAY, Span, Window, hours_on

Query = dict[str, str]
"""A scenario as a form holds it: `service`, and where asked `start`, `minutes` and answers."""

MOST_ANSWER_SETS = 256
LONG_MINUTES = MINUTES_PER_DAY + 1
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
WEEKS_PER_YEAR = 53
SEED = 2026
DRAWN_PER_SERVICE = 40
LONGEST_DRAWN = 3 * MINUTES_PER_DAY


def standard_scenarios(policy: Policy) -> list[Query]:
    """The standard scenarios of one edition, each once, services in the order of the policy."""
    return _unique(
        query for service in policy.services.values() for query in _of_service(policy, service)
    )


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


def _of_service(policy: Policy, service: Service) -> Iterator[Query]:
    answers = _answer_sets(policy, service)
    usual, minutes = _usual_start(policy, service), _minutes(policy, service)
    default = length_text(service.default.minutes or 0)
    yield {"service": service.id}
    yield from _single_answers(policy, service)
    yield from _examples(policy, service)
    yield from _queries(service, usual, minutes, answers)
    if "start" in service.asks:
        yield from _queries(service, _starts(policy), ["1", default], answers)
        yield from _queries(service, _clock_changes(policy), [default, str(LONG_MINUTES)], answers)
        yield from _queries(service, _exceptional_starts(policy), ["1", default], answers)
        yield from _queries(service, _turns_of_kind(policy), [default], [{}])


def _queries(
    service: Service, starts: Iterable[str], minutes: Iterable[str], answers: Iterable[Query]
) -> Iterator[Query]:
    """Every start with every length and every set of answers, without what is not asked."""
    asked_starts: list[Query] = [{}]
    asked_minutes: list[Query] = [{}]
    if "start" in service.asks:
        asked_starts = [{"start": start} for start in starts]
    if "minutes" in service.asks:
        asked_minutes = [{"minutes": length} for length in minutes]
    for start, length, answered in product(asked_starts, asked_minutes, list(answers)):
        yield {"service": service.id, **start, **length, **answered}


def _unique(queries: Iterable[Query]) -> list[Query]:
    return list({tuple(query.items()): query for query in queries}.values())


# ---- Answers


def _answer_sets(policy: Policy, service: Service) -> list[Query]:
    """Every set of answers, or every pair of questions where there would be too many sets."""
    questions = [policy.questions[question_id] for question_id in service.questions]
    choices = {question.id: _choices(policy, question) for question in questions}
    few = prod(map(len, choices.values())) <= MOST_ANSWER_SETS
    varied = [tuple(choices)] if few else list(combinations(choices, 2))
    sets = []
    for names in varied:
        pools = [choices[one.id] if one.id in names else [one.default] for one in questions]
        sets += [_asked(questions, answers) for answers in product(*pools)]
    return _unique(sets)


def _single_answers(policy: Policy, service: Service) -> Iterator[Query]:
    """Each answer given alone: what else it makes the policy ask keeps its default."""
    for question_id in service.questions:
        question = policy.questions[question_id]
        if not question.when.answers:
            for answer in filter(None, _choices(policy, question)):
                yield {"service": service.id, question.id: answer}


def _asked(questions: Iterable[Question], answers: Iterable[str]) -> Query:
    """The answers to the questions that are asked, given the answers before them."""
    given: Query = {}
    matched: Query = {}
    for question, answer in zip(questions, answers, strict=True):
        asked = question.when.holds(matched)
        matched[question.id] = matched_answer(question, answer if asked else "")
        if asked and answer:
            given[question.id] = answer
    return given


def _choices(policy: Policy, question: Question) -> list[str]:
    if question.kind == "version":
        newest = question.newest_major or 0
        majors = range(max(newest - 1, 0), newest + 2)
        return ["", *(f"{major}.0.0.0" for major in majors)]
    if question.kind == "date":
        return ["", *_days_bought(policy, question)]
    if question.kind == "minutes":
        used = {0, *_used_minutes(policy, question), *_counted(policy, question)}
        return [str(minutes) for minutes in sorted(used)]
    if question.kind == "number":
        units = {0, 1, int(Decimal(question.default)), *_counted(policy, question)}
        for under in (int(band.under) for band in question.bands if band.under):
            units |= {max(under - 1, 0), under, under + 1}
        return [str(number) for number in sorted(units)]
    return list(question.options)


def _days_bought(policy: Policy, question: Question) -> Iterator[str]:
    """Such that a package is in its last days on the first ones of the standard week, or over."""
    monday = _monday(policy).date()
    for allowance in policy.allowances.values():
        if allowance.bought == question.id:
            first = months_later(monday, -allowance.valid_months)
            yield from (str(first + timedelta(days=days)) for days in (-1, 0, 1, 2))


def _counted(policy: Policy, question: Question) -> Iterator[int]:
    """Around the first two steps of each charge that counts the answer."""
    for charge in policy.charges.values():
        if charge.counts == question.id:
            step = ceil(charge.increment_minutes or int(charge.step_units or charge.per_units))
            yield from (step - 1, step, step + 1, 2 * step)
            ends = (int(one.up_to) for one in charge.tiers if isinstance(one.up_to, Decimal))
            for end in ends:
                yield from (end, end + 1)


def _used_minutes(policy: Policy, question: Question) -> Iterator[int]:
    """Partly, all but a minute, all: of each allowance that the question asks about."""
    for allowance in policy.allowances.values():
        if allowance.used == question.id and isinstance(allowance.minutes, int):
            yield from (allowance.minutes // 2, allowance.minutes - 1, allowance.minutes)


# ---- Lengths


def _minutes(policy: Policy, service: Service) -> list[str]:
    """The lengths around which the price or a condition of a service changes."""
    lengths: set[Minutes] = {0, 1, LONG_MINUTES}
    if service.default.minutes is not None:
        lengths.add(service.default.minutes)
    for threshold in _thresholds(policy, service):
        lengths |= {threshold - 1, threshold, threshold + 1}
        if service.by_second:
            lengths |= {threshold - SECOND, threshold + SECOND}
    can_be_given = (one for one in lengths if one >= 0 and (service.by_second or is_whole(one)))
    return [length_text(one) for one in sorted(can_be_given)]


def _thresholds(policy: Policy, service: Service) -> Iterator[Minutes]:
    for charge_id in service.charges:
        yield from _charge_thresholds(policy.charges[charge_id])
    for allowance_id in service.allowances:
        minutes = policy.allowances[allowance_id].minutes
        yield from () if isinstance(minutes, Unpublished) else (minutes,)
    for limit_id in service.limits:
        if policy.limits[limit_id].period_minutes:
            yield policy.limits[limit_id].period_minutes
    for condition_id in service.conditions:
        after = policy.conditions[condition_id].after_minutes
        if after is not None:
            yield after


def _charge_thresholds(charge: Charge) -> Iterator[Minutes]:
    if charge.increment_minutes is not None:
        begin = charge.first.minutes if charge.first else charge.increment_minutes
        yield from (begin, begin + charge.increment_minutes)
        yield begin + 2 * charge.increment_minutes
        yield from _own_thresholds(charge, begin)
    if charge.stop:
        yield charge.stop.after_minutes


def _own_thresholds(charge: Charge, begin: Minutes) -> Iterator[Minutes]:
    """Where following increments end, the least time, and the end of a tolerance."""
    for block in charge.following:
        begin += block.minutes
        yield begin
    if charge.least_minutes:
        yield charge.least_minutes
    if charge.tolerance_minutes:
        yield begin + (charge.increment_minutes or 0) + charge.tolerance_minutes


# ---- Starts


def _monday(policy: Policy) -> datetime:
    """The first Monday of the terms whose week is an ordinary one, local, without a zone."""
    first = datetime.combine(policy.effective, time())
    first += timedelta(days=-policy.effective.weekday() % 7)
    mondays = [first + number * WEEK for number in range(WEEKS_PER_YEAR)]
    without_change = [monday for monday in mondays if not _clocks_change(policy, monday)]
    ordinary = (monday for monday in without_change if _is_ordinary(policy, monday.date()))
    return next(ordinary, without_change[0])


def _clocks_change(policy: Policy, monday: datetime) -> bool:
    return _offset(policy, monday - WEEK / 7) != _offset(policy, monday + WEEK * 8 / 7)


def _is_ordinary(policy: Policy, monday: date) -> bool:
    """Tell whether no window has exceptional days in a week."""
    week = [monday + timedelta(days=number) for number in range(7)]
    exceptions = [one for window in policy.windows.values() for one in window.exceptions]
    return not any(one.holds_on(day) for one in exceptions for day in week)


def _offset(policy: Policy, local: datetime) -> timedelta | None:
    return local.replace(tzinfo=policy.zone).utcoffset()


def _local(policy: Policy, minute_of_week: int) -> str:
    moment = _monday(policy) + minute_of_week * MINUTE
    return moment.isoformat(timespec="minutes")


def _usual_start(policy: Policy, service: Service) -> list[str]:
    start = service.default.start
    return [] if start is None else [_local(policy, start)]


def _starts(policy: Policy) -> list[str]:
    """Around each edge of each window and midnight, on every day of the week.

    Around the last start, too, after which a response time goes on in another window a day later.
    """
    edges = {edge % MINUTES_PER_DAY for one in policy.windows.values() for edge in one.edges()}
    edges |= {
        (edge - after) % MINUTES_PER_DAY
        for window, after in _escalations(policy)
        for edge in window.edges()
    }
    return [
        _local(policy, day * MINUTES_PER_DAY + edge + beside)
        for day in range(7)
        for edge in sorted({0, *edges})
        for beside in (-1, 0, 1)
    ]


def _escalations(policy: Policy) -> Iterator[tuple[Window, int]]:
    """The window in which each response time begins that goes on in another, and for how long."""
    for response in policy.responses.values():
        for target in response.targets.values():
            if isinstance(target, Target) and target.escalation:
                yield policy.windows[target.window], target.escalation.after_minutes


def _exceptional_starts(policy: Policy) -> list[str]:
    """Around the hours of one day of each kind but the ordinary one."""
    windows, weeks = list(policy.windows.values()), _weeks_by_day(policy)
    ordinary = tuple(window.spans for window in windows)
    of_kind = {weeks[day]: day for day in reversed(weeks) if weeks[day] != ordinary}
    return [_at(day, minute) for day in of_kind.values() for minute in _around(windows, day)]


def _turns_of_kind(policy: Policy) -> list[str]:
    """At noon of the last day of a kind and of the first of another."""
    weeks = _weeks_by_day(policy)
    turns = [pair for pair in pairwise(weeks) if weeks[pair[0]] != weeks[pair[1]]]
    return [_at(day, MINUTES_PER_DAY // 2) for day in dict.fromkeys(chain(*turns))]


def _weeks_by_day(policy: Policy) -> dict[date, tuple[tuple[Span, ...], ...]]:
    """For each day of two years the week that holds on it, of each window."""
    first, windows = _monday(policy).date(), list(policy.windows.values())
    days = (first + timedelta(days=number) for number in range(2 * YEAR.days))
    return {day: tuple(window.week_on(day) for window in windows) for day in days}


def _around(windows: Iterable[Window], day: date) -> list[int]:
    """The minutes of a day around which a window opens or closes, and the midnights."""
    edges = {edge for window in windows for hours in hours_on(window, day) for edge in hours}
    return sorted({edge + beside for edge in {0, MINUTES_PER_DAY, *edges} for beside in (-1, 0, 1)})


def _at(day: date, minute: int) -> str:
    """A minute of a local day; one before or after it lies on the neighbouring day."""
    return (datetime.combine(day, time()) + minute * MINUTE).isoformat(timespec="minutes")


def _clock_changes(policy: Policy) -> list[str]:
    """Around each clock change of a year: an hour and a minute before, at, and after."""
    return [
        _with_offset(policy, change + beside * MINUTE)
        for change in _changes_of_offset(policy)
        for beside in (-60, -1, 0, 59)
    ]


def _changes_of_offset(policy: Policy) -> Iterator[datetime]:
    """The hours (UTC) of the year from the standard week on at which local time jumps."""
    start = _monday(policy).replace(tzinfo=policy.zone).astimezone(UTC)
    before = start.astimezone(policy.zone).utcoffset()
    for hour in range(1, YEAR // timedelta(hours=1)):
        moment = start + timedelta(hours=hour)
        offset = moment.astimezone(policy.zone).utcoffset()
        if offset != before:
            yield moment
        before = offset


def _with_offset(policy: Policy, moment: datetime) -> str:
    return moment.astimezone(policy.zone).isoformat(timespec="minutes")


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
    query |= {"start": _local(policy, start)} if isinstance(start, int) else {}
    query |= {} if minutes is None else {"minutes": str(minutes)}
    return query | (dict(answers) if isinstance(answers, Mapping) else {})


def _drawn(policy: Policy, service: Service, draw: Random) -> Query:
    """Any start of a year, any length, any answers."""

    # Of all draws only random() is promised to stay the same in every Python.
    def below(bound: int) -> int:
        return int(draw.random() * bound)

    first = _monday(policy).replace(tzinfo=policy.zone).astimezone(UTC)
    start = _with_offset(policy, first + below(YEAR // MINUTE) * MINUTE)
    answers, minutes = _answer_sets(policy, service), str(below(LONGEST_DRAWN))
    return next(_queries(service, [start], [minutes], [answers[below(len(answers))]]))
