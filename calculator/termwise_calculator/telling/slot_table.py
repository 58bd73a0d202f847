"""The figures of a policy by name: the table from which its texts take them."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import TypeVar

from termwise_calculator.pricing.rates import price_under
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.telling.slots import (
    WINDOW_PARTS,
    Days,
    Duration,
    Factor,
    Money,
    Months,
    Name,
    Number,
    Percent,
    Quantity,
    Range,
    SlotValue,
    WindowPart,
)
from termwise_calculator.terms.money import decimals_of, round_to_currency
from termwise_calculator.terms.policy import Policy, Question, Response
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Figure,
    Limit,
    MadeFrom,
    Unpublished,
    WindowRate,
    multiplied,
)

Entries = Iterator[tuple[str, SlotValue]]
Stated = TypeVar("Stated")


def slot_table(policy: Policy) -> dict[str, SlotValue]:
    """Everything a text of this policy may name, by path."""
    table = dict(_entries(policy))
    if policy.dearest is None:
        return table
    others = dict(_entries(policy.dearest))
    return {path: _between(table[path], other) for path, other in others.items()}


def _between(one: SlotValue, other: SlotValue) -> SlotValue:
    """A figure with both its ends, where these are not the same."""
    ends = Money | Percent | Factor
    if one == other or not isinstance(one, ends) or not isinstance(other, ends):
        return other
    return Range(*sorted((one, other)))


def _entries(policy: Policy) -> Entries:
    yield from _tax_entries(policy)
    if policy.cash is not None:
        yield "rounding.cash", _money(policy, policy.cash.step)
    for window in policy.windows.values():
        yield f"windows.{window.id}", WindowPart(window, "")
        for part in WINDOW_PARTS:
            yield f"windows.{window.id}.{part}", WindowPart(window, part)
    for charge in policy.charges.values():
        yield from _charge_entries(policy, charge)
    yield from _rule_entries(policy)
    for slot, made in policy.made_prices.items():
        yield from _made_entries(slot, made)
    for response in policy.responses.values():
        yield from _response_entries(response)


def _tax_entries(policy: Policy) -> Entries:
    tax = policy.tax
    if tax is None:
        return
    yield "tax.name", Name(tax.name)
    if tax.liable:
        yield "tax.rate", _slot(tax.rate, Percent)
    for row in tax.customers:
        if row.own.rate is not None:
            yield f"tax.{row.id}.rate", _slot(row.own.rate, Percent)


def _rule_entries(policy: Policy) -> Entries:
    for surcharge in policy.surcharges.values():
        yield f"{surcharge.id}.percent", _slot(surcharge.percent, Percent)
    for limit in policy.limits.values():
        yield from _limit_entries(policy, limit)
    for discount in policy.discounts.values():
        yield f"{discount.id}.percent", _slot(discount.percent, Percent)
        if discount.at_most is not None:
            yield f"{discount.id}.at_most", Percent(discount.at_most)
    for allowance in policy.allowances.values():
        yield from _allowance_entries(allowance)
    for condition in policy.conditions.values():
        if condition.after_minutes is not None:
            yield f"{condition.id}.after", Duration(condition.after_minutes)
    yield from _question_entries(policy)


def _question_entries(policy: Policy) -> Entries:
    for question in policy.questions.values():
        if question.newest_major is not None:
            yield f"{question.id}.newest_major", Number(question.newest_major)
        yield from _band_entries(question, Number)
    for total in policy.totals.values():
        yield from _band_entries(total, partial(_money, policy))


def _allowance_entries(allowance: Allowance) -> Entries:
    yield f"{allowance.id}.minutes", _slot(allowance.minutes, Duration)
    if allowance.valid_months:
        yield f"{allowance.id}.valid", Months(allowance.valid_months)
    if allowance.carried and allowance.carried.most is not None:
        yield f"{allowance.id}.carried", Duration(allowance.carried.most)
    for burn in allowance.burns:
        yield f"{allowance.id}.burns.{burn.window}", Factor(burn.factor)


def _band_entries(question: Question, slot: Callable[[Decimal], SlotValue]) -> Entries:
    for number, band in enumerate(question.bands, 1):
        if band.under is not None:
            yield f"{question.id}.bands.{number}.under", slot(band.under)


def _limit_entries(policy: Policy, limit: Limit) -> Entries:
    name = "maximum" if limit.most else "minimum"
    yield f"{limit.id}.{name}", _money(policy, limit.amount)
    if limit.period_minutes:
        yield f"{limit.id}.per", Duration(limit.period_minutes)
    if limit.tax_included is not None:
        yield f"{limit.id}.tax_included", _money(policy, limit.tax_included)


def _charge_entries(policy: Policy, charge: Charge) -> Entries:
    for priced in charge.priced:
        yield from _price_entries(policy, priced)
    yield from _counting_entries(charge)
    if charge.tax is not None and charge.tax.rate is not None:
        yield f"{charge.id}.tax", _slot(charge.tax.rate, Percent)
    if charge.first:
        yield f"{charge.id}.first.length", Duration(charge.first.minutes)
        yield f"{charge.id}.first.price", _money(policy, charge.first.price)
    yield from _block_entries(policy, charge)
    if charge.stop:
        yield f"{charge.id}.stops.after", Duration(charge.stop.after_minutes)
    for rate in _stated_rates(policy, charge):
        if rate.percent is not None:
            yield f"{charge.id}.rate.{rate.place}", _slot(rate.percent, Percent)
        elif rate.price is None:
            yield f"{charge.id}.rate.{rate.place}", _slot(rate.factor, Factor)
        if rate.increment_minutes is not None:
            yield f"{charge.id}.increment.{rate.place}", Duration(rate.increment_minutes)


def _stated_rates(policy: Policy, charge: Charge) -> Iterator[WindowRate]:
    """The rates that have figures: outside all windows not where that is the price, or nothing.

    At one end of a range it may be the price; both ends name the same figures.
    """
    for rate in charge.rate.all_rates if charge.rate else ():
        same = rate.factor in (0, 1) and rate.price is None and rate.percent is None
        if rate.window or not same or policy.end or rate.increment_minutes is not None:
            yield rate


def _block_entries(policy: Policy, charge: Charge) -> Entries:
    """Following increments and tiers, counted from 1, and what is billed at least or not at all."""
    for number, block in enumerate(charge.following, 1):
        yield f"{charge.id}.then.{number}.length", Duration(block.minutes)
        yield f"{charge.id}.then.{number}.price", _money(policy, block.price)
    for number, length in enumerate(charge.length_tiers, 1):
        end = length.up_to
        ends = end if isinstance(end, Unpublished) else Duration(end)
        yield f"{charge.id}.tiers.{number}.up_to", ends
        yield f"{charge.id}.tiers.{number}.price", _money(policy, length.price)
    for number, tier in enumerate(charge.tiers, 1):
        yield f"{charge.id}.tiers.{number}.up_to", _slot(tier.up_to, Number)
        yield f"{charge.id}.tiers.{number}.price", _money(policy, tier.price)
        if tier.own_per is not None:
            per = Quantity(tier.own_per.units, charge.question)
            yield f"{charge.id}.tiers.{number}.per", per
    if charge.least_minutes:
        yield f"{charge.id}.least", Duration(charge.least_minutes)
    for name, least in charge.own_leasts.items():
        yield f"{charge.id}.least.{name}", Duration(least)
    if charge.tolerance_minutes:
        yield f"{charge.id}.tolerance", Duration(charge.tolerance_minutes)


def _counting_entries(charge: Charge) -> Entries:
    """What a price is for, and the increment or step that is billed."""
    if charge.price_minutes is not None and charge.increment_minutes is not None:
        yield f"{charge.id}.per", Duration(charge.price_minutes)
        if charge.increment_minutes != charge.price_minutes:
            yield f"{charge.id}.increment", Duration(charge.increment_minutes)
    elif charge.unit == "quantity":
        question, step = charge.question, charge.step_units
        if charge.per_units != 1 or step is not None:
            yield f"{charge.id}.per", Quantity(charge.per_units, question)
        if step is not None and step != charge.per_units:
            yield f"{charge.id}.increment", Quantity(step, question)


def _price_entries(policy: Policy, charge: Charge) -> Entries:
    """A price, with tax, and in each window that multiplies it."""
    price, path = charge.price, charge.price_path
    yield path, _money(policy, price)
    yield from _taxed_entries(policy, charge)
    for rate in _stated_rates(policy, charge):
        due = multiplied(*price_under(charge, rate))
        yield f"{path}.{rate.place}", _money(policy, due)


def _taxed_entries(policy: Policy, charge: Charge) -> Entries:
    """A price with tax, and without, where the provider says which of them is published."""
    basis = policy.tax.basis_for(charge, {}) if policy.tax else None
    if basis is None or basis.charged != "yes" or basis.prices == NOT_STATED:
        return
    price, path = charge.price, charge.price_path
    other = _other_side(price, basis.rate, included=basis.included)
    net, gross = (other, price) if basis.included else (price, other)
    yield f"{path}.gross", _money(policy, gross, price)
    if basis.included:
        yield f"{path}.net", _money(policy, net, price)


def _other_side(price: Figure, rate: Figure, *, included: bool) -> Figure:
    """A price without tax where it is included, else with it."""
    if isinstance(rate, Unpublished):
        return multiplied(price, rate)
    if isinstance(price, Unpublished):
        return price
    return price * 100 / (100 + rate) if included else price * (1 + rate / 100)


def _made_entries(slot: str, made: MadeFrom) -> Entries:
    """How much of another price it is."""
    if made.times is not None:
        yield f"{slot}.of.times", Factor(made.times)
    if made.percent is not None:
        yield f"{slot}.of.percent", Percent(made.percent)
    if made.add is not None:
        yield f"{slot}.of.add", Percent(made.add)
    if made.minutes is not None:
        yield f"{slot}.of.for", Duration(made.minutes)


def _response_entries(response: Response) -> Entries:
    for name, target in response.targets.items():
        path = f"{response.id}.{name}"
        if isinstance(target, Unpublished):
            yield path, target
            continue
        days = target.working_days
        yield path, Duration(target.minutes or 0) if days is None else Days(days)
        if target.escalation:
            yield f"{path}.escalates", Duration(target.escalation.after_minutes)


def _slot(figure: Stated | Unpublished, value: Callable[[Stated], SlotValue]) -> SlotValue:
    """A figure as a value of its kind, or the gap in its place."""
    return figure if isinstance(figure, Unpublished) else value(figure)


def _money(policy: Policy, amount: Figure, price: Figure | None = None) -> SlotValue:
    """A price in full, or one with tax or without: with the decimals of the price it is made of."""
    if isinstance(amount, Unpublished):
        return amount
    published = price if isinstance(price, Decimal) else amount
    digits = max(policy.currency_digits, decimals_of(published))
    return Money(round_to_currency(amount, digits, policy.rounding), policy.currency, digits)
