"""A table of a policy page: what, when, the figure, the clauses."""

from collections import ChainMap
from collections.abc import Iterable

from markupsafe import Markup

from termwise.pages.edit_links import edit_mark
from termwise.pages.phrases.figures import open_figure
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import as_text, html, joined
from termwise_calculator.terms.policy import Response
from termwise_calculator.terms.resting import notes_on
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Discount,
    Limit,
    Surcharge,
    Unpublished,
)

Row = tuple[Markup, Markup, Markup, Markup]
"""What, when, figure, clauses."""

Rule = Charge | Surcharge | Discount | Limit | Allowance | Response

Columns = tuple[str, str, str, str]
"""Their names."""


def table(caption: str, columns: Iterable[str], rows: Iterable[Row]) -> Markup:
    """Rows under their columns."""
    return html(
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{caption}">\n'
        '<table class="tw-rates tw-prices">'
        '<caption class="tw-unseen">{caption}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>",
        caption=caption,
        head=joined((html('<th scope="col">{}</th>', column) for column in columns), ""),
        body=joined(map(_row, rows)),
    )


def _row(row: Row) -> Markup:
    what, when, figure, clauses = row
    return html(
        '<tr><th scope="row">{}</th><td>{}</td><td class="tw-figure">{}</td><td>{}</td></tr>',
        what,
        when,
        figure,
        clauses,
    )


def gap_row(
    view: PolicyView, label: Markup, when: Markup, unpublished: Unpublished, rule: Rule
) -> Row:
    """A row of a rule whose figure is not published."""
    clauses = (view.policy.gaps[unpublished.gap].clause,)
    told = open_figure(view, unpublished)
    return label, when, told, cited(view, rule, clauses, label, f"gap.{unpublished.gap}")


def cited(
    view: PolicyView, rule: Rule | None, clauses: Iterable[str], what: Markup, *places: str
) -> Markup:
    """What a row of a rule, or of none, rests on, and a link to the line that holds its figure.

    That is the first of the `places` that has a line, slots of values and ids of texts, else the
    clause. The readings of the rule and what its values rest on are marked beside the clauses.
    """
    names = tuple(dict.fromkeys(clauses))
    notes = [f"reading.{one}" for one in rule.readings] if rule else []
    notes += [note for place in places for note in notes_on(view.policy, place)]
    links = view.clause_links(names) + view.marks_of(notes)
    lines = ChainMap(dict(view.provider.value_lines), dict(view.provider.lines))
    written = next((place for place in (*places, *names) if place in lines), None)
    if written is None:
        return links
    label = view.words.say("Edit: {what}", what=as_text(what))
    return html("{} {}", links, edit_mark(lines[written], label))


def one_below_another(*parts: Markup) -> Markup:
    """Those parts that say something, each on a line of its own."""
    return joined((part for part in parts if part), "<br>")
