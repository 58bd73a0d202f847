"""Response times: every answer has its time or its gap, and each is counted where support works."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from termwise.checking.tariff.prices import too_many_answers
from termwise.policy_form.dated import together
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import When, answers_of
from termwise.policy_form.tariff.rules import ResponseTarget, ResponseTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, did_you_mean, listed, quoted
from termwise_calculator.coverage.answers import MOST_WAYS


def questions_of(response: ResponseTerms) -> list[str]:
    """The questions whose answers decide a response time, each once."""
    if response.question is not None:
        return [response.question]
    return list(dict.fromkeys(name for one in response.targets.values() for name in one.when))


def response_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Everything wrong with response times; what the answers leave open is found by coverage."""
    for response_id, response in written.responses.items():
        path: Path = ("responses", response_id)
        if response.question is not None:
            yield from _answer_problems(written, source, path, response.question, response)
        yield from _when_problems(source, path, response)
        for name, target in response.targets.items():
            if isinstance(target, ResponseTarget):
                yield from _escalation_problems(source, (*path, "targets", name), target)
        yield from _never_open(written, source, path, response)


# ---- Which target is for which answers


def _answer_problems(
    written: PolicyFile, source: Source, path: Path, question_id: str, response: ResponseTerms
) -> Iterator[Problem]:
    question = written.questions.get(question_id)
    if question is None:
        return
    answers = answers_of(question)
    yield from _unknown_targets(source, path, answers, response.targets)
    for answer in answers:
        if answer not in response.targets:
            yield Problem(
                source.key_place((*path, "targets")),
                "An answer has no response time",
                f"nothing for “{answer}”",
                "a time or a gap for every answer",
                f"add “{answer}: {{within: …, clause: …}}” or “{answer}: {{gap: …}}”",
            )


def _unknown_targets(
    source: Source, path: Path, answers: list[str], targets: Iterable[str]
) -> Iterator[Problem]:
    for answer in targets:
        if answer not in answers:
            yield Problem(
                source.key_place((*path, "targets", answer)),
                "The question has no such answer",
                quoted(answer),
                f"one of {listed(answers)}",
                did_you_mean(answer, answers),
            )


def _when_problems(source: Source, path: Path, response: ResponseTerms) -> Iterator[Problem]:
    """Answers are told once: by the name of the target, or by its own field."""
    for name, target in response.targets.items():
        place: Path = (*path, "targets", name)
        if response.question is not None and target.when:
            yield Problem(
                source.key_place((*place, "when")),
                "The question of the response decides already which answer this is for",
                "when",
                "a question for all targets, or answers for each",
                "take when away, or the question of the response",
            )
        if response.question is None and not target.when and len(response.targets) > 1:
            yield Problem(
                source.key_place(place),
                "Nothing says for which answers this response time is",
                quoted(name),
                "“when: {class: gold, severity: high}”, or a question of the response",
                "add when to each target, or “question: …” to the response",
            )


def combination_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Responses by several answers: those that no target is for, or more than one."""
    for response_id, response in written.responses.items():
        if response.question is None and all(one.when for one in response.targets.values()):
            yield from _combination_problems(written, source, ("responses", response_id), response)


def _combination_problems(
    written: PolicyFile, source: Source, path: Path, response: ResponseTerms
) -> Iterator[Problem]:
    """Answers that no target is for, or more than one."""
    asked = [name for name in questions_of(response) if name in written.questions]
    answered = [answers_of(written.questions[name]) for name in asked]
    if prod(map(len, answered)) > MOST_WAYS:
        yield too_many_answers(source, (*path, "targets"), asked)
        return
    for chosen in product(*answered):
        answers = dict(zip(asked, chosen, strict=True))
        claims = [name for name, one in response.targets.items() if _holds(one.when, answers)]
        if len(claims) == 1:
            continue
        told = ", ".join(f"{name}: {answer}" for name, answer in answers.items())
        yield Problem(
            source.key_place((*path, "targets", claims[1]) if claims else (*path, "targets")),
            "Two response times are for the same answers"
            if claims
            else "Answers have no response time",
            f"{listed(claims)} for “{told}”" if claims else f"nothing for “{told}”",
            "one time or gap for all answers together",
            "change when in one of them" if claims else "add a target, or a gap, for these answers",
        )


def _holds(when: When, answers: Mapping[str, str]) -> bool:
    return all(answers.get(question) in allowed for question, allowed in when.items())


# ---- How they are counted


def _escalation_problems(source: Source, path: Path, target: ResponseTarget) -> Iterator[Problem]:
    if target.escalates is None:
        return
    place = source.key_place((*path, "escalates"))
    if any(within.minutes is None for _, within in target.within.rows):
        yield Problem(
            place,
            "A time in working days does not go on in another window",
            "escalates",
            "a time in hours or minutes",
            "write the time in hours, or take escalates away",
        )
        return
    times = together(target.escalates.after, target.within)
    over = [(after, within) for after, within in times if after >= within.minutes]
    if over:
        after, within = over[0]
        yield Problem(
            place,
            "The time is over before it goes on in another window",
            f"{after} min of {within.minutes} min",
            "a shorter time in “after” than in “within”",
            "shorten after, or take escalates away",
        )


def _never_open(
    written: PolicyFile, source: Source, path: Path, response: ResponseTerms
) -> Iterator[Problem]:
    """Time that is counted on public holidays, or in a single year, might never end."""
    for name, where in _windows_of(response, path):
        rows = written.hours[name].rows if name in written.hours else ()
        if any(not row.opens_every_year for _, row in rows):
            yield Problem(
                source.place(where),
                "A response time is counted on public holidays or in a single year alone",
                quoted(name),
                "a window that opens on other days too",
                "name another window",
            )


def _windows_of(response: ResponseTerms, path: Path) -> Iterator[tuple[str, Path]]:
    """The windows that are published, each with its place."""
    named: list[tuple[object, Path]] = [(response.window, (*path, "window"))]
    for name, target in response.targets.items():
        if isinstance(target, ResponseTarget):
            place: Path = (*path, "targets", name)
            named.append((target.window, (*place, "window")))
            if target.escalates:
                named.append((target.escalates.window, (*place, "escalates", "window")))
    yield from ((window, where) for window, where in named if isinstance(window, str))


def needs_start(written: PolicyFile, response: ResponseTerms) -> bool:
    """Tell whether it depends on the moment of the request when an answer is due."""
    return any(window in written.windows for window, _ in _windows_of(response, ()))
