"""The week as a small table: which hour costs what, when a fee is added, when support is open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from calculator.markup import escape
from calculator.policy import Applies, Charge, Rate, Response, Unpublished, WindowRate
from calculator.slots import slot_text
from calculator.windows import MINUTES_PER_DAY, Span, Window
from hooks.pages.tables import said_answers, tax_note, unit_words
from hooks.pages.view import PolicyView

BESIDE_CURRENCY = re.compile(r"(?<=\D)\xa0(?=\d)|(?<=\d)\xa0(?=\D)")
DAYS = range(7)
SHADES = 3
"""How many shades the stylesheet has, from the cheapest hours to the dearest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What holds for some hours: the colour, by its class, and the words."""

    css_class: str
    label: str


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One picture: `cell_at` tells the cell of a minute of the week; all texts are HTML."""

    rule: str
    title: str
    label: str
    notes: tuple[str, ...]
    windows: tuple[Window, ...]
    cell_at: Callable[[int], Cell]


def week_pictures(view: PolicyView) -> str:
    """A table for every rule that depends on the hour; empty for policies without such rules."""
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

    def cell_at(minute: int) -> Cell:
        open_now = (name for name in cells if windows[name].contains(minute))
        return next((cells[name] for name in open_now), otherwise)

    return Week(
        rule=_rule(charge),
        title=words.say("The week: which hour costs what"),
        label=_label(view, charge),
        notes=(_what_counts(view, charge, rate), tax_note(view), *_hatched(view, rate.otherwise)),
        windows=tuple(windows[name] for name in cells),
        cell_at=cell_at,
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


def _hatched(view: PolicyView, otherwise: WindowRate | Unpublished) -> Iterator[str]:
    if isinstance(otherwise, Unpublished):
        hatched = escape(view.words.say("Hatched: no price is published for these hours."))
        yield f"{hatched} {view.clause_link(view.policy.gaps[otherwise.gap].clause)}"


def _otherwise_cell(view: PolicyView, charge: Charge, rate: Rate) -> Cell:
    if isinstance(rate.otherwise, Unpublished) or isinstance(charge.price, Unpublished):
        return Cell("tw-week__gap", escape(view.words.say("not published")))
    if not rate.otherwise.factor:
        return Cell("tw-week__free", escape(view.words.free()))
    label = _amount(view, charge.price_path)
    return Cell(_shade(charge.price, charge.price, rate), escape(label))


def _rate_cell(view: PolicyView, charge: Charge, rate: Rate, window: WindowRate) -> Cell:
    label = _amount(view, f"{charge.price_path}.{window.window}")
    if isinstance(charge.price, Unpublished):
        return Cell("tw-week__gap", escape(view.words.say("not published")))
    return Cell(_shade(_price(window, charge.price), charge.price, rate), escape(label))


def _price(rate: WindowRate, base: Decimal) -> Decimal:
    return rate.factor * (base if rate.price is None else rate.price)


def _amount(view: PolicyView, path: str) -> str:
    """A figure that may break beside its currency, so that a phone has room for the whole week."""
    return BESIDE_CURRENCY.sub(" ", slot_text(view.provider.slots[path], view.words))


def _shade(price: Decimal, base: Decimal, rate: Rate) -> str:
    """The class of a price among all those of its charge."""
    if not price:
        return "tw-week__free"
    rates = [*rate.windows, rate.otherwise]
    known = {_price(each, base) for each in rates if isinstance(each, WindowRate)}
    prices = sorted(known - {Decimal(0)})
    steps = max(len(prices) - 1, 1)
    return f"tw-week__{1 + prices.index(price) * (SHADES - 1) // steps}"


def _added_week(view: PolicyView, charge: Charge, applies: Applies) -> Week:
    words, window = view.words, view.policy.windows[applies.window]
    added, not_added = _added_cell(view, charge), Cell("tw-week__free", escape(words.say("no fee")))
    touching = words.say("Added to every session that falls in the marked hours, even in part.")
    return Week(
        rule=_rule(charge),
        title=words.say("The week: when a fee is added"),
        label=_label(view, charge),
        notes=(f"{escape(touching)} {view.clause_links(charge.clauses)}",),
        windows=(window,),
        cell_at=lambda minute: added if window.contains(minute) == applies.inside else not_added,
    )


def _added_cell(view: PolicyView, charge: Charge) -> Cell:
    words = view.words
    if isinstance(charge.price, Unpublished):
        return Cell("tw-week__gap", escape(words.say("fee, amount not published")))
    price = _amount(view, charge.price_path)
    return Cell("tw-week__2", escape(words.say("fee: {price}", price=price)))


def _support_week(view: PolicyView, response: Response, window_id: str) -> Week:
    words, window = view.words, view.policy.windows[window_id]
    opened = Cell("tw-week__1", escape(words.say("open")))
    closed = Cell("tw-week__free", escape(words.say("closed")))
    counted = words.say("Response time is counted in the open hours only.")
    return Week(
        rule=response.id if window_id == response.windows[0] else f"{response.id}-{window_id}",
        title=words.say("The week: when support is open"),
        label=view.inline(f"response.{response.id}"),
        notes=(f"{escape(counted)} {view.clause_links(response.clauses)}",),
        windows=(window,),
        cell_at=lambda minute: opened if window.contains(minute) else closed,
    )


# ---- How they are drawn


def _picture(view: PolicyView, week: Week) -> str:
    columns = _columns(week.windows)
    rows = [_row(week, columns, day) for day in DAYS]
    if len({cell for row in rows for cell in row}) == 1:
        return ""  # the same at all hours
    caption = f"week-{escape(week.rule)}"
    place = view.words.say("{place} time", place=view.words.place(view.policy.zone.key))
    title = f"<strong>{escape(week.title)}</strong> <span>{week.label}, {escape(place)}</span>"
    return "\n".join(
        (
            '<figure class="tw-graph">',
            f'<figcaption id="{caption}">{title}</figcaption>',
            f'<div class="tw-scroll" tabindex="0" role="region" aria-labelledby="{caption}">',
            f'<table class="tw-week" aria-labelledby="{caption}">',
            _head(view, columns),
            f"<tbody>\n{_body(view, rows)}\n</tbody>",
            "</table></div>",
            f'<p class="tw-key">{" ".join((*week.notes, *_exceptional(view, week)))}</p>',
            "</figure>",
        )
    )


def _exceptional(view: PolicyView, week: Week) -> Iterator[str]:
    """That the picture is of an ordinary week, where some days have other hours."""
    exceptions = [one for window in week.windows for one in window.exceptions]
    if exceptions:
        days = dict.fromkeys(map(view.words.exceptional_days, exceptions))
        note = view.words.say(
            "This is an ordinary week; other hours hold on some days: {days}.",
            days="; ".join(days),
        )
        yield escape(note)


def _columns(windows: tuple[Window, ...]) -> list[tuple[int, int]]:
    """The stretches of a day (minutes) between the edges that any day has."""
    edges = {edge % MINUTES_PER_DAY for window in windows for edge in window.edges()}
    return list(pairwise(sorted({0, MINUTES_PER_DAY, *edges})))


def _row(week: Week, columns: list[tuple[int, int]], day: int) -> Row:
    return tuple(week.cell_at(day * MINUTES_PER_DAY + start) for start, _ in columns)


def _head(view: PolicyView, columns: list[tuple[int, int]]) -> str:
    words = view.words
    ranges = [words.time_range(words.clock(start), words.clock(end)) for start, end in columns]
    cells = "\n".join(f'<th scope="col">{escape(hours)}</th>' for hours in ranges)
    return f"<thead>\n<tr><td></td>\n{cells}</tr>\n</thead>"


def _body(view: PolicyView, rows: list[Row]) -> str:
    """The days, those that are alike as one."""
    days_of_row: dict[Row, list[int]] = {}
    for day in DAYS:
        days_of_row.setdefault(rows[day], []).append(day)
    return "\n".join(
        f'<tr><th scope="row">{escape(_days(view, days))}</th>\n{_cells(row)}</tr>'
        for row, days in days_of_row.items()
    )


def _days(view: PolicyView, days: list[int]) -> str:
    whole = (Span(day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY) for day in days)
    return view.words.window_days(Window("", tuple(whole)))


def _cells(row: Row) -> str:
    merged = [(cell, len(list(same))) for cell, same in groupby(row)]
    return "\n".join(
        f'<td class="{cell.css_class}"{_spanning(count)}><span>{cell.label}</span></td>'
        for cell, count in merged
    )


def _spanning(columns: int) -> str:
    return f' colspan="{columns}"' if columns > 1 else ""
