"""Totals, shares of the whole and charges that are due several times, whatever the figures."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.scenarios.worked import quote_of_case
from tests.scenarios.test_examples import policy_of

CENT = Decimal("0.01")
AMOUNTS = st.decimals(min_value=1, max_value=900, places=2)
PERCENTS = st.integers(min_value=1, max_value=60)


def card(price: Decimal, bound: Decimal, off: int, fee: int) -> dict[str, Any]:
    """So much for each piece and month; delivery below an amount, less from it on; a fee on all."""
    return {
        "policy": f"""\
questions:
  pieces: {{kind: number, default: 1, unit: piece | pieces, label: Pieces}}
  months: {{kind: number, default: 1, unit: month | months, label: Months}}
  order:
    kind: total
    label: Order
    charges: [goods]
    bands: [{{id: small, under: {bound}}}, {{id: large}}]
charges:
  goods:
    label: Goods
    clause: terms
    counts: {{question: pieces}}
    per: unit
    price: {price}
    for_each: months
  delivery: {{label: Delivery, clause: terms, when: {{order: small}}, price: 7.90, per: session}}
discounts:
  large:
    label: Large
    clause: terms
    when: {{order: large}}
    percent: {off}%
    charges: [goods]
surcharges:
  fee: {{label: Fee, clause: terms, percent: {fee}%, of: the whole}}
""",
    }


@settings(max_examples=30)
@given(
    figures=st.tuples(AMOUNTS, AMOUNTS, PERCENTS, PERCENTS),
    pieces=st.integers(0, 40),
    months=st.integers(0, 12),
)
def test_a_card_comes_to_what_is_worked_out_by_hand(
    figures: tuple[Decimal, Decimal, int, int], pieces: int, months: int
) -> None:
    """The amount before discounts decides which there is; the fee is on all that is left."""
    price, bound, off, fee = figures
    terms = policy_of(card(price, bound, off, fee)).editions[-1].policy
    goods = price * pieces * months
    due = goods + Decimal("7.90") if goods < bound else goods - to_cents(goods * off / 100)
    quote = quote_of_case(terms, {"pieces": str(pieces), "months": str(months)})
    assert quote.subtotal == due + to_cents(due * fee / 100)


def to_cents(amount: Decimal) -> Decimal:
    """An amount as it is rounded, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)
