"""A gap in place of a value: what the provider does not publish stands where the value would."""

from typing import Annotated, Any, TypeVar, get_args

from pydantic import Discriminator, Field, Tag

from termwise.policy_form.values import Id, Names, PolicyModel, by_shape

Value = TypeVar("Value")


class GapTerms(PolicyModel):
    """In place of a figure: the provider does not publish it."""

    gap: Annotated[Id, Names("gap")] = Field(
        description="The gap that records what is not published."
    )


OrGap = Annotated[
    Annotated[GapTerms, Tag("mapping")] | Annotated[Value, Tag("value")],
    Discriminator(by_shape()),
]
"""A value, or {gap: id} if it is not published."""


def may_be_gap(annotation: Any) -> bool:
    """Tell whether a gap may stand in place of a value of this type."""
    members = get_args(get_args(annotation)[0]) if get_args(annotation) else ()
    return any(_is_gap(part) for member in members for part in get_args(member))


def _is_gap(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, GapTerms)
