"""Runs inside Pyodide: the rate cards of `cards.py` priced by tariff-core, or by Termwise."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import groupby
from time import perf_counter
from zoneinfo import ZoneInfo

from tariff_core import (
    BillingPeriod,
    BlockPeriod,
    Blocks,
    BlockTier,
    Commodity,
    DiscountComponent,
    Interval,
    PlanVersion,
    Register,
    UsageComponent,
    Window,
    bill,
)

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.loading import load_policy

# What the card counts, as meters of the one unit that tariff-core has for electricity.
SESSION, PARKING = Register.GENERAL, Register.CONTROLLED_LOAD_1
ENERGY, FEE = Register.CONTROLLED_LOAD_2, Register.RECYCLED
TENTH_OF_BILLIONTH = Decimal("1e-10")
MINUTE = timedelta(minutes=1)


def answer(engine, request):
    """Answer a request: {card, sessions}, with {seconds} to be told quotes per second instead."""
    asked = json.loads(request)
    prepared = {"tariff-core": tariff_core, "termwise": termwise}[engine](asked)
    if "seconds" not in asked:
        return json.dumps([prepared(session) for session in asked["sessions"]])
    return json.dumps(quotes_per_second(prepared, asked["sessions"], asked["seconds"]))


def quotes_per_second(priced, sessions, seconds):
    """How many sessions are priced in a second; Pyodide knows no processor time."""
    count, started = 0, perf_counter()
    while perf_counter() - started < seconds:
        for session in sessions:
            priced(session)
        count += len(sessions)
    return count / (perf_counter() - started)


def tariff_core(asked):
    """A function that prices a session of a card: what it costs, and what is taken off."""
    plan, zone = plan_of(asked["card"]), ZoneInfo(asked["card"]["zone"])

    def priced(session):
        start = datetime.fromisoformat(session["start"])
        intervals = list(intervals_of(session, start, zone))
        period = BillingPeriod(start, max(interval.end for interval in intervals))
        total = bill(plan, intervals, period=period, include_conditional=session["client"])
        sums = (total.subtotal_cost, total.subtotal_credit)
        return [str(each.quantize(TENTH_OF_BILLIONTH)) for each in sums]

    return priced


def plan_of(card):
    """A card as a plan: each thing that is counted is a meter."""
    discount = DiscountComponent(("all",), Decimal(card["discount"]), conditional="client")
    components = [
        *timed(SESSION, card["session"]),
        *timed(PARKING, card["parking"]),
        UsageComponent(register=ENERGY, rate=Decimal(card["energy"]), blocks=blocks_of(card)),
        UsageComponent(register=FEE, rate=Decimal(card["fee"])),
        discount,
    ]
    return PlanVersion(Commodity.ELECTRICITY, timezone=card["zone"], components=tuple(components))


def blocks_of(card):
    """The graduated tiers of energy, none where the card has none."""
    if not card["tiers"]:
        return None
    tiers = [BlockTier(Decimal(tier["price"]), Decimal(tier["up_to"])) for tier in card["tiers"]]
    tiers.append(BlockTier(Decimal(card["energy"])))
    return Blocks(BlockPeriod.BILLING_PERIOD, prorate=False, tiers=tuple(tiers))


def timed(register, prices):
    """A price by the minute for each window, and one for all other time."""
    yield UsageComponent(register=register, rate=Decimal(prices["minute"]))
    for window in prices["windows"]:
        times = (time.fromisoformat(window["from"]), time.fromisoformat(window["to"]))
        schedule = (Window(frozenset(window["days"]), times),)
        yield UsageComponent(register=register, schedule=schedule, rate=Decimal(window["minute"]))


def intervals_of(session, start, zone):
    """A session as readings of the meters: each minute is a unit of its meter."""
    end = start + session["minutes"] * MINUTE
    yield reading(FEE, start, 1, zone)
    yield from readings(SESSION, start, session["minutes"], zone)
    yield from readings(PARKING, end, session["parking"], zone)
    if Decimal(session["energy"]):
        yield replace(reading(ENERGY, start, 1, zone), import_qty=Decimal(session["energy"]))


def readings(register, start, minutes, zone):
    """Some time as one reading, or two where the clocks change within it.

    tariff-core subtracts on the local clock, and compares windows with the clock of the reading.
    """
    moments = [start + number * MINUTE for number in range(minutes)]
    for _, stretch in groupby(moments, lambda moment: moment.astimezone(zone).utcoffset()):
        same = list(stretch)
        yield reading(register, same[0], len(same), zone)


def reading(register, start, minutes, zone):
    """One reading of a meter, on a clock that keeps the offset in force when it begins."""
    clock = timezone(start.astimezone(zone).utcoffset())
    end = (start + minutes * MINUTE).astimezone(clock)
    return Interval(end, minutes * MINUTE, register, "kWh", Decimal(minutes))


def termwise(asked):
    """A function that prices a scenario that has been read under our own policy."""
    policy = load_policy(asked["policy"], "sha256:0")
    reference = date(2026, 3, 2)

    def priced(scenario):
        return str(price(policy, scenario).subtotal)

    read = [read_scenario(policy, "help", raw, reference) for raw in asked["sessions"]]
    asked["sessions"] = read
    return priced
