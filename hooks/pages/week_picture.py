"""The week as a picture: which hour costs what, when a fee is added, when support is open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculator.counting import is_free, price_under
from calculator.markup import escape
from calculator.policy import Response
from calculator.regions import pieces_of_week
from calculator.slots import slot_text
from calculator.tariff import (
    Applies,
    Charge,
    Figure,
    Rate,
    Unpublished,
    WindowRate,
    multiplied,
)
from calculator.windows import MINUTES_PER_DAY, Exceptional, Span, Window
from hooks.pages.tables import said_answers, tax_note, unit_words
from hooks.pages.view import PolicyView
from hooks.pages.week_drawing import Cell, Column, WeekDrawing

BESIDE_CURRENCY = re.compile(r"(?<=\D)\xa0(?=\d)|(?<=\d)\xa0(?=\D)")
DAYS = range(7)
SHADES = 3
"""How many shades the stylesheet has, from the cheapest hours to the dearest."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one rule says of the hours: `cell_of` tells the cell for the windows that are open.

    The label and the notes are HTML.
    """

    rule: str
    title: str
    label: str
    notes: tuple[str, ...]
    windows: tuple[Window, ...]
    cell_of: Callable[[tuple[str, ...]], Cell]


@dataclass(frozen=True, slots=True)
class KindOfDays:
    """The pieces of a week that has only days of one kind; `days` is None for ordinary ones."""

    days: Exceptional | None
    pieces: tuple[tuple[Cell, Window], ...]

    def cell_at(self, day: int, minute: int) -> Cell:
        """What holds at a minute of a day (0 is Monday)."""
        at = day * MINUTES_PER_DAY + minute
        return next(cell for cell, piece in self.pieces if piece.contains(at))

    def changes_at(self, minute: int) -> bool:
        """Tell whether on any day something else holds from a minute on."""
        return any(self.cell_at(day, minute) != self.cell_at(day, minute - 1) for day in DAYS)


def week_pictures(view: PolicyView) -> str:
    """A picture for every rule that depends on the hour; empty for policies without such rules."""
    return "\n\n".join(picture for week in _weeks(view) if (picture := _picture(view, week)))


def _weeks(view: PolicyView) -> Iterator[Week]:
    charges = view.policy.charges.values()
    for charge in (priced for one in charges for priced in one.priced):
        if charge.rate is not None:
            yield _rate_week(view, charge, charge.rate)
        if charge.applies is not None:
            yield _added_week(view, charge, charge.applies)
    for response in view.policy.responses.values():
        yield from (_support_week(view, response, name) for name in response.windows)


# ---- What the hours mean


def _rate_week(view: PolicyView, charge: Charge, rate: Rate) -> Week:
    windows, words = view.policy.windows, view.words
    cells = {each.window: _rate_cell(view, charge, rate, each) for each in rate.windows}
    otherwise = _otherwise_cell(view, charge, rate)

    def cell_of(open_windows: tuple[str, ...]) -> Cell:
        return cells[open_windows[0]] if open_windows else otherwise

    return Week(
        rule=_rule(charge),
        title=words.say("The week: which hour costs what"),
        label=_label(view, charge),
        notes=(_what_counts(view, charge, rate), tax_note(view), *_hatched(view, charge, rate)),
        windows=tuple(windows[name] for name in cells),
        cell_of=cell_of,
    )


def _rule(charge: Charge) -> str:
    return f"{charge.id}-{charge.chosen}" if charge.chosen else charge.id


def _label(view: PolicyView, charge: Charge) -> str:
    """What is charged, and for which answers where a table decides the price."""
    label = view.inline(f"charge.{charge.id}")
    return f"{label}, {said_answers(view, charge.when, ', ')}" if charge.chosen else label


def _what_counts(view: PolicyView, charge: Charge, rate: Rate) -> str:
    """What the price is for, and which moment decides it, as HTML."""
    per, say = unit_words(view, charge), view.words.say
    if rate.decided_at == "session":
        return say("Price {per}; what counts is when the session starts.", per=per)
    if rate.decided_at == "window":
        return say("Price {per}; time is split where the price changes.", per=per)
    return say("Price {per}; what counts is when that time starts.", per=per)


def _hatched(view: PolicyView, charge: Charge, rate: Rate) -> Iterator[str]:
    """What is hatched, with the clauses that leave it open; nothing where all is published."""
    prices = [_price(charge, each) for each in (rate.otherwise, *rate.windows)]
    gaps = dict.fromkeys(price.gap for price in prices if isinstance(price, Unpublished))
    if gaps:
        hatched = escape(view.words.say("Hatched: no price is published for these hours."))
        clauses = dict.fromkeys(view.policy.gaps[gap].clause for gap in gaps)
        yield f"{hatched} {view.clause_links(tuple(clauses))}"


def _otherwise_cell(view: PolicyView, charge: Charge, rate: Rate) -> Cell:
    return _price_cell(view, charge, rate, rate.otherwise, charge.price_path)


def _rate_cell(view: PolicyView, charge: Charge, rate: Rate, window: WindowRate) -> Cell:
    return _price_cell(view, charge, rate, window, f"{charge.price_path}.{window.window}")


def _price_cell(
    view: PolicyView, charge: Charge, rate: Rate, each: WindowRate | Unpublished, path: str
) -> Cell:
    price = _price(charge, each)
    if isinstance(price, Unpublished):
        return Cell("tw-week__gap", view.words.say("not published"))
    label = view.words.free() if is_free(each) else _amount(view, path)
    return Cell(_shade(price, charge, rate), label)


def _price(charge: Charge, rate: WindowRate | Unpublished) -> Figure:
    return multiplied(*price_under(charge, rate))


def _amount(view: PolicyView, path: str) -> str:
    """A figure that may break beside its currency, so that a phone has room for the whole week."""
    return BESIDE_CURRENCY.sub(" ", slot_text(view.provider.slots[path], view.words))


def _shade(price: Decimal, charge: Charge, rate: Rate) -> str:
    """The class of a price among all those of its charge."""
    if not price:
        return "tw-week__free"
    rates = [*rate.windows, rate.otherwise]
    figures = [_price(charge, each) for each in rates]
    known = {figure for figure in figures if isinstance(figure, Decimal)}
    prices = sorted(known - {Decimal(0)})
    steps = max(len(prices) - 1, 1)
    return f"tw-week__{1 + prices.index(price) * (SHADES - 1) // steps}"


def _added_week(view: PolicyView, charge: Charge, applies: Applies) -> Week:
    words, window = view.words, view.policy.windows[applies.window]
    added, not_added = _added_cell(view, charge), Cell("tw-week__free", words.say("no fee"))
    touching = words.say("Added to every session that falls in the marked hours, even in part.")
    return Week(
        rule=_rule(charge),
        title=words.say("The week: when a fee is added"),
        label=_label(view, charge),
        notes=(f"{escape(touching)} {view.clause_links(charge.clauses)}",),
        windows=(window,),
        cell_of=lambda touched: added if bool(touched) == applies.inside else not_added,
    )


def _added_cell(view: PolicyView, charge: Charge) -> Cell:
    words = view.words
    if isinstance(charge.price, Unpublished):
        return Cell("tw-week__gap", words.say("fee, amount not published"))
    price = _amount(view, charge.price_path)
    return Cell("tw-week__2", words.say("fee: {price}", price=price))


def _support_week(view: PolicyView, response: Response, window_id: str) -> Week:
    words, window = view.words, view.policy.windows[window_id]
    opened = Cell("tw-week__2", words.say("open"))
    closed = Cell("tw-week__free", words.say("closed"))
    counted = words.say("Response time is counted in the open hours only.")
    return Week(
        rule=response.id if window_id == response.windows[0] else f"{response.id}-{window_id}",
        title=words.say("The week: when support is open"),
        label=view.inline(f"response.{response.id}"),
        notes=(f"{escape(counted)} {view.clause_links(response.clauses)}",),
        windows=(window,),
        cell_of=lambda counted_in: opened if counted_in else closed,
    )


# ---- Which days are alike


def _kinds_of_days(week: Week) -> list[KindOfDays]:
    """The ordinary week, and then each kind of exceptional days."""
    exceptions = [one for window in week.windows for one in window.exceptions]
    kinds = {_days_meant(one): one for one in exceptions}
    return [_kind_of_days(week, days) for days in (None, *kinds.values())]


def _days_meant(exception: Exceptional) -> tuple[object, ...]:
    return exception.holidays, exception.seasons


def _kind_of_days(week: Week, days: Exceptional | None) -> KindOfDays:
    windows = [Window(window.id, _spans_on(window, days)) for window in week.windows]
    pieces = pieces_of_week(windows)
    return KindOfDays(days, tuple((week.cell_of(opened), piece) for opened, piece in pieces))


def _spans_on(window: Window, days: Exceptional | None) -> tuple[Span, ...]:
    """The hours of a window on days of a kind."""
    for exception in reversed(window.exceptions):
        if days and _days_meant(exception) == _days_meant(days):
            return exception.spans
    return window.spans


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
        yield Column(_capitalised(_days(view, days)), cells)
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
    return view.words.window_days(Window("", tuple(whole)))


def _exceptional_days(view: PolicyView, kind: KindOfDays, days: list[int]) -> str:
    assert kind.days is not None
    exceptional = _capitalised(view.words.exceptional_days(kind.days))
    if len(days) == len(DAYS):
        return exceptional
    return f"{exceptional}\n{_days(view, days)}"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- How they are shown


def _picture(view: PolicyView, week: Week) -> str:
    kinds = _kinds_of_days(week)
    edges = _edges(kinds)
    columns = list(_columns(view, kinds, edges))
    if len({cell for column in columns for cell in column.cells}) == 1:
        return ""  # the same at all hours
    name = f"week-{escape(week.rule)}"
    place = view.words.say("{place} time", place=view.words.place(view.policy.zone.key))
    title = f"<strong>{escape(week.title)}</strong> <span>{week.label}, {escape(place)}</span>"
    hours = [view.words.clock(edge) for edge in edges]
    return "\n".join(
        (
            '<figure class="tw-graph">',
            f'<figcaption id="{name}">{title}</figcaption>',
            WeekDrawing(name, edges, hours, columns).html(),
            f'<p class="tw-key">{" ".join((*week.notes, *_undecided(view, kinds, edges)))}</p>',
            _table(view, name, hours, columns),
            "</figure>",
        )
    )


def _undecided(view: PolicyView, kinds: list[KindOfDays], edges: list[int]) -> Iterator[str]:
    """That the picture does not tell which exception holds where two of them meet."""
    usual, *others = (_day_cells(kind, edges) for kind in kinds)
    if len([cells for cells in others if cells != usual]) > 1:
        note = view.words.say(
            "Where two kinds of exceptional days coincide, the calculator says which hours hold."
        )
        yield escape(note)


def _table(view: PolicyView, name: str, hours: list[str], columns: list[Column]) -> str:
    """The same in words: the days, and below them a row for each block."""
    groups = "\n".join(_group(view, hours, column) for column in columns)
    summary = f"<summary>{escape(view.words.say('The week in a table'))}</summary>"
    return (
        f'<details class="tw-graph__steps">{summary}\n'
        f'<table class="tw-rates" id="{name}-table">\n{groups}\n</table></details>'
    )


def _group(view: PolicyView, hours: list[str], column: Column) -> str:
    days = escape(", ".join(column.heading.splitlines()))
    rows = [f'<tr><th scope="rowgroup" colspan="2">{days}</th></tr>']
    for block in column.blocks():
        times = escape(view.words.time_range(hours[block.first], hours[block.last]))
        label = escape(block.cell.label)
        rows.append(f'<tr><th scope="row">{times}</th><td>{label}</td></tr>')
    return "\n".join(("<tbody>", *rows, "</tbody>"))
