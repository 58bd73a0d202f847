"""What can be wrong with a scenario, as data; `termwise_calculator.telling.problems` says it."""

from collections.abc import Mapping
from typing import NamedTuple

Details = Mapping[str, str]
NO_DETAILS: Details = {}


class ScenarioProblem(NamedTuple):
    """One wrong answer: the form field it concerns, what kind of problem, and the details."""

    field: str
    code: str
    details: Details = NO_DETAILS


class ScenarioProblems(ValueError):
    """Everything that is wrong with a scenario, all at once."""

    def __init__(self, problems: list[ScenarioProblem]) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems
