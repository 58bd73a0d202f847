"""A price that is made from another one, as written: how much of which price it is."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.ranges import AmountRange, is_range
from termwise.policy_form.tariff.counted import FineLength
from termwise.policy_form.values import (
    Factor,
    Kind,
    Money,
    PolicyModel,
    SurchargePercent,
)

PRICE_NAME = r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$"


class MadePriceTerms(PolicyModel):
    """In place of an amount: so much of another price of the policy, which is written once."""

    of: Annotated[str, StringConstraints(pattern=PRICE_NAME)] = Field(
        description="The other price: work for that of a charge; work.first, work.then.1 and "
        "work.tiers.1 for its increments and tiers; work.prices.basic for one of its table; "
        "work.price.evening for one of a window; most.maximum for that of a limit."
    )
    times: Factor | None = Field(
        None, description="So many times the other price, such as 1.25. Left out: the same price."
    )
    percent: SurchargePercent | None = Field(
        None, description="So much of the other price, such as 50%."
    )
    add: SurchargePercent | None = Field(
        None, description="The other price and so much on top of it, such as 25%."
    )
    for_: FineLength | None = Field(
        None,
        alias="for",
        description="The other price for this time, where that is not the time that it is for.",
    )

    @property
    def factor(self) -> Decimal:
        """How many times the other price it is."""
        if self.times is not None:
            return self.times
        if self.percent is not None:
            return self.percent / 100
        return 1 + (self.add or Decimal(0)) / 100


def _shape(raw: Any) -> str:
    if isinstance(raw, MadePriceTerms) or (isinstance(raw, dict) and "of" in raw):
        return "made"
    if is_range(raw):
        return "range"
    if isinstance(raw, GapTerms | dict):
        return "mapping"
    return "word" if raw == "free" else "value"


Price = Annotated[
    Annotated[GapTerms, Tag("mapping")]
    | Annotated[MadePriceTerms, Tag("made")]
    | Annotated[AmountRange, Tag("range")]
    | Annotated[Literal["free"], Tag("word")]
    | Annotated[Money, Tag("value")],
    Discriminator(_shape),
    Kind("price"),
]
"""An amount, the word free, a range {from: …, to: …}, {of: …} for one that is made, or a gap."""


def _amount_shape(raw: Any) -> str:
    shape = _shape(raw)
    return "value" if shape == "word" else shape


Amount = Annotated[
    Annotated[GapTerms, Tag("mapping")]
    | Annotated[MadePriceTerms, Tag("made")]
    | Annotated[AmountRange, Tag("range")]
    | Annotated[Money, Tag("value")],
    Discriminator(_amount_shape),
]
"""The same without the word free."""

WrittenPrice = Decimal | str | GapTerms | MadePriceTerms | AmountRange
