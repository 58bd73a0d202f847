"""Regions of coverage in words, as staff and authors of policies read them."""

from decimal import Decimal
from fractions import Fraction

from termwise_calculator.coverage.day_kinds import DayKind
from termwise_calculator.coverage.regions import Region
from termwise_calculator.telling.hours import exceptional_days, window_hours, window_text
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.money import plain
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.tariff import When
from termwise_calculator.time.weekly_hours import EVERY_DAY, groups_of, is_always_open, long_spans
from termwise_calculator.time.windows import Window


def finding(policy: Policy, region: Region) -> str:
    """What a region is: a gap that is recorded or not, or a conflict."""
    rule = region.rule or "no charge applies"
    if region.claimed_by:
        names = " and ".join(dict.fromkeys(region.claimed_by))
        return f"{rule}: {names} {_conflict(policy, region)}"
    if region.gap:
        return f"{rule}: not published (declared gap {region.gap})"
    return f"{rule}: no price, and no gap is declared"


def _conflict(policy: Policy, region: Region) -> str:
    """What rules of which one can be meant claim together."""
    if region.rule in policy.responses:
        return "both claim the response time"
    limits = [policy.limits[name] for name in region.claimed_by if name in policy.limits]
    if len({limit.most for limit in limits}) > 1:
        return "contradict each other: the least is more than the most"
    if limits:
        return f"both claim the {'maximum' if limits[0].most else 'minimum'}"
    return "both claim the price"


def readable_case(words: Words, policy: Policy, region: Region) -> str:
    """When a region holds, and for which answers ("Saturday, 10:00–18:00; client: yes")."""
    parts = [_time(words, region)]
    if region.touching:
        where = "inside" if region.touching.inside else "outside"
        parts.append(f"in a session that touches time {where} “{region.touching.window}”")
    if region.beyond or region.up_to:
        parts.append(_beyond(words, policy, region))
    parts.append(readable_answers(region.answers))
    if region.unless:
        parts.append(f"unless {readable_answers(region.unless)}")
    return "; ".join(parts)


def _beyond(words: Words, policy: Policy, region: Region) -> str:
    charge = policy.charges[region.charge or region.rule or ""]
    if not isinstance(region.beyond, Decimal):
        reached = region.up_to if isinstance(region.up_to, int | Fraction) else None
        told = [f"beyond {words.minutes(region.beyond)}"] if region.beyond else []
        told += [] if reached is None else [f"up to {words.minutes(reached)}"]
        return " ".join(told)
    beyond = f"beyond {plain(region.beyond)}" if region.beyond else ""
    up_to = f"up to {plain(region.up_to)}" if isinstance(region.up_to, Decimal) else ""
    return " ".join(part for part in (beyond, up_to, charge.counts or charge.unit) if part)


def _time(words: Words, region: Region) -> str:
    if region.window is None:
        return "at any time"
    if region.on:
        return f"on {_days(words, region.on)}: {_hours(words, region.window)}"
    besides = " or ".join(_days(words, kind) for kind in region.besides)
    return window_text(words, region.window) + (f", but not on {besides}" if besides else "")


def _days(words: Words, kind: DayKind) -> str:
    """Which days they are ("public holidays or 24 December")."""
    reasons = [
        " within ".join(exceptional_days(words, one) for one in reason) for reason in kind.reasons
    ]
    return " or ".join(dict.fromkeys(reasons))


def _hours(words: Words, window: Window) -> str:
    """The hours of exceptional days, with days of the week where these differ."""
    groups = groups_of(window)
    alike = len(groups) == 1 and groups[0].days == EVERY_DAY and not long_spans(window)
    if alike and not is_always_open(window):
        return window_hours(words, window)
    return window_text(words, window)


def readable_answers(when: When) -> str:
    """Answers as staff write them ("client: yes; product: subiekt or gestor")."""
    if not when.answers:
        return "any answers"
    return "; ".join(f"{question}: {' or '.join(answers)}" for question, answers in when.answers)
