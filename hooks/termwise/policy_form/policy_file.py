"""The model of a policy file: every field, what it means and what may stand in it.

This one model reads the files, makes the JSON Schema for editors, and lists the fields in the
staff guide.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from termwise.languages import LanguageCode
from termwise.limits import MOST_WINDOWS
from termwise.policy_form.calendar.holidays import HolidayTerms
from termwise.policy_form.dated import Dated
from termwise.policy_form.hours.weekly import Weekly, outside
from termwise.policy_form.questions import ChoiceQuestion, Question, QuestionNamed, When
from termwise.policy_form.tariff.charges import CLAUSE, ChargeTerms, ServiceTerms, Tax
from termwise.policy_form.tariff.counted import SessionLength
from termwise.policy_form.tariff.rounding import RoundingTerms
from termwise.policy_form.tariff.rules import (
    COVERING,
    AllowancesNamed,
    AllowanceTerms,
    ConditionTerms,
    DiscountTerms,
    LimitTerms,
    ResponseTerms,
    SurchargeTerms,
)
from termwise.policy_form.values import (
    AnswerGiven,
    ClauseId,
    Clauses,
    Day,
    Id,
    Kind,
    Names,
    PolicyModel,
    QuestionId,
    StatedDay,
    Text,
    WeekTime,
    WindowText,
)
from termwise_calculator.terms.money import NO_CURRENCY


class OutsideWindowTerms(PolicyModel):
    """A window that is open whenever another one is not."""

    outside: Annotated[Id, Names("window")] = Field(description="The other window.")


def _window_shape(raw: Any) -> str:
    return "outside" if isinstance(raw, dict | OutsideWindowTerms) else "hours"


class SourcePage(PolicyModel):
    """The page that the policy restates."""

    title: Text = Field(description="The title of the provider’s own page.")
    site: Text | None = Field(None, description="The site it stands on, without https://.")
    language: LanguageCode | None = Field(
        None, description="The language of the page, where it is not that of this file."
    )
    read: Annotated[Day, Kind("day-read")] = Field(
        description="The day on which the page was read."
    )
    note: Text | None = Field(
        None, description="What a reader should know about the page. Translated."
    )


Values = tuple[Text, ...]

RESTING = (
    "The values that rest on it, as slots call them, such as windows.office; also timezone and "
    "currency. Each bears a mark where it is shown."
)


class OutsideFact(PolicyModel):
    """A fact that is not on the page, such as a country’s tax rate."""

    text: Text = Field(description="What we take from elsewhere, in a sentence. Translated.")
    origin: Text = Field(description="Where it comes from.")
    values: Values = Field((), description=RESTING)


class StatedText(PolicyModel):
    """A sentence that rests on a clause."""

    id: Id = Field(description="A name for translators and links.")
    text: Text = Field(description="The sentence; figures stand as slots. Translated.")
    clause: Clauses = Field(description=CLAUSE)


class Step(PolicyModel):
    """A step that the customer takes."""

    id: Id = Field(description="A name for translators and links.")
    text: Text = Field(description="What to do. Translated.")
    clause: Clauses | None = Field(None, description=CLAUSE)


class QuestionAndAnswer(PolicyModel):
    """A question that customers often have."""

    id: Id = Field(description="A name for translators and links.")
    question: Text = Field(description="The question. Translated.")
    answer: Text = Field(description="The answer. Translated.")
    clause: Clauses | None = Field(None, description=CLAUSE)


class Clause(PolicyModel):
    """One clause of the terms."""

    id: Id = Field(description="A name that never changes: links and quotes use it.")
    number: Annotated[Text, Field(max_length=20)] | None = Field(
        None, description="The provider’s own number, in quotes (“4.3”)."
    )
    text: Text = Field(description="The clause; figures stand as slots. Translated.")


class Section(PolicyModel):
    """A titled group of clauses."""

    id: Id = Field(description="A name for translators and links.")
    title: Text = Field(description="Its heading. Translated.")
    clauses: tuple[Clause, ...] = Field(min_length=1, description="The clauses, in order.")


class Coverage(PolicyModel):
    """What the support covers and what it does not."""

    covered: tuple[StatedText, ...] = Field((), description="What is covered.")
    excluded: tuple[StatedText, ...] = Field((), description="What is not.")


class Channel(PolicyModel):
    """A way to reach the provider."""

    id: Id = Field(description="A name for translators and links.")
    name: Text = Field(description="What it is called. Translated.")
    text: Text = Field(description="What it is for. Translated.")
    clause: Clauses = Field(description=CLAUSE)


class Contact(PolicyModel):
    """An address of the provider, as published."""

    kind: Literal["email", "phone", "web"] = Field(description="email, phone or web.")
    value: Text = Field(description="The address or number itself.")


class Note(PolicyModel):
    """A recorded reading of something unclear, or a gap: something that is not published."""

    clause: ClauseId = Field(description="The clause beside which it stands.")
    when: When = Field({}, description="It matters only with these answers.")
    allowances: AllowancesNamed = Field((), description=COVERING)
    text: Text = Field(description="What we read, or what is missing. Translated.")


class Reading(Note):
    """How we read something that can be read in two ways."""

    matters: Literal["no time", "full increment", "across windows", "beyond allowance"] | None = (
        Field(
            None,
            description="The only sessions in which it matters: those without any time; those "
            "that end just with an increment; those whose time lies in hours of more than one "
            "kind; those that outlast the free time of an allowance. Left out where it matters in "
            "all.",
        )
    )
    values: Values = Field((), description=RESTING)


class Example(PolicyModel):
    """A worked example, priced when the page is made."""

    id: Id = Field(description="A name for links.")
    service: Annotated[Id, Names("service")] = Field(description="The service.")
    start: WeekTime | None = Field(None, description="Weekday and local time, such as Tu 17:30.")
    minutes: SessionLength | None = Field(
        None, description="The length of the session: minutes, or minutes and seconds as 12:30."
    )
    set_: dict[QuestionNamed, AnswerGiven] = Field(
        {}, alias="set", description="Answers that differ from the defaults."
    )


class PolicyFile(PolicyModel):
    """The support policy of one provider."""

    provider: Id = Field(description="The provider’s id, the same as the name of the folder.")
    formerly: tuple[Id, ...] = Field(
        (), description="Ids that it had before, so that its history and old links are found."
    )
    name: Text = Field(description="The provider’s name.")
    language: LanguageCode = Field(
        description="The language of this file, that of the source; the others are translations."
    )
    effective: StatedDay = Field(
        description="The first day on which these terms hold, or: not stated, where the provider "
        "gives no date."
    )
    ends: StatedDay | None = Field(
        None,
        description="The last day on which these terms hold, or: not stated, where the provider "
        "says that they will end, but not when. Left out where nothing is said of an end.",
    )
    timezone: Text = Field(description="The time zone of all times, such as Europe/Warsaw.")
    currency: Text = Field(
        description=f"The currency of all prices, such as PLN; {NO_CURRENCY} for none."
    )
    decimals: Literal["0", "1", "2", "3", "4"] | None = Field(
        None,
        description="Decimals that amounts are rounded to, where they are not the currency’s own.",
    )
    source: SourcePage = Field(description="The page that this policy restates.")
    outside: dict[Id, OutsideFact] = Field({}, description="Facts that are not on that page.")
    tax: Tax = Field(description="The tax on every price, or: not stated.")
    rounding: RoundingTerms | None = Field(
        None, description="How amounts are rounded, and what is paid in cash."
    )
    windows: dict[
        Id,
        Annotated[
            Annotated[Dated[WindowText], Tag("hours")]
            | Annotated[OutsideWindowTerms, Tag("outside")],
            Discriminator(_window_shape),
        ],
    ] = Field(
        {},
        max_length=MOST_WINDOWS,
        description="Named hours of the week, as opening_hours text: Mo-Fr 10:00-18:00. Rules for "
        "public holidays, seasons and dates may follow: ; PH off; Jun-Aug Mo-Fr 09:00-16:00; for "
        "school holidays 2026 Jul 01-2026 Aug 31 Mo-Fr 09:00-16:00. "
        "{outside: office}: all hours that are not in that window.",
    )
    holidays: HolidayTerms | None = Field(
        None, description="Which days are public holidays, for windows that name them (PH)."
    )
    questions: dict[QuestionId, Question] = Field(
        {}, description="What the calculator asks, by an id with underscores."
    )
    charges: dict[Id, ChargeTerms] = Field(min_length=1, description="What costs money.")
    surcharges: dict[Id, SurchargeTerms] = Field(
        {}, description="Percentages on prices: at night, on Sundays, for haste."
    )
    discounts: dict[Id, DiscountTerms] = Field({}, description="What is taken off.")
    limits: dict[Id, LimitTerms] = Field(
        {}, description="The most and the least that a session costs."
    )
    allowances: dict[Id, AllowanceTerms] = Field({}, description="What is free up to a limit.")
    conditions: dict[Id, ConditionTerms] = Field({}, description="What to know before buying.")
    responses: dict[Id, ResponseTerms] = Field({}, description="How soon the provider answers.")
    services: dict[Id, ServiceTerms] = Field(
        min_length=1, description="What customers can ask for."
    )
    examples: tuple[Example, ...] = Field((), description="Worked examples for the page.")
    glance: tuple[StatedText, ...] = Field(
        min_length=1,
        description="What you pay at a glance: a few sentences for the head of the page.",
    )
    sections: tuple[Section, ...] = Field(min_length=1, description="The terms, clause by clause.")
    steps: tuple[Step, ...] = Field((), description="What the customer does, in order.")
    faq: tuple[QuestionAndAnswer, ...] = Field((), description="Questions and answers.")
    coverage: Coverage = Field(
        default_factory=lambda: Coverage(covered=(), excluded=()),
        description="What is covered and what is not.",
    )
    channels: tuple[Channel, ...] = Field((), description="Ways to reach the provider.")
    contacts: tuple[Contact, ...] = Field((), description="Published addresses and numbers.")
    readings: dict[Id, Reading] = Field(
        {}, description="How we read what can be read in two ways, beside its clause."
    )
    gaps: dict[Id, Note] = Field(
        {}, description="What the provider does not publish, beside the clause that leaves it open."
    )
    meant: tuple[Text, ...] = Field(
        (),
        description="What looks like a slip and is meant so, by the names that `termwise check` "
        "gives it, such as surcharges.sunday.percent for a surcharge of 100%.",
    )

    @cached_property
    def hours(self) -> Mapping[str, Dated[Weekly]]:
        """The hours of each window; never open are those outside what is unknown or itself."""
        never = Dated(((date.min, Weekly("", ())),))
        return {name: self._hours_of(name, ()) or never for name in self.windows}

    def _hours_of(self, name: str, inside: tuple[str, ...]) -> Dated[Weekly] | None:
        written = self.windows.get(name)
        if written is None or name in inside:
            return None
        if isinstance(written, Dated):
            return written
        other = self._hours_of(written.outside, (*inside, name))
        rows = other.rows if other else ()
        return Dated(tuple((since, outside(weekly)) for since, weekly in rows)) if rows else None

    def covered_by(self, limit: LimitTerms) -> tuple[str, ...]:
        """The charges that a limit is on: those it names, those of its surcharges, or all."""
        known = [self.surcharges[one] for one in limit.surcharges if one in self.surcharges]
        of_known = chain.from_iterable(one.charges or self.charges for one in known)
        return tuple(dict.fromkeys((*limit.charges, *of_known))) or tuple(self.charges)

    @property
    def zones(self) -> list[str]:
        """Every time zone whose clock may decide, the provider's own first."""
        choices = [one for one in self.questions.values() if isinstance(one, ChoiceQuestion)]
        return [self.timezone, *(zone for one in choices for zone in one.zones.values())]

    @property
    def begins(self) -> date | None:
        """The first day of the terms; None where the provider does not state it."""
        return self.effective if isinstance(self.effective, date) else None

    @property
    def first_known_day(self) -> date:
        """A day on which the terms hold: their first, or that on which they were read."""
        return self.begins or self.source.read

    @property
    def last_day(self) -> date | None:
        """The last day of the terms; None where there is none, or it is not stated."""
        return self.ends if isinstance(self.ends, date) else None


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema of policy files, for editors; the same at every call."""
    schema = PolicyFile.model_json_schema(by_alias=True, mode="validation")
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Termwise policy file",
    }
    return about | {key: value for key, value in schema.items() if key != "title"}


def amount_digits(policy: PolicyFile) -> int:
    """How many decimals amounts are rounded to: the currency's, or as the policy says."""
    if policy.decimals is not None:
        return int(policy.decimals)
    return currency_digits(policy.currency)


def currency_digits(currency: str) -> int:
    """How many decimals the currency has, by CLDR."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (loads CLDR data)

    return get_currency_precision(currency)
