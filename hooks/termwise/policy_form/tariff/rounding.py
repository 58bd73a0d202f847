"""How amounts are rounded, as written: each of them, and what is paid in cash."""

from typing import Literal

from pydantic import Field

from termwise.policy_form.dated import Dated
from termwise.policy_form.questions import When
from termwise.policy_form.tariff.charges import CLAUSE, WHEN
from termwise.policy_form.values import Clauses, Money, PolicyModel

Rule = Literal["half up", "half even", "half down", "up", "down"]
RULES = (
    "half up: to the nearest, halves away from nothing; half even: halves to the even digit; half "
    "down: halves towards nothing; up and down: always away from nothing, or towards it."
)


class AmountRounding(PolicyModel):
    """How each amount is rounded."""

    rule: Rule = Field(description=RULES)
    clause: Clauses = Field(description=CLAUSE)


class CashRoundingTerms(PolicyModel):
    """How what is to be paid is rounded, with its tax, where it is paid in cash."""

    to: Dated[Money] = Field(description="The smallest step that can be paid, such as 0.05.")
    rule: Rule = Field("half up", description=RULES)
    when: When = Field({}, description=WHEN)
    clause: Clauses = Field(description=CLAUSE)


class RoundingTerms(PolicyModel):
    """How amounts are rounded, where the page says so."""

    amounts: AmountRounding | None = Field(
        None,
        description="Of each line and of the tax; left out: half up, and the page says nothing.",
    )
    cash: CashRoundingTerms | None = Field(
        None, description="Of the whole that is to be paid; left out: paid as it is."
    )
