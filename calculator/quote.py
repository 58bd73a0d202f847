"""A quote: what a scenario costs, line by line, and its canonical JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from calculator.money import plain
from calculator.policy import Policy
from calculator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line: quantity × unit price × factor = amount, rounded once.

    `rule` is the charge, allowance or discount it comes from; `kind` says which of these.
    `unit_minutes` is the length of the increment counted, None for whole sessions and shares.
    `start` and `end` (UTC) tell which stretch of time a line of increments covers.
    """

    kind: str
    rule: str
    clauses: tuple[str, ...]
    quantity: Decimal
    unit: str
    unit_minutes: int | None
    unit_price: Decimal
    factor: Decimal
    amount: Decimal
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure the scenario needs and the provider does not publish.

    `what` is "price" or "response" (a response target).
    """

    clause: str
    gap: str
    what: str = "price"
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaxedTotal:
    """The subtotal without tax, the tax, and with tax."""

    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """An expected first response: target in support minutes, and when that is (UTC)."""

    rule: str
    target_minutes: int
    due: datetime
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """A condition that holds for the quote; `reference` is its id with its threshold, if any."""

    rule: str
    reference: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one scenario under one edition of a policy."""

    policy: Policy
    scenario: Scenario
    lines: tuple[Line, ...]
    subtotal: Decimal
    total: TaxedTotal | None
    missing: tuple[Missing, ...]
    readings: tuple[str, ...]
    conditions: tuple[ConditionMet, ...]
    response: ResponseTarget | None

    @property
    def complete(self) -> bool:
        """True when every price the scenario needs is published."""
        return not self.missing

    def local(self, moment: datetime | None) -> datetime | None:
        """An instant in the provider's own time zone."""
        return None if moment is None else moment.astimezone(self.policy.zone)


def quote_json(quote: Quote) -> str:
    """The canonical JSON of a quote: the same input gives the same bytes everywhere."""
    return json.dumps(quote_data(quote), ensure_ascii=False, indent=2) + "\n"


def quote_data(quote: Quote) -> dict[str, Any]:
    """A quote as plain data: every amount a decimal text, every moment local ISO 8601."""
    policy, total = quote.policy, quote.total
    return {
        "provider": policy.provider,
        "service": quote.scenario.service.id,
        "terms": {"effective": policy.effective.isoformat(), "digest": policy.digest},
        "input": _input_data(quote),
        "currency": policy.currency,
        "lines": [_line_data(quote, line) for line in quote.lines],
        "subtotal": _money(quote, quote.subtotal),
        "net": None if total is None else _money(quote, total.net),
        "tax": _tax_data(quote),
        "gross": None if total is None else _money(quote, total.gross),
        "complete": quote.complete,
        "missing": [_missing_data(quote, missing) for missing in quote.missing],
        "readings": list(quote.readings),
        "conditions": [condition.reference for condition in quote.conditions],
        "response": _response_data(quote),
    }


def _money(quote: Quote, amount: Decimal) -> str:
    """An amount with at least the currency's digits; an exact unit price may have more."""
    digits = quote.policy.currency_digits
    exact = plain(amount)
    decimals = len(exact.partition(".")[2])
    return exact if decimals > digits else format(amount, f".{digits}f")


def _moment(quote: Quote, moment: datetime | None) -> str | None:
    local = quote.local(moment)
    return None if local is None else local.isoformat(timespec="minutes")


def _input_data(quote: Quote) -> dict[str, Any]:
    scenario = quote.scenario
    return {
        "start": _moment(quote, scenario.start),
        "minutes": scenario.minutes,
        "set": dict(scenario.answers),
    }


def _line_data(quote: Quote, line: Line) -> dict[str, Any]:
    data = {
        "charge": line.rule,
        "clauses": list(line.clauses),
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "unit_price": _money(quote, line.unit_price),
        "factor": plain(line.factor),
        "amount": _money(quote, line.amount),
    }
    return {**data, **_stretch(quote, line)}


def _stretch(quote: Quote, item: Line | Missing) -> Mapping[str, str | None]:
    if item.start is None:
        return {}
    return {"from": _moment(quote, item.start), "to": _moment(quote, item.end)}


def _missing_data(quote: Quote, missing: Missing) -> dict[str, Any]:
    return {"clause": missing.clause, "why": missing.gap, **_stretch(quote, missing)}


def _tax_data(quote: Quote) -> dict[str, str] | None:
    tax, total = quote.policy.tax, quote.total
    if tax is None or total is None:
        return None
    return {"name": tax.name, "rate": plain(tax.rate), "amount": _money(quote, total.tax)}


def _response_data(quote: Quote) -> dict[str, Any] | None:
    response = quote.response
    if response is None:
        return None
    return {
        "target_minutes": response.target_minutes,
        "due": _moment(quote, response.due),
        "clauses": list(response.clauses),
    }
