"""Why an answer is due when it is, in words: which hours count, and which days do not."""

from collections.abc import Iterator

from termwise_calculator.telling.explanation_hours import holidays_between, hours_of
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Target


def response_reasons(view: QuoteView) -> list[str]:
    """What the time of a response was counted by; nothing where none is due."""
    quote, response = view.quote, view.quote.response
    if response is None or quote.scenario.start is None:
        return []
    target = view.policy.responses[response.rule].target_for(quote.case.answers)
    return list(_reasons(view, target)) if isinstance(target, Target) else []


def _reasons(view: QuoteView, target: Target) -> Iterator[str]:
    words, escalation, names = view.words, target.escalation, [target.window]
    hours = hours_of(view, names)
    if target.working_days is None:
        yield words.say("Time counts within these hours: {hours}.", hours=hours)
    else:
        yield words.say(
            "Working days are those with these hours, after the day of the request: {hours}.",
            hours=hours,
        )
    if escalation:
        names.append(escalation.window)
        yield words.say(
            "After {minutes} the rest counts within these hours: {hours}.",
            minutes=words.minutes(escalation.after_minutes, hours=True),
            hours=hours_of(view, [escalation.window]),
        )
    start, due = view.quote.scenario.start, view.quote.response
    if start is not None and due is not None:
        windows = [view.policy.windows[name] for name in names]
        yield from holidays_between(view, windows, start, due.due)
