"""The rules of a tariff as frozen types: what is charged, and what limits or changes it."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from termwise_calculator.time.lengths import Minutes

Answers = Mapping[str, str]


class When(NamedTuple):
    """Answers that must be given for a rule to hold: every question, any of its listed answers."""

    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, given: Answers) -> bool:
        """Tell whether the given answers satisfy the rule; no requirement always holds."""
        if not self.answers:
            return True
        return all(given.get(question) in allowed for question, allowed in self.answers)


class Unpublished(NamedTuple):
    """A figure the provider does not publish; `gap` names the recorded gap."""

    gap: str


OTHERWISE = "otherwise"
"""The name of what holds outside all windows, so that no window may have it."""

Figure = Decimal | Unpublished
"""What a provider states, or the gap in its place: a price, a factor, a percentage, a bound."""


def multiplied(price: Figure, factor: Figure) -> Figure:
    """A price by a factor: nothing whatever is not published beside it, else the gap of either."""
    if 0 in (price, factor):
        return Decimal(0)
    if isinstance(price, Unpublished) or isinstance(factor, Unpublished):
        return price if isinstance(price, Unpublished) else factor
    return price * factor


def stated(figure: Figure | None, otherwise: int | None = None) -> Decimal:
    """A figure as a number; a gap is taken for `otherwise`, and is a mistake without it."""
    if isinstance(figure, Decimal):
        return figure
    if otherwise is None:
        raise TypeError(f"needs a figure that is published, not {figure}")
    return Decimal(otherwise)


class OwnTax(NamedTuple):
    """What a charge, or some customers, have of the tax for themselves; what is empty is as usual.

    `prices` and `charged` are as in `TaxBasis`.
    """

    rate: Figure | None = None
    prices: str = ""
    charged: str = ""


class TaxBasis(NamedTuple):
    """How a price stands to the tax: its rate (percent, or the gap), and whether prices hold it.

    `prices` are "included" where they do, "excluded" where they do not, else "not stated".
    `charged` is "yes", "no", or "reverse charge" where the customer accounts for the tax.
    """

    rate: Figure
    prices: str
    charged: str = "yes"

    @property
    def included(self) -> bool:
        """Tell whether prices hold the tax."""
        return self.prices == "included"

    def but(self, own: OwnTax) -> "TaxBasis":
        """The same, save what something has for itself."""
        return TaxBasis(
            self.rate if own.rate is None else own.rate,
            own.prices or self.prices,
            own.charged or self.charged,
        )


class MadeFrom(NamedTuple):
    """How a price is made from another: `base`, which is that of the path `of`, for `minutes`.

    It is so many `times` it, so many `percent` of it, or it with so many percent to `add`; where
    none of these is stated, the same price.
    """

    of: str
    base: Figure
    times: Decimal | None
    percent: Decimal | None
    add: Decimal | None
    minutes: Minutes | None


class TablePrice(NamedTuple):
    """One price of a table: that of the answers which its `when` names, while `window` is open.

    `window` is None for a price at any time. `least_minutes` is the least time for these answers,
    None where it is the charge's.
    """

    id: str
    when: When
    price: Figure
    clauses: tuple[str, ...]
    least_minutes: Minutes | None
    window: str | None


class FirstIncrement(NamedTuple):
    """A first increment with its own length (minutes) and price, always counted whole."""

    minutes: Minutes
    price: Figure
    clauses: tuple[str, ...]


class PerUnits(NamedTuple):
    """What a price of a quantity is for: so many `units`, in started steps where there are any."""

    units: Decimal
    step: Decimal | None


class Tier(NamedTuple):
    """Units up to a number, at a price for each or, when `flat`, at one for all of them.

    Where the number is not published, nobody knows what the units beyond the tier before cost.
    The price is for what the charge's is for, unless `own_per` says otherwise.
    """

    up_to: Figure
    price: Figure
    flat: bool
    clauses: tuple[str, ...]
    own_per: "PerUnits | None"


class LengthTier(NamedTuple):
    """Sessions, or their minutes, up to so many: a price for what the charge's is for, or one.

    Where the length is not published, nobody knows what is due after the tier before.
    """

    up_to: Minutes | Unpublished
    price: Figure
    flat: bool
    clauses: tuple[str, ...]


class Stop(NamedTuple):
    """Work stops after these minutes when the answers hold (approval was not given, say)."""

    after_minutes: int
    when: When
    clauses: tuple[str, ...]


class WindowRate(NamedTuple):
    """What a price comes to while a window is open: a factor on it, or a price in its place.

    `percent` is what is added, where the policy states a percentage instead of the factor. Where
    either is not published, the factor is not known.
    `increment_minutes` is the window's own increment, None where it is the charge's, and
    `least_minutes` the least time that is billed of what begins in the window. The rate outside all
    windows has an empty name; figures of it are named `place`. `row` is the entry of a table that
    has the price.
    """

    window: str
    factor: Figure
    clauses: tuple[str, ...]
    price: Figure | None
    increment_minutes: Minutes | None
    percent: Figure | None
    least_minutes: Minutes | None
    row: str = ""

    @property
    def place(self) -> str:
        """What it is called among the figures of its charge."""
        return self.window or OTHERWISE


class Rate(NamedTuple):
    """Prices by window, which moment decides them, and what holds outside all windows, if any time.

    `decided_at` is "increment" or "session" (their start), or "window": time is split at the edges
    of the windows. Split time is rounded up in each "window", over the whole "charge", or at the
    end of the "session": then not at all where more time follows under another charge.
    """

    windows: tuple[WindowRate, ...]
    otherwise: WindowRate | Unpublished | None
    decided_at: str = "increment"
    rounded: str = "window"

    @property
    def all_rates(self) -> tuple[WindowRate, ...]:
        """What holds in each window, and outside them all where that is published."""
        others = (self.otherwise,) if isinstance(self.otherwise, WindowRate) else ()
        return (*self.windows, *others)

    @property
    def has_own_least(self) -> bool:
        """Tell whether a window has a least time of its own."""
        return any(one.least_minutes is not None for one in self.all_rates)


class Applies(NamedTuple):
    """A charge that is due only when the session touches time inside or outside a window."""

    window: str
    inside: bool


def _rate_of(entry: TablePrice) -> WindowRate:
    """A price of a table as what holds while its window is open."""
    return WindowRate(
        window=entry.window or "",
        factor=Decimal(1),
        clauses=entry.clauses,
        price=entry.price,
        increment_minutes=None,
        percent=None,
        least_minutes=entry.least_minutes,
        row=entry.id,
    )


class Charge(NamedTuple):
    """A price and what it is counted by: minutes, units of a quantity, a session or a request.

    A price by time is for `price_minutes`, and time counts in started increments of
    `increment_minutes`. A price by quantity is for `per_units` of what the question `counts`
    asks, which count in started steps of `step_units` where there are any: in each tier from its
    own beginning, or, with `steps_before_tiers`, before they are cut into tiers. Minutes may come
    from a question too, and then run from the end of the session where `after_session` says so.
    After the first increment come the `following` ones, then those at the charge's price. Any time
    counts as at least `least_minutes`; an increment begun by no more than `tolerance_minutes` does
    not count. Units have the prices of the `tiers` before the charge's own: each unit that of its
    tier, or all of them that of the tier they reach where prices go `by_volume`.
    Sessions that reach one of the `length_tiers` have its price for all of their time; `graduated`,
    time up to its end has it, and counts anew from there.
    All that it costs is due `for_each` unit of what a question asks for, where it names one.
    Where the answers decide the price, it stands in the `table`, and `chosen` names the entry
    that this charge has been priced by. Where its prices hold in windows, `decided_at` says as in
    a rate which moment decides.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    price: Figure
    unit: str  # "increment", "quantity", "session" or "request"
    increment_minutes: Minutes | None
    minimum_increments: int
    first: FirstIncrement | None
    stop: Stop | None
    rate: Rate | None
    applies: Applies | None
    readings: tuple[str, ...]
    price_minutes: Minutes | None
    counts: str | None
    for_each: str
    after_session: bool
    per_units: Decimal
    step_units: Decimal | None
    tax: OwnTax | None
    following: tuple[FirstIncrement, ...]
    least_minutes: Minutes
    tolerance_minutes: Minutes
    tolerance_clauses: tuple[str, ...]
    tiers: tuple[Tier, ...]
    by_volume: bool
    steps_before_tiers: bool
    length_tiers: tuple[LengthTier, ...]
    graduated: bool
    table: tuple[TablePrice, ...]
    decided_at: str
    chosen: str = ""

    @property
    def increment(self) -> Minutes:
        """What time counts in, of a charge by time."""
        assert self.increment_minutes is not None
        return self.increment_minutes

    @property
    def question(self) -> str:
        """The question that asks for what is counted; a policy that is checked may name none."""
        return self.counts or ""

    @property
    def by_window(self) -> bool:
        """Tell whether prices of the table hold in some window alone."""
        return any(entry.window is not None for entry in self.table)

    def priced_for(self, answers: Answers) -> "list[Charge]":
        """The charge as some answers price it: once, unless its table is wrong."""
        if not self.by_window:
            return [one for one in self.priced if one.when.holds(answers)]
        entries = [one for one in self.table if one.when.holds(answers)]
        if not entries or not self.when.holds(answers):
            return []
        always = [_rate_of(one) for one in entries if one.window is None]
        rate = Rate(
            windows=tuple(_rate_of(one) for one in entries if one.window is not None),
            otherwise=always[0] if always else None,
            decided_at=self.decided_at,
        )
        names = "-".join(one.id for one in entries)
        return [self._replace(price=entries[0].price, rate=rate, table=(), chosen=names)]

    @property
    def priced(self) -> "tuple[Charge, ...]":
        """The charge with each price it may have: one, or those of its table."""
        if not self.table:
            return (self,)
        return tuple(
            self._replace(
                when=When(self.when.answers + entry.when.answers),
                price=entry.price,
                least_minutes=self.least_minutes
                if entry.least_minutes is None
                else entry.least_minutes,
                clauses=tuple(dict.fromkeys(self.clauses + entry.clauses)),
                rate=self.rate if entry.window is None else self._rate_in(entry),
                table=(),
                chosen=entry.id,
            )
            for entry in self.table
        )

    def _rate_in(self, entry: TablePrice) -> Rate:
        """The rate of one price of the table, which holds in its window alone."""
        own = _rate_of(entry)._replace(price=None)
        return Rate((own,), None, self.decided_at)

    def per_in(self, tier: Tier | None) -> PerUnits:
        """What the price of a tier is for, or beyond all of them."""
        if tier is not None and tier.own_per is not None:
            return tier.own_per
        return PerUnits(self.per_units, self.step_units)

    @property
    def own_leasts(self) -> dict[str, Minutes]:
        """The least times of windows, or of prices of the table, by their names."""
        rates = self.rate.all_rates if self.rate else ()
        named = [(rate.place, rate.least_minutes) for rate in rates]
        named += [(entry.id, entry.least_minutes) for entry in self.table]
        return {name: least for name, least in named if least is not None}

    @property
    def price_path(self) -> str:
        """The name of its price among the figures of the policy."""
        return f"{self.id}.prices.{self.chosen}" if self.chosen else f"{self.id}.price"

    def path_under(self, rate: WindowRate) -> str:
        """The name of the price that holds under a rate, a price of its own or the charge's."""
        if rate.row:
            return f"{self.id}.prices.{rate.row}"
        return f"{self.price_path}.{rate.place}"

    @property
    def blocks(self) -> tuple[FirstIncrement, ...]:
        """The increments with a price of their own, before all others."""
        return ((self.first,) if self.first else ()) + self.following


class Limit(NamedTuple):
    """The most or the least that some charges come to together, in a session or in each period.

    Where it names `surcharges`, it holds for these alone, if anything is due for them.
    `tax_included` is the same limit with tax, where the provider publishes both. `prices` says as
    in `TaxBasis` what the amount holds; empty, it is compared with prices as they are published.
    A period is `period_minutes` long, from the start of the session on, or a calendar day where it
    is `by_day`.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    most: bool
    amount: Figure
    tax_included: Decimal | None
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    period_minutes: int
    by_day: bool
    prices: str
    surcharges: tuple[str, ...]

    @property
    def begins_anew(self) -> bool:
        """True for a limit on each period, false for one on the whole session."""
        return self.by_day or self.period_minutes > 0


class Surcharge(NamedTuple):
    """A percentage on each priced line that fits; all that fit a line add up or multiply.

    One `of_the_whole` is a share of what everything comes to, after all other rules.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    percent: Figure
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    of_the_whole: bool


def charged_together(surcharges: Sequence[Surcharge], together: str) -> tuple[Surcharge, ...]:
    """Those of the surcharges that fit a line which are charged: all of them, or the highest alone.

    One whose size is not published may be the highest, and stays beside the highest that is.
    """
    if together != "highest":
        return tuple(surcharges)
    sizes = [one.percent for one in surcharges if isinstance(one.percent, Decimal)]
    highest = next((one for one in surcharges if sizes and one.percent == max(sizes)), None)
    return tuple(
        one for one in surcharges if one is highest or isinstance(one.percent, Unpublished)
    )


class Discount(NamedTuple):
    """A percentage off each priced line that fits; the first fitting discount is taken.

    It counts once, or `for_each` unit of what a question asks for: then no more than `at_most`.
    Of those `of_the_whole`, a share of what everything comes to, the first one is taken, too.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    window: str | None
    percent: Figure
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    of_the_whole: bool
    for_each: str
    at_most: Decimal | None

    def percent_off(self, answers: Answers) -> Figure:
        """What is taken off in all, given the answers."""
        if not self.for_each:
            return self.percent
        percent = multiplied(self.percent, Decimal(answers.get(self.for_each, "0")))
        return min(percent, self.most_off) if isinstance(percent, Decimal) else percent

    @property
    def most_off(self) -> Decimal:
        """The most that is taken off in all: everything, if nothing else is said."""
        return Decimal(100) if self.at_most is None else self.at_most

    @property
    def is_everything(self) -> bool:
        """Whether it takes off all that is due, whatever the answers are."""
        return not self.for_each and self.percent == Decimal(100)


def taken_together(discounts: Sequence[Discount], together: str) -> tuple[Discount, ...]:
    """Those of the discounts that fit which are taken: all that "add" or "multiply", else one."""
    return tuple(discounts) if together else tuple(discounts[:1])


def alike(
    rule: Surcharge | Discount, served: Sequence[str], rules: Mapping[str, Surcharge | Discount]
) -> list[str]:
    """Those of a service that go together with a rule, itself too, in the order of the policy.

    Shares of the whole are among themselves. None where the service does not have the rule.
    """
    names = [
        name
        for name, one in rules.items()
        if name in served and one.of_the_whole == rule.of_the_whole
    ]
    return names if rule.id in names else []


class Burn(NamedTuple):
    """How many minutes of an allowance a minute uses up while a window is open."""

    window: str
    factor: Decimal
    clauses: tuple[str, ...]


class Carried(NamedTuple):
    """What may be used of the period before: so much as the `question` tells, at `most` these."""

    question: str
    most: int | None
    clauses: tuple[str, ...]


class Allowance(NamedTuple):
    """Free counted minutes per period; `used` is the question that tells how many are spent.

    Those "without expiry" are there once; those of a prepaid package have no `period`, and hold for
    `valid_months` from the day that the question `bought` asks. What is `carried` adds to them.
    The `charges` use it up in their order, a minute by the clock for each, save where it `burns`.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    minutes: int | Unpublished
    used: str
    charges: tuple[str, ...]
    readings: tuple[str, ...]
    valid_months: int
    bought: str
    burns: tuple[Burn, ...]
    period: str
    carried: Carried | None

    @property
    def most_carried(self) -> int:
        """How many minutes may be carried over: those of one period, if nothing else is said."""
        if self.carried is None or isinstance(self.minutes, Unpublished):
            return 0
        return self.minutes if self.carried.most is None else self.carried.most


def is_open(rule: Limit | Surcharge | Discount | Allowance, opened: Collection[str]) -> bool:
    """Tell whether a rule holds while some windows are open; one without a window always does."""
    return isinstance(rule, Allowance) or rule.window is None or rule.window in opened


class Condition(NamedTuple):
    """Something the customer must know before buying, shown when it holds.

    Where `allowances` are named it holds only where one of them covers time.
    """

    id: str
    clauses: tuple[str, ...]
    when: When
    after_minutes: int | None
    allowances: tuple[str, ...]
    readings: tuple[str, ...]
