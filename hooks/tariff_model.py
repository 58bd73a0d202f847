"""The form of a tariff: what is asked, what it costs, what is free, how soon answers come."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from hooks.policy_values import (
    Answer,
    Answers,
    Clauses,
    CountingNumber,
    Dated,
    Factor,
    Form,
    Id,
    Kind,
    Length,
    Minutes,
    Money,
    Names,
    Percent,
    PerUnit,
    QuestionId,
    Text,
    WeekTime,
    Yes,
    YesOrNo,
    by_shape,
)

QuestionNamed = Annotated[QuestionId, Names("question")]
WindowNamed = Annotated[Id, Names("window")]
ChargesNamed = tuple[Annotated[Id, Names("charge")], ...]
When = dict[QuestionNamed, Answers]
Readings = tuple[Annotated[Id, Names("reading")], ...]

CLAUSE = "The clause that says so: its id, or a list of ids."
WHEN = "The answers that must be given for this to hold: question: answer, or a list of answers."
READINGS = "The readings that a quote depends on when this rule prices it."


class GapPrice(Form):
    """In place of a figure: the provider does not publish it."""

    gap: Annotated[Id, Names("gap")] = Field(
        description="The gap that records what is not published."
    )


Price = Annotated[
    Annotated[GapPrice, Tag("mapping")]
    | Annotated[Literal["free"], Tag("word")]
    | Annotated[Money, Tag("value")],
    Discriminator(by_shape("free")),
    Kind("price"),
]
FactorOrBase = Annotated[
    Annotated[Literal["base"], Tag("word")] | Annotated[Factor, Tag("value")],
    Discriminator(by_shape("base")),
]


class TaxTerms(Form):
    """The tax on every price."""

    name: Text = Field(description="The tax's own name, such as VAT.")
    rate: Dated[Percent] = Field(description="Its rate.")
    prices: Literal["excluded", "included"] = Field(
        description="Whether the prices in this file leave the tax out or hold it already."
    )
    clause: Clauses = Field(description=CLAUSE)
    outside: Annotated[Id, Names("outside fact")] | None = Field(
        None, description="The outside fact that gives the rate, where the page does not."
    )


class YesNoQuestion(Form):
    """A question answered with yes or no."""

    kind: Literal["yes-no"] = Field(description="yes-no: answered with yes or no.")
    default: YesOrNo = Field(description="The answer of the likeliest case.")
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class ChoiceQuestion(Form):
    """A question with a list of answers."""

    kind: Literal["choice"] = Field(description="choice: one of a list of options.")
    default: Answer = Field(description="The option of the likeliest case.")
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    options: dict[Answer, Text] = Field(
        min_length=2, description="The options: a short key, and what the customer reads."
    )
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class MinutesQuestion(Form):
    """A question answered with a number of minutes, such as those already used."""

    kind: Literal["minutes"] = Field(description="minutes: a number of minutes.")
    default: Annotated[Minutes, Kind("scenario-minutes")] = Field(
        description="The minutes of the likeliest case."
    )
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class VersionQuestion(Form):
    """A question for a version number; rules see supported, older, newer or not given."""

    kind: Literal["version"] = Field(description="version: a number such as 7.6.2.0, or nothing.")
    newest_major: Dated[CountingNumber] = Field(
        description="The newest major version: what has it counts as supported."
    )
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


Question = Annotated[
    YesNoQuestion | ChoiceQuestion | MinutesQuestion | VersionQuestion,
    Field(discriminator="kind"),
]


QUESTION_KINDS = ("yes-no", "choice", "minutes", "version")


class FirstIncrementTerms(Form):
    """A first increment with a length and a price of its own."""

    length: Dated[Length] = Field(description="How long the first increment is.")
    price: Dated[Money] = Field(description="Its price.")
    clause: Clauses = Field(description=CLAUSE)


class StopTerms(Form):
    """The point at which work, and the bill, stop."""

    after: Dated[Length] = Field(description="The time after which work stops.")
    when: When = Field(min_length=1, description=WHEN)
    clause: Clauses = Field(description=CLAUSE)


class WindowRateTerms(Form):
    """The price while a window is open, as a multiple of the charge's price."""

    times: Dated[FactorOrBase] = Field(
        description="A factor such as 2, or base for the price itself."
    )
    clause: Clauses = Field(description=CLAUSE)


class RateTerms(Form):
    """Prices that depend on the window of the week."""

    decided_at: Literal["start of each increment"] = Field(
        description="The moment whose window decides the price of an increment."
    )
    windows: dict[WindowNamed, WindowRateTerms] = Field(
        min_length=1, description="For each window its factor. No two windows may overlap."
    )
    otherwise: GapPrice = Field(
        description="The gap that stands for the hours outside every window."
    )


class InsideWindow(Form):
    """The charge is due when the session touches time in the window."""

    inside: WindowNamed = Field(description="The window.")


class OutsideWindow(Form):
    """The charge is due when the session touches time out of the window."""

    outside: WindowNamed = Field(description="The window.")


def _inside_or_outside(raw: Any) -> str:
    named = raw if isinstance(raw, dict) else getattr(raw, "model_fields_set", ())
    return "outside" if "outside" in named else "inside"


class ChargeTerms(Form):
    """Something that costs money, and how it is counted."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    price: Dated[Price] = Field(
        description="An amount such as 100.00, the word free, or {gap: id} if not published."
    )
    per: Dated[PerUnit] = Field(
        description="What the price is for: started 60 min, session, or request."
    )
    minimum: Literal["one increment"] | None = Field(
        None, description="one increment: an ordered session of no minutes still costs one."
    )
    first: FirstIncrementTerms | None = Field(
        None, description="The first increment, where it differs from those that follow."
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


class DiscountTerms(Form):
    """Something taken off the priced lines that it fits; the first that fits a line is taken."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    in_: WindowNamed | None = Field(
        None, alias="in", description="Only for increments in this window."
    )
    percent: Dated[Percent] | None = Field(None, description="How much is taken off.")
    free: Yes | None = Field(None, description="yes: all of it is taken off.")
    charges: ChargesNamed = Field(
        (), description="Only for these charges; left out: for every charge."
    )
    readings: Readings = Field((), description=READINGS)


class AllowanceTerms(Form):
    """Minutes that a customer may use without paying."""

    label: Text = Field(description="What the line of a quote is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    minutes: Dated[CountingNumber] = Field(description="How many minutes are free in each period.")
    period: Literal["calendar year"] = Field(description="The period in which they may be used.")
    used: QuestionNamed = Field(description="The question that asks how many are used already.")
    charges: ChargesNamed = Field(
        min_length=1, description="The charges that the free minutes cover."
    )
    readings: Readings = Field((), description=READINGS)


class ConditionTerms(Form):
    """Something that customers must know before they buy."""

    clause: Clauses = Field(description=CLAUSE)
    when: When = Field({}, description=WHEN)
    after: Dated[Length] | None = Field(None, description="Only for sessions longer than this.")
    text: Text = Field(description="What they must know, in a sentence. Translated.")


class ResponseTarget(Form):
    """How soon the provider answers."""

    within: Dated[Length] = Field(description="The time, counted while the window is open.")
    clause: Clauses = Field(description=CLAUSE)


class ResponseTerms(Form):
    """Response times by the answer to one question."""

    label: Text = Field(description="What the promise is called. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    question: QuestionNamed = Field(description="The question whose answer decides.")
    window: WindowNamed = Field(description="The window in which the time is counted.")
    targets: dict[
        Answer,
        Annotated[
            Annotated[GapPrice, Tag("gap")] | Annotated[ResponseTarget, Tag("target")],
            Discriminator(
                lambda raw: (
                    "gap"
                    if isinstance(raw, GapPrice) or (isinstance(raw, dict) and "gap" in raw)
                    else "target"
                )
            ),
        ],
    ] = Field(min_length=1, description="For each answer its time, or a gap.")
    readings: Readings = Field((), description=READINGS)


class DefaultCase(Form):
    """The likeliest case, which the page shows priced."""

    start: WeekTime | None = Field(None, description="Weekday and local time, such as Tu 17:30.")
    minutes: Annotated[Minutes, Kind("scenario-minutes")] | None = Field(
        None, description="The length of the session in minutes."
    )


class ServiceTerms(Form):
    """Something a customer can ask for, and the rules that price it."""

    name: Text = Field(description="Its name. Translated.")
    summary: Text = Field(description="What it is, in a sentence. Translated.")
    clause: Clauses = Field(description=CLAUSE)
    kind: Literal["session", "request"] = Field(
        description="session: has a length; request: asked and answered."
    )
    asks: tuple[Literal["start", "minutes"], ...] = Field(
        description="What the calculator asks besides the questions: start, minutes, both or none."
    )
    questions: tuple[QuestionNamed, ...] = Field((), description="The questions it asks, in order.")
    charges: ChargesNamed = Field(min_length=1, description="The charges that may be due.")
    discounts: tuple[Annotated[Id, Names("discount")], ...] = Field(
        (), description="The discounts; the first that fits a line is taken."
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


Tax = Annotated[
    Annotated[TaxTerms, Tag("mapping")] | Annotated[Literal["not stated"], Tag("value")],
    Discriminator(by_shape()),
]
