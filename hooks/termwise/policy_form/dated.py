"""Values that change on a date: written as one value, or as rows from a first day on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, Field, GetCoreSchemaHandler, create_model
from pydantic_core import core_schema

from termwise.policy_form.gaps import may_be_gap
from termwise.policy_form.ranges import range_name
from termwise.policy_form.values import Day, PolicyModel, Text, kind_of

Value_co = TypeVar("Value_co", covariant=True)


class DatedRow(PolicyModel):
    """One row of a dated value: from when it holds, the value, and where that is written."""

    from_: Day = Field(alias="from", description="The first day on which this value holds.")
    value: Any = Field(description="The value, written as it would be without dates.")
    source: Text = Field(description="Where this value was published, for whoever asks later.")


class Dated(Generic[Value_co]):
    """A value, and since when: written as the value alone, or as rows in order of their dates.

    `rows` are pairs of the first day and the value; a value without dates has one, from ever.
    """

    __slots__ = ("rows",)

    def __init__(self, rows: tuple[tuple[date, Value_co], ...]) -> None:
        self.rows = rows

    def on(self, day: date) -> Value_co:
        """The value that holds on a day; before the first row, the first row's."""
        started = [value for first_day, value in self.rows if first_day <= day]
        return started[-1] if started else self.rows[0][1]

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read a list as rows and anything else as the value itself."""
        (value,) = get_args(source)
        rows = core_schema.list_schema(handler.generate_schema(row_model(value)), min_length=1)
        choices = {
            "one": _then(lambda one: cls(((date.min, one),)), handler.generate_schema(value)),
            "rows": _then(lambda read: cls(tuple((r.from_, r.value) for r in read)), rows),
        }
        return core_schema.tagged_union_schema(choices, _one_or_rows)


@cache
def row_model(value: Any) -> type[DatedRow]:
    """The model of a row that holds such a value, named after its kind in the JSON Schema."""
    others = [range_name(value), "Gap" if may_be_gap(value) else ""]
    name = f"Dated{'Or'.join([kind_of(value).title(), *filter(None, others)])}"
    described = Annotated[value, Field(description="The value, written as without dates.")]
    return create_model(name, __base__=DatedRow, __doc__=DatedRow.__doc__, value=described)


def _one_or_rows(raw: Any) -> str:
    return "rows" if isinstance(raw, list) else "one"


def _then(make: Callable[[Any], Any], schema: core_schema.CoreSchema) -> core_schema.CoreSchema:
    return core_schema.no_info_after_validator_function(make, schema)


def together(*values: Dated[Any]) -> Iterator[tuple[Any, ...]]:
    """What several dated values are at one time, for each time at which they are something else."""
    for day in sorted({day for one in values for day, _ in one.rows}):
        yield tuple(one.on(day) for one in values)


def change_dates(value: Any) -> Iterable[date]:
    """Every date on which a dated value anywhere inside changes; its first row is no change."""
    if isinstance(value, Dated):
        yield from (day for day, _ in value.rows[1:])
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from change_dates(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from change_dates(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from change_dates(part)
