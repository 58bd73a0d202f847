"""A quote is complete where a maximum is its price whatever the gap is, and nowhere else."""

import copy
from typing import Any, NamedTuple

import pytest

from tests.properties.test_gaps_under_a_maximum import WINDOW, put, quoted, whole

LEAST = ("limits", "least", "amount")


class Case(NamedTuple):
    """What a service has and a visitor asks; by default nobody knows the price of the evening."""

    complete: bool
    limits: tuple[str, ...]
    start: str = "14:00"
    minutes: int = 300
    express: str = "no"
    discounts: tuple[str, ...] = ()
    surcharges: tuple[str, ...] = ()
    fee: tuple[tuple[str, str], ...] = ()
    gap: tuple[str | int, ...] = WINDOW


CASES = {
    "the maximum is reached before the evening": Case(True, ("most",)),
    "nor does a surcharge on the evening matter": Case(True, ("most",), surcharges=("evening",)),
    "a minimum beside it changes nothing": Case(True, ("least", "most")),
    "the maximum for work is on all that is charged": Case(True, ("work",)),
    "a minute more than the maximum holds": Case(True, ("most",), "16:11", 120),
    "a minute less, so that the evening matters": Case(False, ("most",), "16:12", 120),
    "a minimum is reached, which a price may exceed": Case(False, ("least",), "17:30", 60),
    "there is no limit": Case(False, ()),
    "a discount is rounded apart": Case(False, ("most",), discounts=("client",)),
    "a fee at another rate of tax shares it": Case(
        False, ("most",), express="yes", fee=(("tax_rate", "7"),)
    ),
    "a maximum for each day": Case(False, ("day",)),
    "nobody knows the minimum": Case(False, ("least", "most"), gap=LEAST),
    "maxima on different charges are not weighed": Case(False, ("work", "most")),
    "one maximum is on work alone, the other on all": Case(False, ("work", "most"), express="yes"),
    "a free fee is outside the maximum for work": Case(
        False, ("work",), express="yes", fee=(("price", "0.00"),)
    ),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_a_quote_is_complete_where_its_maximum_settles_it(case: Case) -> None:
    """Complete means that no value in the place of the gap changes the price."""
    terms = put(copy.deepcopy(whole()), case.gap, {"gap": "planted"})
    served: dict[str, Any] = terms["services"]["help"]
    served |= {"limits": [*case.limits], "allowances": []}
    served |= {"discounts": [*case.discounts], "surcharges": [*case.surcharges]}
    terms["charges"]["fee"] |= dict(case.fee)
    query = {"start": f"2026-03-03T{case.start}", "minutes": str(case.minutes)}
    query |= {"express": case.express, "used": "0"}
    assert quoted(terms, query).complete == case.complete
