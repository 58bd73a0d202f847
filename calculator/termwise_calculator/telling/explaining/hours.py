"""Which hours decided the price of a line, in words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from termwise_calculator.pricing.counting import later
from termwise_calculator.pricing.rates import rate_at
from termwise_calculator.pricing.whose_clock import place_asked
from termwise_calculator.telling.explaining.facts import Explanation
from termwise_calculator.telling.hours import window_text
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.tariff import Charge, Rate, Unpublished, WindowRate, stated
from termwise_calculator.time.clock import MINUTE
from termwise_calculator.time.lengths import Minutes
from termwise_calculator.time.windows import Window, has_other_hours

HUNDRED = Decimal(100)
"""From so many percent more on, a factor says it better."""


def rated(view: QuoteView, explained: Explanation) -> Iterator[str]:
    """The moment that decided, the hours that it lies in or out of, and what the price is then."""
    charge, rate = explained.rule, explained.rate
    if not isinstance(charge, Charge) or charge.rate is None or rate is None:
        return
    if not explained.line.quantity:
        return  # nothing was counted at any time
    if place_asked(view.policy, view.quote.scenario.service):
        place = view.words.place(view.policy.zone.key)
        yield view.words.say("Hours go by {place} time.", place=place)
    yield from _decided(view, explained, charge.rate.decided_at)
    yield from _holidays(view, explained, charge.rate)
    if rate.window:
        hours = hours_of(view, [rate.window])
        yield view.words.say("That is within these hours: {hours}.", hours=hours)
    else:
        hours = hours_of(view, [one.window for one in charge.rate.windows])
        yield view.words.say("That is outside these hours: {hours}.", hours=hours)
    yield _effect(view, explained)


def least_decided(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    """The hours in which what is counted begins, where these decide the least time."""
    if charge.rate is None or not charge.rate.has_own_least:
        return
    rate = rate_at(charge.rate, explained.case.open_at_start(charge))
    if isinstance(rate, WindowRate) and rate.window:
        hours = hours_of(view, [rate.window])
        yield view.words.say("It begins within these hours: {hours}.", hours=hours)
    else:
        hours = hours_of(view, [one.window for one in charge.rate.windows])
        yield view.words.say("It begins outside these hours: {hours}.", hours=hours)


def _holidays(view: QuoteView, explained: Explanation, rate: Rate) -> Iterator[str]:
    """The public holidays that a line touches, where the windows of its rate know any."""
    line, windows = explained.line, [view.policy.windows[one.window] for one in rate.windows]
    start = line.start or explained.case.scenario.start
    if start is not None:
        yield from holidays_between(view, windows, start, line.end or start)


def holidays_between(
    view: QuoteView, windows: Iterable[Window], start: datetime, end: datetime
) -> Iterator[str]:
    """The public holidays between two moments on which some windows have other hours."""
    first, last = view.quote.local(start), view.quote.local(max(start, end - MINUTE))
    holidays, windows = view.policy.holidays, list(windows)
    if holidays is None or first is None or last is None:
        return
    for day, name in holidays.names.items():
        if first.date() <= day <= last.date() and any(has_other_hours(one, day) for one in windows):
            yield _holiday(view, day, view.in_language(name, holidays.language))


def _holiday(view: QuoteView, day: date, name: str) -> str:
    """A day by its name; those that the policy lists by date have none."""
    words, written = view.words, view.words.date(day)
    if not name:
        return words.say("{date} is a public holiday under these terms.", date=written)
    return words.say(
        "{date} is a public holiday under these terms: {name}.", date=written, name=name
    )


def _decided(view: QuoteView, explained: Explanation, decided_at: str) -> Iterator[str]:
    """The moment that decides, as far as there is one."""
    words, line, start = view.words, explained.line, explained.case.scenario.start
    if line.start is None or decided_at == "session":
        if start is not None:
            time = moment_of(view, start)
            yield words.say("The start of the session decides: {time}.", time=time)
    elif decided_at == "window" and line.end is not None:
        first, last = moment_of(view, line.start), moment_of(view, line.end)
        yield words.say("This part runs from {first} to {last}.", first=first, last=last)
    elif line.quantity == 1:
        yield words.say("It begins at {time}.", time=moment_of(view, line.start))
    else:
        last = moment_of(view, line.start, int(line.quantity - 1) * (line.unit_minutes or 0))
        first = moment_of(view, line.start)
        yield words.say("The first begins at {first}, the last at {last}.", first=first, last=last)


def _effect(view: QuoteView, explained: Explanation) -> str:
    words, rate = view.words, explained.rate
    assert rate is not None
    if isinstance(rate.factor, Unpublished) or not rate.factor:
        return words.say("Nothing is charged then.")  # what is free is so by any factor
    of_its_own = explained.line.blocks or explained.tier is not None
    if isinstance(rate.price, Decimal) and not of_its_own:
        return words.say("The price then is {price}.", price=view.price(rate.price))
    if rate.percent is not None:
        percent = words.percent(stated(rate.percent))
        if stated(rate.percent) < HUNDRED:
            return words.say("The price is then {percent} higher.", percent=percent)
        factor = words.factor(rate.factor)
        return words.say(
            "The price is then {percent} higher: {factor} × the basic price.",
            percent=percent,
            factor=factor,
        )
    if rate.factor != 1:
        factor = words.factor(rate.factor)
        return words.say("The price is then multiplied by {factor}.", factor=factor)
    return words.say("The basic price applies then.")


def moment_of(view: QuoteView, moment: datetime, minutes: Minutes = 0) -> str:
    """The time of day some minutes later, with the weekday where it is not the first day.

    Where the clocks change during the session each time has its zone, or its length looks wrong.
    """
    local = view.quote.local(later(moment, minutes))
    first = view.quote.local(view.quote.scenario.start)
    assert local is not None
    clock = (view.zoned_clock if _clocks_change(view) else view.words.clock)(local)
    if first is None or local.date() == first.date():
        return clock
    return f"{clock} ({view.words.weekday(local)})"


def _clocks_change(view: QuoteView) -> bool:
    scenario = view.quote.scenario
    if scenario.start is None or not scenario.minutes:
        return False
    start = view.quote.local(scenario.start)
    end = view.quote.local(later(scenario.start, scenario.minutes))
    return start is not None and end is not None and start.utcoffset() != end.utcoffset()


def hours_of(view: QuoteView, windows: Iterable[str]) -> str:
    """The hours of windows."""
    return "; ".join(_hours_of_one(view, window) for window in windows)


def _hours_of_one(view: QuoteView, window: str) -> str:
    """The hours of a window; the same few are told in every quote."""
    return view.kept("hours", window, lambda: window_text(view.words, view.policy.windows[window]))
