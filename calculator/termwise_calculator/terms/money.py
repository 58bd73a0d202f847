"""Exact money: decimals read from text, rounded once per line, here and nowhere else."""

from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from functools import cache

NO_CURRENCY = "XXX"
"""The code (ISO 4217) of a policy in which nothing costs money, so that it names no currency."""


HALF_UP = "half up"
RULES = {
    HALF_UP: ROUND_HALF_UP,
    "half even": ROUND_HALF_EVEN,
    "half down": ROUND_HALF_DOWN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}
"""How policies name the ways to round; all of them go by the size of an amount, not its sign."""


def round_to_currency(amount: Decimal, digits: int, rule: str = HALF_UP) -> Decimal:
    """Round an amount to the currency's own digits, halves away from zero unless a rule says more.

    This is the one place of the calculator where money is rounded, save what is paid in cash.
    """
    return amount.quantize(_smallest_unit(digits), rounding=RULES[rule])


def round_to_step(amount: Decimal, step: Decimal, rule: str) -> Decimal:
    """Round an amount to whole steps, such as those of 0.05 in which cash is paid."""
    return (amount / step).quantize(Decimal(1), rounding=RULES[rule]) * step


@cache
def _smallest_unit(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def decimals_of(amount: Decimal) -> int:
    """How many decimals an amount really has: 1 for 0.50, 3 for 0.125."""
    return len(plain(amount).partition(".")[2])


def plain(number: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros ("0.5", "2", "100")."""
    text = format(number, "f")
    if "." not in text:
        return text
    return text.rstrip("0").rstrip(".")
