"""Lengths of time in phrases of the price table.

In Polish a single minute changes with the case that a phrase asks for, and so do minutes with
seconds: “za każde rozpoczęte 60 minut”, but “za każdy rozpoczęty okres 1 minuty i 30 sekund”. For
these, which few cards have, there are phrases of their own, with the length in the genitive.
"""

from markupsafe import Markup

from termwise.pages.safe_text import escape
from termwise_calculator.telling.words import GENITIVE, Words
from termwise_calculator.time.lengths import Minutes, is_whole


def first_length(words: Words, minutes: Minutes) -> Markup:
    """Of which length the first increment is."""
    if _is_declined(minutes):
        return escape(words.say_in("period", "first {length}", length=_genitive(words, minutes)))
    return escape(words.say("first {length}", length=words.minutes(minutes)))


def per_started(words: Words, minutes: Minutes) -> Markup:
    """What a price is for that counts begun lengths."""
    if _is_declined(minutes):
        length = _genitive(words, minutes)
        return escape(words.say_in("period", "per started {length}", length=length))
    return escape(words.say("per started {length}", length=words.minutes(minutes)))


def per_length(words: Words, minutes: Minutes) -> Markup:
    """What a price is for that counts time exactly."""
    if _is_declined(minutes):
        return escape(words.say_in("period", "per {length}", length=_genitive(words, minutes)))
    return escape(words.say_in("price", "per {unit}", unit=words.minutes(minutes)))


def billed_by_started(words: Words, minutes: Minutes) -> Markup:
    """By which begun lengths time is billed."""
    if _is_declined(minutes):
        length = _genitive(words, minutes)
        return escape(words.say_in("period", "billed by started {length}", length=length))
    return escape(words.say("billed by started {length}", length=words.minutes(minutes)))


def _is_declined(minutes: Minutes) -> bool:
    """Tell a single minute, and minutes with seconds, from other lengths."""
    return minutes == 1 or (minutes > 1 and not is_whole(minutes))


def _genitive(words: Words, minutes: Minutes) -> str:
    return words.minutes(minutes, case=GENITIVE)
