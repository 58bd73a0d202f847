"""A compiled policy as frozen types: what every other room of the calculator reads.

A policy here is one *edition*: the terms of one provider as in force from `effective` until the
next edition. The compiler (`termwise.compiling`) writes it as plain JSON data; `loading` reads it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from termwise_calculator.terms.money import HALF_UP, round_to_currency
from termwise_calculator.terms.tariff import (
    Allowance,
    Answers,
    Charge,
    Condition,
    Discount,
    Figure,
    Limit,
    MadeFrom,
    OwnTax,
    Surcharge,
    TaxBasis,
    Unpublished,
    When,
)
from termwise_calculator.time.lengths import Minutes
from termwise_calculator.time.windows import Window


class Escalation(NamedTuple):
    """After some minutes of a target without an answer, the rest is counted in another window."""

    after_minutes: int
    window: str | Unpublished
    clauses: tuple[str, ...]


class Target(NamedTuple):
    """A response target in minutes while `window` is open, or in `working_days` of it.

    Where a window is not published, nobody can tell when the target ends. `average` is "about" or
    "at most" for one that is no promise.
    """

    minutes: int | None
    clauses: tuple[str, ...]
    window: str | Unpublished
    working_days: int | None
    escalation: Escalation | None
    average: str

    @property
    def windows(self) -> list[str | Unpublished]:
        """The windows in which its time is counted, one after the other."""
        return [self.window, *([self.escalation.window] if self.escalation else [])]

    @property
    def unpublished_hours(self) -> Unpublished | None:
        """The gap in place of the first of its windows that is not published."""
        return next((one for one in self.windows if isinstance(one, Unpublished)), None)


class Response(NamedTuple):
    """Response targets by their names, and the answers that each is for.

    Where one `question` decides, the names are its answers; a target for everyone asks for none.
    """

    id: str
    clauses: tuple[str, ...]
    question: str | None
    targets: Mapping[str, Target | Unpublished]
    whens: Mapping[str, When]
    readings: tuple[str, ...]

    @property
    def windows(self) -> list[str]:
        """The published windows in which time is counted, each once."""
        targets = [target for target in self.targets.values() if isinstance(target, Target)]
        first = [target.window for target in targets]
        then = [target.escalation.window for target in targets if target.escalation]
        return list(dict.fromkeys(one for one in first + then if isinstance(one, str)))

    def target_for(self, answers: Answers) -> Target | Unpublished | None:
        """The target for some answers, if there is one."""
        names = (name for name, when in self.whens.items() if when.holds(answers))
        return self.targets.get(next(names, ""))


class Band(NamedTuple):
    """Numbers that rules do not tell apart: those under a bound, from the band before it on."""

    id: str
    under: Decimal | None


NO_ZONES: Mapping[str, str] = {}


class Question(NamedTuple):
    """What the calculator asks: `yes-no`, `choice`, `minutes`, `number`, `date` or `version`.

    A `total` is not asked: it is what the charges `of` it come to, by the band of the amount.
    A number may have as many decimals as `decimals` says. Rules see the band that it falls into.
    Options that are places have `zones`: hours and days are then as the clock there has them.
    """

    id: str
    kind: str
    default: str
    options: tuple[str, ...]
    when: When
    newest_major: int | None
    decimals: int
    bands: tuple[Band, ...]
    zones: Mapping[str, str]
    of: tuple[str, ...] = ()

    def band_of(self, number: Decimal) -> str:
        """The band that a number falls into; the last one has no end."""
        bounded = (band for band in self.bands if band.under is None or number < band.under)
        return next(bounded).id

    def bounds_of(self, band_id: str) -> tuple[Decimal, Decimal | None]:
        """Where a band begins, and under which number it ends, if it does.

        Raises KeyError for an unknown band.
        """
        begins = Decimal(0)
        for band in self.bands:
            if band.id == band_id:
                return begins, band.under
            begins = begins if band.under is None else band.under
        raise KeyError(band_id)


class DefaultScenario(NamedTuple):
    """The likeliest case: start as minute of the week (local), length in minutes."""

    start: int | None
    minutes: Minutes | None


class Service(NamedTuple):
    """Something a customer can ask for: what is asked of them and which rules price it.

    Its sessions are measured in whole minutes, or to the second where it is billed `by_second`.
    The `totals` decide as answers to questions do.
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
    limits: tuple[str, ...]
    surcharges: tuple[str, ...]
    surcharges_together: str  # "add", "multiply", or only the "highest" is charged
    discounts_together: str  # all "add" or "multiply"; empty: the first that fits is taken
    by_second: bool
    totals: tuple[str, ...]


class Holidays(NamedTuple):
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


class TaxOfCustomers(NamedTuple):
    """What holds of the tax for customers who give some answers; for all charges, or for some."""

    id: str
    when: When
    own: OwnTax
    clauses: tuple[str, ...]
    charges: tuple[str, ...]

    def concerns(self, charge: Charge | None) -> bool:
        """Tell whether it holds for a charge; for what is no charge where it holds for all."""
        return not self.charges or (charge is not None and charge.id in self.charges)


class Tax(NamedTuple):
    """A tax by its name, and how prices stand to it as a rule.

    A charge may have some of that for itself; what holds for some `customers` comes before both.
    """

    name: str
    basis: TaxBasis
    clauses: tuple[str, ...]
    customers: tuple[TaxOfCustomers, ...]

    @property
    def rate(self) -> Figure:
        """Its rate as a rule."""
        return self.basis.rate

    @property
    def included(self) -> bool:
        """Tell whether prices hold it as a rule."""
        return self.basis.included

    @property
    def liable(self) -> bool:
        """Tell whether it is charged as a rule."""
        return self.basis.charged == "yes"

    def customers_for(self, answers: Answers) -> list[TaxOfCustomers]:
        """What holds for the customers who give these answers."""
        return [one for one in self.customers if one.when.holds(answers)]

    def basis_for(self, charge: Charge | None, answers: Answers) -> TaxBasis:
        """How the price of a charge stands to it; of what is no charge without one."""
        basis = self.basis if charge is None or charge.tax is None else self.basis.but(charge.tax)
        for one in self.customers_for(answers):
            basis = basis.but(one.own) if one.concerns(charge) else basis
        return basis


class CashRounding(NamedTuple):
    """The steps in which what is due is paid, by a rule, with some answers."""

    step: Decimal
    rule: str
    when: When
    clauses: tuple[str, ...]


class ReadingOrGap(NamedTuple):
    """A recorded reading or gap: the clause it belongs to and the answers it depends on.

    Where `allowances` are named it matters only where one of them covers time. A reading may matter
    only in some cases, which `matters` names: "no time" is used, the time ends with a "full
    increment", lies "across windows", or goes "beyond allowance". `values` rest on a reading.
    """

    id: str
    clause: str
    when: When
    allowances: tuple[str, ...]
    matters: str
    values: tuple[str, ...]


def has_begun(effective: date | None, day: date) -> bool:
    """Whether terms are in force by a day, as far as their beginning goes: None is from ever."""
    return effective is None or effective <= day


class Policy(NamedTuple):
    """One edition of one provider's terms.

    `effective` is its first day; None for the first edition of terms of which the provider does not
    say since when they hold. `read` is the day on which the source page was read. `ends` is the
    last day of all the provider's terms, where there is one; `ends_some_day` tells that there is
    one which the provider does not publish. `outside` are facts from elsewhere, with the values
    that rest on each. `made_prices` says by their slots how prices are made that are made from
    others. Amounts are rounded by the rule of `rounding`, what is paid in `cash` in the end as that
    says.

    Where figures are ranges, these are their ends at which a customer pays least (`end` is
    "cheapest"), and `dearest` are the same terms with those at which a customer pays most.
    """

    provider: str
    name: str
    language: str
    effective: date | None
    read: date
    digest: str
    zone: ZoneInfo
    currency: str
    currency_digits: int
    tax: Tax | None
    windows: Mapping[str, Window]
    questions: Mapping[str, Question]
    totals: Mapping[str, Question]
    charges: Mapping[str, Charge]
    surcharges: Mapping[str, Surcharge]
    discounts: Mapping[str, Discount]
    limits: Mapping[str, Limit]
    allowances: Mapping[str, Allowance]
    conditions: Mapping[str, Condition]
    responses: Mapping[str, Response]
    services: Mapping[str, Service]
    readings: Mapping[str, ReadingOrGap]
    gaps: Mapping[str, ReadingOrGap]
    outside: Mapping[str, tuple[str, ...]]
    made_prices: Mapping[str, MadeFrom]
    clause_numbers: Mapping[str, str]
    document: Mapping[str, Any]
    holidays: Holidays | None
    ends: date | None
    ends_some_day: bool
    rounding: str = HALF_UP
    rounding_clauses: tuple[str, ...] = ()
    cash: CashRounding | None = None
    end: str = ""
    dearest: "Policy | None" = None

    @property
    def zones(self) -> list[str]:
        """Every time zone whose clock may decide, the provider's own first."""
        places = [zone for one in self.questions.values() for zone in one.zones.values()]
        return list(dict.fromkeys([self.zone.key, *places]))

    def deciding(self, name: str) -> Question:
        """A question, or a total, by whose answer rules go."""
        return self.totals[name] if name in self.totals else self.questions[name]

    @property
    def first_known_day(self) -> date:
        """A day on which these terms hold: their first, or that on which they were read."""
        return self.effective or self.read

    def rounded(self, amount: Decimal) -> Decimal:
        """An amount in what can be paid: the digits of the currency, rounded as the policy says."""
        return round_to_currency(amount, self.currency_digits, self.rounding)

    def __hash__(self) -> int:
        """By its digest, so that what is found out about it can be kept."""
        return hash((self.digest, self.end))
