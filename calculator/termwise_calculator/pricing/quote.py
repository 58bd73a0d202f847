"""A quote: what a scenario costs, line by line, and its canonical JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from termwise_calculator.pricing.case import Case
from termwise_calculator.pricing.rules import ConditionMet
from termwise_calculator.pricing.scenario import Scenario
from termwise_calculator.terms.money import decimals_of, plain, round_to_step
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.resting import CURRENCY, TAX_RATE, TIMEZONE
from termwise_calculator.terms.tariff import Figure, TaxBasis
from termwise_calculator.time.lengths import Minutes, length_data

ZERO = Decimal(0)
REVERSE = "reverse charge"
"""How a tax is charged for which the customer accounts."""

Scope = tuple[tuple[str, datetime | None], ...]
"""Limits by id, each with the start of the period concerned, None for the whole session."""


class Line(NamedTuple):
    """One priced line: quantity × times × unit price × factor ÷ per = amount, rounded once.

    `rule` is the charge, allowance, discount or limit it comes from; `kind` says which of these.
    `unit_minutes` is the length of the increment counted, None for what is no time. The unit
    price is for `per` units: 60 where minutes are priced by the hour. All of it is due so many
    `times`, as of a charge for each person. `start` and `end` (UTC)
    tell which stretch of time a line covers. `basis` says how its amount stands to the tax; None
    where nothing is said of any tax, or there is nothing to pay for, as of an allowance. `scope`
    names the limits that a surcharge or a discount counts towards.

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
    times: Decimal = Decimal(1)
    basis: TaxBasis | None = None
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
    """The lines that stand to the tax alike: their sum, and what is known of net and tax.

    It has no basis where it is what a limit takes off the tax, or adds to it.
    """

    basis: TaxBasis | None
    amount: Decimal
    net: Decimal | None
    tax: Decimal | None

    @property
    def gross(self) -> Decimal | None:
        """What is to be paid of it, as far as that is known."""
        if self.net is not None and self.tax is not None:
            return self.net + self.tax
        known = self.basis is not None and self.basis.included and self.basis.charged == "yes"
        return self.amount if known else None

    @property
    def rate(self) -> Figure | None:
        """The rate at which it is taxed: nothing where no tax is charged."""
        if self.basis is None or self.basis.charged == "yes":
            return self.basis and self.basis.rate
        return Decimal(0)


class TaxedTotal(NamedTuple):
    """The amount without tax, the tax, and with tax."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def whole_of(shares: Sequence[TaxShare]) -> TaxedTotal | None:
    """What shares come to together; None where that is not known of some, or there is no tax."""
    net, tax = _sum(one.net for one in shares), _sum(one.tax for one in shares)
    if not shares or net is None or tax is None:
        return None
    return TaxedTotal(net, tax, net + tax)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


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
    shares: tuple[TaxShare, ...]
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
    def total(self) -> TaxedTotal | None:
        """Net, tax and gross; None where the provider does not say, of some line, what they are."""
        return whole_of(self.shares)

    @property
    def due(self) -> Decimal:
        """What is to be paid as far as it is published: with tax where it is known, and rounded."""
        return self.unrounded + (self.rounding or ZERO)

    @property
    def rounding(self) -> Decimal | None:
        """What the rounding of cash adds or takes off; None where there is none, or not yet."""
        cash = self.case.rules.cash
        if cash is None or any(one.what != "response" for one in self.missing):
            return None
        if self.shares and self.total is None:
            return None
        return round_to_step(self.unrounded, cash.step, cash.rule) - self.unrounded

    @property
    def unrounded(self) -> Decimal:
        """What is to be paid as far as it is published, before cash is rounded."""
        if not self.shares:
            return self.subtotal
        return sum([one.amount if one.gross is None else one.gross for one in self.shares], ZERO)

    @property
    def net(self) -> Decimal | None:
        """The amount without tax, as far as it is known."""
        return _sum(one.net for one in self.shares) if self.shares else None

    @property
    def gross(self) -> Decimal | None:
        """The amount to be paid with all tax that is charged, as far as it is known."""
        return _sum(one.gross for one in self.shares) if self.shares else None

    @property
    def outside(self) -> list[str]:
        """The facts from outside the page that it relies on."""
        facts = self.policy.outside
        return [fact for fact, values in facts.items() if any(map(self._relies_on, values))]

    def _relies_on(self, value: str) -> bool:
        """Tell whether a value decided anything in it."""
        if value == TIMEZONE:
            return self.scenario.start is not None
        if value == CURRENCY:
            return any(line.amount for line in self.lines)
        if value == TAX_RATE:
            tax = self.policy.tax
            return any(one.tax and tax and one.rate == tax.basis.rate for one in self.shares)
        first, _, rest = value.partition(".")
        named = rest.split(".")[0]
        return any(first == line.rule or named in line.open_windows for line in self.lines)

    @property
    def bases(self) -> list[TaxBasis]:
        """How its lines stand to the tax, each way once."""
        return [one.basis for one in self.shares if one.basis is not None]

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
            "source": _source_data(policy),
        },
        "input": _input_data(quote),
        "currency": policy.currency,
        "lines": [_line_data(quote, line) for line in quote.lines],
        **_both(_sums_data(quote), _sums_data(quote.dearest)),
        "complete": quote.complete,
        "missing": [_missing_data(quote, missing) for missing in quote.missing],
        "readings": list(quote.readings),
        "outside": quote.outside,
        "conditions": [condition.reference for condition in quote.conditions],
        "response": _response_data(quote),
    }
    cash = _both(_cash_data(quote), _cash_data(quote.dearest))
    return data | _taxes_data(quote) | cash


_FIGURES = frozenset(("unit_price", "factor", "amount", "subtotal", "net", "gross", "payable"))


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
        "net": _or_null(quote, quote.net),
        "tax": _tax_data(quote),
        "gross": _or_null(quote, quote.gross),
    }


def _source_data(policy: Policy) -> dict[str, str | None]:
    """The page that the terms restate, and the day on which it was read."""
    source = policy.document["source"]
    return {"title": source.get("title"), "site": source.get("site"), "read": source["read"]}


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
    data: dict[str, Any] = {
        "charge": line.rule,
        "clauses": list(line.clauses),
        # Of two hours for each of three people the quantity is six.
        "quantity": plain(line.quantity * line.times),
        "unit": line.unit,
        "unit_price": _money(quote, line.unit_price),
        "factor": plain(line.factor),
        "amount": _money(quote, line.amount),
    }
    per = {} if line.per == 1 else {"per": plain(line.per)}
    per |= {} if line.times == 1 else {"times": plain(line.times)}
    burned = line.kind == "allowance" and line.used != line.time
    used = {"minutes_used": length_data(line.used)} if burned else {}
    data = {**data, **per, **used, **_basis_data(quote, line), **_stretch(quote, line)}
    return data if line.dearest is None else _both(data, _line_data(quote, line.dearest))


def _basis_data(quote: Quote, line: Line) -> dict[str, Any]:
    """How a line stands to the tax; nothing where all lines do so alike."""
    if line.basis is None or len(quote.bases) == 1:
        return {}
    return {"tax": {"rate": _rate(line.basis.rate), **_terms_of(line.basis)}}


def _terms_of(basis: TaxBasis) -> dict[str, str]:
    """Whether prices hold the tax, and whether it is charged where it is not as usual."""
    charged = {} if basis.charged == "yes" else {"charged": basis.charged}
    return {"prices": basis.prices, **charged}


def _rate(rate: Figure | None) -> str | None:
    return plain(rate) if isinstance(rate, Decimal) else None


def _or_null(quote: Quote, amount: Decimal | None) -> str | None:
    return None if amount is None else _money(quote, amount)


def _stretch(quote: Quote, item: Line | Missing) -> Mapping[str, str | None]:
    if item.start is None or quote.scenario.start is None:
        return {}
    return {"from": _moment(quote, item.start), "to": _moment(quote, item.end)}


def _missing_data(quote: Quote, missing: Missing) -> dict[str, Any]:
    about = {"clause": missing.clause, "why": missing.gap, **_stretch(quote, missing)}
    # The subtotal is then the most that is due, not the least.
    return about | {"lowers": True} if missing.lowers else about


def _tax_data(quote: Quote) -> dict[str, Any] | None:
    """The tax as one sum; its rate is null where there are several, or it is not published."""
    tax, shares = quote.policy.tax, quote.shares
    if tax is None:
        return None
    total, bases = _sum(one.tax for one in shares), quote.bases
    rates = {_rate(share.rate) for share in shares}
    rate = rates.pop() if len(rates) == 1 else None
    reverse = all(one.charged == REVERSE for one in bases)
    return {
        "name": tax.name,
        "rate": rate,
        "amount": _or_null(quote, total),
        **({"charged": REVERSE} if reverse else {}),
    }


def _taxes_data(quote: Quote) -> dict[str, Any]:
    """The shares of a tax where there are several; nothing where all lines stand to it alike."""
    if quote.policy.tax is None or len(quote.shares) == 1:
        return {}
    pairs = zip(quote.shares, quote.dearest.shares, strict=True)
    return {"taxes": [_both(_share_data(quote, one), _share_data(quote, to)) for one, to in pairs]}


def _share_data(quote: Quote, share: TaxShare) -> dict[str, Any]:
    return {
        "name": quote.policy.tax.name if quote.policy.tax else "",
        "rate": _rate(share.rate),
        "net": _or_null(quote, share.net),
        "amount": _or_null(quote, share.tax),
        **(_terms_of(share.basis) if share.basis else {}),
    }


def _cash_data(quote: Quote) -> dict[str, Any]:
    """How cash is rounded, and what is to be paid then; nothing where it is not rounded."""
    cash, rounding = quote.case.rules.cash, quote.rounding
    if cash is None:
        return {}
    return {
        "rounding": {
            "to": _money(quote, cash.step),
            "amount": _or_null(quote, rounding),
            "clauses": list(cash.clauses),
        },
        "payable": None if rounding is None else _money(quote, quote.due),
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
