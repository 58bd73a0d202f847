"""Answers that rules tell apart: every combination that can be given, and how to say many as one.

A question that is not asked after the answers before it has no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import Answers, When

MOST_WAYS = 4096
"""Of answering the questions that some rules name together: each further question doubles them."""


class TooManyAnswers(ValueError):
    """Rules that name more questions together than there is time to answer in every way."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(f"more than {MOST_WAYS} ways to answer {', '.join(questions)}")
        self.questions = questions


class Asked(NamedTuple):
    """A question with the answers that rules tell apart, and when it is asked."""

    id: str
    options: Sequence[str]
    when: When


def asked_by(policy: Policy, service: Service) -> list[Asked]:
    """The questions of a service whose answers rules tell apart, in their order, and its totals.

    Minutes and dates decide no rule.
    """
    questions = map(policy.deciding, (*service.questions, *service.totals))
    return [Asked(one.id, one.options, one.when) for one in questions if one.options]


def combinations(questions: Sequence[Asked], whens: Iterable[When]) -> list[Answers]:
    """Every way to answer the questions that some rules name, and those that bring these up.

    Raises TooManyAnswers.
    """
    needed = {name for when in whens for name, _ in when.answers}
    for question in reversed(questions):
        needed |= {name for name, _ in question.when.answers if question.id in needed}
    return list(_possible([one for one in questions if one.id in needed]))


def not_exactly_one(
    questions: Sequence[Asked], within: When, table: Sequence[tuple[str, When]]
) -> Iterator[tuple[Answers, tuple[str, ...]]]:
    """Answers that no entry of a table holds for, or several, and which; `within` must hold too.

    Raises TooManyAnswers.
    """
    if not table:
        return
    for answers in combinations(questions, (within, *(when for _, when in table))):
        claimants = tuple(name for name, when in table if when.holds(answers))
        if within.holds(answers) and len(claimants) != 1:
            yield answers, claimants


def in_few(questions: Sequence[Asked], ways: Sequence[Answers]) -> list[When]:
    """The same answers in few sets: what holds for every answer to a question does not name it."""
    names = [one.id for one in questions if any(one.id in way for way in ways)]
    sets = [{name: frozenset({way.get(name, "")}) for name in names} for way in ways]
    for question in reversed(questions):
        if question.id in names:
            sets = list(_joined_over(question, sets))
    return [_when(questions, one) for one in sets]


ANY: frozenset[str] = frozenset()
"""In a set of answers: any answer to the question, or none where it is not asked."""

AnswerSet = dict[str, frozenset[str]]


def _joined_over(question: Asked, sets: Sequence[AnswerSet]) -> Iterator[AnswerSet]:
    """Sets that differ in the answers to one question alone become one."""
    groups: dict[tuple[tuple[str, frozenset[str]], ...], frozenset[str]] = {}
    for one in sets:
        others = tuple((name, answers) for name, answers in one.items() if name != question.id)
        groups[others] = groups.get(others, ANY) | one[question.id]
    for others, answers in groups.items():
        every = answers == {""} or answers >= set(question.options)
        yield {**dict(others), question.id: ANY if every else answers}


def _when(questions: Sequence[Asked], answers: AnswerSet) -> When:
    named = ((one, answers.get(one.id, ANY)) for one in questions)
    return When(
        tuple(
            (question.id, tuple(option for option in question.options if option in given))
            for question, given in named
            if given
        )
    )


def _possible(questions: Sequence[Asked]) -> list[dict[str, str]]:
    """Every way to answer some questions, in their order."""
    ways: list[dict[str, str]] = [{}]
    for question in questions:
        ways = [
            {**way, question.id: answer} if answer else way
            for way in ways
            for answer in (question.options if question.when.holds(way) else ("",))
        ]
        if len(ways) > MOST_WAYS:
            raise TooManyAnswers([one.id for one in questions])
    return ways
