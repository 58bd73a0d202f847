"""How a provider's terms change, in short: their editions, and the way to all changes."""

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined

HISTORY = "history/"
"""The way from a provider's page to all that has changed."""


def editions(view: PolicyView) -> Markup:
    """The editions by date, and a link to what differs between them and has been corrected."""
    every = view.provider.editions
    items = [_item(view, edition) for edition in every] if len(every) > 1 else []
    listed = html('<ul class="tw-editions">\n{}\n</ul>\n', joined(items)) if items else NOTHING
    say = view.say("What has changed when, with the words and prices that differ")
    return html('{}<p><a href="{}">{}</a></p>', listed, HISTORY, say)


def _item(view: PolicyView, edition: Edition) -> Markup:
    """An edition by its first day; with what it changes, where there is one before it."""
    if edition is view.provider.editions[0]:
        return html("<li>{}</li>", view.say("first terms"))
    day = edition.effective
    anchor = f"{HISTORY}#from-{day.isoformat()}"
    return html('<li><a href="{}">{}</a></li>', anchor, _since(view, edition))


def _since(view: PolicyView, edition: Edition) -> Markup:
    date = view.words.date(edition.effective)
    if edition.effective > view.provider.reference:
        return view.say("from {date}", date=date)
    return view.say("since {date}", date=date)
