"""Tariffs: amounts fit the currency, dates are in order, and no two rules claim one price."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from babel.numbers import is_currency

from termwise.checking.allowances import allowance_problems
from termwise.checking.bands import band_problems
from termwise.checking.calendar import days_of_terms, holidays_of_terms
from termwise.checking.counting import counting_problems
from termwise.checking.periods import period_problems
from termwise.checking.prices import price_problems, table_problems
from termwise.checking.responses import combination_problems
from termwise.compiling.editions import amount_digits, change_dates
from termwise.compiling.windows import windows_on
from termwise.policy_form.charges import ChargeTerms, TaxTerms
from termwise.policy_form.dated import Dated
from termwise.policy_form.fields import written_values
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.opening_hours import Interval
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.source import Data, Path, Source
from termwise.policy_form.values import WEEKDAYS
from termwise.problems import Problem, quoted
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    hours_on,
    one_day_of_each_kind,
)


def tariff_problems(form: PolicyFile, source: Source) -> list[Problem]:
    """Everything wrong with prices, increments, rates, discounts and dates."""
    problems = [*_amount_problems(form, source), *_date_problems(form, source)]
    for charge_id, charge in form.charges.items():
        path: Path = ("charges", charge_id)
        problems += price_problems(source, path, charge)
        problems += counting_problems(form, source, path, charge)
    problems += _discount_problems(form, source)
    problems += _limit_problems(form, source)
    problems += period_problems(form, source)
    problems += allowance_problems(form, source)
    problems += band_problems(form, source)
    return problems


def claim_problems(form: PolicyFile, source: Source) -> list[Problem]:
    """What is missing or claimed twice, where the file shows it: in tables, windows, targets."""
    problems: list[Problem] = []
    for charge_id, charge in form.charges.items():
        path: Path = ("charges", charge_id)
        problems += table_problems(form, source, path, charge)
        problems += _overlaps(form, source, path, charge)
    return problems + list(combination_problems(form, source))


# ---- Amounts


def _amount_problems(form: PolicyFile, source: Source) -> Iterator[Problem]:
    if not is_currency(form.currency):
        return
    digits = amount_digits(form)
    for value in written_values(source):
        if value.kind != "money":
            continue
        if form.currency == NO_CURRENCY and Decimal(value.text):
            yield Problem(
                source.place(value.path),
                "An amount needs a currency",
                f"{quoted(value.text)} with currency {NO_CURRENCY}",
                "the code of a currency",
                f"write the currency instead of {NO_CURRENCY}, or the word free as the price",
            )
        elif len(value.text.partition(".")[2]) > digits and not _is_multiplied(form, value.path):
            yield Problem(
                source.place(value.path),
                f"The amount has more decimals than {form.currency}",
                quoted(value.text),
                f"at most {digits} decimals",
                "write the amount as it can be paid",
            )


def _is_multiplied(form: PolicyFile, path: Path) -> bool:
    """Tell whether an amount is the price of a unit, which may have more decimals than money."""
    if path[0] != "charges" or "first" in path:
        return False
    per = form.charges[str(path[1])].per
    return all(one.unit == "quantity" or not one.started for _, one in per.rows)


# ---- Dates


def _date_problems(form: PolicyFile, source: Source) -> Iterator[Problem]:
    for path, rows in _dated_lists(source.data, ()):
        days = [(index, row["from"]) for index, row in enumerate(rows)]
        for (_, before), (index, day) in pairwise(days):
            if day <= before:
                yield Problem(
                    source.place((*path, index, "from")),
                    "The rows are not in the order of their dates",
                    quoted(day),
                    f"a day after {before}",
                    "put the oldest row first",
                )
            elif day <= form.effective.isoformat():
                yield Problem(
                    source.place((*path, index, "from")),
                    "The value changes before the terms begin, so the row above it never holds",
                    quoted(day),
                    f"a day after {form.effective} in every row but the first",
                    "take the row above away, or let `effective` be an earlier day",
                )
        first = days[0][1]
        if first > form.effective.isoformat():
            yield Problem(
                source.place((*path, 0, "from")),
                "The first value begins after the terms do",
                quoted(first),
                f"{form.effective} or an earlier day",
                "add the row that holds from the beginning",
            )


def _dated_lists(data: Data, path: Path) -> Iterator[tuple[Path, list[dict[str, str]]]]:
    """Every list of dated rows; the form has made sure that they are rows."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _dated_lists(value, (*path, key))
    elif isinstance(data, list):
        rows: list[Any] = [one for one in data if isinstance(one, dict) and "from" in one]
        if rows:
            yield path, rows
        for index, value in enumerate(data):
            yield from _dated_lists(value, (*path, index))


# ---- Rates


def _overlaps(
    form: PolicyFile, source: Source, path: Path, charge: ChargeTerms
) -> Iterator[Problem]:
    """Windows of one rate that are open together, so that two prices hold at once."""
    names = [name for name in charge.rate.windows if name in form.windows] if charge.rate else []
    for first, second in combinations(names, 2):
        moment = _moment_in_both(form, first, second)
        if moment:
            yield Problem(
                source.key_place((*path, "rate", "windows", second)),
                "Two windows of one rate are open together",
                f"{quoted(first)} and {quoted(second)}, both open on {moment}",
                "one price at every moment",
                "change the hours of one of the windows",
            )


def _moment_in_both(form: PolicyFile, first: str, second: str) -> str | None:
    """The first moment of the week in both windows, in the first edition that has one."""
    windows = form.windows[first], form.windows[second]
    for day in sorted({form.effective, *change_dates(windows)}):
        spans, others = windows[0].on(day).spans, windows[1].on(day).spans
        minute = _first_common_minute(spans, others)
        if minute is not None and day >= form.effective:
            return _moment(minute) + (f" from {day}" if day > form.effective else "")
        if day >= form.effective and (moment := _exceptional_moment(form, day, first, second)):
            return moment
    return None


def _exceptional_moment(form: PolicyFile, since: date, first: str, second: str) -> str | None:
    """The first moment of a holiday, date or season at which both windows are open."""
    chosen = {name: form.windows[name] for name in (first, second)}
    windows = list(windows_on(chosen, since, holidays_of_terms(form)).values())
    if not any(window.exceptions for window in windows):
        return None
    days = (day for day in days_of_terms(form) if day >= since)
    for day, _ in one_day_of_each_kind(windows, days):
        hours, others = (hours_on(window, day) for window in windows)
        minute = _first_common_minute(hours, others)
        if minute is not None:
            return f"{day} {minute // 60:02}:{minute % 60:02}"
    return None


def _first_common_minute(spans: Iterable[Interval], others: Iterable[Interval]) -> int | None:
    """The first minute of the week in both sets of spans, which may run over Sunday night."""
    week = MINUTES_PER_WEEK
    common = [
        max(start, other_start + shift) % week
        for start, end in spans
        for other_start, other_end in others
        for shift in (-week, 0, week)
        if max(start, other_start + shift) < min(end, other_end + shift)
    ]
    return min(common, default=None)


def _moment(minute_of_week: int) -> str:
    day, minute = divmod(minute_of_week, MINUTES_PER_DAY)
    return f"{WEEKDAYS[day]} {minute // 60:02}:{minute % 60:02}"


# ---- Discounts


def _discount_problems(form: PolicyFile, source: Source) -> Iterator[Problem]:
    for discount_id, discount in form.discounts.items():
        if (discount.percent is None) == (discount.free is None):
            both = discount.percent is not None
            yield Problem(
                source.key_place(("discounts", discount_id)),
                "A discount says how much is taken off, once",
                "both percent and free" if both else "neither percent nor free",
                "“percent: 50%” or “free: yes”",
                "take one of them away" if both else "add one of them",
            )


# ---- Limits


def _limit_problems(form: PolicyFile, source: Source) -> Iterator[Problem]:
    for limit_id, limit in form.limits.items():
        path: Path = ("limits", limit_id)
        if (limit.maximum is None) == (limit.minimum is None):
            both = limit.maximum is not None
            yield Problem(
                source.key_place(path),
                "A limit is either the most or the least that is charged",
                "both maximum and minimum" if both else "neither maximum nor minimum",
                "“maximum: 100.00” or “minimum: 20.00”",
                "make two limits of it" if both else "add one of them",
            )
        if limit.tax_included and (limit.charges or not isinstance(form.tax, TaxTerms)):
            yield Problem(
                source.key_place((*path, "tax_included")),
                "A limit with tax holds for all that is charged, with its tax",
                "a limit on some charges" if limit.charges else "no tax in this policy",
                "a limit on every charge, in a policy with tax",
                "take charges away, or tax_included",
            )
        if limit.tax_included and _is_ever_gap(limit.maximum or limit.minimum):
            yield Problem(
                source.key_place((*path, "tax_included")),
                "A limit with tax needs the same limit without it",
                "an amount that is not published",
                "both amounts, or neither",
                "take tax_included away, or write the amount without tax",
            )


def _is_ever_gap(amount: Dated[Decimal | GapTerms] | None) -> bool:
    rows = amount.rows if amount else ()
    return any(isinstance(one, GapTerms) for _, one in rows)
