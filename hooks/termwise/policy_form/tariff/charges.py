"""The tariff in a policy file: services, what their charges cost and count, and the tax."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from termwise.policy_form.dated import Dated
from termwise.policy_form.gaps import GapTerms, OrGap
from termwise.policy_form.questions import QuestionNamed, When
from termwise.policy_form.ranges import FactorRange, FigureOr, SurchargeRange
from termwise.policy_form.tariff.counted import BillingStep, FineLength, PerUnit, SessionLength
from termwise.policy_form.tariff.made_prices import Price
from termwise.policy_form.values import (
    Clauses,
    Factor,
    Id,
    Length,
    Names,
    Percent,
    PolicyModel,
    SurchargePercent,
    Text,
    UnitCount,
    WeekTime,
    Yes,
    by_shape,
    schema_of,
)

WindowNamed = Annotated[Id, Names("window")]
ChargesNamed = tuple[Annotated[Id, Names("charge")], ...]
SurchargesNamed = tuple[Annotated[Id, Names("surcharge")], ...]
Readings = tuple[Annotated[Id, Names("reading")], ...]

CLAUSE = "The clause that says so: its id, or a list of ids."
WHEN = "The answers that must be given for this to hold: question: answer, or a list of answers."
READINGS = "The readings that a quote depends on when this rule prices it."


def gap_or(other: str) -> Callable[[Any], str]:
    """Tell {gap: …} from another mapping of fields."""

    def shape(raw: Any) -> str:
        is_gap = isinstance(raw, GapTerms) or (isinstance(raw, dict) and "gap" in raw)
        return "gap" if is_gap else other

    return shape


FactorOrWord = Annotated[
    Annotated[Literal["base", "free"], Tag("word")] | Annotated[Factor, Tag("value")],
    Discriminator(by_shape("base", "free")),
]


class NoTaxTerms(PolicyModel):
    """A provider who charges no tax, such as a small business."""

    name: Text = Field(description="The tax’s own name, such as VAT.")
    not_liable: Yes = Field(description="yes: the provider charges none.")
    clause: Clauses = Field(description=CLAUSE)


Prices = Literal["excluded", "included", "not stated"]
PRICES = (
    "Whether prices leave the tax out or hold it already; not stated where the page names the tax "
    "but does not say."
)
Charged = Annotated[
    Literal["no", "reverse charge"], schema_of({"enum": ["no", False, "reverse charge"]})
]


class OwnTaxTerms(PolicyModel):
    """What a charge has of the tax for itself; what is left out is as for the others."""

    rate: Dated[OrGap[Percent]] | None = Field(
        None, description="Its rate, or {gap: id}, where it is another one."
    )
    prices: Prices | None = Field(None, description=PRICES)
    charged: Charged | None = Field(
        None,
        description="no: the provider does not charge the tax, and takes it out of prices that "
        "hold it. reverse charge: the same, and the customer accounts for it. Left out: charged.",
    )
    clause: Clauses = Field(description=CLAUSE)


class CustomerTaxTerms(OwnTaxTerms):
    """What holds of the tax for customers who give some answers, whatever charges say."""

    when: When = Field(min_length=1, description=WHEN)
    charges: ChargesNamed = Field(
        (), description="Only for these charges; left out: for every charge."
    )


class TaxTerms(PolicyModel):
    """The tax on every price."""

    name: Text = Field(description="The tax’s own name, such as VAT.")
    rate: Dated[OrGap[Percent]] = Field(
        description="Its rate, or {gap: id}, where the page does not say how much tax there is."
    )
    prices: Prices = Field(description=PRICES)
    clause: Clauses = Field(description=CLAUSE)
    customers: dict[Id, CustomerTaxTerms] = Field(
        {},
        description="What holds for customers by their answers, such as prices without tax for "
        "firms, or reverse charge abroad. For each combination of answers at most one.",
    )
    outside: Annotated[Id, Names("outside fact")] | None = Field(
        None, description="The outside fact that gives the rate, where the page does not."
    )


class TablePriceTerms(PolicyModel):
    """One price of a table, and the answers and hours that it is for."""

    when: When = Field({}, description=WHEN)
    in_: WindowNamed | None = Field(
        None, alias="in", description="The window in which it holds; left out: at any time."
    )
    price: Dated[Price] = Field(
        description="An amount such as 100.00, {from: 80.00, to: 120.00} for a published range, "
        "the word free, {of: work, times: 1.25} for so much of another price, or {gap: id} if not "
        "published.",
    )
    least: Dated[FineLength] | None = Field(
        None, description="The least time that is billed for these answers, if another one."
    )
    clause: Clauses | None = Field(None, description="The clause that says so, if another one.")


class FirstIncrementTerms(PolicyModel):
    """A first increment with a length and a price of its own."""

    length: Dated[FineLength] = Field(description="How long the first increment is.")
    price: Dated[Price] = Field(description="Its price, the word free, or {gap: id}.")
    clause: Clauses = Field(description=CLAUSE)


def _end_shape(raw: Any) -> str:
    if isinstance(raw, GapTerms | dict):
        return "mapping"
    return "length" if isinstance(raw, str) and raw.endswith((" s", " min", " h")) else "value"


TierEnd = Annotated[
    Annotated[GapTerms, Tag("mapping")]
    | Annotated[FineLength, Tag("length")]
    | Annotated[UnitCount, Tag("value")],
    Discriminator(_end_shape),
]
"""Where a tier ends: a number of units, a length of the session, or a gap."""


class TierTerms(PolicyModel):
    """Units up to a number, or sessions up to a length, at a price of their own."""

    up_to: Dated[TierEnd] = Field(
        description="The last unit at this price, the longest session, such as 15 min, or "
        "{gap: id}: then nobody knows where it ends."
    )
    price: Dated[Price] | None = Field(
        None, description="The price, for what per says, the word free, or {gap: id}."
    )
    flat: Dated[Price] | None = Field(
        None,
        description="One price for all units of the tier, or for the whole session, the word free, "
        "or {gap: id}.",
    )
    per: Dated[PerUnit] | None = Field(
        None, description="What its price is for, in units, where it is not what the charge’s is."
    )
    clause: Clauses = Field(description=CLAUSE)


class ToleranceTerms(PolicyModel):
    """Time over a whole increment that is not billed."""

    length: Dated[FineLength] = Field(description="The most that is not billed.")
    clause: Clauses = Field(description=CLAUSE)


class StopTerms(PolicyModel):
    """The point at which work, and the bill, stop."""

    after: Dated[Length] = Field(description="The time after which work stops.")
    when: When = Field(min_length=1, description=WHEN)
    clause: Clauses = Field(description=CLAUSE)


class WindowRateTerms(PolicyModel):
    """The price while a window is open, or outside all: another than the charge’s, or the same."""

    times: Dated[FigureOr[FactorRange, FactorOrWord]] | None = Field(
        None,
        description="A factor such as 2, base for the price itself, free for nothing, "
        "{from: 1.5, to: 2} for a published range, or a gap.",
    )
    add: Dated[FigureOr[SurchargeRange, SurchargePercent]] | None = Field(
        None,
        description="A percentage that is added to the charge’s price, such as 50%, "
        "{from: 10%, to: 20%} for a published range, or {gap: id}.",
    )
    price: Dated[Price] | None = Field(
        None, description="A price instead of the charge’s own, the word free, or {gap: id}."
    )
    increment: Dated[FineLength] | None = Field(
        None, description="The billing increment in this window, where it is not the charge’s."
    )
    least: Dated[FineLength] | None = Field(
        None,
        description="The least time that is billed of what begins in this window, where it is not "
        "the charge’s.",
    )
    clause: Clauses = Field(description=CLAUSE)


class RateTerms(PolicyModel):
    """Prices that depend on the window of the week."""

    decided_at: Literal[
        "start of each increment", "start of the session", "edges of the windows"
    ] = Field(
        description="The moment whose window decides the price; edges of the windows: time is "
        "split there, and each part has the price of its window."
    )
    rounded: Literal["in each window", "over the charge", "over the session"] | None = Field(
        None,
        description="Where time split at the edges is rounded up to the increment: in each window; "
        "over the charge: once, in its last window; over the session: the same, but not at all "
        "where more time is charged from the end of the session on.",
    )
    windows: dict[WindowNamed, WindowRateTerms] = Field(
        min_length=1,
        description="For each window its factor, percentage or price. No two windows may overlap.",
    )
    otherwise: (
        Annotated[
            Annotated[GapTerms, Tag("gap")] | Annotated[WindowRateTerms, Tag("terms")],
            Discriminator(gap_or("terms")),
        ]
        | None
    ) = Field(
        None,
        description="What holds outside every window, as for a window, or a gap. Left out where "
        "the windows fill the whole week, and only there.",
    )

    @property
    def all_rates(self) -> tuple[WindowRateTerms, ...]:
        """What holds in each window, and outside them all where that is published."""
        others = (self.otherwise,) if isinstance(self.otherwise, WindowRateTerms) else ()
        return (*self.windows.values(), *others)


class CountedTerms(PolicyModel):
    """What a charge counts, where it is not the length of the session."""

    question: QuestionNamed = Field(
        description="The question that asks for it: a number, or minutes."
    )
    begins: Literal["at the end of the session"] | None = Field(
        None, description="When counted minutes begin, where windows decide their price."
    )


class InsideWindow(PolicyModel):
    """The charge is due when the session touches time in the window."""

    inside: WindowNamed = Field(description="The window.")


class OutsideWindow(PolicyModel):
    """The charge is due when the session touches time out of the window."""

    outside: WindowNamed = Field(description="The window.")


def _inside_or_outside(raw: Any) -> str:
    named = raw if isinstance(raw, dict) else getattr(raw, "model_fields_set", ())
    return "outside" if "outside" in named else "inside"


def _own_tax_shape(raw: Any) -> str:
    return "terms" if isinstance(raw, dict | OwnTaxTerms) else "rate"


OwnTax = Annotated[
    Annotated[Dated[Percent], Tag("rate")] | Annotated[OwnTaxTerms, Tag("terms")],
    Discriminator(_own_tax_shape),
]


class ChargeTerms(PolicyModel):
    """Something that costs money, and how it is counted."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    price: Dated[Price] | None = Field(
        None,
        description="An amount such as 100.00, {from: 80.00, to: 120.00} for a published range, "
        "the word free, {of: work, times: 1.25} for so much of another price, or {gap: id} if not "
        "published.",
    )
    prices: dict[Id, TablePriceTerms] = Field(
        {},
        description="In place of one price a table: each combination of answers has exactly one, "
        "at every moment where prices name a window.",
    )
    decided_at: Literal["start of each increment", "start of the session"] | None = Field(
        None,
        description="The moment whose window decides which price of a table holds. Needed where "
        "prices name a window in `in`.",
    )
    per: Dated[PerUnit] = Field(
        description="What the price is for: started 60 min; 60 min, counted exactly; started 30 s; "
        "session; request; unit, 100 units or started 10 units of a quantity, started unit."
    )
    increment: Dated[BillingStep] | None = Field(
        None,
        description="The least that is billed at once where per is counted exactly: 5 min bills "
        "by started 5 minutes; 1 s by the second; 10 units in steps of 10. Left out: by the minute "
        "(a price for seconds: by the second), by the unit.",
    )
    counts: CountedTerms | None = Field(
        None, description="What it counts, where it is not the length of the session."
    )
    for_each: QuestionNamed | None = Field(
        None,
        description="The question, of kind number, whose answer multiplies all that it costs: so "
        "much an hour for each person.",
    )
    tax: OwnTax | None = Field(
        None,
        description="The rate of the tax on this charge, where it has one of its own; or {rate: …, "
        "prices: …, charged: …, clause: …} with what else is its own.",
    )
    minimum: Literal["one increment"] | None = Field(
        None,
        description="one increment: what is ordered costs one, even where it counts no minutes; of "
        "a quantity of none one step, or its flat first tier.",
    )
    first: FirstIncrementTerms | None = Field(
        None, description="The first increment, where it differs from those that follow."
    )
    then: tuple[FirstIncrementTerms, ...] = Field(
        (), description="The increments after the first one that have a price of their own too."
    )
    tiers: tuple[TierTerms, ...] = Field(
        (),
        description="Prices of the first units of a quantity, of the first hours, or of short "
        "sessions; beyond them holds the price.",
    )
    tiers_priced: Literal["graduated", "by volume"] | None = Field(
        None,
        description="graduated: each unit, or each part of the time, at the price of its tier; by "
        "volume: all units at the price of the tier that their number reaches, all of a session at "
        "that of its length. Needed with tiers.",
    )
    steps_counted: Literal["in each tier", "before the tiers"] | None = Field(
        None,
        description="Where started steps meet tiers. in each tier, as where it is left out: each "
        "tier counts its own units in steps from its own beginning, and the number entered decides "
        "which tier is reached. before the tiers: the number is rounded up to its steps first, and "
        "what that makes is cut into tiers.",
    )
    least: Dated[FineLength] | None = Field(
        None, description="The least time that is billed, once there is any."
    )
    tolerance: ToleranceTerms | None = Field(
        None, description="How far an increment may have begun without being billed."
    )
    stops: StopTerms | None = Field(None, description="When work stops, and with it the bill.")
    rate: RateTerms | None = Field(None, description="Prices by the window of the week.")
    applies: (
        Annotated[
            Annotated[InsideWindow, Tag("inside")] | Annotated[OutsideWindow, Tag("outside")],
            Discriminator(_inside_or_outside),
        ]
        | None
    ) = Field(None, description="Due only for sessions that touch time inside or outside a window.")
    readings: Readings = Field((), description=READINGS)


class DefaultCase(PolicyModel):
    """The likeliest case, which the page shows priced."""

    start: WeekTime | None = Field(None, description="Weekday and local time, such as Tu 17:30.")
    minutes: SessionLength | None = Field(
        None, description="The length of the session: minutes, or minutes and seconds as 12:30."
    )


class ServiceTerms(PolicyModel):
    """Something a customer can ask for, and the rules that price it."""

    name: Text = Field(description="Its name. Translated.")
    summary: Text = Field(description="What it is, in a sentence. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    kind: Literal["session", "request"] = Field(
        description="session: has a length; request: asked and answered."
    )
    asks: tuple[Literal["start", "minutes"], ...] = Field(
        description="What the calculator asks besides the questions: [start], [minutes], "
        "[start, minutes], or [] for none."
    )
    questions: tuple[QuestionNamed, ...] = Field((), description="The questions it asks, in order.")
    charges: ChargesNamed = Field(min_length=1, description="The charges that may be due.")
    surcharges: SurchargesNamed = Field((), description="The surcharges that may come on top.")
    surcharges_together: Literal["add", "multiply", "highest"] | None = Field(
        None,
        description="Of two surcharges of 50%: add makes 100% of them, multiply 125%; highest "
        "charges the highest alone. Needed where a service has more than one.",
    )
    discounts: tuple[Annotated[Id, Names("discount")], ...] = Field(
        (),
        description="The discounts; the first that fits a line is taken, unless they go together.",
    )
    discounts_together: Literal["add", "multiply"] | None = Field(
        None,
        description="Where all discounts that fit are taken: of two of 10%, add takes off 20%, "
        "multiply 10% and then 10% of the rest. Left out: the first that fits is taken.",
    )
    limits: tuple[Annotated[Id, Names("limit")], ...] = Field(
        (), description="The most and the least that it costs, in the order they are applied."
    )
    allowances: tuple[Annotated[Id, Names("allowance")], ...] = Field(
        (), description="The allowances that may cover the time."
    )
    conditions: tuple[Annotated[Id, Names("condition")], ...] = Field(
        (), description="The conditions to be shown."
    )
    responses: tuple[Annotated[Id, Names("response")], ...] = Field(
        (), description="The response times that apply."
    )
    default: DefaultCase = Field(
        default_factory=lambda: DefaultCase(start=None, minutes=None),
        description="The likeliest case: a value for each thing that is asked.",
    )


def _tax_shape(raw: Any) -> str:
    if isinstance(raw, NoTaxTerms) or (isinstance(raw, dict) and "not_liable" in raw):
        return "not liable"
    return "liable" if isinstance(raw, dict | TaxTerms) else "value"


Tax = Annotated[
    Annotated[TaxTerms, Tag("liable")]
    | Annotated[NoTaxTerms, Tag("not liable")]
    | Annotated[Literal["not stated"], Tag("value")],
    Discriminator(_tax_shape),
]
