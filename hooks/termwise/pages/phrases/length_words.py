"""Lengths of time in phrases of the price table.

A translation asks for the case it needs: “za każdy rozpoczęty okres {length:genitive}”.
"""

from markupsafe import Markup

from termwise.pages.safe_text import escape
from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import SECOND, Minutes


def first_length(words: Words, minutes: Minutes) -> Markup:
    """Of which length the first increment is."""
    return escape(words.say("for the first {length}", length=words.minutes(minutes)))


def per_length(words: Words, minutes: Minutes) -> Markup:
    """What a price is for that counts time exactly."""
    if minutes == 1:
        return escape(words.say("per minute"))
    if minutes == SECOND:
        return escape(words.say("per second"))
    return escape(words.say("per {length}", length=words.minutes(minutes)))


def billed_by_started(words: Words, minutes: Minutes) -> Markup:
    """By which begun lengths time is billed."""
    if minutes == 1:
        return escape(words.say("billed by the minute"))
    if minutes == SECOND:
        return escape(words.say("billed by the second"))
    return escape(words.say("billed per {length} or part of them", length=words.minutes(minutes)))
