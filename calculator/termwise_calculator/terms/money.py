"""Exact money: decimals read from text, rounded once per line, here and nowhere else."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

NO_CURRENCY = "XXX"
"""The code (ISO 4217) of a policy in which nothing costs money, so that it names no currency."""


def round_to_currency(amount: Decimal, digits: int) -> Decimal:
    """Round an amount to the currency's own digits, halves away from zero.

    This is the one place of the calculator where money is rounded.
    """
    return amount.quantize(_smallest_unit(digits), rounding=ROUND_HALF_UP)


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
