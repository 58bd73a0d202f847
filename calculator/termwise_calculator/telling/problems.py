"""What is wrong with a scenario, in the reader's language."""

from collections.abc import Callable, Mapping

from termwise_calculator.pricing.problems import Details, ScenarioProblem
from termwise_calculator.telling.words import Words


def describe(problem: ScenarioProblem, words: Words) -> str:
    """Say in the words' language what was found, what was expected and how to mend it."""
    return SENTENCES[problem.code](words, problem.details)


def _no_such_local_time(words: Words, details: Details) -> str:
    return words.say(
        "{found} does not exist in {zone}: the clocks go forward over it. "
        "Choose a time before or after the change.",
        **details,
    )


def _no_terms(words: Words, details: Details) -> str:
    return words.say(
        "No terms are recorded for {found}. The first recorded terms are in force from {expected}.",
        **details,
    )


def _unknown_holidays(words: Words, details: Details) -> str:
    return words.say(
        "The public holidays that prices depend on are known from {first} to {last}, "
        "not for {found}. Choose a day in between.",
        **details,
    )


def _not_a_length(words: Words, details: Details) -> str:
    expected = words.say(
        "Enter minutes up to {most}, with seconds after a colon if you like: {example}.", **details
    )
    if not details["found"]:
        return expected
    return f"{words.say('“{found}” is not a length of time.', **details)} {expected}"


def _not_minutes(words: Words, details: Details) -> str:
    return words.say(
        "“{found}” is not a whole number of minutes. Enter a number from {least} to {most}.",
        **details,
    )


def _not_a_number(words: Words, details: Details) -> str:
    if details["decimals"] == "0":
        return words.say("“{found}” is not a whole number. Enter digits alone.", **details)
    return words.say(
        "“{found}” is not a number. Enter digits, with at most {decimals} after the decimal sign.",
        **details,
    )


SENTENCES: Mapping[str, Callable[[Words, Details], str]] = {
    "unknown-provider": lambda words, details: words.say(
        "There is no provider “{found}”. Choose one of: {expected}.", **details
    ),
    "unknown-service": lambda words, details: words.say(
        "There is no service “{found}”. Choose one of: {expected}.", **details
    ),
    "unknown-question": lambda words, details: words.say(
        "“{found}” is not asked for this service. It asks: {expected}.", **details
    ),
    "not-asked": lambda words, details: words.say(
        "This service is not counted by time. Leave “{found}” out.", **details
    ),
    "not-a-choice": lambda words, details: words.say(
        "“{found}” is not an answer. Choose one of: {expected}.", **details
    ),
    "empty-minutes": lambda words, details: words.say(
        "Enter a whole number of minutes, {least} to {most}.", **details
    ),
    "not-minutes": _not_minutes,
    "not-a-length": _not_a_length,
    "not-a-number": _not_a_number,
    "empty-start": lambda words, _details: words.say("Enter a date and a time."),
    "not-a-moment": lambda words, details: words.say(
        "“{found}” is not a date and time. Write it as {expected}.", **details
    ),
    "not-a-date": lambda words, details: words.say(
        "“{found}” is not a date. Write it as {expected}.", **details
    ),
    "no-such-local-time": _no_such_local_time,
    "no-terms": _no_terms,
    "terms-ended": lambda words, details: words.say(
        "No terms are recorded for {found}. The last recorded terms ended on {expected}.", **details
    ),
    "unknown-holidays": _unknown_holidays,
    "not-a-version": lambda words, details: words.say(
        "“{found}” is not a version number. Write it as {expected}.", **details
    ),
}
