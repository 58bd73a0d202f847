"""Lengths of a session around which its price changes."""

from collections.abc import Iterator

from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import Charge, Unpublished
from termwise_calculator.time.lengths import SECOND, Minutes, is_whole, length_text
from termwise_calculator.time.windows import MINUTES_PER_DAY

LONG_MINUTES = MINUTES_PER_DAY + 1


def lengths_around_changes(policy: Policy, service: Service) -> list[str]:
    """The lengths around which the price or a condition of a service changes."""
    lengths: set[Minutes] = {0, 1, LONG_MINUTES}
    if service.default.minutes is not None:
        lengths.add(service.default.minutes)
    for threshold in _thresholds(policy, service):
        lengths |= {threshold - 1, threshold, threshold + 1}
        if service.by_second:
            lengths |= {threshold - SECOND, threshold + SECOND}
    can_be_given = (one for one in lengths if one >= 0 and (service.by_second or is_whole(one)))
    return [length_text(one) for one in sorted(can_be_given)]


def _thresholds(policy: Policy, service: Service) -> Iterator[Minutes]:
    for charge_id in service.charges:
        yield from _charge_thresholds(policy.charges[charge_id])
    for allowance_id in service.allowances:
        minutes = policy.allowances[allowance_id].minutes
        yield from () if isinstance(minutes, Unpublished) else (minutes,)
    for limit_id in service.limits:
        if policy.limits[limit_id].period_minutes:
            yield policy.limits[limit_id].period_minutes
    for condition_id in service.conditions:
        after = policy.conditions[condition_id].after_minutes
        if after is not None:
            yield after


def _charge_thresholds(charge: Charge) -> Iterator[Minutes]:
    if charge.increment_minutes is not None:
        begin = charge.first.minutes if charge.first else charge.increment_minutes
        yield from (begin, begin + charge.increment_minutes)
        yield begin + 2 * charge.increment_minutes
        yield from _own_thresholds(charge, begin)
    if charge.stop:
        yield charge.stop.after_minutes


def _own_thresholds(charge: Charge, begin: Minutes) -> Iterator[Minutes]:
    """Where following increments end, the least time, and the end of a tolerance."""
    for block in charge.following:
        begin += block.minutes
        yield begin
    yield from filter(None, (charge.least_minutes, *charge.own_leasts.values()))
    ends = (tier.up_to for tier in charge.length_tiers)
    yield from (end for end in ends if not isinstance(end, Unpublished))
    if charge.tolerance_minutes:
        yield begin + charge.increment + charge.tolerance_minutes
