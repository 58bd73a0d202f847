"""The public holidays on which the prices of a policy depend, of this year and the next."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.terms.policy import Holidays

YEARS = 2
"""How many years a page lists."""

Row = dict[int, list[date]]


def holiday_table(view: PolicyView) -> Markup:
    """A holiday to a row, with its dates; empty for policies that depend on none."""
    holidays, year = view.policy.holidays, view.provider.reference.year
    if holidays is None:
        return NOTHING
    years = range(year, year + YEARS)
    rows = _rows(holidays, years).items()
    return html(
        '<p class="tw-table-title">{caption} {clauses}</p>\n'
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{caption}">\n'
        '<table class="tw-rates tw-holidays"><caption class="tw-unseen">{caption}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>",
        caption=view.words.say("Public holidays under these terms"),
        clauses=view.clause_links(holidays.clauses),
        head=_head(view, years),
        body=joined(_row(view, holidays, name, days) for (name, _), days in rows),
    )


def _head(view: PolicyView, years: range) -> Markup:
    columns = (view.words.say("Public holiday"), *map(str, years))
    return joined((html('<th scope="col">{}</th>', column) for column in columns), "")


def _rows(holidays: Holidays, years: range) -> dict[tuple[str, str], Row]:
    """Dates by name and year; a day without a name has a row of its own, by day and month."""
    rows: dict[tuple[str, str], Row] = {}
    for day, name in holidays.names.items():
        if day.year in years:
            key = (name, "" if name else f"{day:%m-%d}")
            rows.setdefault(key, {year: [] for year in years})[day.year].append(day)
    return rows


def _row(view: PolicyView, holidays: Holidays, name: str, days: Row) -> Markup:
    label = view.say("a day that the terms name")
    if name:
        label = html('<span lang="{}">{}</span>', holidays.language, name)
    cells = (html("<td>{}</td>", _dates(view, dates)) for dates in days.values())
    return html('<tr><th scope="row">{}</th>{}</tr>', label, joined(cells, ""))


def _dates(view: PolicyView, dates: list[date]) -> str:
    return view.words.list_of(_written(view, dates)) if dates else "–"


def _written(view: PolicyView, dates: list[date]) -> Iterator[str]:
    for day in dates:
        yield view.words.say_in(
            "days",
            "{weekday}, {day}",
            weekday=view.words.weekday(day),
            day=view.words.date(day, "day"),
        )
