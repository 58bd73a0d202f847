"""The page of what changed when, in one language: a pure function from changes to Markdown."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from termwise.history.states import Published
from termwise.pages.history.file_names import CALENDAR, FEED
from termwise.pages.history.news import feed_place, feed_title
from termwise.pages.history.told_changes import ToldChange
from termwise.pages.markdown_text import front_matter, heading
from termwise.pages.policy_view import PolicyView
from termwise.pages.ready_html import ready_html
from termwise.pages.safe_text import html, joined


def history_page(view: PolicyView, known: Published, told: Sequence[ToldChange]) -> str:
    """The whole page as Markdown with front matter."""
    title = feed_title(view)
    description = view.words.say(
        "What changed when in the terms of {name}: clause by clause, with old and new prices.",
        name=view.policy.name,
    )
    meta = front_matter(
        title=title,
        description=description,
        feed=feed_place(view),
        feed_title=title,
    )
    parts = [meta, heading(title, level=1), ready_html(_introduction(view, known))]
    for one in told:
        parts += [heading(one.title, one.change.anchor), ready_html(one.html)]
    if not told:
        parts.append(ready_html(html("<p>{}</p>", view.say("Nothing has changed since then."))))
    return "\n\n".join(parts) + "\n"


def _introduction(view: PolicyView, known: Published) -> Markup:
    paragraphs = (html("<p>{}</p>", part) for part in _paragraphs(view, known))
    return joined([*paragraphs, _links(view)])


def _paragraphs(view: PolicyView, known: Published) -> Iterator[Markup]:
    yield view.say(
        "Changes by the provider and corrections to our restatement are marked as such. Deleted "
        "words are struck through, new ones underlined."
    )
    yield _since(view, known)
    if known.unreadable:
        named = (f"{view.words.date(day)} ({commit[:7]})" for day, commit in known.unreadable)
        yield view.say(
            "Left out, since today’s program cannot read them: the versions of {versions}.",
            versions=view.list_of(named),
        )


def _since(view: PolicyView, known: Published) -> Markup:
    """From when on changes are known."""
    if known.since is None:
        read = view.words.date(date.fromisoformat(view.document["source"]["read"]))
        return view.say(
            "There is no record of earlier versions here. The provider’s page was read on {date};"
            " changes that its terms themselves date are listed.",
            date=read,
        )
    since = view.words.date(known.since)
    if known.whole:
        return view.say("The terms of this provider have been kept here since {date}.", date=since)
    return view.say("Our record begins on {date}; earlier changes are missing here.", date=since)


def _links(view: PolicyView) -> Markup:
    say = view.say
    return html(
        '<ul class="tw-history__links"><li><a href="../">{}</a></li>'
        '<li><a href="../{}" type="application/atom+xml">{}</a></li>'
        '<li><a href="../../../{}" type="text/calendar">{}</a></li></ul>',
        say("The terms as they are now"),
        FEED,
        say("Feed of these changes (Atom)"),
        CALENDAR,
        say("Calendar of coming changes (iCalendar)"),
    )
