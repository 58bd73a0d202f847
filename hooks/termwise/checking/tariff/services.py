"""Services and their cases: what is asked is what the rules need, and each case can be priced."""

from collections.abc import Iterator
from typing import Any

from termwise.checking.tariff.allowances import questions_of_allowance
from termwise.checking.tariff.responses import needs_start, questions_of, response_problems
from termwise.checking.written.meant import word_meant
from termwise.compiling.charges import counts_seconds
from termwise.policy_form.dated import Dated
from termwise.policy_form.policy_file import Example, PolicyFile
from termwise.policy_form.questions import (
    ChoiceQuestion,
    DateQuestion,
    MinutesQuestion,
    NumberQuestion,
    Question,
    TotalQuestion,
    VersionQuestion,
    answers_of,
)
from termwise.policy_form.ranges import SurchargeRange
from termwise.policy_form.tariff.charges import ChargeTerms, DefaultCase, ServiceTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, counted, did_you_mean, listed, quoted
from termwise_calculator.pricing.scenario import (
    MOST_MINUTES,
    NUMBER,
    VERSION,
    WHOLE_NUMBER,
    is_day,
)
from termwise_calculator.time.lengths import is_whole, length_text


def service_problems(written: PolicyFile, source: Source) -> list[Problem]:
    """Everything wrong with services, their default cases, questions, targets and examples."""
    problems: list[Problem] = []
    for service_id, service in written.services.items():
        path: Path = ("services", service_id)
        problems += _missing_questions(written, source, path, service)
        problems += _missing_asks(written, source, path, service)
        problems += _case_problems(written, source, (*path, "default"), service, service.default)
        problems += _defaults_missing(source, path, service)
    problems += _question_problems(written, source)
    problems += response_problems(written, source)
    for index, example in enumerate(written.examples):
        problems += _example_problems(written, source, ("examples", index), example)
    return problems


# ---- What a service asks


def _missing_questions(
    written: PolicyFile, source: Source, path: Path, service: ServiceTerms
) -> Iterator[Problem]:
    """A rule that depends on a question the service does not ask, or asks too late."""
    for question_id, because in _questions_needed(written, service):
        if question_id in written.questions and question_id not in service.questions:
            yield Problem(
                source.place((*path, "questions")),
                "The service does not ask a question that its rules need",
                f"nothing that asks “{question_id}”, on which “{because}” depends",
                f"“{question_id}” among its questions",
                f"add “{question_id}”, or take the rule away from this service",
            )
    for index, question_id in enumerate(service.questions):
        needed = written.questions[question_id].when if question_id in written.questions else {}
        asked = (one for one in needed if not isinstance(written.questions.get(one), TotalQuestion))
        for earlier in asked:
            if earlier in service.questions[index + 1 :]:
                yield Problem(
                    source.place((*path, "questions", index)),
                    f"The question is asked before “{earlier}”, on which it depends",
                    quoted(question_id),
                    f"“{earlier}” before it",
                    "change the order of the questions",
                )


def _questions_needed(written: PolicyFile, service: ServiceTerms) -> Iterator[tuple[str, str]]:
    for question_id in service.questions:
        if question_id in written.questions:
            yield from ((one, question_id) for one in written.questions[question_id].when)
    for rule_id, rule in _rules_of(written, service):
        yield from ((one, rule_id) for one in (*rule.when, *_multiplying(rule)))
    for charge_id, charge in _charges_of(written, service):
        yield from ((one, charge_id) for one in _questions_of(charge))
    for allowance_id in service.allowances:
        if allowance_id in written.allowances:
            asked = questions_of_allowance(written.allowances[allowance_id])
            yield from ((one, allowance_id) for one in asked)
    for response_id in service.responses:
        if response_id in written.responses:
            response = written.responses[response_id]
            yield from ((one, response_id) for one in questions_of(response))


def _multiplying(rule: Any) -> list[str]:
    """The question whose answer multiplies a percentage, where there is one."""
    return [rule.for_each] if getattr(rule, "for_each", None) else []


def _questions_of(charge: ChargeTerms) -> list[str]:
    """The questions that a charge needs besides those on which it depends as a whole."""
    stops = list(charge.stops.when) if charge.stops else []
    stops += [name for entry in charge.prices.values() for name in entry.when]
    return stops + ([charge.counts.question] if charge.counts else [])


def _rules_of(written: PolicyFile, service: ServiceTerms) -> Iterator[tuple[str, Any]]:
    for kind in ("charges", "surcharges", "discounts", "limits", "allowances", "conditions"):
        rules = getattr(written, kind)
        yield from ((name, rules[name]) for name in getattr(service, kind) if name in rules)


def _charges_of(written: PolicyFile, service: ServiceTerms) -> list[tuple[str, ChargeTerms]]:
    return [(name, written.charges[name]) for name in service.charges if name in written.charges]


def _missing_asks(
    written: PolicyFile, source: Source, path: Path, service: ServiceTerms
) -> Iterator[Problem]:
    for asked, because in (
        ("minutes", _why_minutes(written, service)),
        ("start", _why_start(written, service)),
    ):
        if because and asked not in service.asks:
            yield Problem(
                source.place((*path, "asks")),
                f"The service does not ask “{asked}”, which its rules need",
                f"nothing that asks “{asked}”, on which “{because}” depends",
                f"“{asked}” in asks",
                f"add “{asked}” to asks, or take the rule away from this service",
            )
    if len(service.surcharges) > 1 and service.surcharges_together is None:
        yield Problem(
            source.place((*path, "surcharges")),
            "Nothing says how the surcharges go together",
            f"{len(service.surcharges)} surcharges",
            "“surcharges_together:” and add, multiply or highest",
            "write what the card says: of two at 50%, add makes 100% of them, multiply 125%, "
            "highest 50%",
        )
    if service.surcharges_together == "highest":
        yield from _without_ranges(written, source, service)
    if service.kind == "request" and "minutes" in service.asks:
        yield Problem(
            source.place((*path, "kind")),
            "A request has no length",
            "request, and minutes in asks",
            "kind: session where minutes are asked",
            "change the kind, or take minutes out of asks",
        )


def _without_ranges(
    written: PolicyFile, source: Source, service: ServiceTerms
) -> Iterator[Problem]:
    """Surcharges of which nobody can tell the highest, since they are published as ranges."""
    for name in service.surcharges:
        surcharge = written.surcharges.get(name)
        rows = surcharge.percent.rows if surcharge else ()
        for percent in (one for _, one in rows if isinstance(one, SurchargeRange)):
            yield Problem(
                source.place(("surcharges", name, "percent")),
                "A range may or may not be the highest of the surcharges",
                f"from {percent.from_:f}% to {percent.to:f}%",
                "one percentage, where surcharges_together is highest",
                "write the percentage, or “surcharges_together: add” or multiply",
            )


def _why_minutes(written: PolicyFile, service: ServiceTerms) -> str | None:
    """The first rule of a service that needs the length of the session."""
    for name, charge in _charges_of(written, service):
        by_time = any(per.unit == "increment" for _, per in charge.per.rows)
        if (by_time and not charge.counts) or (charge.counts and charge.counts.begins):
            return name
    conditions = (name for name in service.conditions if name in written.conditions)
    return next((name for name in conditions if written.conditions[name].after), None)


def _why_start(written: PolicyFile, service: ServiceTerms) -> str | None:
    """The first rule of a service that needs to know when the session starts."""
    for name, charge in _charges_of(written, service):
        if charge.rate or charge.applies or any(entry.in_ for entry in charge.prices.values()):
            return name
    for kind in ("surcharges", "discounts", "limits"):
        for name in getattr(service, kind):
            rule = getattr(written, kind).get(name)
            if rule and (rule.in_ or _is_by_day(rule)):
                return str(name)
    by_day = [
        name for name, one in written.allowances.items() if one.valid or isinstance(one.burns, dict)
    ]
    for name in service.allowances:
        if name in by_day:
            return name
    responses = (name for name in service.responses if name in written.responses)
    return next((name for name in responses if needs_start(written, written.responses[name])), None)


def _is_by_day(rule: Any) -> bool:
    """Tell whether a limit begins anew at midnight: hours run from whatever start."""
    per: Dated[int | str] | None = getattr(rule, "per", None)
    return per is not None and any(isinstance(period, str) for _, period in per.rows)


# ---- Cases: the default of a service, and worked examples


def _case_problems(
    written: PolicyFile,
    source: Source,
    path: Path,
    service: ServiceTerms,
    case: DefaultCase | Example,
) -> Iterator[Problem]:
    for field in ("start", "minutes"):
        if getattr(case, field) is not None and field not in service.asks:
            yield Problem(
                source.key_place((*path, field)),
                f"The case gives “{field}”, which the service does not ask",
                quoted(field),
                f"what it asks: {listed(service.asks)}",
                "take it away, or add it to asks",
                lacking=field,
            )
    if case.minutes is not None and not is_whole(case.minutes) and not _by_second(written, service):
        yield Problem(
            source.place((*path, "minutes")),
            "The case has seconds, and no charge of the service counts them",
            quoted(length_text(case.minutes)),
            "whole minutes",
            "leave the seconds out",
        )


def _by_second(written: PolicyFile, service: ServiceTerms) -> bool:
    return any(counts_seconds(charge) for _, charge in _charges_of(written, service))


def _defaults_missing(source: Source, path: Path, service: ServiceTerms) -> Iterator[Problem]:
    for field in service.asks:
        if getattr(service.default, field) is None:
            yield Problem(
                source.key_place((*path, "default")),
                f"The likeliest case lacks “{field}”",
                "no such field",
                f"“{field}”, since the service asks it",
                f"add “{field}: …” to default",
            )


def _example_problems(
    written: PolicyFile, source: Source, path: Path, example: Example
) -> Iterator[Problem]:
    service = written.services.get(example.service)
    if service is None:
        return
    yield from _case_problems(written, source, path, service, example)
    for question_id, answer in example.set_.items():
        place = (*path, "set", question_id)
        if question_id not in written.questions:
            continue
        if question_id not in service.questions:
            yield Problem(
                source.key_place(place),
                "The example answers a question that its service does not ask",
                quoted(question_id),
                f"one of {listed(service.questions)}",
                did_you_mean(question_id, service.questions),
                lacking=question_id,
            )
        elif isinstance(written.questions[question_id], TotalQuestion):
            yield Problem(
                source.key_place(place),
                "The example answers what nobody is asked",
                quoted(question_id),
                "answers to questions; a total is worked out",
                "take it away, and let the example come to the amount",
            )
        elif problem := _answer_problem(written.questions[question_id], answer):
            expected, mend = problem
            yield Problem(
                source.place(place),
                f"The question “{question_id}” has no such answer",
                quoted(answer),
                expected,
                mend,
            )


def _answer_problem(question: Question, answer: str) -> tuple[str, str] | None:
    """What was expected, and how to mend an answer that the calculator would not take."""
    if isinstance(question, MinutesQuestion):
        sound = WHOLE_NUMBER.fullmatch(answer) is not None and int(answer) <= MOST_MINUTES
        expected = f"a whole number of minutes, at most {MOST_MINUTES}"
        return None if sound else (expected, "write digits alone")
    if isinstance(question, NumberQuestion):
        decimals = int(question.decimals)
        number = NUMBER.fullmatch(answer)
        sound = number is not None and len(number[1] or "") <= decimals
        most = f", with at most {counted(decimals, 'decimal')}" if decimals else " alone"
        return None if sound else ("a number", f"write digits{most}")
    if isinstance(question, DateQuestion):
        return None if is_day(answer) else ("a date such as 2026-07-01", "write year-month-day")
    if isinstance(question, VersionQuestion):
        expected = "a version such as 7.6.2.0"
        return None if VERSION.fullmatch(answer) else (expected, "write four numbers with points")
    possible = answers_of(question)
    if answer in possible:
        return None
    return f"one of {listed(possible)}", did_you_mean(word_meant(answer, possible), possible)


# ---- Questions


def _question_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    for question_id, question in written.questions.items():
        if isinstance(question, ChoiceQuestion) and question.default not in question.options:
            yield Problem(
                source.place(("questions", question_id, "default")),
                "The default is none of the options",
                quoted(question.default),
                f"one of {listed(question.options)}",
                did_you_mean(question.default, question.options),
            )
        if question_id in question.when:
            yield Problem(
                source.key_place(("questions", question_id, "when", question_id)),
                "The question depends on itself",
                quoted(question_id),
                "an earlier question",
                "name another question, or take the field away",
            )
