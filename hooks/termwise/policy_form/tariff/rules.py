"""What changes a price or goes with it, as written: surcharges, discounts, limits, promises."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from termwise.policy_form.calendar.days import ResponseTimeText
from termwise.policy_form.dated import Dated
from termwise.policy_form.gaps import GapTerms, OrGap
from termwise.policy_form.questions import QuestionNamed, When
from termwise.policy_form.ranges import FigureOr, PercentRange, SurchargeRange
from termwise.policy_form.tariff.charges import (
    CLAUSE,
    READINGS,
    WHEN,
    ChargesNamed,
    Readings,
    SurchargesNamed,
    WindowNamed,
    gap_or,
)
from termwise.policy_form.tariff.made_prices import Amount
from termwise.policy_form.values import (
    Answer,
    Clauses,
    CountingNumber,
    Factor,
    Id,
    Kind,
    Length,
    Money,
    Names,
    Percent,
    PolicyModel,
    SurchargePercent,
    Text,
    Yes,
    by_shape,
    unreadable,
)

WHOLE_MONTHS = re.compile(r"(\d{1,3}) months?", re.ASCII)
MOST_MONTHS = 240
TARGET_WHEN = "The answers that this is for, where no single question decides."


class SurchargeTerms(PolicyModel):
    """A percentage on the priced lines that it fits."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    in_: WindowNamed | None = Field(
        None, alias="in", description="Only for increments in this window."
    )
    percent: Dated[FigureOr[SurchargeRange, SurchargePercent]] = Field(
        description="How much is added, such as 50% or 150%, {from: 10%, to: 20%} for a published "
        "range, or {gap: id}."
    )
    of: Literal["the whole"] | None = Field(
        None,
        description="the whole: a share of what everything comes to, after surcharges, discounts "
        "and limits. Left out: of what its charges cost.",
    )
    charges: ChargesNamed = Field(
        (), description="Only for these charges; left out: for every charge."
    )
    readings: Readings = Field((), description=READINGS)


class DiscountTerms(PolicyModel):
    """Something taken off the priced lines that it fits; the first that fits a line is taken."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    in_: WindowNamed | None = Field(
        None, alias="in", description="Only for increments in this window."
    )
    percent: Dated[FigureOr[PercentRange, Percent]] | None = Field(
        None,
        description="How much is taken off, such as 20%, {from: 10%, to: 20%} for a published "
        "range, or {gap: id}.",
    )
    free: Yes | None = Field(None, description="yes: all of it is taken off.")
    of: Literal["the whole"] | None = Field(
        None,
        description="the whole: a share of what everything comes to, after surcharges, discounts "
        "and limits. Left out: of what its charges cost.",
    )
    for_each: QuestionNamed | None = Field(
        None,
        description="The question, of kind number, whose answer multiplies the percentage: 5% for "
        "each hour that an answer came late.",
    )
    at_most: Dated[Percent] | None = Field(
        None, description="The most that is taken off together, where there is one; with for_each."
    )
    charges: ChargesNamed = Field(
        (), description="Only for these charges; left out: for every charge."
    )
    readings: Readings = Field((), description=READINGS)


Period = Annotated[
    Annotated[Literal["calendar day"], Tag("word")] | Annotated[Length, Tag("value")],
    Discriminator(by_shape("calendar day")),
    Kind("period"),
]


class LimitTerms(PolicyModel):
    """The most or the least that charges come to, with surcharges and discounts on them."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    in_: WindowNamed | None = Field(
        None, alias="in", description="Only for sessions that start in this window."
    )
    maximum: Dated[Amount] | None = Field(
        None,
        description="The most that is charged, {from: 200.00, to: 300.00} for a published range, "
        "{of: work, times: 4} for so much of a price, or {gap: id}.",
    )
    minimum: Dated[Amount] | None = Field(
        None,
        description="The least that is charged, {from: 20.00, to: 30.00} for a published range, "
        "{of: work, for: 60 min} for so much of a price, or {gap: id}.",
    )
    tax_included: Dated[Money] | None = Field(
        None, description="The same limit with tax, where both are published."
    )
    prices: Literal["excluded", "included"] | None = Field(
        None,
        description="Whether the amount is without tax or with it. Needed where some of the prices "
        "that it holds for are with tax, and some without.",
    )
    per: Dated[Period] | None = Field(
        None,
        description="Left out: in the whole session. 12 h: in each 12 hours from the start of the "
        "session on; calendar day: in each day, local to the provider. What is counted belongs to "
        "the period in which its increment starts.",
    )
    charges: ChargesNamed = Field(
        (), description="Only for these charges together; left out: for all of them."
    )
    surcharges: SurchargesNamed = Field(
        (),
        description="In place of charges: for what these surcharges come to together, if anything.",
    )
    readings: Readings = Field((), description=READINGS)


def _burns_shape(raw: Any) -> str:
    return "mapping" if isinstance(raw, dict) else "value"


def _read_months(raw: Any) -> int:
    written = WHOLE_MONTHS.fullmatch(raw) if isinstance(raw, str) else None
    months = int(written[1]) if written else 0
    if not 0 < months <= MOST_MONTHS:
        raise unreadable("a number of months such as 12 months", "write a number, a space, months")
    return months


MonthCount = Annotated[
    int,
    BeforeValidator(_read_months),
    WithJsonSchema({"type": "string", "pattern": r"^\d+ months?$"}),
    Kind("months"),
]


AllowancePeriod = Literal["calendar month", "calendar quarter", "calendar year", "without expiry"]


class BurnTerms(PolicyModel):
    """How fast free time is used up while a window is open."""

    times: Dated[Factor] = Field(
        description="How many free minutes a minute uses up in this window, such as 2 or 1.5."
    )
    clause: Clauses = Field(description=CLAUSE)


class CarriedTerms(PolicyModel):
    """What is left of a period and may be used in the next one."""

    question: QuestionNamed = Field(
        description="The question that asks how many minutes were left of the period before."
    )
    most: Dated[CountingNumber] | None = Field(
        None,
        description="How many of them at most; left out: all that were left of one period, and "
        "none from longer ago.",
    )
    clause: Clauses = Field(description=CLAUSE)


class AllowanceTerms(PolicyModel):
    """Minutes that a customer may use without paying, in each period or from a package."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    minutes: Dated[OrGap[CountingNumber]] = Field(
        description="How many minutes are free in each period, or {gap: id}."
    )
    period: AllowancePeriod | None = Field(
        None,
        description="The period in which they may be used; without expiry: there is none. Not for "
        "a package with a validity.",
    )
    carried: CarriedTerms | None = Field(
        None, description="What of them may be used in the next period, if they are not lost."
    )
    valid: Dated[MonthCount] | None = Field(
        None,
        description="For a prepaid package how long it can be used, such as 12 months: up to and "
        "with the day of the same number; a session that begins on that day is covered.",
    )
    bought: QuestionNamed | None = Field(
        None, description="The question that asks on which date a package was bought."
    )
    used: QuestionNamed | None = Field(
        None,
        description="The question that asks how many are used already. Left out where all time of "
        "the period is asked at once, so that the charges count an answer.",
    )
    charges: ChargesNamed = Field(
        min_length=1,
        description="The charges that the free minutes cover. They use them up in this order.",
    )
    burns: (
        Annotated[
            Annotated[Literal["by the clock"], Tag("value")]
            | Annotated[dict[WindowNamed, BurnTerms], Tag("mapping")],
            Discriminator(_burns_shape),
        ]
        | None
    ) = Field(
        None,
        description="How fast free minutes are used up: by the clock, a minute for a minute; or "
        "for each window how many of them, so that a minute of a weekend may use up two; outside "
        "them one. Windows must not overlap. Needed where a charge costs more at some hours.",
    )
    readings: Readings = Field((), description=READINGS)


AllowancesNamed = tuple[Annotated[Id, Names("allowance")], ...]
COVERING = "Only where one of these allowances covers time of the session."


class ConditionTerms(PolicyModel):
    """Something that customers must know before they buy."""

    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    after: Dated[Length] | None = Field(None, description="Only for sessions longer than this.")
    allowances: AllowancesNamed = Field((), description=COVERING)
    text: Text = Field(description="What they must know, in a sentence. Translated.")
    readings: Readings = Field((), description=READINGS)


HOURS = "The window in which the time is counted, or {gap: id}, where its hours are not published."


class EscalationTerms(PolicyModel):
    """What happens when nobody has answered: the rest of the time is counted in another window."""

    after: Dated[Length] = Field(description="How much of the time passes in the first window.")
    window: OrGap[WindowNamed] = Field(
        description="The window in which the rest is counted, or {gap: id}."
    )
    clause: Clauses = Field(description=CLAUSE)


class ResponseTarget(PolicyModel):
    """How soon the provider answers."""

    within: Dated[ResponseTimeText] = Field(
        description="The time, counted while the window is open, such as 4 h; or 2 working days: "
        "until the window closes on the second day on which it opens, after that of the request."
    )
    window: OrGap[WindowNamed] | None = Field(
        None,
        description="The window in which the time is counted, or {gap: id}, where it is not that "
        "of all.",
    )
    at_most: Yes | None = Field(
        None, description="yes: an average that the provider gives as a most, as in up to 24 h."
    )
    escalates: EscalationTerms | None = Field(
        None, description="When the time goes on in another window."
    )
    when: When = Field({}, description=TARGET_WHEN)
    clause: Clauses = Field(description=CLAUSE)


class ResponseGap(GapTerms):
    """In place of a time: the provider does not publish it."""

    when: When = Field({}, description=TARGET_WHEN)


class ResponseTerms(PolicyModel):
    """Response times: one for everyone, or by the answers to one question or several."""

    label: Text = Field(description="What the promise is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    question: QuestionNamed | None = Field(
        None,
        description="The question whose answer decides; left out: each target says when, or the "
        "only one is for everyone.",
    )
    window: OrGap[WindowNamed] = Field(description=HOURS)
    average: Yes | None = Field(
        None, description="yes: the times are averages, told as such; left out: they are promised."
    )
    targets: dict[
        Answer,
        Annotated[
            Annotated[ResponseGap, Tag("gap")] | Annotated[ResponseTarget, Tag("target")],
            Discriminator(gap_or("target")),
        ],
    ] = Field(
        min_length=1,
        description="For each answer its time, or a gap; without a question under any names, each "
        "with the answers that it is for, so that one of them holds for any answers. A single one "
        "without answers is for everyone.",
    )
    readings: Readings = Field((), description=READINGS)
