"""How a provider's terms change: a short list of the editions, each with its page."""

from datetime import timedelta
from itertools import pairwise

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.pages.policy.changed_terms import Sides, changed_terms
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined


def editions(view: PolicyView) -> Markup:
    """The editions by date, each with what it changes, and the way to all that has changed."""
    return joined(part for part in (_listed(view), _way_to_history(view)) if part)


def _way_to_history(view: PolicyView) -> Markup:
    address = "../history/" if view.is_of_edition else "history/"
    say = view.say("What has changed when, with the words and prices that differ")
    return html('<p><a href="{}">{}</a></p>', address, say)


def _listed(view: PolicyView) -> Markup:
    """The editions; nothing while there is only one."""
    every = view.provider.editions
    if len(every) == 1:
        return NOTHING
    told = [_entry(view, every[0], view.say("The earliest terms that we know of."))]
    for old, new in pairwise(every):
        told.append(_entry(view, new, changed_terms(Sides(view.under(old), view.under(new)))))
    return html('<dl class="tw-facts tw-editions">\n{}\n</dl>', joined(told))


def _entry(view: PolicyView, edition: Edition, changes: Markup) -> Markup:
    own = edition == view.provider.edition
    reading = html("<p>{}</p>", view.say("You are reading these terms.")) if own else NOTHING
    return html(
        '<dt><a href="{}"{}>{}</a></dt><dd>{}{}</dd>',
        view.address_of(edition),
        html(' aria-current="true"') if own else NOTHING,
        _days(view, edition),
        reading,
        changes,
    )


def _days(view: PolicyView, edition: Edition) -> Markup:
    """When an edition holds, in words that are true on any day."""
    date, since, until = view.words.date, edition.effective, edition.until
    if until is None:
        return view.say("From {date}", date=date(since)) if since else view.say("At any time")
    last = date(until - timedelta(days=1))
    if since is None:
        return view.say("Until {date}", date=last)
    return view.say("From {date} until {last}", date=date(since), last=last)
