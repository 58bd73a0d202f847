"""What is wrong with a scenario, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date

from termwise_calculator.pricing.problems import Details, ScenarioProblem
from termwise_calculator.telling.words import Words
from termwise_calculator.time.windows import MINUTES_PER_DAY


def describe(problem: ScenarioProblem, words: Words) -> str:
    """Say in the words' language what was found, what was expected and how to mend it."""
    if problem.field == "minutes" and _is_longer(problem.details):
        return _too_long(words, problem.details)
    return SENTENCES[problem.code](words, problem.details)


def _is_longer(details: Details) -> bool:
    """Whether a length was given, and is longer than the longest."""
    whole, _, _ = details.get("found", "").partition(":")
    return "most" in details and whole.isdecimal() and int(whole) >= int(details["most"])


def _too_long(words: Words, details: Details) -> str:
    return words.say_count(
        "The longest session that is priced here is {count} day.",
        "The longest session that is priced here is {count} days.",
        int(details["most"]) // MINUTES_PER_DAY,
    )


def _dates(words: Words, details: Details) -> Details:
    """The days of a message, as people write them."""
    return {name: words.date(date.fromisoformat(day)) for name, day in details.items()}


def _no_such_local_time(words: Words, details: Details) -> str:
    return words.say(
        "{found} does not exist in {zone}: the clocks go forward over it. "
        "Choose a time before or after the change.",
        **details,
    )


def _no_terms(words: Words, details: Details) -> str:
    return words.say(
        "No terms are recorded for {found}. The first recorded terms are in force from {expected}.",
        **_dates(words, details),
    )


def _unknown_holidays(words: Words, details: Details) -> str:
    return words.say(
        "The public holidays that prices depend on are known from {first} to {last}, "
        "not for {found}. Choose a day in between.",
        **_dates(words, details),
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
    "empty-minutes": lambda words, _details: words.say("Enter a number of minutes."),
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
        "No terms are recorded for {found}. The last recorded terms ended on {expected}.",
        **_dates(words, details),
    ),
    "unknown-holidays": _unknown_holidays,
    "not-a-version": lambda words, details: words.say(
        "“{found}” is not a version number. Write it as {expected}.", **details
    ),
}
