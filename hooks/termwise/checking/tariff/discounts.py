"""Discounts that go together take off no more than there is."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from termwise.checking.tariff.answers import matched, ways_to_answer
from termwise.checking.time.overlaps import first_common_moment
from termwise.policy_form.dated import Dated
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.ranges import PercentRange
from termwise.policy_form.tariff.rules import DiscountTerms
from termwise.policy_form.yaml_text.source import Source
from termwise.problems import Problem
from termwise_calculator.coverage.answers import TooManyAnswers

ALL, NOTHING = Decimal(100), Decimal(0)


def together_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Discounts that add up for some answers to more than everything."""
    for name, service in written.services.items():
        if service.discounts_together != "add":
            continue
        known = [written.discounts[one] for one in service.discounts if one in written.discounts]
        groups = [[one for one in known if one.of]]
        groups += [
            [one for one in known if not one.of and (not one.charges or charge in one.charges)]
            for charge in service.charges
        ]
        off = max(_most_at_once(written, group) for group in groups)
        if off > ALL:
            yield Problem(
                source.place(("services", name, "discounts_together")),
                "Discounts that add up may take off more than there is",
                f"{off:f}% together",
                "no more than 100%",
                "write “multiply”, or other answers, hours or charges for one of them",
            )


def _most_at_once(written: PolicyFile, discounts: Sequence[DiscountTerms]) -> Decimal:
    """The most percent that discounts take off one charge, or the whole, at one moment."""
    most = _most_together(written, discounts)
    windows = {one.in_ for one in discounts if one.in_}
    if most <= ALL or not windows <= written.hours.keys():
        return most
    apart = {
        pair for pair in combinations(sorted(windows), 2) if not first_common_moment(written, pair)
    }
    return max(
        _most_together(written, [one for one in discounts if not one.in_ or one.in_ in opened])
        for size in range(len(windows) + 1)
        for opened in combinations(sorted(windows), size)
        if apart.isdisjoint(combinations(opened, 2))
    )


def _most_together(written: PolicyFile, discounts: Sequence[DiscountTerms]) -> Decimal:
    """The most percent that discounts take off together, whatever is answered."""
    try:
        ways = ways_to_answer(written, (one.when for one in discounts))
    except TooManyAnswers:  # of which coverage tells
        return NOTHING
    return max(
        (
            sum((_most_off(one) for one in discounts if matched(one.when).holds(way)), NOTHING)
            for way in ways
        ),
        default=NOTHING,
    )


def _most_off(discount: DiscountTerms) -> Decimal:
    """The most percent that a discount ever takes off; nothing where it is not published."""
    if discount.free or (discount.for_each and not discount.at_most):
        return ALL
    rows = (discount.at_most or discount.percent or Dated(())).rows
    ends = [one.to if isinstance(one, PercentRange) else one for _, one in rows]
    return max((one for one in ends if isinstance(one, Decimal)), default=NOTHING)
