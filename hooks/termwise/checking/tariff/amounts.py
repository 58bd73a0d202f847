"""Amounts fit their currency."""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import is_currency

from termwise.policy_form.fields import written_values
from termwise.policy_form.policy_file import PolicyFile, amount_digits
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, counted, quoted
from termwise_calculator.terms.money import NO_CURRENCY


def amount_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Amounts without a currency, and those with more decimals than it has."""
    if not is_currency(written.currency):
        return
    digits = amount_digits(written)
    for value in written_values(source):
        if value.kind != "money":
            continue
        if written.currency == NO_CURRENCY and Decimal(value.text):
            yield Problem(
                source.place(value.path),
                "An amount needs a currency",
                f"{quoted(value.text)} with currency {NO_CURRENCY}",
                "the code of a currency",
                f"write the currency instead of {NO_CURRENCY}, or the word free as the price",
            )
        elif len(value.text.partition(".")[2]) > digits and not _is_multiplied(written, value.path):
            yield Problem(
                source.place(value.path),
                f"The amount has more decimals than {written.currency}",
                quoted(value.text),
                f"at most {counted(digits, 'decimal')}",
                "write the amount as it can be paid",
            )


def rounding_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Steps of nothing, in which no cash can be paid."""
    cash = written.rounding.cash if written.rounding else None
    if cash is not None and not all(step for _, step in cash.to.rows):
        yield Problem(
            source.place(("rounding", "cash", "to")),
            "Nothing can be paid in steps of nothing",
            "0",
            "a step such as 0.05",
            "write the smallest amount that can be paid in cash",
        )


def _is_multiplied(written: PolicyFile, path: Path) -> bool:
    """Tell whether an amount is the price of a unit, which may have more decimals than money."""
    if path[0] != "charges" or "first" in path[2:]:
        return False
    per = written.charges[str(path[1])].per
    return all(one.unit == "quantity" or not one.started for _, one in per.rows)
