"""A compiled policy as frozen types: what every other room of the calculator reads.

A policy here is one *edition*: the terms of one provider as in force from `effective` until the
next edition. The compiler (hooks) writes it as plain JSON data; `calculator.loading` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from calculator.lengths import Minutes
from calculator.windows import Window

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """Answers that must be given for a rule to hold: every question, any of its listed answers."""

    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, given: Answers) -> bool:
        """Tell whether the given answers satisfy the rule; no requirement always holds."""
        if not self.answers:
            return True
        return all(given.get(question) in allowed for question, allowed in self.answers)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A figure the provider does not publish; `gap` names the recorded gap."""

    gap: str


Price = Decimal | Unpublished


@dataclass(frozen=True, slots=True)
class TablePrice:
    """One price of a table: that of the answers which its `when` names."""

    id: str
    when: When
    price: Price
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstIncrement:
    """A first increment with its own length (minutes) and price, always counted whole."""

    minutes: Minutes
    price: Decimal
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """Units up to a number, at a price for each or, when `flat`, at one for all of them."""

    up_to: Decimal
    price: Decimal
    flat: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Work stops after these minutes when the answers hold (approval was not given, say)."""

    after_minutes: int
    when: When
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowRate:
    """What a price comes to while a window is open: a factor on it, or a price in its place.

    `percent` is what is added, where the policy states a percentage instead of the factor.
    `increment_minutes` is the window's own increment, None where it is the charge's. The rate
    outside all windows has an empty name.
    """

    window: str
    factor: Decimal
    clauses: tuple[str, ...]
    price: Decimal | None = None
    increment_minutes: Minutes | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Prices by window, which moment decides them, and what holds outside all windows.

    `decided_at` is "increment" or "session" (their start), or "window": time is split at the edges
    of the windows. Split time is rounded up in each "window", over the whole "charge", or at the
    end of the "session": then not at all where more time follows under another charge.
    """

    windows: tuple[WindowRate, ...]
    otherwise: WindowRate | Unpublished
    decided_at: str = "increment"
    rounded: str = "window"


@dataclass(frozen=True, slots=True)
class Applies:
    """A charge that is due only when the session touches time inside or outside a window."""

    window: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A price and what it is counted by: minutes, units of a quantity, a session or a request.

    A price by time is for `price_minutes`, and time counts in started increments of
    `increment_minutes`. A price by quantity is for `per_units` of what the question `counts`
    asks, which count in started steps of `step_units` where there are any. Minutes may come from
    a question too, and then run from the end of the session where `after_session` says so.
    After the first increment come the `following` ones, then those at the charge's price. Any time
    counts as at least `least_minutes`; an increment begun by no more than `tolerance_minutes` does
    not count. Units have the prices of the `tiers` before the charge's own: each unit that of its
    tier, or all of them that of the tier they reach where prices go `by_volume`.
    Where the answers decide the price, it stands in the `table`, and `chosen` names the entry
    that this charge has been priced by.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    price: Price
    unit: str  # "increment", "quantity", "session" or "request"
    increment_minutes: Minutes | None
    minimum_increments: int
    first: FirstIncrement | None
    stop: Stop | None
    rate: Rate | None
    applies: Applies | None
    readings: tuple[str, ...]
    price_minutes: Minutes | None = None
    counts: str | None = None
    after_session: bool = False
    per_units: Decimal = Decimal(1)
    step_units: Decimal | None = None
    tax_rate: Decimal | None = None
    following: tuple[FirstIncrement, ...] = ()
    least_minutes: Minutes = 0
    tolerance_minutes: Minutes = 0
    tolerance_clauses: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()
    by_volume: bool = False
    table: tuple[TablePrice, ...] = ()
    chosen: str = ""

    @property
    def priced(self) -> "tuple[Charge, ...]":
        """The charge with each price it may have: one, or those of its table."""
        if not self.table:
            return (self,)
        return tuple(
            replace(
                self,
                when=When(self.when.answers + entry.when.answers),
                price=entry.price,
                clauses=tuple(dict.fromkeys(self.clauses + entry.clauses)),
                table=(),
                chosen=entry.id,
            )
            for entry in self.table
        )

    @property
    def price_path(self) -> str:
        """The name of its price among the figures of the policy."""
        return f"{self.id}.prices.{self.chosen}" if self.chosen else f"{self.id}.price"

    @property
    def blocks(self) -> tuple[FirstIncrement, ...]:
        """The increments with a price of their own, before all others."""
        return ((self.first,) if self.first else ()) + self.following


@dataclass(frozen=True, slots=True)
class Limit:
    """The most or the least that some charges come to together, in a session or in each period.

    `tax_included` is the same limit with tax, where the provider publishes both. A period is
    `period_minutes` long, from the start of the session on, or a calendar day where it is `by_day`.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    most: bool
    amount: Decimal
    tax_included: Decimal | None
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    period_minutes: int = 0
    by_day: bool = False

    @property
    def begins_anew(self) -> bool:
        """True for a limit on each period, false for one on the whole session."""
        return self.by_day or self.period_minutes > 0


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A percentage on each priced line that fits; all that fit a line add up or multiply."""

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    percent: Decimal
    charges: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discount:
    """A percentage off each priced line that fits; the first fitting discount is taken."""

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    percent: Decimal
    charges: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Free counted minutes per period; `used` is the question that tells how many are spent.

    Those of a prepaid package hold for `valid_months` from the day that the question `bought` asks.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    minutes: int
    used: str
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    valid_months: int = 0
    bought: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something the customer must know before buying, shown when it holds."""

    id: str
    clauses: tuple[str, ...]
    when: When
    after_minutes: int | None


@dataclass(frozen=True, slots=True)
class Escalation:
    """After some minutes of a target without an answer, the rest is counted in another window."""

    after_minutes: int
    window: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A response target in minutes while `window` is open, or in `working_days` of it."""

    minutes: int | None
    clauses: tuple[str, ...]
    window: str
    working_days: int | None = None
    escalation: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """Response targets by their names, and the answers that each is for.

    Where one `question` decides, the names are its answers.
    """

    id: str
    clauses: tuple[str, ...]
    question: str | None
    targets: Mapping[str, Target | Unpublished]
    whens: Mapping[str, When]
    readings: tuple[str, ...]

    @property
    def windows(self) -> list[str]:
        """The windows in which time is counted, each once."""
        targets = [target for target in self.targets.values() if isinstance(target, Target)]
        first = [target.window for target in targets]
        then = [target.escalation.window for target in targets if target.escalation]
        return list(dict.fromkeys(first + then))

    def target_for(self, answers: Answers) -> Target | Unpublished | None:
        """The target for some answers, if there is one."""
        names = (name for name, when in self.whens.items() if when.holds(answers))
        return self.targets.get(next(names, ""))


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers that rules do not tell apart: those under a bound, from the band before it on."""

    id: str
    under: Decimal | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the calculator asks: `yes-no`, `choice`, `minutes`, `number`, `date` or `version`.

    A number may have as many decimals as `decimals` says. Rules see the band that it falls into.
    """

    id: str
    kind: str
    default: str
    options: tuple[str, ...]
    when: When
    newest_major: int | None
    decimals: int = 0
    bands: tuple[Band, ...] = ()

    def band_of(self, number: Decimal) -> str:
        """The band that a number falls into; the last one has no end."""
        bounded = (band for band in self.bands if band.under is None or number < band.under)
        return next(bounded).id


@dataclass(frozen=True, slots=True)
class DefaultScenario:
    """The likeliest case: start as minute of the week (local), length in minutes."""

    start: int | None
    minutes: Minutes | None


@dataclass(frozen=True, slots=True)
class Service:
    """Something a customer can ask for: what is asked of them and which rules price it.

    Its sessions are measured in whole minutes, or to the second where it is billed `by_second`.
    """

    id: str
    clauses: tuple[str, ...]
    kind: str  # "session" or "request"
    asks: tuple[str, ...]  # "start", "minutes"
    questions: tuple[str, ...]
    charges: tuple[str, ...]
    discounts: tuple[str, ...]
    allowances: tuple[str, ...]
    conditions: tuple[str, ...]
    responses: tuple[str, ...]
    default: DefaultScenario
    limits: tuple[str, ...] = ()
    surcharges: tuple[str, ...] = ()
    surcharges_multiply: bool = False
    by_second: bool = False


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays on which windows depend, by date; days listed by date have no name.

    A scenario may start from `first` to `last`. Later holidays are known too, so that what begins
    by then is counted right; nothing may be counted beyond `known_until`. The names are in
    `language`.
    """

    clauses: tuple[str, ...]
    first: date
    last: date
    language: str
    names: Mapping[date, str]

    @property
    def known_until(self) -> date:
        """The last day of which it is known whether it is a holiday."""
        return self.last.replace(year=self.last.year + 1)


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax by name and rate (percent), and whether the prices include it.

    A provider who is not `liable` charges none; a charge may have a rate of its own.
    """

    name: str
    rate: Decimal
    included: bool
    clauses: tuple[str, ...]
    liable: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A recorded reading or gap: the clause it belongs to and the answers it depends on."""

    id: str
    clause: str
    when: When


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of one provider's terms."""

    provider: str
    name: str
    language: str
    effective: date
    digest: str
    zone: ZoneInfo
    currency: str
    currency_digits: int
    tax: Tax | None
    windows: Mapping[str, Window]
    questions: Mapping[str, Question]
    charges: Mapping[str, Charge]
    surcharges: Mapping[str, Surcharge]
    discounts: Mapping[str, Discount]
    limits: Mapping[str, Limit]
    allowances: Mapping[str, Allowance]
    conditions: Mapping[str, Condition]
    responses: Mapping[str, Response]
    services: Mapping[str, Service]
    readings: Mapping[str, Note]
    gaps: Mapping[str, Note]
    clause_numbers: Mapping[str, str]
    document: Mapping[str, Any]
    holidays: Holidays | None = None
