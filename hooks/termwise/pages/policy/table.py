"""A table of a policy page: what, when, the figure, the clauses."""

from collections.abc import Iterable

from markupsafe import Markup

from termwise.pages.edit_links import edit_mark
from termwise.pages.phrases.figures import open_figure
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import as_text, html, joined
from termwise_calculator.terms.tariff import Unpublished

Row = tuple[Markup, Markup, Markup, Markup]
"""What, when, figure, clauses."""

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
    view: PolicyView, label: Markup, when: Markup, unpublished: Unpublished, rule: str
) -> Row:
    """A row of a rule whose figure is not published."""
    clauses = (view.policy.gaps[unpublished.gap].clause,)
    told = open_figure(view, unpublished)
    return label, when, told, cited(view, clauses, label, f"gap.{unpublished.gap}", rule)


def cited(view: PolicyView, clauses: Iterable[str], what: Markup, *places: str) -> Markup:
    """Links to the clauses of a row, and to the line of the file that holds its figure.

    That is the first of the `places` that has a line: slots of values, and ids of texts.
    """
    links = view.clause_links(tuple(dict.fromkeys(clauses)))
    provider = view.provider
    for lines in (provider.value_lines, provider.lines):
        for place in places:
            if place in lines:
                label = view.words.say("Edit: {what}", what=as_text(what))
                return html("{} {}", links, edit_mark(lines[place], label))
    return links


def one_below_another(*parts: Markup) -> Markup:
    """Those parts that say something, each on a line of its own."""
    return joined((part for part in parts if part), "<br>")
