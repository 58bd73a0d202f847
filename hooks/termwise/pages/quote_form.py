"""The form of a quote's JSON: what `termwise quote --json` prints and the calculator hands out.

One model makes the schema that the site publishes, and reads every quote that the tests price.
"""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

Number = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]
Amount = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
Moment = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d$"),
]
Length = Annotated[int, Field(ge=0)] | Annotated[str, StringConstraints(pattern=r"^\d+:\d\d$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Prices = Literal["included", "excluded", "not stated"]
Charged = Literal["no", "reverse charge"]

ABSENT: Any = None
"""In place of a key that a quote need not have: it is left out then, and never null."""
MONEY = "A decimal text with at least the currency’s digits."
CLAUSES = "The ids of the clauses that say so."
PRICES = "Whether prices are with the tax, or without it, or this is not stated."
CHARGED = "Why no tax is charged: as a rule, or since the customer accounts for it."
END = "At the other end of a range that is published. Absent where it is the same."
FROM, TO = "The moment, in the provider’s zone, at which it begins.", "The moment at which it ends."


class _Form(BaseModel):
    """A part of a quote; keys that it does not name are mistakes."""

    model_config = ConfigDict(extra="forbid", strict=True)


class QuotedSource(_Form):
    """The page that the terms restate."""

    title: str | None = Field(description="As the provider calls it.")
    site: str | None = Field(description="Where it stands; null where that is not named.")
    read: str = Field(description="The day on which it was read.")


class QuotedTerms(_Form):
    """Which terms were priced."""

    effective: str | None = Field(description="Their first day; null where none is stated.")
    digest: Digest = Field(description="Of the compiled policy; the page shows the same one.")
    source: QuotedSource


class QuotedInput(_Form):
    """What was priced."""

    start: Moment | None = Field(description="In the provider’s zone; null where none is asked.")
    minutes: Length | None = Field(
        description="The length: whole minutes, or minutes and seconds as “12:30”; null where none "
        "is asked."
    )
    set_: dict[str, str] = Field(alias="set", description="The answers, by question.")


class QuotedBasis(_Form):
    """How a line stands to the tax, in a quote whose lines do so in different ways."""

    rate: Number | None = Field(description="In percent; null where it is not published.")
    prices: Prices = Field(description=PRICES)
    charged: Charged = Field(ABSENT, description=f"{CHARGED} Absent where tax is charged.")


class QuotedLine(_Form):
    """One line: quantity × unit price × factor ÷ per, rounded once."""

    charge: str = Field(
        description="The id of the charge, allowance, surcharge, discount or limit that it is of."
    )
    clauses: list[str] = Field(description=CLAUSES)
    quantity: Number = Field(description="How many were counted, for all of `times` together.")
    unit: str = Field(
        description="What was counted: a length such as “60 min”, “minutes”, “session”, “request”, "
        "or the question that asks for the quantity; “surcharge”, “discount” and “limit” count "
        "one; why a package covers nothing: “expired”, “not yet valid”."
    )
    unit_price: Amount = Field(
        description=f"For `per` units; what a percentage is of; what a limit changes. {MONEY}"
    )
    unit_price_to: Amount = Field(ABSENT, description=END)
    factor: Amount = Field(description="What multiplies it: negative for a discount.")
    factor_to: Amount = Field(ABSENT, description=END)
    amount: Amount = Field(description=MONEY)
    amount_to: Amount = Field(ABSENT, description=END)
    per: Number = Field(ABSENT, description="For how many units the price is. Absent: 1.")
    times: Number = Field(
        ABSENT,
        description="How many times all of it is due, as for so many people. The quantity is that "
        "of all of them together. Absent: 1.",
    )
    minutes_used: Length = Field(
        ABSENT,
        description="The time of an allowance that was used up, where it is not the time covered.",
    )
    tax: QuotedBasis = Field(
        ABSENT,
        description="How the line stands to the tax. Absent where all lines do so alike.",
    )
    from_: Moment = Field(ABSENT, alias="from", description=f"{FROM} Absent for what has no time.")
    to: Moment = Field(ABSENT, description=f"{TO} Absent for what has no time.")


class QuotedTax(_Form):
    """The tax as one sum."""

    name: str = Field(description="As the provider names it.")
    rate: Number | None = Field(
        description="In percent; null where there are several, or it is not published."
    )
    amount: Amount | None = Field(
        description=f"{MONEY} Null where nobody can tell from what is published."
    )
    amount_to: Amount = Field(ABSENT, description=END)
    charged: Literal["reverse charge"] = Field(
        ABSENT,
        description="Present where the customer accounts for the tax; the amount is then nothing.",
    )


class QuotedShare(_Form):
    """The tax on the lines that stand to it alike."""

    name: str = Field(description="As the provider names it.")
    rate: Number | None = Field(
        description="In percent; null where it is not published, and for what a limit that is "
        "published with tax too takes off the tax, or adds to it."
    )
    net: Amount | None = Field(description="The lines without tax; null where nobody can tell.")
    net_to: Amount = Field(ABSENT, description=END)
    amount: Amount | None = Field(description="The tax; null where nobody can tell.")
    amount_to: Amount = Field(ABSENT, description=END)
    prices: Prices = Field(ABSENT, description=f"{PRICES} Absent for a limit’s share.")
    charged: Charged = Field(ABSENT, description=f"{CHARGED} Absent where tax is charged.")


class QuotedGap(_Form):
    """A figure that the case needs and the provider does not publish."""

    clause: str = Field(description="The clause that leaves it open.")
    why: str = Field(description="The id of the gap in the policy.")
    from_: Moment = Field(ABSENT, alias="from", description=f"{FROM} Absent for what has no time.")
    to: Moment = Field(ABSENT, description=f"{TO} Absent for what has no time.")
    lowers: Literal[True] = Field(
        ABSENT, description="Present where it lowers the price: what is known is the most then."
    )


class QuotedResponse(_Form):
    """When a first answer can be expected."""

    target_minutes: int | None = Field(
        description="In minutes of support; null for a target in working days."
    )
    target_working_days: int = Field(
        ABSENT, description="In working days. Absent for one in minutes."
    )
    average: Literal["about", "at most"] = Field(
        ABSENT, description="Present for a target that is no promise."
    )
    due: Moment | None = Field(
        description="Counted in support hours; null where no start is asked, or these hours are "
        "not published."
    )
    clauses: list[str] = Field(description=CLAUSES)


class QuotedRounding(_Form):
    """How what is to be paid in cash is rounded."""

    to: Number = Field(description="The step to which it is rounded.")
    amount: Amount | None = Field(
        description="What that adds or takes off; null where it is not known what is due."
    )
    amount_to: Amount = Field(ABSENT, description=END)
    clauses: list[str] = Field(description=CLAUSES)


class QuoteForm(_Form):
    """The price of one case under one edition of a policy."""

    provider: str = Field(description="The provider’s id.")
    service: str = Field(description="The service’s id.")
    terms: QuotedTerms
    input: QuotedInput
    currency: str = Field(description="By ISO 4217; XXX where nothing costs money.")
    lines: list[QuotedLine]
    subtotal: Amount = Field(description=f"The sum of the lines, exactly. {MONEY}")
    subtotal_to: Amount = Field(ABSENT, description=END)
    net: Amount | None = Field(
        description="Without tax; null where nobody can tell from what is published."
    )
    net_to: Amount = Field(ABSENT, description=END)
    tax: QuotedTax | None = Field(
        description="Null where the provider does not say whether tax is included."
    )
    gross: Amount | None = Field(
        description="With all tax that is charged; null where nobody can tell."
    )
    gross_to: Amount = Field(ABSENT, description=END)
    complete: bool = Field(description="False where a figure is missing.")
    missing: list[QuotedGap]
    readings: list[str] = Field(description="The readings of ours that the price rests on.")
    outside: list[str] = Field(
        description="The facts that it rests on and the page does not state, by id."
    )
    conditions: list[str] = Field(
        description="What to know before buying, by id, with its threshold where it has one."
    )
    response: QuotedResponse | None = Field(description="Null where no answer is promised.")
    taxes: list[QuotedShare] = Field(
        ABSENT, description="The shares of the tax. Absent where all lines stand to it alike."
    )
    rounding: QuotedRounding = Field(ABSENT, description="Absent where no cash is rounded.")
    payable: Amount | None = Field(
        ABSENT,
        description="What is to be paid, rounded; null where that is not known. Absent where no "
        "cash is rounded: the gross is.",
    )
    payable_to: Amount = Field(ABSENT, description=END)


class _NoDefaults(GenerateJsonSchema):
    """A schema that does not say what stands for an absent key."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


@cache
def quote_schema(references: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON Schema of a quote, with its parts at these places; the same at every call."""
    return QuoteForm.model_json_schema(
        by_alias=True, ref_template=references, schema_generator=_NoDefaults
    )


def quote_schemas() -> dict[str, Any]:
    """The schema of a quote and those of its parts, as components of an OpenAPI description."""
    whole = dict(quote_schema("#/components/schemas/{model}"))
    parts: dict[str, Any] = whole.pop("$defs")
    return parts | {"Quote": whole | {"title": "Quote"}}
