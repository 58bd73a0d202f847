"""The table of response targets of a policy page."""

from collections.abc import Iterator

from markupsafe import Markup

from termwise.pages.phrases.answers import answer_label, said_answers
from termwise.pages.phrases.figures import detail, open_figure, slot_html, slot_length
from termwise.pages.policy.table import Columns, Row, cited, gap_row, one_below_another, table
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html
from termwise_calculator.terms.policy import Response, Target
from termwise_calculator.terms.tariff import Unpublished

IN_HOURS = ("hours",)
"""How lengths of time are written here."""


def response_table(view: PolicyView) -> Markup:
    """Response targets by answer; empty for providers that publish none."""
    words = view.words
    rows = list(response_rows(view))
    if not rows:
        return NOTHING
    caption = words.say("Response times")
    if any(_is_average(response) for response in view.policy.responses.values()):
        caption = words.say("Response times, on average")
    return html(
        '<p class="tw-table-title">{}</p>\n{}',
        caption,
        table(caption, response_columns(view), rows),
    )


def response_columns(view: PolicyView) -> Columns:
    """What the table says of each target."""
    say = view.words.say
    return say("Who asks"), say("Counted"), say("Time"), say("Clauses")


def _is_average(response: Response) -> bool:
    targets = response.targets.values()
    return any(isinstance(target, Target) and target.average for target in targets)


def response_rows(view: PolicyView) -> Iterator[Row]:
    """The rows of the table."""
    for response in view.policy.responses.values():
        for name, target in response.targets.items():
            who = _who_asks(view, response, name)
            if isinstance(target, Unpublished):
                yield gap_row(view, who, NOTHING, target, response)
            else:
                yield _row(view, response, name, who, target)


def _row(view: PolicyView, response: Response, name: str, who: Markup, target: Target) -> Row:
    path, clauses = f"{response.id}.{name}", target.clauses
    if target.escalation:
        clauses += target.escalation.clauses
    length = slot_length(view, path, IN_HOURS)
    told = escape(length)
    if target.average:
        about = target.average == "about"
        told = (
            view.say("about {length}", length=length)
            if about
            else view.say("up to {length}", length=length)
        )
    return who, _counted_in(view, path, target), told, cited(view, response, clauses, who, path)


def _who_asks(view: PolicyView, response: Response, target: str) -> Markup:
    """The answers that a target is for; of a single question the answer alone."""
    if not response.whens[target].answers:
        others = len(view.policy.responses) > 1  # of which each may be for everyone
        return view.say("Everyone") + (detail(_label(view, response)) if others else NOTHING)
    if response.question is None:
        return said_answers(view, response.whens[target])
    return answer_label(view, view.policy.deciding(response.question), target)


def _label(view: PolicyView, response: Response) -> Markup:
    return view.inline(f"response.{response.id}")


def _counted_in(view: PolicyView, path: str, target: Target) -> Markup:
    """The window in which the time of a target counts, and the one to which it escalates."""
    window = _hours(view, target.window)
    if target.escalation is None:
        return window
    then = view.say(
        "after {length}: {window}",
        length=slot_length(view, f"{path}.escalates", IN_HOURS),
        window=_hours(view, target.escalation.window),
    )
    return one_below_another(window, then)


def _hours(view: PolicyView, window: str | Unpublished) -> Markup:
    if isinstance(window, Unpublished):
        return open_figure(view, window)
    return slot_html(view, f"windows.{window}")
