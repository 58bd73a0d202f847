"""When terms hold, in words that are true on any day: before, while and after they are in force."""

from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy


def terms_of(words: Words, policy: Policy) -> str:
    """Whose terms these are, and when they hold: "Mastiff, terms in force from 1 July 2027"."""
    return f"{policy.name}, {_lower(words, policy)}{_ends(words, policy)}"


def terms_held(words: Words, policy: Policy) -> str:
    """When terms hold, as a line of its own."""
    return f"{_since(words, policy)}{_ends(words, policy)}"


def _since(words: Words, policy: Policy) -> str:
    if policy.effective is None:
        return words.say(
            "Terms as read on {date}; the provider gives no date", date=words.date(policy.read)
        )
    return words.say("Terms in force from {date}", date=words.date(policy.effective))


def _lower(words: Words, policy: Policy) -> str:
    if policy.effective is None:
        return words.say(
            "terms as read on {date}; the provider gives no date", date=words.date(policy.read)
        )
    return words.say("terms in force from {date}", date=words.date(policy.effective))


def _ends(words: Words, policy: Policy) -> str:
    """The last day, where the provider names one or says that there will be one."""
    if policy.ends is not None:
        return words.say_in("terms", ", until {date}", date=words.date(policy.ends))
    if policy.ends_some_day:
        return words.say_in("terms", ", until a day that is not published")
    return ""
