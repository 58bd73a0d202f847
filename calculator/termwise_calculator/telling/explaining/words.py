"""How a line came about in words: a few sentences, and the sum that ends in its amount."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest

from termwise_calculator.pricing.free_time import carried_minutes, remaining_minutes
from termwise_calculator.pricing.quote import Line
from termwise_calculator.pricing.units import stepped
from termwise_calculator.telling.explaining.facts import Explanation
from termwise_calculator.telling.explaining.hours import hours_of, least_decided, moment_of, rated
from termwise_calculator.telling.explaining.price import made
from termwise_calculator.telling.explaining.tax import compared, taxed
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.tariff import (
    Allowance,
    Charge,
    Discount,
    LengthTier,
    Limit,
    Surcharge,
    Tier,
    Unpublished,
    When,
    alike,
    stated,
)
from termwise_calculator.time.lengths import SECOND


def sentences(view: QuoteView, explained: Explanation) -> list[str]:
    """Why a line stands in the quote, what was counted, which hours hold, and the sum.

    Where a range leaves the line open, what differs is told of both ends.
    """
    if explained.ends is None:
        told: Iterable[str] = _told(view, explained)
    else:
        told = _told_of_ends(view, *explained.ends)
    return [sentence for sentence in told if sentence]


def _told_of_ends(
    view: QuoteView, cheapest: Explanation | None, dearest: Explanation | None
) -> Iterator[str]:
    lows = _told(view, cheapest) if cheapest else []
    highs = _told(view, dearest) if dearest else []
    not_due = view.words.say("This line does not apply.")
    for low, high in zip_longest(lows or [not_due], highs or [not_due], fillvalue=""):
        if low == high:
            yield low
            continue
        if low:
            yield view.words.say("Lowest price: {reason}", reason=low)
        if high:
            yield view.words.say("Highest price: {reason}", reason=high)


def _told(view: QuoteView, explained: Explanation) -> list[str]:
    """A passage for each of what there is to tell of a line; empty where there is nothing."""
    rule = explained.rule
    points = [_answers(view, rule.when)]
    if isinstance(rule, Charge):
        points += [
            _applies(view, rule),
            _multiplied(view, explained, rule),
            _counted(view, explained, rule),
            rated(view, explained),
        ]
    elif isinstance(rule, Allowance):
        points.append(_allowance(view, explained, rule))
    elif isinstance(rule, Limit):
        points.append(_limit(view, explained, rule))
    else:
        points.append(_percentage(view, explained, rule))
    points += [made(view, explained), _sum(view, explained), taxed(view, explained)]
    return [" ".join(point) for point in points]


# ---- Why the line is there


def _answers(view: QuoteView, when: When) -> Iterator[str]:
    if answers := view.answers_to(when):
        yield view.words.say("You answered: {answers}.", answers=answers)
    if totals := view.totals_in(when):
        yield view.words.say("This decides: {totals}.", totals=totals)


def _applies(view: QuoteView, charge: Charge) -> Iterator[str]:
    if charge.applies is None:
        return
    hours = hours_of(view, [charge.applies.window])
    if charge.applies.inside:
        yield view.words.say(
            "Because part of the session lies within these hours: {hours}.", hours=hours
        )
    else:
        yield view.words.say(
            "Because part of the session lies outside these hours: {hours}.", hours=hours
        )


# ---- What was counted


def _multiplied(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    """How many times all that a charge costs is due."""
    if charge.for_each:
        yield _entered(view, charge.for_each, view.units(charge.for_each, explained.line.times))
        yield view.words.say("It is due for each.")


def _counted(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    if charge.unit == "increment":
        yield from _time(view, explained, charge)
    elif charge.unit == "quantity":
        yield from _quantity(view, explained, charge)
    elif not explained.line.unit_price:
        yield view.words.say("Nothing is charged for it.")
    elif charge.unit == "session":
        yield view.words.say("It is charged once for the session.")
    else:
        yield view.words.say("It is charged once for the request.")


def _time(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    yield _length(view, explained, charge)
    if not explained.line.quantity:
        yield view.words.say("No time is used, so nothing is counted.")
        return
    yield from _cut(view, explained, charge)
    yield from _tier_of_length(view, explained, charge)
    if explained.tier is not None and explained.tier.flat:
        return
    if explained.line.blocks:
        yield from _blocks(view, explained.line)
    else:
        yield from _periods(view, explained, charge)


def _length(view: QuoteView, explained: Explanation, charge: Charge) -> str:
    """How long the visitor said that it takes, and from when until when."""
    words, case = view.words, explained.case
    minutes = words.minutes(explained.case.entered_for(charge))
    if charge.counts is not None:
        return _entered(view, charge.counts, minutes)
    start = case.scenario.start
    if start is None or not case.minutes:
        return words.say("Your session lasts {minutes}.", minutes=minutes)
    return words.say(
        "Your session runs from {start} to {end}, {minutes} in all.",
        start=moment_of(view, start),
        end=moment_of(view, start, case.minutes),
        minutes=minutes,
    )


def _entered(view: QuoteView, question: str, quantity: str) -> str:
    return view.words.say(
        "You entered {quantity} for “{question}”.",
        quantity=quantity,
        question=view.text(f"question.{question}.label"),
    )


def _cut(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    """What makes the time that counts shorter or longer than the session."""
    words, minutes, stop = view.words, explained.case.entered_for(charge), charge.stop
    if stop and stop.when.holds(explained.case.answers) and minutes > stop.after_minutes:
        yield words.say(
            "Of this, the time that counts is {minutes}, since you answered: {answers}.",
            minutes=words.minutes(stop.after_minutes),
            answers=view.answers_to(stop.when),
        )
    if minutes < explained.case.least_for(charge):
        least = words.minutes(explained.case.least_for(charge))
        yield from least_decided(view, explained, charge)
        yield words.say("The shortest time that is charged is {minutes}.", minutes=least)
        if charge.rate:
            yield words.say("The time it adds is priced like the end of the session.")
    if explained.free_minutes:
        yield words.say(
            "Of which free (see above): {minutes}; the rest is charged.",
            minutes=words.minutes(explained.free_minutes),
        )


def _tier_of_length(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    """The tier that the length of the session reaches, and what it has a price for."""
    words, tier = view.words, explained.tier
    if charge.graduated:
        yield _part_of_length(view, explained.line.tier, charge)
    elif isinstance(tier, LengthTier) and not isinstance(tier.up_to, Unpublished):
        length = words.minutes(tier.up_to)
        if tier.flat:
            yield words.say("Up to {length}, one amount covers all of it.", length=length)
        else:
            yield words.say("Up to {length}, all of it has a price of its own.", length=length)
    elif charge.length_tiers:
        longest = charge.length_tiers[-1].up_to
        assert not isinstance(longest, Unpublished)  # or else nobody would be beyond it
        yield words.say(
            "It takes more than {length}, so all of it is charged at the price for longer ones.",
            length=words.minutes(longest),
        )


def _part_of_length(view: QuoteView, place: int | None, charge: Charge) -> str:
    """Which part of the time lies in a tier, or beyond them all, and what it has a price for."""
    words, ends = view.words, [_end(view, tier) for tier in charge.length_tiers]
    if place is None:
        return words.say(
            "Time over {begin} has a price of its own; counting starts again from there.",
            begin=ends[-1],
        )
    flat, end = charge.length_tiers[place].flat, ends[place]
    if not place and flat:
        return words.say("Up to {length}, one amount covers all of it.", length=end)
    if not place:
        return words.say("Up to {length}, time has a price of its own.", length=end)
    begin = ends[place - 1]
    if flat:
        return words.say(
            "Over {begin}, up to {end}, one amount covers all of it.", begin=begin, end=end
        )
    return words.say(
        "Time over {begin}, up to {end}, has a price of its own; counting starts again from there.",
        begin=begin,
        end=end,
    )


def _end(view: QuoteView, tier: LengthTier) -> str:
    """Where a tier ends; empty where it is not published, and nothing in it has a price."""
    return "" if isinstance(tier.up_to, Unpublished) else view.words.minutes(tier.up_to)


def _blocks(view: QuoteView, line: Line) -> Iterator[str]:
    """The periods with prices of their own that a line holds: the opening one, and those next."""
    words, length = view.words, view.words.minutes(line.unit_minutes or 0)
    following = len(line.blocks)
    if line.blocks[0] == 0:
        following -= 1
        yield words.say(
            "The opening period ({length}) has a price of its own and always counts in full.",
            length=length,
        )
    if following == 1:
        yield words.say(
            "The next period ({length}) has a price of its own and counts in full once it has "
            "begun.",
            length=length,
        )
    elif following:
        yield words.say(
            "The next {count} periods ({length} each) have a price of their own, and each counts "
            "in full once it has begun.",
            count=words.number(following),
            length=length,
        )


def _periods(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    """Into how many periods the time of a line falls, and for how long a time the price is."""
    words, line = view.words, explained.line
    own = explained.rate.increment_minutes if explained.rate else None
    length = own or charge.increment
    count, unit = int(line.quantity), line.unit_minutes or 1
    if length not in (1, SECOND):
        yield words.say(
            "Time counts in periods of {length}; a period that has begun counts in full.",
            length=words.minutes(length),
        )
    else:
        each = words.say("Each second counts."), words.say("Each minute counts.")
        yield each[length == 1]
    if line.unit_minutes == length not in (1, SECOND):
        yield words.say_count(
            "This line covers {count} period.", "This line covers {count} periods.", count
        )
    else:
        yield words.say("This line covers {minutes}.", minutes=words.minutes(count * unit))
    if line.tolerated:
        over = words.minutes(charge.tolerance_minutes)
        yield words.say("A last period of no more than {minutes} is not charged.", minutes=over)
    if line.per != 1:
        yield words.say("The price is for {length}.", length=words.minutes(int(line.per) * unit))


def _quantity(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    question = charge.question
    yield _entered(view, question, view.units(question, explained.case.units_for(charge)))
    entered = explained.case.units_for(charge)
    if charge.steps_before_tiers:
        size = charge.step_units
        yield from _steps(view, charge, size, entered, stepped(entered, size))
    if charge.tiers:
        yield from _tier(view, explained, charge)
        entered = explained.line.entered or entered
    flat = explained.tier is not None and explained.tier.flat
    if not flat and not charge.steps_before_tiers:
        tier = explained.tier if isinstance(explained.tier, Tier) else None
        size = charge.per_in(tier).step
        yield from _steps(view, charge, size, entered, explained.line.quantity)


def _steps(
    view: QuoteView, charge: Charge, size: Decimal | None, units: Decimal, counted: Decimal
) -> Iterator[str]:
    """By which steps units are counted, and as how many."""
    if size is None:
        return
    words, question = view.words, charge.question
    step = view.units(question, size)
    yield words.say(
        "It is counted in steps of {step}; a step that has begun counts in full.", step=step
    )
    if counted != units:
        number, as_many = view.units(question, units), view.units(question, counted)
        yield words.say("Counted: {counted} for {units}.", counted=as_many, units=number)


def _tier(view: QuoteView, explained: Explanation, charge: Charge) -> Iterator[str]:
    words, tier, question = view.words, explained.tier, charge.question
    assert not isinstance(tier, LengthTier)  # it counts units
    quantity = view.units(question, explained.line.entered or Decimal(0))
    if tier is None:
        if charge.by_volume:
            yield words.say("The whole quantity is charged at the price beyond the last range.")
        else:
            yield words.say("Beyond the ranges before it: {quantity}.", quantity=quantity)
        return
    if isinstance(tier.up_to, Unpublished):
        return  # what is in it costs nothing now, wherever it ends
    limit = view.units(question, tier.up_to)
    number = explained.line.tier or 0
    if tier.flat and number and not charge.by_volume:
        begin = view.units(question, stated(charge.tiers[number - 1].up_to))
        yield words.say(
            "One amount covers everything over {begin}, up to {limit}.", begin=begin, limit=limit
        )
    elif tier.flat:
        yield words.say("One amount covers everything up to {limit}.", limit=limit)
    elif charge.by_volume:
        yield words.say(
            "The whole quantity is charged at the price of the range up to {limit}.", limit=limit
        )
    else:
        yield words.say("In the range up to {limit}: {quantity}.", limit=limit, quantity=quantity)


# ---- What is worked out on other lines


def _percentage(
    view: QuoteView, explained: Explanation, rule: Surcharge | Discount
) -> Iterator[str]:
    words, lines = view.words, _named(view, explained.basis)
    if rule.of_the_whole:
        if isinstance(rule, Discount) and rule.for_each:
            yield from _for_each(view, explained, rule)
        yield _of_the_whole(view, explained, lines)
        yield from _highest_alone(view, explained, rule)
        return
    if rule.window:
        hours = hours_of(view, [rule.window])
        yield words.say("It applies to what falls within these hours: {hours}.", hours=hours)
    if isinstance(rule, Discount) and rule.for_each:
        yield from _for_each(view, explained, rule)
    if explained.line.factor == -1:
        yield words.say("Not charged: {lines}.", lines=lines)
    elif isinstance(rule, Discount):
        yield words.say("The discount applies to: {lines}.", lines=lines)
    else:
        yield words.say("The surcharge applies to: {lines}.", lines=lines)
        yield from _highest_alone(view, explained, rule)
    yield from _changed_before(view, explained)


def _highest_alone(
    view: QuoteView, explained: Explanation, rule: Surcharge | Discount
) -> Iterator[str]:
    """That a surcharge is charged alone, where there are others."""
    case = explained.case
    service, surcharges = case.scenario.service, case.policy.surcharges
    highest = service.surcharges_together == "highest"
    if highest and len(alike(rule, service.surcharges, surcharges)) > 1:
        yield view.words.say("Where several surcharges apply, only the highest is charged.")


def _changed_before(view: QuoteView, explained: Explanation) -> Iterator[str]:
    """What has made the amount of which a percentage is one another than that of its lines."""
    case, words = explained.case, view.words
    if explained.line.unit_price == sum((line.amount for line in explained.basis), Decimal(0)):
        return
    if case.surcharges:
        yield words.say("The surcharges before it count too.")
    discounts = [one.rule for one in view.quote.lines if one.kind == "discount"]
    multiply = case.scenario.service.discounts_together == "multiply"
    if multiply and explained.line.rule in discounts[1:]:
        yield words.say("The discounts before it are taken off first.")


def _of_the_whole(view: QuoteView, explained: Explanation, lines: str) -> str:
    """What a share of the whole is of, or of which part of it where the tax differs."""
    words, amount = view.words, view.money(explained.line.unit_price)
    if explained.line.factor == -1:
        return words.say("Not charged: {lines}.", lines=lines)
    if len(view.quote.bases) > 1:
        return words.say(
            "It is a share of the part that is taxed in the same way, which comes to {amount}.",
            amount=amount,
        )
    return words.say("It is a share of the whole, which comes to {amount}.", amount=amount)


def _for_each(view: QuoteView, explained: Explanation, discount: Discount) -> Iterator[str]:
    """How often a percentage counts, and the most that it comes to."""
    words, question = view.words, discount.for_each
    units = Decimal(explained.case.scenario.answers.get(question, "0"))
    yield _entered(view, question, view.units(question, units))
    percent = words.percent(stated(discount.percent))
    yield words.say("{percent} is taken off for each.", percent=percent)
    if discount.at_most is not None and discount.at_most == -explained.line.factor * 100:
        most = words.percent(discount.at_most)
        yield words.say("No more than {percent} is taken off in all.", percent=most)


def _limit(view: QuoteView, explained: Explanation, limit: Limit) -> Iterator[str]:
    words = view.words
    if limit.window:
        hours = hours_of(view, [limit.window])
        yield words.say("Because the session starts within these hours: {hours}.", hours=hours)
    if limit.begins_anew:
        period = view.stretch(explained.line)
        yield words.say("It applies for {period} and then starts again.", period=period)
    if explained.basis:
        due, lines = view.money(explained.sum), _named(view, explained.basis)
        yield words.say("Together this comes to {amount}: {lines}.", amount=due, lines=lines)
    converted = list(compared(view, explained, limit))
    yield from converted
    if not converted and explained.sum != sum((one.amount for one in explained.basis), Decimal(0)):
        yield words.say("Surcharges and discounts on it count too.")
    amount = view.money(stated(limit.amount))
    if limit.most:
        yield words.say("No more than {amount} is charged for it.", amount=amount)
    else:
        yield words.say("No less than {amount} is charged for it.", amount=amount)


def _named(view: QuoteView, lines: Iterable[Line]) -> str:
    return "; ".join(
        f"{view.label(line)} {view.stretch(line)}".rstrip() + f" ({view.amount(line)})"
        for line in lines
    )


def _allowance(view: QuoteView, explained: Explanation, allowance: Allowance) -> Iterator[str]:
    words, left = view.words, remaining_minutes(allowance, explained.case.answers)
    if explained.work is None:
        yield words.say("It covers nothing on the day of your session.")
        return
    assert not isinstance(allowance.minutes, Unpublished)  # it would have covered nothing
    carried = carried_minutes(allowance, explained.case.answers)
    if allowance.carried is not None:
        yield words.say(
            "Carried over from the period before: {minutes}.", minutes=words.minutes(carried)
        )
    yield _at_hand(
        view,
        allowance,
        minutes=words.minutes(allowance.minutes),
        used=words.minutes(allowance.minutes + carried - left),
        left=words.minutes(left),
    )
    before = left - explained.line.left
    if before:
        yield words.say("Lines before this one use {minutes} of it.", minutes=words.minutes(before))
    yield words.say(
        "Your session counts as {counted}, of which free: {free}.",
        counted=words.minutes(explained.work.minutes),
        free=words.minutes(explained.free_minutes),
    )
    yield from _burns(view, explained, allowance)


def _at_hand(view: QuoteView, allowance: Allowance, **of: str) -> str:
    """How much of an allowance there is in its period, how much of it is used, and is left."""
    say = view.words.say
    if allowance.valid_months:
        return say("In the package: {minutes}. Used before: {used}. Left: {left}.", **of)
    if allowance.period == "without expiry":
        return say("In all, without expiry: {minutes}. Used before: {used}. Left: {left}.", **of)
    if allowance.period == "calendar month":
        return say("Free in a calendar month: {minutes}. Used before: {used}. Left: {left}.", **of)
    if allowance.period == "calendar quarter":
        return say(
            "Free in a calendar quarter: {minutes}. Used before: {used}. Left: {left}.", **of
        )
    return say("Free in a calendar year: {minutes}. Used before: {used}. Left: {left}.", **of)


def _burns(view: QuoteView, explained: Explanation, allowance: Allowance) -> Iterator[str]:
    """In which hours an allowance is used up faster or slower, and how much of it the line used."""
    words = view.words
    for burn in allowance.burns:
        yield words.say(
            "A minute within these hours counts × {factor}: {hours}.",
            factor=words.number(burn.factor),
            hours=hours_of(view, [burn.window]),
        )
    if explained.line.used != explained.free_minutes:
        yield words.say("Used up by this: {minutes}.", minutes=words.minutes(explained.line.used))


def _sum(view: QuoteView, explained: Explanation) -> Iterator[str]:
    """The line worked out ("2 × PLN 100.00 = PLN 200.00"), where that says more than its amount."""
    line, words = explained.line, view.words
    if line.kind == "limit":
        changed = view.money(line.amount)
        yield words.say("This line makes up the difference: {amount}.", amount=changed)
        return
    formula, amount = view.formula(line), view.money(line.amount)
    if line.kind == "allowance" or not line.unit_price or formula in ("", amount):
        return
    exact = line.quantity * line.times * line.unit_price * line.factor / line.per
    if exact == line.amount:
        yield words.say("{formula} = {amount}", formula=formula, amount=amount)
    else:
        yield _rounded(view, formula=formula, amount=amount)


def _rounded(view: QuoteView, **details: str) -> str:
    """A line worked out and rounded, by the rule where the policy has one."""
    words, rule = view.words, view.policy.rounding
    if rule == "up":
        return words.say("{formula} = {amount}, rounded up", **details)
    if rule == "down":
        return words.say("{formula} = {amount}, rounded down", **details)
    if rule == "half even":
        return words.say("{formula} = {amount}, rounded, halves to the even digit", **details)
    if rule == "half down":
        return words.say("{formula} = {amount}, rounded, halves down", **details)
    return words.say("{formula} = {amount}, rounded", **details)
