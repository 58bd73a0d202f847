"""A table of a policy page: what, when, the figure, the clauses."""

from collections.abc import Iterable

from markupsafe import Markup

from termwise.pages.phrases.figures import open_figure
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined
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


def gap_row(view: PolicyView, label: Markup, when: Markup, unpublished: Unpublished) -> Row:
    """A row whose figure is not published."""
    gap = view.policy.gaps[unpublished.gap]
    return label, when, open_figure(view, unpublished), view.clause_link(gap.clause)


def one_below_another(*parts: Markup) -> Markup:
    """Those parts that say something, each on a line of its own."""
    return joined((part for part in parts if part), "<br>")
