"""The rows of a charge in the table of prices."""

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.figures import (
    detail,
    price_html,
    relation_html,
    slot_html,
    slot_length,
)
from termwise.pages.phrases.length_words import first_length
from termwise.pages.phrases.taxes import basis_note
from termwise.pages.phrases.units import billed, for_each_unit, unit_words
from termwise.pages.policy.table import Row, cited, gap_row, one_below_another
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, escape, html
from termwise_calculator.pricing.rates import price_under
from termwise_calculator.telling.slots import Range
from termwise_calculator.terms.tariff import Charge, Unpublished, When, WindowRate, multiplied


def charge_rows(view: PolicyView, charge: Charge) -> Iterator[Row]:
    """A row for each price of a charge, and for each bound of what is billed."""
    label, who = view.inline(f"charge.{charge.id}"), said_answers(view, charge.when)
    label += detail(for_each_unit(view, charge.for_each))
    yield from _block_rows(view, charge, label, who)
    yield from _bound_rows(view, charge, label, who)
    yield from _length_tier_rows(view, charge, label, who)
    yield from _tier_rows(view, charge, label, who)
    for priced in charge.priced:
        yield from _priced_rows(view, priced, label)


def _block_rows(view: PolicyView, charge: Charge, label: Markup, who: Markup) -> Iterator[Row]:
    """The first increment and the blocks after it, where they have prices of their own."""
    if charge.first:
        path = f"{charge.id}.first.price"
        length = detail(first_length(view.words, charge.first.minutes))
        price = price_html(view, charge.first.price, path, length)
        yield label, who, price, cited(view, charge, charge.first.clauses, label, path)
    for number, block in enumerate(charge.following, 1):
        path = f"{charge.id}.then.{number}"
        length = view.say("then {length}", length=slot_length(view, f"{path}.length"))
        price = price_html(view, block.price, f"{path}.price", detail(length))
        yield label, who, price, cited(view, charge, block.clauses, label, f"{path}.price")


def _bound_rows(view: PolicyView, charge: Charge, label: Markup, who: Markup) -> Iterator[Row]:
    """The least that is billed, and how much over a whole increment is not."""
    if charge.least_minutes:
        path = f"{charge.id}.least"
        yield label, who, _least(view, path), cited(view, charge, charge.clauses, label, path)
    yield from _own_least_rows(view, charge, label, who)
    if charge.minimum_increments:
        where = cited(view, charge, charge.clauses, label, _text(charge))
        yield label, who, _minimum(view, charge), where
    if charge.tolerance_minutes:
        over = slot_length(view, f"{charge.id}.tolerance")
        told = view.say("up to {minutes} over not billed", minutes=over)
        where = cited(view, charge, charge.tolerance_clauses, label, f"{charge.id}.tolerance")
        yield label, who, told, where


def _own_least_rows(view: PolicyView, charge: Charge, label: Markup, who: Markup) -> Iterator[Row]:
    """The least times by the answers, and by the window in which what is counted begins."""
    for entry in charge.table:
        if entry.least_minutes is not None:
            path, clauses = f"{charge.id}.least.{entry.id}", entry.clauses or charge.clauses
            answers = said_answers(view, When(charge.when.answers + entry.when.answers))
            yield label, answers, _least(view, path), cited(view, charge, clauses, label, path)
    for rate in charge.rate.all_rates if charge.rate else ():
        if rate.least_minutes is not None:
            path = f"{charge.id}.least.{rate.place}"
            hours = slot_html(view, f"windows.{rate.window}") if rate.window else _other_times(view)
            begins = view.say("start: {hours}", hours=hours)
            where = cited(view, charge, rate.clauses, label, path)
            yield label, one_below_another(who, begins), _least(view, path), where


def _least(view: PolicyView, path: str) -> Markup:
    return view.say("at least {minutes} billed", minutes=slot_length(view, path))


def _other_times(view: PolicyView) -> Markup:
    return view.say("at other times")


def _minimum(view: PolicyView, charge: Charge) -> Markup:
    """What is due even where nothing is counted."""
    tiers = charge.length_tiers or charge.tiers
    if tiers and tiers[0].flat:
        return view.say("the first range is due even where nothing is used")
    if charge.increment_minutes is not None:
        least: str = view.words.minutes(charge.increment_minutes)
    else:
        step = charge.per_in(charge.tiers[0] if charge.tiers else None).step or Decimal(1)
        number, unit = view.words.number(step), view.unit(charge.question, step)
        least = html("{} {}", number, unit)
    return view.say("at least {quantity} billed, even where nothing is used", quantity=least)


def _length_tier_rows(
    view: PolicyView, charge: Charge, label: Markup, who: Markup
) -> Iterator[Row]:
    """The prices of sessions up to a length."""
    for number, tier in enumerate(charge.length_tiers, 1):
        path = f"{charge.id}.tiers.{number}"
        per = view.say("for all of it") if tier.flat else unit_words(view, charge)
        price = price_html(view, tier.price, f"{path}.price", detail(per))
        when = one_below_another(who, _in_length_tier(view, charge, number))
        yield label, when, price, cited(view, charge, tier.clauses, label, f"{path}.price")


def _in_length_tier(view: PolicyView, charge: Charge, number: int) -> Markup:
    """Which sessions have the price of a tier, counted from 1, or which part of their time."""
    if isinstance(charge.length_tiers[number - 1].up_to, Unpublished):
        return view.say("up to a length that is not published")
    end = _end_of_length(view, charge, number)
    if not charge.graduated:
        return view.say("up to {length} in all", length=end)
    if number == 1:
        return view.say("up to {length}", length=end)
    begin = _end_of_length(view, charge, number - 1)
    return view.say("over {begin}, up to {end}", begin=begin, end=end)


def _end_of_length(view: PolicyView, charge: Charge, number: int) -> str:
    return slot_length(view, f"{charge.id}.tiers.{number}.up_to")


def _longer(view: PolicyView, charge: Charge) -> Markup:
    """That a price is for sessions longer than all tiers, or for their time beyond these."""
    if not charge.length_tiers:
        return NOTHING
    if not charge.graduated:
        return view.say("for longer sessions, from their first minute")
    if isinstance(charge.length_tiers[-1].up_to, Unpublished):
        return NOTHING
    last = _end_of_length(view, charge, len(charge.length_tiers))
    return view.say("over {length}", length=last)


def _tier_rows(view: PolicyView, charge: Charge, label: Markup, who: Markup) -> Iterator[Row]:
    for number, tier in enumerate(charge.tiers, 1):
        path = f"{charge.id}.tiers.{number}.price"
        own = charge.per_in(tier)
        units = unit_words(view, charge._replace(per_units=own.units, step_units=own.step))
        per = view.say("for all of them") if tier.flat else units
        if charge.steps_before_tiers and not tier.flat:
            per += detail(view.say("rounded up to full steps before the ranges"))
        price = price_html(view, tier.price, path, detail(per))
        when = one_below_another(who, _in_tier(view, charge, number))
        yield label, when, price, cited(view, charge, tier.clauses, label, path)


def _in_tier(view: PolicyView, charge: Charge, number: int) -> Markup:
    """Which units have the price of a tier, counted from 1: those within it, or all of so many."""
    end = _end(view, charge, number)
    if end is None:
        return view.say("up to a number that is not published")
    if charge.by_volume:
        return view.say("up to {number} {unit} in all", **end)
    begin = _end(view, charge, number - 1) if number > 1 else None
    if begin is None:
        return view.say("up to {number} {unit}", **end)
    return view.say("over {begin}, up to {number} {unit}", begin=begin["number"], **end)


def _beyond_tiers(view: PolicyView, charge: Charge) -> Markup:
    """That a price is for the units beyond all tiers, where their end is known."""
    end = _end(view, charge, len(charge.tiers)) if charge.tiers else None
    if end is None:
        return NOTHING
    if charge.by_volume:
        return view.say("more than {number} {unit} in all", **end)
    return view.say("over {number} {unit}", **end)


def _end(view: PolicyView, charge: Charge, number: int) -> dict[str, Markup] | None:
    """The number of units with which a tier ends, and its unit; None where it is not published."""
    end = charge.tiers[number - 1].up_to
    if isinstance(end, Unpublished):
        return None
    shown = slot_html(view, f"{charge.id}.tiers.{number}.up_to")
    return {"number": shown, "unit": view.unit(charge.question, end)}


def _priced_rows(view: PolicyView, charge: Charge, label: Markup) -> Iterator[Row]:
    """What a charge costs beyond its own blocks and tiers: at any time, or window by window."""
    if charge.rate is None:
        yield _row_at_any_time(view, charge, label)
        return
    for rate in charge.rate.windows:
        yield _row_in_window(view, charge, label, rate)
    if charge.rate.otherwise is not None:
        yield _otherwise_row(view, charge, label, charge.rate.otherwise)


def _row_at_any_time(view: PolicyView, charge: Charge, label: Markup) -> Row:
    who = said_answers(view, charge.when)
    times = one_below_another(_touching(view, charge), who, *_beyond(view, charge))
    per = detail(unit_words(view, charge))
    if charge.steps_before_tiers:
        per += detail(view.say("rounded up to full steps before the ranges"))
    per += billed(view, charge) + _own_tax(view, charge)
    price = price_html(view, charge.price, charge.price_path, per)
    return label, times, price, cited(view, charge, charge.clauses, label, *_places(charge))


def _beyond(view: PolicyView, charge: Charge) -> Iterator[Markup]:
    """Which sessions and units have the price beyond all tiers, where there are tiers."""
    yield _beyond_tiers(view, charge)
    yield _longer(view, charge)


def _row_in_window(view: PolicyView, charge: Charge, label: Markup, rate: WindowRate) -> Row:
    window, who = slot_html(view, f"windows.{rate.window}"), said_answers(view, charge.when)
    times = one_below_another(who, *_beyond(view, charge), window)
    clauses = rate.clauses or charge.clauses
    where = cited(view, charge, clauses, label, *_places(charge, rate))
    return label, times, _figure_under(view, charge, rate), where


def _figure_under(view: PolicyView, charge: Charge, rate: WindowRate) -> Markup:
    """What is due under a rate: the price with what it is for, or that it is free, or unknown."""
    due = multiplied(*price_under(charge, rate))
    if rate.factor == 0:
        return escape(view.words.free())
    path = f"{charge.price_path}.{rate.place}"
    own = path in view.provider.slots
    made = relation_html(view, charge.price_path) if own and _as_without(rate) else NOTHING
    counted = detail(made) + detail(_counted_at(view, charge, rate))
    counted += billed(view, charge, rate) + _own_tax(view, charge)
    return price_html(view, due, path if own else charge.price_path, counted)


def _as_without(rate: WindowRate) -> bool:
    """Whether what holds in a window is the price without windows."""
    return rate.factor == 1 and rate.price is None


def _counted_at(view: PolicyView, charge: Charge, rate: WindowRate) -> Markup:
    """What a price is for, and by how much it differs in a window."""
    per = unit_words(view, charge)
    if isinstance(rate.factor, Unpublished):
        return per  # what is not published is said in place of the price
    path = f"{charge.id}.rate.{rate.place}"
    if rate.percent is not None:
        how = view.say("the basic price plus {percent}", percent=slot_html(view, path))
        return html("{}: {}", per, how)
    if rate.factor != 1 or isinstance(view.provider.slots.get(path), Range):
        how = view.say("{factor} × the basic price", factor=slot_html(view, path))
        return html("{}: {}", per, how)
    return per


def _otherwise_row(
    view: PolicyView, charge: Charge, label: Markup, otherwise: WindowRate | Unpublished
) -> Row:
    """What holds outside all windows: a gap, or what holds in a window."""
    who = said_answers(view, charge.when)
    times = one_below_another(who, *_beyond(view, charge), _other_times(view))
    if not isinstance(otherwise, Unpublished):
        figure = _figure_under(view, charge, otherwise)
        where = cited(view, charge, otherwise.clauses, label, *_places(charge, otherwise))
        return label, times, figure, where
    if price_under(charge, otherwise)[0] == 0:
        where = cited(view, charge, charge.clauses, label, *_places(charge))
        return label, times, escape(view.words.free()), where
    return gap_row(view, label, times, otherwise, charge)


def _places(charge: Charge, rate: WindowRate | None = None) -> Iterator[str]:
    """Where a price may be written: in its window, as a factor there, for all; then its hours."""
    if rate is not None:
        yield f"{charge.price_path}.{rate.place}"
        yield f"{charge.id}.rate.{rate.place}"
    yield charge.price_path
    yield _text(charge)
    if rate is not None and rate.window:
        yield f"windows.{rate.window}"
    if charge.applies is not None:
        yield f"windows.{charge.applies.window}"


def _text(charge: Charge) -> str:
    return f"charge.{charge.id}"


def _own_tax(view: PolicyView, charge: Charge) -> Markup:
    """The rate of the tax on a charge that has one of its own."""
    tax, own = view.policy.tax, charge.tax
    if own is None or tax is None:
        return NOTHING
    name = view.words.tax_name(tax.name)
    if own.prices or own.charged:
        return detail(basis_note(view, tax.basis.but(own), own, f"{charge.id}.tax"))
    return detail(view.say("{name} {rate}", name=name, rate=slot_html(view, f"{charge.id}.tax")))


def _touching(view: PolicyView, charge: Charge) -> Markup:
    if charge.applies is None:
        return NOTHING
    window = slot_html(view, f"windows.{charge.applies.window}")
    if charge.applies.inside:
        return view.say("within these hours: {window}", window=window)
    return view.say("outside these hours: {window}", window=window)
