"""From what a visitor typed to a scenario: every answer read, or every problem told."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.whose_clock import by_local_clock, place_asked
from termwise_calculator.terms.money import plain
from termwise_calculator.terms.policy import Policy, Question, Service, has_begun
from termwise_calculator.terms.tariff import Answers
from termwise_calculator.time.clock import NoSuchLocalTime, to_instant
from termwise_calculator.time.lengths import Minutes, read_minutes_and_seconds
from termwise_calculator.time.windows import MINUTES_PER_DAY

MOST_MINUTES = 31 * MINUTES_PER_DAY
MOMENT = re.compile(r"2[01]\d\d-\d\d-\d\d[T ]\d\d:\d\d(:00(\.0+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
DAY = re.compile(r"(19|2[01])\d\d-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"\d{1,9}(?:\.(\d{1,6}))?", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
VERSION = re.compile(r"\d{1,9}(\.\d{1,9}){3}", re.ASCII)
QUOTED_LENGTH = 60
KEPT = 256
"""Of so many services it is kept which answers rules do not see as they are given."""


class Scenario(NamedTuple):
    """One case to price: the service, when it starts (UTC), its real minutes, the answers.

    `answers` holds the questions that are asked in this case, in the order of the policy.
    """

    service: Service
    start: datetime | None
    minutes: Minutes | None
    answers: Answers


class EditionDates(NamedTuple):
    """When an edition is in force: from a day, or from ever, until before a day, or for good."""

    effective: date | None
    until: date | None
    digest: str


def dates_in_force(calendar: Sequence[EditionDates], on: date) -> EditionDates:
    """The edition in force on a date, of editions in their order.

    Raises ScenarioProblems where the date lies before them all, or after the last day of them all.
    """
    begun = [dates for dates in calendar if has_begun(dates.effective, on)]
    if not begun:
        raise ScenarioProblems([_no_terms("no-terms", on, calendar[0].effective)])
    until = begun[-1].until
    if until is not None and until <= on:
        raise ScenarioProblems([_no_terms("terms-ended", on, until - timedelta(days=1))])
    return begun[-1]


def calendar_of(editions: Sequence[Policy]) -> list[EditionDates]:
    """When each of the editions of a provider is in force; they are given in their order."""
    ends = editions[-1].ends
    last = ends + timedelta(days=1) if ends else None
    untils = [*[edition.effective for edition in editions[1:]], last]
    return [
        EditionDates(edition.effective, until, edition.digest)
        for edition, until in zip(editions, untils, strict=True)
    ]


def terms_in_force(editions: Sequence[Policy], on: date) -> Policy:
    """The edition in force on a date, of editions in their order. Raises ScenarioProblems."""
    in_force = dates_in_force(calendar_of(editions), on)
    return next(edition for edition in editions if edition.digest == in_force.digest)


def _no_terms(code: str, on: date, bound: date | None) -> ScenarioProblem:
    details = {"found": on.isoformat(), "expected": bound.isoformat() if bound else ""}
    return ScenarioProblem("start", code, details)


def choose_terms(
    editions: Sequence[Policy],
    service_id: str,
    raw: Mapping[str, str],
    reference: date,
    on: date | None = None,
) -> Policy:
    """The edition that prices a scenario: on `on`, else at its start, else at the reference."""
    if on is not None:
        return terms_in_force(editions, on)
    return terms_in_force(editions, start_day(editions[-1], service_id, raw) or reference)


def start_day(policy: Policy, service_id: str, raw: Mapping[str, str]) -> date | None:
    """The provider's day on which a scenario starts; None where no start is given or read."""
    if not raw.get("start"):
        return None
    local, service = policy, policy.services.get(service_id)
    if service is not None and place_asked(policy, service):
        local = by_local_clock(policy, service, _answers(policy, service, raw, []))
    start = _read_moment(raw["start"], local)
    return start.astimezone(policy.zone).date() if isinstance(start, datetime) else None


def read_scenario(
    policy: Policy, service_id: str, raw: Mapping[str, str], reference: date
) -> Scenario:
    """Read a scenario from text values; what is left out takes the service's default.

    A default start falls on its weekday on or next after `reference`.
    Raises ScenarioProblems with every problem found.
    """
    service = policy.services.get(service_id)
    if service is None:
        details = {"found": _shown(service_id), "expected": ", ".join(policy.services)}
        raise ScenarioProblems([ScenarioProblem("service", "unknown-service", details)])
    problems = _unknown_fields(service, raw)
    answers = _answers(policy, service, raw, problems)
    policy = by_local_clock(policy, service, answers)
    start = _start(policy, service, raw, reference)
    minutes = _minutes(service, raw)
    problems += [value for value in (start, minutes) if isinstance(value, ScenarioProblem)]
    if isinstance(start, datetime):
        problems += unknown_holidays(policy, start, until=start)
    if problems or isinstance(start, ScenarioProblem) or isinstance(minutes, ScenarioProblem):
        raise ScenarioProblems(problems)
    return Scenario(service, start, minutes, answers)


def fields_asked(policy: Policy, service: Service, answers: Answers) -> list[str]:
    """The form fields that matter for a service, given the answers so far."""
    matched = _as_matched(policy, service, answers)
    relevant = [q for q in service.questions if policy.questions[q].when.holds(matched)]
    return [*service.asks, *relevant]


def answers_to_match(policy: Policy, scenario: Scenario) -> Answers:
    """The answers as rules match them: a number by its band, a version by its state."""
    return _as_matched(policy, scenario.service, scenario.answers)


def _as_matched(policy: Policy, service: Service, answers: Answers) -> Answers:
    matched = {
        name: matched_answer(policy.questions[name], answers.get(name, ""))
        for name in _read_by_rules(policy, service.id)
        if name in answers or policy.questions[name].kind == "version"
    }
    return {**answers, **matched} if matched else answers


@lru_cache(maxsize=KEPT)
def _read_by_rules(policy: Policy, service: str) -> tuple[str, ...]:
    """The questions whose answers rules do not see as they are given."""
    asked = [policy.questions[name] for name in policy.services[service].questions]
    return tuple(one.id for one in asked if one.kind == "version" or one.bands)


def matched_answer(question: Question, answer: str) -> str:
    """What rules are told of an answer; of one that cannot be read, what it says."""
    if question.kind == "version":
        return _version_state(question, answer)
    if question.bands and NUMBER.fullmatch(answer):
        return question.band_of(Decimal(answer))
    return answer


def _version_state(question: Question, version: str) -> str:
    if not VERSION.fullmatch(version):
        return "not given"
    major = int(version.split(".", maxsplit=1)[0])
    newest = question.newest_major or 0
    if major == newest:
        return "supported"
    return "older" if major < newest else "newer"


def _shown(text: str) -> str:
    """Untrusted text, cut to a length that an error message can quote."""
    return text if len(text) <= QUOTED_LENGTH else text[:QUOTED_LENGTH] + "…"


def _unknown_fields(service: Service, raw: Mapping[str, str]) -> list[ScenarioProblem]:
    expected = ", ".join([*service.asks, *service.questions]) or "–"
    problems = []
    for name in raw:
        if name == "minutes" and "minutes" not in service.asks:
            problems.append(ScenarioProblem(name, "not-asked", {"found": name}))
        elif name not in ("start", "minutes", *service.questions):
            details = {"found": _shown(name), "expected": expected}
            problems.append(ScenarioProblem(name, "unknown-question", details))
    return problems


def unknown_holidays(policy: Policy, start: datetime, until: datetime) -> list[ScenarioProblem]:
    """What keeps a scenario from being counted: whether its days are holidays must be known."""
    holidays = policy.holidays
    if holidays is None:
        return []
    day, end = start.astimezone(policy.zone).date(), until.astimezone(policy.zone).date()
    if holidays.first <= day <= holidays.last and end <= holidays.known_until:
        return []
    days = {"found": day, "first": holidays.first, "last": holidays.last}
    return [
        ScenarioProblem("start", "unknown-holidays", {key: str(one) for key, one in days.items()})
    ]


def _start(
    policy: Policy, service: Service, raw: Mapping[str, str], reference: date
) -> datetime | ScenarioProblem | None:
    if "start" in raw:
        return _read_moment(raw["start"].strip(), policy)
    if service.default.start is None:
        return None
    return default_start(policy, service.default.start, reference)


def default_start(policy: Policy, minute_of_week: int, reference: date) -> datetime:
    """The first such weekday and local time on or after a reference date, in UTC.

    The likeliest case is no public holiday.
    """
    weekday, minute = divmod(minute_of_week, MINUTES_PER_DAY)
    day = reference + timedelta(days=(weekday - reference.weekday()) % 7)
    while policy.holidays is not None and day in policy.holidays.names:
        day += timedelta(days=7)
    local = datetime.combine(day, time(minute // 60, minute % 60))
    return local.replace(tzinfo=policy.zone).astimezone(UTC)


def _read_moment(text: str, policy: Policy) -> datetime | ScenarioProblem:
    if not text:
        return ScenarioProblem("start", "empty-start")
    try:
        moment = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        details = {"found": _shown(text), "expected": "2026-03-03T17:30"}
        return ScenarioProblem("start", "not-a-moment", details)
    try:
        return to_instant(moment, policy.zone)
    except NoSuchLocalTime:
        details = {"found": text, "zone": policy.zone.key}
        return ScenarioProblem("start", "no-such-local-time", details)


def _minutes(service: Service, raw: Mapping[str, str]) -> Minutes | ScenarioProblem | None:
    if "minutes" not in service.asks:
        return None
    if "minutes" not in raw:
        return service.default.minutes
    text = raw["minutes"].strip()
    return _read_session(text) if service.by_second else _read_minutes("minutes", text)


def _read_session(text: str) -> Minutes | ScenarioProblem:
    """The length of a session to the second: minutes, or minutes and seconds."""
    length = read_minutes_and_seconds(text)
    if length is None or length > MOST_MINUTES:
        most = {"most": str(MOST_MINUTES), "example": "12:30"}
        return ScenarioProblem("minutes", "not-a-length", {"found": _shown(text), **most})
    return length


def _read_minutes(field: str, text: str) -> int | ScenarioProblem:
    details = {"found": _shown(text), "least": "0", "most": str(MOST_MINUTES)}
    if not text:
        return ScenarioProblem(field, "empty-minutes", details)
    if not WHOLE_NUMBER.fullmatch(text) or int(text) > MOST_MINUTES:
        return ScenarioProblem(field, "not-minutes", details)
    return int(text)


def _read_number(question: Question, text: str) -> str | ScenarioProblem:
    """A quantity, without needless zeros; a comma before its decimals is understood."""
    number = NUMBER.fullmatch(text.replace(",", "."))
    if not number or len(number[1] or "") > question.decimals:
        details = {"found": _shown(text), "decimals": str(question.decimals)}
        return ScenarioProblem(question.id, "not-a-number", details)
    return plain(Decimal(number[0]))


def _answers(
    policy: Policy, service: Service, raw: Mapping[str, str], problems: list[ScenarioProblem]
) -> dict[str, str]:
    """Read the answers in the policy's order, so that a question can depend on earlier ones."""
    answers: dict[str, str] = {}
    matched: dict[str, str] = {}
    for question_id in service.questions:
        question = policy.questions[question_id]
        if question.kind == "version":
            matched[question_id] = matched_answer(question, "")
        if not question.when.holds(matched):
            continue
        answer = _answer(question, raw.get(question_id, question.default).strip())
        if isinstance(answer, ScenarioProblem):
            problems.append(answer)
        elif answer:
            answers[question_id] = answer
            matched[question_id] = matched_answer(question, answer)
    return answers


def is_day(text: str) -> bool:
    """Tell whether a text is a date that exists."""
    try:
        return bool(DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _not_a_date(question: Question, text: str) -> ScenarioProblem:
    return ScenarioProblem(
        question.id, "not-a-date", {"found": _shown(text), "expected": "2026-03-03"}
    )


def _answer(question: Question, text: str) -> str | ScenarioProblem:
    if question.kind == "minutes":
        minutes = _read_minutes(question.id, text)
        return minutes if isinstance(minutes, ScenarioProblem) else str(minutes)
    if question.kind == "number":
        return _read_number(question, text)
    if question.kind == "date":
        return text if not text or is_day(text) else _not_a_date(question, text)
    if question.kind == "version":
        if not text or VERSION.fullmatch(text):
            return text
        details = {"found": _shown(text), "expected": "7.6.2.0"}
        return ScenarioProblem(question.id, "not-a-version", details)
    if text in question.options:
        return text
    details = {"found": _shown(text), "expected": ", ".join(question.options)}
    return ScenarioProblem(question.id, "not-a-choice", details)
