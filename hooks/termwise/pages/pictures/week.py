"""The week as a picture: which hour costs what, when a fee is added, when support is open."""

from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from termwise.pages.phrases.clocks import clock_words
from termwise.pages.pictures.week_days import DAYS, KindOfDays, Week, kinds_of_days
from termwise.pages.pictures.week_drawing import Cell, Column, WeekDrawing
from termwise.pages.pictures.week_rules import weeks
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, capitalised, html, joined
from termwise_calculator.telling.hours import exceptional_days, window_days
from termwise_calculator.terms.resting import TIMEZONE, notes_on
from termwise_calculator.time.windows import MINUTES_PER_DAY, Span, Window


def week_pictures(view: PolicyView) -> Markup:
    """A picture for every rule that depends on the hour; empty for policies without such rules."""
    return joined((one for week in weeks(view) if (one := _picture(view, week))), "\n\n")


# ---- Which days are alike


def _edges(kinds: list[KindOfDays]) -> list[int]:
    """The minutes of a day (0 to 1440) between which nothing changes, whatever day it is."""
    edges = {
        edge % MINUTES_PER_DAY
        for kind in kinds
        for _, piece in kind.pieces
        for edge in piece.edges()
    }
    inner = {edge for edge in edges - {0} if any(kind.changes_at(edge) for kind in kinds)}
    return sorted({0, MINUTES_PER_DAY, *inner})


def _columns(view: PolicyView, kinds: list[KindOfDays], edges: list[int]) -> Iterator[Column]:
    """The days, those that are alike as one; of exceptional days those that are not ordinary."""
    ordinary, *exceptional = kinds
    usual = _day_cells(ordinary, edges)
    for cells, days in _alike(usual).items():
        yield Column(capitalised(_days(view, days)), cells, tuple(days))
    for kind in exceptional:
        for cells, days in _alike(_day_cells(kind, edges)).items():
            if any(cells != usual[day] for day in days):
                yield Column(_exceptional_days(view, kind, days), cells)


def _day_cells(kind: KindOfDays, edges: list[int]) -> list[tuple[Cell, ...]]:
    """For each day of the week the cells between the edges."""
    starts = [start for start, _ in pairwise(edges)]
    return [tuple(kind.cell_at(day, start) for start in starts) for day in DAYS]


def _alike(days: list[tuple[Cell, ...]]) -> dict[tuple[Cell, ...], list[int]]:
    alike: dict[tuple[Cell, ...], list[int]] = {}
    for day, cells in enumerate(days):
        alike.setdefault(cells, []).append(day)
    return alike


def _days(view: PolicyView, days: list[int]) -> str:
    whole = (Span(day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY) for day in days)
    return window_days(view.words, Window("", tuple(whole)))


def _exceptional_days(view: PolicyView, kind: KindOfDays, days: list[int]) -> str:
    assert kind.days is not None
    exceptional = capitalised(exceptional_days(view.words, kind.days))
    if len(days) == len(DAYS):
        return exceptional
    return f"{exceptional}\n{_days(view, days)}"


# ---- How they are shown


def _picture(view: PolicyView, week: Week) -> Markup:
    kinds = kinds_of_days(week)
    edges = _edges(kinds)
    columns = list(_columns(view, kinds, edges))
    if len({cell for column in columns for cell in column.cells}) == 1:
        return NOTHING  # the same at all hours
    name = f"week-{week.rule}"
    hours = [view.words.clock(edge) for edge in edges]
    return html(
        '<figure class="tw-graph">\n'
        '<figcaption id="{name}"><strong>{title}</strong> <span>{label}, {place}{elsewhere}</span>'
        "</figcaption>\n{drawing}\n"
        '<p class="tw-key">{notes}{marks}</p>\n'
        '<p class="tw-key" data-session="" hidden="">{session}</p>\n'
        "{table}\n</figure>",
        name=name,
        title=week.title,
        label=week.label,
        place=clock_words(view),
        elsewhere=view.marks(TIMEZONE),
        drawing=WeekDrawing(name, edges, hours, columns).html(),
        notes=joined((*week.notes, *_undecided(view, kinds, edges)), " "),
        marks=_marks(view, week),
        session=view.words.say("The bar at the edge marks the case in the calculator."),
        table=_table(view, name, hours, columns),
    )


def _marks(view: PolicyView, week: Week) -> Markup:
    """Marks of the readings of the rule, and of what its hours rest on."""
    readings = [f"reading.{one}" for one in week.readings]
    windows = [f"windows.{window.id}" for window in week.windows]
    hours = [note for window in windows for note in notes_on(view.policy, window)]
    return view.marks_of([*readings, *hours])


def _undecided(view: PolicyView, kinds: list[KindOfDays], edges: list[int]) -> Iterator[Markup]:
    """That the picture does not tell which exception holds where two of them meet."""
    usual, *others = (_day_cells(kind, edges) for kind in kinds)
    if len([cells for cells in others if cells != usual]) > 1:
        yield view.say(
            "Where two kinds of exceptional days coincide, the calculator says which hours apply."
        )


def _table(view: PolicyView, name: str, hours: list[str], columns: list[Column]) -> Markup:
    """The same in words: the days, and below them a row for each block."""
    return html(
        '<details class="tw-graph__steps"><summary>{}</summary>\n'
        '<table class="tw-rates" id="{}-table">\n{}\n</table></details>',
        view.words.say("The week in a table"),
        name,
        joined(_group(view, hours, column) for column in columns),
    )


def _group(view: PolicyView, hours: list[str], column: Column) -> Markup:
    days = ", ".join(column.heading.splitlines())
    rows = [html('<tr><th scope="rowgroup" colspan="2">{}</th></tr>', days)]
    for block in column.blocks():
        times = view.words.time_range(hours[block.first], hours[block.last])
        row = html('<tr><th scope="row">{}</th><td>{}</td></tr>', times, block.cell.label)
        rows.append(row)
    return html("<tbody>\n{}\n</tbody>", joined(rows))
