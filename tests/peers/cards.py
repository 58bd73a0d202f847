"""Rate cards drawn at random, in the part of the language that tariff-core has too.

A card is plain data, so that it can be sent to the process of the other engines: prices by the
minute in windows of the week, for a session and for parking after it; energy by graduated tiers;
a fee; a discount for clients. Our policy is written from the same card as a clerk would write it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml
from hypothesis import strategies as st

from termwise_calculator.terms.loading import load_policy
from termwise_calculator.terms.policy import Policy
from tests.properties.scenarios import starts
from tests.scenarios.test_examples import policy_of

Card = Mapping[str, Any]
Session = Mapping[str, Any]

ZONES = ("Europe/Warsaw", "Europe/Lisbon", "America/Los_Angeles", "UTC", "Asia/Kathmandu")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

# Prices by the minute in whole cents: no line needs rounding, so sums can be compared exactly.
cents = st.integers(0, 500).map(lambda number: str(Decimal(number) / 100))
# Any amount by the hour: a minute costs fractions of a cent.
uneven_cents = st.integers(0, 300_00).map(lambda number: str(Decimal(number) / 6000))
# Local times that every clock shows once a day: see `test_difference_hours_that_come_twice`.
single_times = st.one_of(st.integers(0, 59), st.integers(180, 1439))


def clock(minute_of_day: int) -> str:
    """A time of day as both engines read it."""
    return "{:02}:{:02}".format(*divmod(minute_of_day, 60))


@st.composite
def timed_prices(draw: st.DrawFn, prices: st.SearchStrategy[str], edges: Sequence[int]) -> Any:
    """A price by the minute, and up to three windows that cannot overlap.

    The windows share out the day between them; the last may run past midnight.
    """
    windows = []
    for start, end in zip(edges, [*edges[1:], edges[0]], strict=True):
        days = sorted(draw(st.sets(st.integers(0, 6), max_size=7)))
        if days and start != end:
            price = draw(prices)
            window = {"days": days, "from": clock(start), "to": clock(end), "minute": price}
            windows.append(window)
    return {"minute": draw(prices), "windows": windows}


@st.composite
def cards(draw: st.DrawFn, prices: st.SearchStrategy[str] = cents) -> Card:
    """Any rate card that both can express."""
    edges = st.lists(single_times, min_size=2, max_size=3, unique=True).map(sorted)
    ups = sorted(draw(st.sets(st.integers(1, 60), max_size=3)))
    return {
        "zone": draw(st.sampled_from(ZONES)),
        "session": draw(timed_prices(prices, draw(edges))),
        "parking": draw(timed_prices(prices, draw(edges))),
        "tiers": [{"up_to": str(up), "price": draw(cents)} for up in ups],
        "energy": draw(cents),
        "fee": draw(cents),
        "discount": str(draw(st.integers(1, 100))),
    }


sessions = st.fixed_dictionaries(
    {
        "start": starts,
        "minutes": st.one_of(st.integers(0, 200), st.integers(0, 5000)),
        "parking": st.one_of(st.just(0), st.integers(0, 300)),
        "energy": st.integers(0, 100).map(str),
        "client": st.booleans(),
    }
)


def policy_from(card: Card) -> Policy:
    """Our policy of a card, as the calculator reads it."""
    return load_policy(compiled_from(card), "sha256:0")


def compiled_from(card: Card) -> dict[str, Any]:
    """Our policy of a card, read and checked like any other, in its compiled form."""
    windows = {
        f"{name}-{index}": _opening_hours(window)
        for name in ("session", "parking")
        for index, window in enumerate(card[name]["windows"])
    }
    rules = {
        **({"windows": windows} if windows else {}),
        "questions": {
            "energy": {"kind": "number", "default": "0", "unit": "kWh", "label": "Energy"},
            "parking": {"kind": "minutes", "default": "0", "label": "Parking"},
            "client": {"kind": "yes-no", "default": "no", "label": "Client"},
        },
        "charges": {
            "session": _timed("session", card["session"]),
            "parking": _timed("parking", card["parking"])
            | {"counts": {"question": "parking", "begins": "at the end of the session"}},
            "energy": _energy(card),
            "fee": _charge("Fee", card["fee"], "session"),
        },
        "discounts": {
            "client": {
                "label": "Discount",
                "clause": "terms",
                "when": {"client": "yes"},
                "percent": f"{card['discount']}%",
            }
        },
    }
    read = policy_of({"policy": yaml.safe_dump(rules, sort_keys=False)})
    return {**read.editions[-1].compiled, "timezone": card["zone"]}


def given_by(session: Session) -> dict[str, str]:
    """A session as the command line takes it."""
    client = "yes" if session["client"] else "no"
    return {name: str(value) for name, value in session.items()} | {"client": client}


def _opening_hours(window: Mapping[str, Any]) -> str:
    days = ",".join(DAYS[day] for day in window["days"])
    return f"{days} {window['from']}-{window['to']}"


def _charge(label: str, price: str, per: str) -> dict[str, Any]:
    written = "free" if not Decimal(price) else f"{Decimal(price):.2f}"
    return {"label": label, "clause": "terms", "price": written, "per": per}


def _timed(name: str, prices: Mapping[str, Any]) -> dict[str, Any]:
    charge = _charge(name, _by_the_hour(prices), "60 min")
    rates = {
        f"{name}-{index}": {"price": _by_the_hour(window), "clause": "terms"}
        for index, window in enumerate(prices["windows"])
    }
    if not rates:
        return charge
    rate = {"decided_at": "edges of the windows", "windows": rates}
    if not _fill_the_week(prices["windows"]):
        rate["otherwise"] = {"times": "base", "clause": "terms"}
    return charge | {"rate": rate}


def _fill_the_week(windows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether windows that share out the day leave no time of the week."""
    round_the_clock = all(
        one["to"] == other["from"]
        for one, other in zip(windows, [*windows[1:], windows[0]], strict=True)
    )
    return round_the_clock and all(len(window["days"]) == len(DAYS) for window in windows)


def _by_the_hour(prices: Mapping[str, Any]) -> str:
    return f"{Decimal(prices['minute']) * 60:.2f}"


def _energy(card: Card) -> dict[str, Any]:
    counted = _charge("Energy", card["energy"], "unit") | {"counts": {"question": "energy"}}
    if not card["tiers"]:
        return counted
    tiers = [
        {"up_to": tier["up_to"], "price": f"{Decimal(tier['price']):.2f}", "clause": "terms"}
        for tier in card["tiers"]
    ]
    return counted | {"tiers_priced": "graduated", "tiers": tiers}
