"""The public holidays on which the prices of a policy depend, of this year and the next."""

from collections.abc import Iterator
from datetime import date

from termwise.pages.policy_view import PolicyView
from termwise_calculator.telling.markup import escape
from termwise_calculator.terms.policy import Holidays

YEARS = 2
"""How many years a page lists."""

Row = dict[int, list[date]]


def holiday_table(view: PolicyView) -> str:
    """A holiday to a row, with its dates; empty for policies that depend on none."""
    holidays, year = view.policy.holidays, view.provider.reference.year
    if holidays is None:
        return ""
    years = range(year, year + YEARS)
    words, rows = view.words, _rows(holidays, years)
    caption = escape(words.say("Public holidays under these terms"))
    head = [f'<th scope="col">{escape(words.say("Public holiday"))}</th>']
    head += [f'<th scope="col">{year}</th>' for year in years]
    body = "\n".join(_row(view, holidays, name, days) for (name, _), days in rows.items())
    return (
        f'<p class="tw-table-title">{caption} {view.clause_links(holidays.clauses)}</p>\n'
        f'<div class="tw-scroll" tabindex="0" role="region" aria-label="{caption}">\n'
        f'<table class="tw-rates tw-holidays"><caption class="tw-unseen">{caption}</caption>\n'
        f"<thead><tr>{''.join(head)}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _rows(holidays: Holidays, years: range) -> dict[tuple[str, str], Row]:
    """Dates by name and year; a day without a name has a row of its own, by day and month."""
    rows: dict[tuple[str, str], Row] = {}
    for day, name in holidays.names.items():
        if day.year in years:
            key = (name, "" if name else f"{day:%m-%d}")
            rows.setdefault(key, {year: [] for year in years})[day.year].append(day)
    return rows


def _row(view: PolicyView, holidays: Holidays, name: str, days: Row) -> str:
    label = escape(view.words.say("a day that the terms name"))
    if name:
        label = f'<span lang="{escape(holidays.language)}">{escape(name)}</span>'
    cells = "".join(f"<td>{escape(_dates(view, dates))}</td>" for dates in days.values())
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


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
