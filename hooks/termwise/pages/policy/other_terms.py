"""What a page says of the editions beside its own: in words that are true on any day.

Which of them is in force when the page is read, only the reader's browser knows: for each there is
a hidden notice with its days, and `docs/assets/javascripts/termwise/today.js` shows the one whose
days have come where the provider is.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.pages.policy.changed_terms import Sides, changed_terms
from termwise.pages.policy.examples import case_words, default_case, example_quote
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Service


def other_terms(view: PolicyView) -> Iterator[Markup]:
    """That other terms hold before these, on an edition's page, and what changes after them."""
    every = view.provider.editions
    place = every.index(view.provider.edition)
    first_day = view.policy.effective
    if view.is_of_edition and place and first_day:
        yield _before(view, every[place - 1], first_day)
    coming = [*pairwise(every[place:])]
    yield from (_change(view, *pair) for pair in coming[:1])
    if coming[1:]:
        yield _folded(view, [_change(view, *pair) for pair in coming[1:]])


def _before(view: PolicyView, earlier: Edition, first_day: date) -> Markup:
    told = view.say(
        "For help that starts before {date}, other terms apply.", date=view.words.date(first_day)
    )
    return _notice(told, _link(view, earlier, view.say("See the earlier terms")))


def _change(view: PolicyView, old: Edition, new: Edition) -> Markup:
    """One change: from when, what it means for a usual case, and all that differs."""
    assert new.effective is not None, "only the first edition can be without a first day"
    day, sides = view.words.date(new.effective), Sides(view.under(old), view.under(new))
    told = view.say("From {date} other terms apply.", date=day)
    return html(
        '<div class="tw-notice tw-notice--terms">\n'
        '<p data-announces="{day}"><strong>{told}</strong> {link}</p>\n'
        "<p>{case}</p>\n{changes}</div>",
        day=new.effective.isoformat(),
        told=told,
        link=_link(view, new, view.say("See the terms from {date}", date=day)),
        case=_usual_case(sides, day),
        changes=changed_terms(sides),
    )


def _folded(view: PolicyView, changes: list[Markup]) -> Markup:
    return html(
        '<details class="tw-how"><summary>{}</summary>\n{}</details>',
        view.say("Later changes of the terms"),
        joined(changes),
    )


def _usual_case(sides: Sides, day: str) -> Markup:
    """The default case of the first service; of another where only that one costs otherwise."""
    services = [*sides.after.policy.services.values()]
    changed = (one for one in services if _total(sides.before, one) != _total(sides.after, one))
    service = next(changed, services[0])
    old, new = _total(sides.before, service), _total(sides.after, service)
    case = _case(sides.after, service)
    if old == new:
        return sides.after.say("{case}: {amount}, as before", case=case, amount=_strong(new))
    return sides.after.say(
        "{case}: {old}, from {date} {new}",
        case=case,
        old=_strong(old),
        date=day,
        new=_strong(new),
    )


def _case(view: PolicyView, service: Service) -> Markup:
    case = default_case(service)
    return case_words(view, example_quote(view, case), case)


def _total(view: PolicyView, service: Service) -> str:
    quote = example_quote(view, default_case(service))
    return QuoteView(quote, view.words, view.provider.slots).total()


def _strong(amount: str) -> Markup:
    return html("<strong>{}</strong>", amount)


# ---- What a reader's browser shows, once the day has come


def other_terms_today(view: PolicyView) -> Markup:
    """Hidden notices, each for the days on which not these terms are in force."""
    told = [
        _on_days_of(view, one) for one in view.provider.editions if one != view.provider.edition
    ]
    told += [*_before_all(view), *_after_all(view)]
    return joined(told)


def _on_days_of(view: PolicyView, other: Edition) -> Markup:
    """For the days of another edition: that it is in force, these terms no longer or not yet."""
    own_day, say, words = view.policy.effective, view.say, view.words
    if other.effective and (own_day is None or other.effective > own_day):
        day = words.date(other.effective)
        told = say("Since {date} other terms apply. You are reading the earlier ones.", date=day)
        link = _link(view, other, say("See the terms from {date}", date=day))
        return _hidden(view, other.effective, other.until, told, link)
    assert own_day is not None, "an earlier edition leaves this one a first day"
    told = say("These terms apply only from {date}; today others do.", date=words.date(own_day))
    link = _link(view, other, say("See the terms that apply today"))
    return _hidden(view, other.effective, other.until, told, link)


def _before_all(view: PolicyView) -> Iterator[Markup]:
    """For the time before the first terms, where that is stated."""
    first_day = view.provider.editions[0].effective
    if first_day:
        told = view.say(
            "None of this provider’s terms that we know of apply today; the first apply from "
            "{date}.",
            date=view.words.date(first_day),
        )
        yield _hidden(view, None, first_day, told)


def _after_all(view: PolicyView) -> Iterator[Markup]:
    """For the time after the end, where there is one."""
    ended, ends = view.provider.editions[-1].until, view.policy.ends
    if ended and ends:
        told = view.say(
            "These terms applied until {date}; we know of none since.", date=view.words.date(ends)
        )
        yield _hidden(view, ended, None, told)


def _hidden(
    view: PolicyView, first_day: date | None, until: date | None, told: Markup, link: str = ""
) -> Markup:
    """A notice for the days from the first until the day before `until`, where the provider is."""
    return html(
        '<p class="tw-notice tw-notice--stale" data-terms-from="{}" data-terms-until="{}" '
        'data-timezone="{}" hidden><strong>{}</strong> {}</p>',
        first_day.isoformat() if first_day else "",
        until.isoformat() if until else "",
        view.policy.zone.key,
        told,
        link,
    )


def _notice(told: Markup, link: Markup) -> Markup:
    return html('<div class="tw-notice tw-notice--terms"><p>{} {}</p></div>', told, link)


def _link(view: PolicyView, edition: Edition, name: Markup) -> Markup:
    return html('<a href="{}">{}</a>', view.address_of(edition), name) if name else NOTHING
