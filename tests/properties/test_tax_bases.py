"""What holds of totals, whichever prices are with tax and which without."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy
from tests.calculator.test_slots import COMPILED
from tests.properties.test_stages import REFERENCE, amounts, charge, limit

SIDES = ("included", "excluded")
rates = st.integers(0, 3000).map(lambda hundredths: Decimal(hundredths) / 100)
own_taxes = st.builds(
    lambda rate, prices: {"rate": str(rate), "prices": prices}, rates, st.sampled_from(SIDES)
)
cards = st.lists(st.tuples(amounts, own_taxes), min_size=1, max_size=4)


def quoted(
    card: list[tuple[Decimal, dict[str, str]]],
    bound: dict[str, Any] | None = None,
    charged: str = "yes",
) -> Quote:
    """The quote of fees with these amounts and taxes, under a limit on all of them."""
    once = {"unit": "session", "increment_minutes": None, "price_minutes": None}
    fees = {f"fee-{at}": charge(due, **once, tax=tax) for at, (due, tax) in enumerate(card)}
    everyone = {"id": "all", "when": {}, "clauses": [], "charged": charged}
    about = {"name": "VAT", "rate": "21", "included": True, "clauses": []}
    service = {
        "clauses": ["base"],
        "kind": "session",
        "asks": [],
        "charges": list(fees),
        "limits": ["bound"] if bound else [],
        **dict.fromkeys(("questions", "discounts", "allowances", "conditions", "responses"), ()),
        "default": {"start": None, "minutes": None},
    }
    compiled = COMPILED | {
        "tax": about | {"customers": [everyone]},
        "questions": {},
        "charges": fees,
        "limits": {"bound": bound} if bound else {},
        "services": {"help": service},
    }
    policy = load_policy(compiled, "sha256:0")
    return price(policy, read_scenario(policy, "help", {}, REFERENCE))


@given(card=cards)
def test_each_line_counts_once_and_as_it_is_published(
    card: list[tuple[Decimal, dict[str, str]]],
) -> None:
    """The subtotal is the sum of the lines; what is included is paid to the cent."""
    quote = quoted(card)
    assert quote.total is not None
    assert quote.subtotal == sum(amount for amount, _ in card)
    assert quote.subtotal == sum(share.amount for share in quote.shares)
    assert quote.total.net + quote.total.tax == quote.total.gross == quote.due
    included = sum(amount for amount, tax in card if tax["prices"] == "included")
    excluded = sum(amount for amount, tax in card if tax["prices"] == "excluded")
    known = [one for one in quote.shares if one.basis and one.basis.included]
    assert sum(one.gross or Decimal(0) for one in known) == included
    assert quote.total.net >= excluded


@given(card=cards, bound=amounts, most=st.booleans(), side=st.sampled_from(SIDES))
def test_a_limit_holds_to_the_cent_on_its_own_side(
    card: list[tuple[Decimal, dict[str, str]]], bound: Decimal, most: bool, side: str
) -> None:
    """A limit with tax bounds the gross, one without the net, and neither where it is not met."""
    names = [f"fee-{at}" for at in range(len(card))]
    free, held = quoted(card), quoted(card, limit(most, bound, names) | {"prices": side})
    assert free.total is not None
    assert held.total is not None
    before = free.total.gross if side == "included" else free.total.net
    after = held.total.gross if side == "included" else held.total.net
    assert after == (min(before, bound) if most else max(before, bound))


@given(card=cards, charged=st.sampled_from(("no", "reverse charge")))
def test_what_is_not_charged_is_the_net(
    card: list[tuple[Decimal, dict[str, str]]], charged: str
) -> None:
    """Whoever is charged no tax pays what others pay without it."""
    usual, other = quoted(card), quoted(card, charged=charged)
    assert usual.total is not None
    assert other.total is not None
    assert other.total.gross == other.total.net == usual.total.net
    assert other.total.tax == 0
    assert other.lines == tuple(
        line._replace(basis=line.basis._replace(charged=charged) if line.basis else None)
        for line in usual.lines
    )
