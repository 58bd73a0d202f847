"""Why an answer is due when it is, in words: which hours count, and what stops the time."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from termwise_calculator.pricing.response_due import Stretch, counted_stretches
from termwise_calculator.telling.explaining.hours import holidays_between, hours_of
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Target
from termwise_calculator.terms.tariff import Unpublished

MOST_PAUSES = 4
"""A longer list of nights would say no more than the hours themselves."""


def response_reasons(view: QuoteView) -> list[str]:
    """What the time of a response was counted by; nothing where none is due."""
    quote, response = view.quote, view.quote.response
    if response is None:
        return []
    target = view.policy.responses[response.rule].target_for(quote.case.answers)
    return list(_reasons(view, target)) if isinstance(target, Target) else []


def _reasons(view: QuoteView, target: Target) -> Iterator[str]:
    yield from _counted_in(view, target)
    start, response = view.quote.scenario.start, view.quote.response
    if start is None or response is None or response.due is None:
        return
    if target.working_days is None:
        yield from _pauses(view, target, start)
    windows = [view.policy.windows[name] for name in target.windows if isinstance(name, str)]
    yield from holidays_between(view, windows, start, response.due)


def _counted_in(view: QuoteView, target: Target) -> Iterator[str]:
    """The hours in which the time counts, as far as they are published."""
    words, escalation = view.words, target.escalation
    if isinstance(target.window, Unpublished):
        return  # the quote itself says that nobody knows
    if target.working_days is None:
        hours = hours_of(view, [target.window])
        yield words.say("Time counts within these hours: {hours}.", hours=hours)
    else:
        yield words.say(
            "Working days are those with these hours, after the day of the request: {hours}.",
            hours=hours_of(view, [target.window]),
        )
    if escalation is None:
        return
    after = words.minutes(escalation.after_minutes, hours=True)
    if isinstance(escalation.window, Unpublished):
        yield words.say(
            "After {minutes} the rest counts in hours that are not published.", minutes=after
        )
        return
    yield words.say(
        "After {minutes} the rest counts within these hours: {hours}.",
        minutes=after,
        hours=hours_of(view, [escalation.window]),
    )


def _pauses(view: QuoteView, target: Target, start: datetime) -> Iterator[str]:
    """The stretches in which support is closed, so that the time stands still."""
    pauses = list(_closed(start, counted_stretches(view.policy, target, start)))
    if pauses and len(pauses) <= MOST_PAUSES:
        told = view.words.list_of(_told(view, pause) for pause in pauses)
        yield view.words.say("The time stands still while support is closed: {times}.", times=told)


def _closed(start: datetime, counted: Iterable[Stretch]) -> Iterator[Stretch]:
    """What lies between the stretches that count; those of two days may meet at midnight."""
    for opened, closed in counted:
        if opened > start:
            yield start, opened
        start = closed


def _told(view: QuoteView, pause: Stretch) -> str:
    words, first, last = view.words, view.quote.local(pause[0]), view.quote.local(pause[1])
    assert first is not None
    assert last is not None
    return words.say_in(
        "closed", "{first} to {last}", first=words.date_time(first), last=words.date_time(last)
    )
