"""What visitors may answer, as the calculator matches it: for checks that go through all of it."""

from collections.abc import Iterable

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import When as WhenWritten
from termwise.policy_form.questions import answers_of
from termwise_calculator.coverage.answers import Asked, combinations
from termwise_calculator.terms.tariff import Answers, When


def ways_to_answer(written: PolicyFile, whens: Iterable[WhenWritten]) -> list[Answers]:
    """Every way to answer what some rules go by. Raises TooManyAnswers."""
    asked = [
        Asked(name, answers_of(one), matched(one.when)) for name, one in written.questions.items()
    ]
    return combinations(asked, list(map(matched, whens)))


def matched(written: WhenWritten) -> When:
    """The answers that a rule asks for, as the calculator has them."""
    return When(tuple((name, tuple(given)) for name, given in written.items()))
