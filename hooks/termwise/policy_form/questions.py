"""Questions in a policy file: what the calculator asks, and which answers there are."""

from typing import Annotated, Literal

from pydantic import Field

from termwise.policy_form.dated import Dated
from termwise.policy_form.values import (
    Answer,
    Answers,
    CountingNumber,
    Id,
    Kind,
    Minutes,
    Money,
    Names,
    PolicyModel,
    Quantity,
    QuestionId,
    Text,
    UnitCount,
    YesOrNo,
)

QuestionNamed = Annotated[QuestionId, Names("question")]
When = dict[QuestionNamed, Answers]


class YesNoQuestion(PolicyModel):
    """A question answered with yes or no."""

    kind: Literal["yes-no"] = Field(description="yes-no: answered with yes or no.")
    default: YesOrNo = Field(description="The answer of the likeliest case.")
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    said: dict[YesOrNo, Text] = Field(
        {},
        description="For whom a rule is that asks for an answer, as tables say it: yes: clients "
        "of the company. Translated.",
    )
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class ChoiceQuestion(PolicyModel):
    """A question with a list of answers."""

    kind: Literal["choice"] = Field(description="choice: one of a list of options.")
    default: Answer = Field(description="The option of the likeliest case.")
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    options: dict[Answer, Text] = Field(
        min_length=2, description="The options: a short key, and what the customer reads."
    )
    zones: dict[Answer, Text] = Field(
        {},
        description="Where the options are places and the customer’s clock decides: the time zone "
        "of each. In a service that asks this, the start and all hours are those of the place.",
    )
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class MinutesQuestion(PolicyModel):
    """A question answered with a number of minutes, such as those already used."""

    kind: Literal["minutes"] = Field(description="minutes: a number of minutes.")
    default: Annotated[Minutes, Kind("scenario-minutes")] = Field(
        description="The minutes of the likeliest case."
    )
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class BandTerms(PolicyModel):
    """Numbers that rules treat alike."""

    id: Id = Field(description="What rules call it in `when`.")
    under: Dated[UnitCount] | None = Field(
        None, description="The number under which it ends; the last band has none."
    )


class NumberQuestion(PolicyModel):
    """A question answered with a quantity, such as kilometres, users or kWh."""

    kind: Literal["number"] = Field(description="number: a quantity of something.")
    default: Quantity = Field(description="The quantity of the likeliest case.")
    unit: Text = Field(
        description="What is counted, as it stands after a number: km; or its plural forms, in the "
        "order of the language, as in user | users. Translated."
    )
    decimals: Literal["0", "1", "2", "3"] = Field(
        "0", description="How many decimals an answer may have."
    )
    bands: tuple[BandTerms, ...] = Field(
        (), description="For rules by the number: bands, the smallest numbers first."
    )
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class DateQuestion(PolicyModel):
    """A question for a date, such as that of a purchase; it may stay without an answer."""

    kind: Literal["date"] = Field(description="date: a day, or nothing.")
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class VersionQuestion(PolicyModel):
    """A question for a version number; rules see supported, older, newer or not given."""

    kind: Literal["version"] = Field(description="version: a number such as 7.6.2.0, or nothing.")
    newest_major: Dated[CountingNumber] = Field(
        description="The newest major version: what has it counts as supported."
    )
    label: Text = Field(description="The question, as the customer reads it. Translated.")
    help: Text | None = Field(None, description="A hint below the question. Translated.")
    when: When = Field({}, description="Ask only when earlier questions have these answers.")


class TotalBandTerms(PolicyModel):
    """Amounts that rules treat alike."""

    id: Id = Field(description="What rules call it in `when`.")
    under: Dated[Money] | None = Field(
        None, description="The amount under which it ends; the last band has none."
    )


class TotalQuestion(PolicyModel):
    """What some charges come to, where that decides: nobody is asked, the calculator adds up."""

    kind: Literal["total"] = Field(
        description="total: not asked, but what some charges come to by themselves, before "
        "surcharges, discounts and limits."
    )
    label: Text = Field(description="What it is called, such as Value of the order. Translated.")
    charges: tuple[Annotated[Id, Names("charge")], ...] = Field(
        min_length=1, description="The charges that it adds up."
    )
    bands: tuple[TotalBandTerms, ...] = Field(
        min_length=1, description="For rules by the amount: bands, the smallest amounts first."
    )

    @property
    def when(self) -> When:
        """It is worked out whatever is answered."""
        return {}


Question = Annotated[
    YesNoQuestion
    | ChoiceQuestion
    | MinutesQuestion
    | NumberQuestion
    | DateQuestion
    | VersionQuestion
    | TotalQuestion,
    Field(discriminator="kind"),
]


QUESTION_KINDS = ("yes-no", "choice", "minutes", "number", "date", "version", "total")
VERSION_STATES = ("supported", "older", "newer", "not given")


def answers_of(question: Question) -> list[str]:
    """The answers that a rule may name; none for a number without bands."""
    if isinstance(question, YesNoQuestion):
        return ["yes", "no"]
    if isinstance(question, ChoiceQuestion):
        return list(question.options)
    if isinstance(question, NumberQuestion | TotalQuestion):
        return [band.id for band in question.bands]
    return list(VERSION_STATES) if isinstance(question, VersionQuestion) else []
