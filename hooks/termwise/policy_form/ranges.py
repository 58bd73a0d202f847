"""A range in place of a figure, as written: {from: 15.00, to: 25.00}."""

from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, Discriminator, Field, Tag

from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.values import Factor, Money, Percent, PolicyModel, SurchargePercent

LOWER = "The lower end, as the provider publishes it."
UPPER = "The upper end, greater than the lower one."


class AmountRange(PolicyModel):
    """In place of an amount: the provider publishes from where to where it goes."""

    from_: Money = Field(alias="from", description=LOWER)
    to: Money = Field(description=UPPER)


class PercentRange(PolicyModel):
    """In place of a percentage: the provider publishes from where to where it goes."""

    from_: Percent = Field(alias="from", description=LOWER)
    to: Percent = Field(description=UPPER)


class SurchargeRange(PolicyModel):
    """In place of a percentage that is added: from where to where it goes."""

    from_: SurchargePercent = Field(alias="from", description=LOWER)
    to: SurchargePercent = Field(description=UPPER)


class FactorRange(PolicyModel):
    """In place of a factor: the provider publishes from where to where it goes."""

    from_: Factor = Field(alias="from", description=LOWER)
    to: Factor = Field(description=UPPER)


RangeTerms = AmountRange | PercentRange | SurchargeRange | FactorRange
Ends = TypeVar("Ends", bound=PolicyModel)
Value = TypeVar("Value")


def is_range(raw: Any) -> bool:
    """Tell a range from another mapping."""
    return isinstance(raw, RangeTerms) or (isinstance(raw, dict) and "from" in raw)


def _shape(raw: Any) -> str:
    if is_range(raw):
        return "range"
    return "mapping" if isinstance(raw, dict | BaseModel) else "value"


def range_name(annotation: Any) -> str:
    """Which ranges may stand in place of a value of this type, by their name; empty for none."""
    named = {one.__name__ for one in get_args(RangeTerms)}
    members = get_args(get_args(annotation)[0]) if get_args(annotation) else ()
    names = (getattr(part, "__name__", "") for one in members for part in get_args(one))
    return next((name for name in names if name in named), "")


FigureOr = Annotated[
    Annotated[GapTerms, Tag("mapping")]
    | Annotated[Ends, Tag("range")]
    | Annotated[Value, Tag("value")],
    Discriminator(_shape),
]
"""A value, a range of it, or {gap: id} if it is not published."""
