"""Prices: a charge has one, or a table that holds exactly one for all answers."""

from collections.abc import Collection, Iterator
from itertools import islice

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import When as WhenWritten
from termwise.policy_form.questions import answers_of
from termwise.policy_form.tariff.charges import ChargeTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, counted, listed, quoted
from termwise_calculator.coverage.answers import (
    MOST_WAYS,
    Asked,
    TooManyAnswers,
    not_exactly_one,
)
from termwise_calculator.terms.tariff import Answers, When

MOST_TOLD = 5
"""How many combinations of answers one table is told about: the others are mended alike."""


def price_problems(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """A charge with a price and a table, or neither, and a table that says too little."""
    yield from _window_problems(source, path, charge)
    if bool(charge.price) == bool(charge.prices):
        both = bool(charge.price)
        yield Problem(
            source.key_place((*path, "prices") if both else path),
            "A charge has one price, or a table of prices",
            "both price and prices" if both else "neither price nor prices",
            "“price: 100.00”, or “prices:” with a price for each combination of answers",
            "take one of them away"
            if both
            else "add one of them; “price: {gap: …}” if the page does not publish it",
        )


def _window_problems(source: Source, path: Path, charge: ChargeTerms) -> Iterator[Problem]:
    """Prices of a table for no answers and no hours, and what goes with prices in windows."""
    in_windows = [name for name, entry in charge.prices.items() if entry.in_]
    for name, entry in charge.prices.items():
        if not entry.when and not entry.in_:
            yield Problem(
                source.key_place((*path, "prices", name)),
                "A price of a table says for which answers, or in which hours, it holds",
                quoted(name),
                "“when: {…}”, “in: …” or both",
                "add one of them, or write “price” in place of the table",
            )
    if in_windows and charge.rate:
        yield Problem(
            source.key_place((*path, "rate")),
            "The windows of a charge stand in its table or in its rate",
            f"rate, and “in” of {listed(map(quoted, in_windows))}",
            "one of them",
            "write the prices of the windows into the table, or take in away",
        )
    if bool(in_windows) != bool(charge.decided_at):
        yield Problem(
            source.key_place((*path, "decided_at") if charge.decided_at else (*path, "prices")),
            "Prices of a table that hold in windows need to say which moment decides",
            "decided_at without them" if charge.decided_at else "no decided_at",
            "“decided_at: start of the session” or “start of each increment”, and “in”",
            "take decided_at away" if charge.decided_at else "add decided_at beside prices",
        )


def table_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """Answers for which the table has no price, or two.

    Where its prices hold in windows, coverage finds the hours too.
    """
    if any(entry.in_ for entry in charge.prices.values()):
        return
    try:
        yield from islice(_table_problems(written, source, path, charge), MOST_TOLD)
    except TooManyAnswers as many:
        yield too_many_answers(source, (*path, "prices"), many.questions)


def too_many_answers(source: Source, path: Path, questions: Collection[str]) -> Problem:
    """That rules name more questions together than can be looked at in every way."""
    return Problem(
        source.key_place(path),
        "Prices or times depend on too many answers together",
        f"{counted(len(questions), 'question')}: {listed(questions)}",
        f"at most {MOST_WAYS:,} combinations of answers",
        "name fewer questions in when, or make one question with a list of answers of several",
    )


def _table_problems(
    written: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    asked = [
        Asked(name, answers_of(one), _when(one.when)) for name, one in written.questions.items()
    ]
    table = [(name, _when(entry.when)) for name, entry in charge.prices.items()]
    for answers, claimants in not_exactly_one(asked, _when(charge.when), table):
        if claimants:
            yield Problem(
                source.key_place((*path, "prices", claimants[1])),
                "Two prices of the table are for the same answers",
                f"{listed(claimants)} for {_written(answers)}",
                "one price for each combination of answers",
                "change the answers of one of them",
            )
        else:
            yield Problem(
                source.key_place((*path, "prices")),
                "The table has no price for some answers",
                f"none for {_written(answers)}",
                "one price for each combination of answers",
                f"add “name: {{when: {{{_written(answers)}}}, price: …}}”, or {{gap: …}} as price",
            )


def _when(when: WhenWritten) -> When:
    return When(tuple(when.items()))


def _written(answers: Answers) -> str:
    return ", ".join(f"{question}: {answer}" for question, answer in answers.items())
