"""A quote: what a scenario costs, line by line, and its canonical JSON."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.rules import ConditionMet
from termwise_calculator.pricing.scenario import Scenario
from termwise_calculator.terms.money import decimals_of, plain
from termwise_calculator.terms.policy import Policy
from termwise_calculator.time.lengths import Minutes, length_data

Scope = tuple[tuple[str, datetime | None], ...]
"""Limits by id, each with the start of the period concerned, None for the whole session."""


class Line(NamedTuple):
    """One priced line: quantity × unit price × factor ÷ per = amount, rounded once.

    `rule` is the charge, allowance, discount or limit it comes from; `kind` says which of these.
    `unit_minutes` is the length of the increment counted, None for what is no time. The unit
    price is for `per` units: 60 where minutes are priced by the hour. `start` and `end` (UTC)
    tell which stretch of time a line covers. `tax_rate` is None where the policy's own holds.
    `scope` names the limits that a surcharge or a discount counts towards.

    What else the line was priced by is for those who explain it, and no part of the JSON:
    `open_windows` were open when its price was decided. `blocks` are the places, among the
    charge's `blocks`, of the increments that it holds; `tier` is the place of its tier, None
    beyond them all, and `entered` are the units in it that started steps have made its quantity of.
    `tolerated` tells that one more increment had hardly begun and is not billed.
    `covers` is the charge whose time an allowance pays for; it had `left` so many minutes for it,
    and `used` these, which are in the JSON where they are more or less than the time covered.

    Where figures are ranges, these are the ends at which the quote is cheapest, and `dearest` is
    the line at the others, if it is another one.
    """

    kind: str
    rule: str
    clauses: tuple[str, ...]
    quantity: Decimal
    unit: str
    unit_minutes: Minutes | None
    unit_price: Decimal
    factor: Decimal
    amount: Decimal
    start: datetime | None = None
    end: datetime | None = None
    per: Decimal = Decimal(1)
    tax_rate: Decimal | None = None
    scope: Scope = ()
    open_windows: frozenset[str] = frozenset()
    blocks: tuple[int, ...] = ()
    tier: int | None = None
    entered: Decimal | None = None
    tolerated: bool = False
    covers: str = ""
    used: Minutes = 0
    left: Minutes = 0
    dearest: "Line | None" = None

    @property
    def time(self) -> Minutes:
        """The time that a line by time counts."""
        return int(self.quantity) * (self.unit_minutes or 1)


class Missing(NamedTuple):
    """A figure the scenario needs and the provider does not publish.

    `what` is "price", "tax" (the rate of one that is added), or "response" (a response target).
    `of` is the text that names the surcharge, discount, limit or allowance whose size it is. Where
    it `lowers` the price, what is known is the most that is due, else the least.
    """

    clause: str
    gap: str
    what: str = "price"
    start: datetime | None = None
    end: datetime | None = None
    of: str = ""
    lowers: bool = False


class TaxShare(NamedTuple):
    """The tax at one rate (percent) and what it is on; no rate for what a limit takes off it."""

    rate: Decimal | None
    net: Decimal
    tax: Decimal


class TaxedTotal(NamedTuple):
    """The subtotal without tax, the tax, and with tax; `shares` make up the tax."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    shares: tuple[TaxShare, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """The rate of all of it, None where there are several."""
        return self.shares[0].rate if len(self.shares) == 1 else None


class ExpectedResponse(NamedTuple):
    """An expected first response: target in support minutes, and when that is (UTC).

    It is not known when, where the hours of support are not published. A target in `working_days`
    has no minutes. `average` is "about" or "at most" for one that the provider does not promise.
    """

    rule: str
    target_minutes: int | None
    due: datetime | None
    clauses: tuple[str, ...]
    working_days: int | None = None
    average: str = ""


class Quote(NamedTuple):
    """The price of one scenario under one edition of a policy: of the `case` that these make.

    Where ranges leave it open, what it comes to is the least, the lines tell both, and `ends` are
    the whole quote at the cheapest and at the dearest end.
    """

    case: Case
    lines: tuple[Line, ...]
    subtotal: Decimal
    total: TaxedTotal | None
    missing: tuple[Missing, ...]
    readings: tuple[str, ...]
    conditions: tuple[ConditionMet, ...]
    response: ExpectedResponse | None
    ends: "tuple[Quote, Quote] | None" = None

    @property
    def dearest(self) -> "Quote":
        """The quote at the dearest end of every range; itself where there is nothing between."""
        return self.ends[1] if self.ends else self

    @property
    def policy(self) -> Policy:
        """The edition that prices the scenario."""
        return self.case.policy

    @property
    def scenario(self) -> Scenario:
        """What is priced."""
        return self.case.scenario

    @property
    def due(self) -> Decimal:
        """What is to be paid as far as it is published: with tax, where tax is known."""
        return self.subtotal if self.total is None else self.total.gross

    @property
    def net(self) -> Decimal | None:
        """The amount without tax, as far as it is known."""
        return self._untaxed(included=False) if self.total is None else self.total.net

    @property
    def gross(self) -> Decimal | None:
        """The amount with tax, as far as it is known."""
        return self._untaxed(included=True) if self.total is None else self.total.gross

    def _untaxed(self, *, included: bool) -> Decimal | None:
        """The sum of the lines, where only the rate of the tax is not published."""
        tax = self.policy.tax
        return self.subtotal if tax is not None and tax.included == included else None

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
    """A quote as plain data: every amount a decimal text, every moment local ISO 8601.

    Where ranges leave a figure open it is the one of the cheapest end, and stands beside that of
    the dearest, `amount` beside `amount_to`.
    """
    policy = quote.policy
    data = {
        "provider": policy.provider,
        "service": quote.scenario.service.id,
        "terms": {
            "effective": policy.effective.isoformat() if policy.effective else None,
            "digest": policy.digest,
        },
        "input": _input_data(quote),
        "currency": policy.currency,
        "lines": [_line_data(quote, line) for line in quote.lines],
        **_both(_sums_data(quote), _sums_data(quote.dearest)),
        "complete": quote.complete,
        "missing": [_missing_data(quote, missing) for missing in quote.missing],
        "readings": list(quote.readings),
        "conditions": [condition.reference for condition in quote.conditions],
        "response": _response_data(quote),
    }
    return data | _taxes_data(quote)


_FIGURES = frozenset(("unit_price", "factor", "amount", "subtotal", "net", "gross"))


def _both(data: dict[str, Any], dearest: dict[str, Any]) -> dict[str, Any]:
    """Data with each figure that is another one at the dearest end beside it."""
    both = {}
    for name, value in data.items():
        both[name] = value
        if isinstance(value, dict):
            both[name] = _both(value, dearest[name])
        elif name in _FIGURES and dearest[name] != value:
            both[f"{name}_to"] = dearest[name]
    return both


def _sums_data(quote: Quote) -> dict[str, Any]:
    return {
        "subtotal": _money(quote, quote.subtotal),
        "net": None if quote.net is None else _money(quote, quote.net),
        "tax": _tax_data(quote),
        "gross": None if quote.gross is None else _money(quote, quote.gross),
    }


def _money(quote: Quote, amount: Decimal) -> str:
    """An amount with at least the currency's digits; an exact unit price may have more."""
    digits = max(quote.policy.currency_digits, decimals_of(amount))
    return format(amount, f".{digits}f")


def _moment(quote: Quote, moment: datetime | None) -> str | None:
    local = quote.local(moment)
    if local is None:
        return None
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _input_data(quote: Quote) -> dict[str, Any]:
    scenario = quote.scenario
    return {
        "start": _moment(quote, scenario.start),
        "minutes": None if scenario.minutes is None else length_data(scenario.minutes),
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
    per = {} if line.per == 1 else {"per": plain(line.per)}
    burned = line.kind == "allowance" and line.used != line.time
    used = {"minutes_used": length_data(line.used)} if burned else {}
    if line.dearest is not None:
        data = _both(data, _line_data(quote, line.dearest))
    return {**data, **per, **used, **_stretch(quote, line)}


def _stretch(quote: Quote, item: Line | Missing) -> Mapping[str, str | None]:
    if item.start is None or quote.scenario.start is None:
        return {}
    return {"from": _moment(quote, item.start), "to": _moment(quote, item.end)}


def _missing_data(quote: Quote, missing: Missing) -> dict[str, Any]:
    about = {"clause": missing.clause, "why": missing.gap, **_stretch(quote, missing)}
    # The subtotal is then the most that is due, not the least.
    return about | {"lowers": True} if missing.lowers else about


def _tax_data(quote: Quote) -> dict[str, str | None] | None:
    """The tax as one sum; its rate is null where several make it up, or it is not published."""
    tax, total = quote.policy.tax, quote.total
    if tax is None:
        return None
    if total is None:
        return {"name": tax.name, "rate": None, "amount": None}
    rate = None if total.rate is None else plain(total.rate)
    return {"name": tax.name, "rate": rate, "amount": _money(quote, total.tax)}


def _taxes_data(quote: Quote) -> dict[str, Any]:
    """The shares of a tax of several rates; nothing where one rate is all."""
    total, dearest = quote.total, quote.dearest.total
    if quote.policy.tax is None or total is None or dearest is None or len(total.shares) == 1:
        return {}
    pairs = zip(total.shares, dearest.shares, strict=True)
    return {"taxes": [_both(_share_data(quote, one), _share_data(quote, to)) for one, to in pairs]}


def _share_data(quote: Quote, share: TaxShare) -> dict[str, Any]:
    return {
        "name": quote.policy.tax.name if quote.policy.tax else "",
        "rate": None if share.rate is None else plain(share.rate),
        "net": _money(quote, share.net),
        "amount": _money(quote, share.tax),
    }


def _response_data(quote: Quote) -> dict[str, Any] | None:
    response = quote.response
    if response is None:
        return None
    days = response.working_days
    return {
        "target_minutes": response.target_minutes,
        **({} if days is None else {"target_working_days": days}),
        **({"average": response.average} if response.average else {}),
        "due": _moment(quote, response.due),
        "clauses": list(response.clauses),
    }
