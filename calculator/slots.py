"""The figures of a policy by name, and texts that take them through slots.

Prose holds no figures of its own: it names them, `{labour.price}`, and they are filled in the
reader's notation. Figures that are no tariff value stand in a literal mark, `{'7.6.2.0'}`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from calculator.language import GENITIVE, NO_CURRENCY, Words
from calculator.lengths import Minutes
from calculator.markup import escape
from calculator.money import decimals_of, round_to_currency
from calculator.policy import Charge, Limit, Policy, Question, Response, Unpublished
from calculator.windows import Window

HOURS = "hours"
SUFFIXES = (HOURS, GENITIVE)
WINDOW_PARTS = ("days", "hours", "start", "end")


# ---- What a slot can hold


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the policy's currency."""

    amount: Decimal
    currency: str
    digits: int


@dataclass(frozen=True, slots=True)
class Duration:
    """A length in minutes."""

    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Months:
    """A length in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days on which support works."""

    days: int


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, 23 for 23%."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor on a price."""

    factor: Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number."""

    number: Decimal | int


@dataclass(frozen=True, slots=True)
class WindowPart:
    """A window; whole when `part` is empty, else its "days", "hours", "start" or "end"."""

    window: Window
    part: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the provider writes it, such as that of a tax; texts explain it where needed."""

    name: str


SlotValue = (
    Money | Duration | Months | Days | Percent | Factor | Number | WindowPart | Name | Unpublished
)
SlotTable = Mapping[str, SlotValue]
Entries = Iterator[tuple[str, SlotValue]]


# ---- The table of a policy


def slot_table(policy: Policy) -> dict[str, SlotValue]:
    """Everything a text of this policy may name, by path."""
    return dict(_entries(policy))


def _entries(policy: Policy) -> Entries:
    if policy.tax:
        yield "tax.name", Name(policy.tax.name)
        if policy.tax.liable:
            yield "tax.rate", Percent(policy.tax.rate)
    for window in policy.windows.values():
        yield f"windows.{window.id}", WindowPart(window, "")
        for part in WINDOW_PARTS:
            yield f"windows.{window.id}.{part}", WindowPart(window, part)
    for charge in policy.charges.values():
        yield from _charge_entries(policy, charge)
    yield from _rule_entries(policy)
    for response in policy.responses.values():
        yield from _response_entries(response)


def _rule_entries(policy: Policy) -> Entries:
    for surcharge in policy.surcharges.values():
        yield f"{surcharge.id}.percent", Percent(surcharge.percent)
    for limit in policy.limits.values():
        yield from _limit_entries(policy, limit)
    for discount in policy.discounts.values():
        yield f"{discount.id}.percent", Percent(discount.percent)
    for allowance in policy.allowances.values():
        yield f"{allowance.id}.minutes", Duration(allowance.minutes)
        if allowance.valid_months:
            yield f"{allowance.id}.valid", Months(allowance.valid_months)
    for condition in policy.conditions.values():
        if condition.after_minutes is not None:
            yield f"{condition.id}.after", Duration(condition.after_minutes)
    for question in policy.questions.values():
        if question.newest_major is not None:
            yield f"{question.id}.newest_major", Number(question.newest_major)
        yield from _band_entries(question)


def _band_entries(question: Question) -> Entries:
    for number, band in enumerate(question.bands, 1):
        if band.under is not None:
            yield f"{question.id}.bands.{number}.under", Number(band.under)


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
    if charge.tax_rate is not None:
        yield f"{charge.id}.tax", Percent(charge.tax_rate)
    if charge.first:
        yield f"{charge.id}.first.length", Duration(charge.first.minutes)
        yield f"{charge.id}.first.price", _money(policy, charge.first.price)
    yield from _block_entries(policy, charge)
    if charge.stop:
        yield f"{charge.id}.stops.after", Duration(charge.stop.after_minutes)
    for rate in charge.rate.windows if charge.rate else ():
        if rate.percent is not None:
            yield f"{charge.id}.rate.{rate.window}", Percent(rate.percent)
        elif rate.price is None:
            yield f"{charge.id}.rate.{rate.window}", Factor(rate.factor)
        if rate.increment_minutes is not None:
            yield f"{charge.id}.increment.{rate.window}", Duration(rate.increment_minutes)


def _block_entries(policy: Policy, charge: Charge) -> Entries:
    """Following increments and tiers, counted from 1, and what is billed at least or not at all."""
    for number, block in enumerate(charge.following, 1):
        yield f"{charge.id}.then.{number}.length", Duration(block.minutes)
        yield f"{charge.id}.then.{number}.price", _money(policy, block.price)
    for number, tier in enumerate(charge.tiers, 1):
        yield f"{charge.id}.tiers.{number}.up_to", Number(tier.up_to)
        yield f"{charge.id}.tiers.{number}.price", _money(policy, tier.price)
    if charge.least_minutes:
        yield f"{charge.id}.least", Duration(charge.least_minutes)
    if charge.tolerance_minutes:
        yield f"{charge.id}.tolerance", Duration(charge.tolerance_minutes)


def _counting_entries(charge: Charge) -> Entries:
    """What a price is for, and the increment or step that is billed."""
    if charge.price_minutes is not None and charge.increment_minutes is not None:
        yield f"{charge.id}.per", Duration(charge.price_minutes)
        if charge.increment_minutes != charge.price_minutes:
            yield f"{charge.id}.increment", Duration(charge.increment_minutes)
    elif charge.unit == "quantity":
        if charge.per_units != 1 or charge.step_units is not None:
            yield f"{charge.id}.per", Number(charge.per_units)
        if charge.step_units not in (None, charge.per_units):
            yield f"{charge.id}.increment", Number(charge.step_units or 1)


def _price_entries(policy: Policy, charge: Charge) -> Entries:
    """A price, with tax, and in each window that multiplies it."""
    price, path = charge.price, charge.price_path

    def times(factor: Decimal) -> SlotValue:
        return price if isinstance(price, Unpublished) else _money(policy, price * factor, price)

    yield path, times(Decimal(1))
    if policy.tax and policy.tax.liable:
        tax_rate = policy.tax.rate if charge.tax_rate is None else charge.tax_rate
        tax_factor = Decimal(1) if policy.tax.included else 1 + tax_rate / 100
        yield f"{path}.gross", times(tax_factor)
    for rate in charge.rate.windows if charge.rate else ():
        own = None if rate.price is None else _money(policy, rate.price)
        yield f"{path}.{rate.window}", own or times(rate.factor)


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


def _money(policy: Policy, amount: Decimal, price: Decimal | None = None) -> Money:
    """A price, or an amount made from a price: with the price's decimals where it has more."""
    published = amount if price is None else price
    digits = max(policy.currency_digits, decimals_of(published))
    return Money(round_to_currency(amount, digits), policy.currency, digits)


# ---- Reading a text


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between slots; `offset` counts characters from the start of the text."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure in prose that is no tariff value, marked as such: {'7.6.2.0'}."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure named by its path, with the suffixes that say how it is written."""

    path: str
    suffixes: tuple[str, ...]
    offset: int

    @property
    def written(self) -> str:
        """The slot as it stands in the text."""
        return "{" + "|".join((self.path, *self.suffixes)) + "}"


@dataclass(frozen=True, slots=True)
class Malformed:
    """A brace that opens or closes neither a slot nor a literal; `text` is the part at fault."""

    text: str
    offset: int


Part = Prose | Literal | Slot | Malformed

_PARTS = re.compile(
    r"\{'(?P<literal>[^{}]+?)'\}"
    r"|\{(?P<path>[a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?P<suffixes>(?:\|[a-z]+)*)\}"
    r"|(?P<malformed>\{[^{}]*\}?|\})"
    r"|(?P<prose>[^{}]+)"
)


class SlotProblem(ValueError):
    """A text that cannot be filled: what is wrong, and at which character."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (character {offset})")
        self.message = message
        self.offset = offset


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[Part, ...]:
    """A text in its parts, in order; what cannot be read is among them as Malformed.

    The texts of a policy are read again for every quote, so the parts are kept.
    """
    return tuple(_part(match) for match in _PARTS.finditer(text))


def slots_in(text: str) -> list[Slot]:
    """The slots of a text, in order."""
    return [part for part in parts_of(text) if isinstance(part, Slot)]


def problems_in(text: str, table: SlotTable) -> list[SlotProblem]:
    """Everything that keeps a text from being filled from this table."""
    found = ((_problem(part, table), part.offset) for part in parts_of(text))
    return [SlotProblem(message, offset) for message, offset in found if message]


def _part(match: re.Match[str]) -> Part:
    offset, kind = match.start(), match.lastgroup
    if match["prose"]:
        return Prose(match["prose"], offset)
    if match["literal"]:
        return Literal(match["literal"], offset)
    if match["path"]:
        return Slot(match["path"], tuple(match["suffixes"].split("|")[1:]), offset)
    assert kind == "malformed"
    return Malformed(match["malformed"], offset)


def _problem(part: Part, table: SlotTable) -> str | None:
    match part:
        case Malformed():
            return f"“{part.text}” is neither a slot nor a literal"
        case Slot() if part.path not in table:
            return f"{part.written} names nothing in this policy"
        case Slot():
            return _suffix_problem(part, table[part.path])
    return None


def _suffix_problem(slot: Slot, value: SlotValue) -> str | None:
    for suffix in slot.suffixes:
        if suffix not in SUFFIXES:
            return f"{slot.written} has the unknown suffix “{suffix}”"
        if not isinstance(value, Duration | Unpublished):
            return f"{slot.written} is no length of time, so “{suffix}” does not apply"
    return None


# ---- Filling a text


def fill(text: str, table: SlotTable, words: Words) -> str:
    """A text with its figures, as plain text. Raises SlotProblem for what cannot be filled."""
    return _filled(text, table, words, lambda plain: plain, lambda _path, figure: figure)


def fill_html(text: str, table: SlotTable, words: Words) -> str:
    """A text with its figures as HTML, each figure marked with its path. Raises SlotProblem."""
    return _filled(text, table, words, escape, _figure_html)


def slot_text(value: SlotValue, words: Words, suffixes: tuple[str, ...] = ()) -> str:
    """A figure in the words' language; the suffixes say how a length of time is written."""
    match value:
        case Money(amount, currency, digits):
            # Who names no currency has only one amount to tell: that there is nothing to pay.
            written = words.money_or_free if currency == NO_CURRENCY else words.money
            return written(amount, currency, digits)
        case Duration(minutes):
            case = GENITIVE if GENITIVE in suffixes else None
            return words.minutes(minutes, hours=HOURS in suffixes, case=case)
        case Months() | Days():
            return _calendar_text(value, words)
        case Percent(percent):
            return words.percent(percent)
        case Factor(factor):
            return words.factor(factor)
        case Number(number):
            return words.number(number)
        case WindowPart(window, part):
            return _window_text(window, part, words)
        case Name(name):
            return name
        case Unpublished():
            return words.unpublished()


def _calendar_text(value: Months | Days, words: Words) -> str:
    return (
        words.months(value.months) if isinstance(value, Months) else words.working_days(value.days)
    )


def _window_text(window: Window, part: str, words: Words) -> str:
    methods: dict[str, Callable[[Window], str]] = {
        "": words.window,
        "days": words.window_days,
        "hours": words.window_hours,
        "start": words.window_start,
        "end": words.window_end,
    }
    return methods[part](window)


def _filled(
    text: str,
    table: SlotTable,
    words: Words,
    write_prose: Callable[[str], str],
    write_figure: Callable[[str, str], str],
) -> str:
    written = []
    for part in parts_of(text):
        message = _problem(part, table)
        if message:
            raise SlotProblem(message, part.offset)
        if isinstance(part, Slot):
            figure = slot_text(table[part.path], words, part.suffixes)
            written.append(write_figure(part.path, figure))
        else:
            written.append(write_prose(part.text))
    return "".join(written)


def _figure_html(path: str, figure: str) -> str:
    return f'<span class="tw-value" data-slot="{escape(path)}">{escape(figure)}</span>'
