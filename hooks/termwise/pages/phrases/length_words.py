"""Lengths of time in phrases of the price table.

A translation asks for the case it needs: “za każdy rozpoczęty okres {length:genitive}”.
"""

from markupsafe import Markup

from termwise.pages.safe_text import escape
from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import SECOND, Minutes


def first_length(words: Words, minutes: Minutes) -> Markup:
    """Of which length the first increment is."""
    return escape(words.say("first {length}", length=words.minutes(minutes)))


def per_started(words: Words, minutes: Minutes) -> Markup:
    """What a price is for that counts begun lengths."""
    return escape(
        words.say_count(
            "per {length} or part of it",
            "per {length} or part of them",
            _one_or_more(minutes),
            length=words.minutes(minutes),
        )
    )


def per_length(words: Words, minutes: Minutes) -> Markup:
    """What a price is for that counts time exactly."""
    return escape(words.say("per {length}", length=words.minutes(minutes)))


def billed_by_started(words: Words, minutes: Minutes) -> Markup:
    """By which begun lengths time is billed."""
    return escape(
        words.say_count(
            "billed per {length} or part of it",
            "billed per {length} or part of them",
            _one_or_more(minutes),
            length=words.minutes(minutes),
        )
    )


def _one_or_more(minutes: Minutes) -> int:
    """What “it” or “them” agrees with: a single minute or second, or more than one."""
    return 1 if minutes in (1, SECOND) else 2
