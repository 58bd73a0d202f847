"""Our prices against those of publicodes, an independent engine, over rules drawn at random.

publicodes has no clock: windows are compared with tariff-core. It has what that lacks: started
increments, tiers by volume, limits and tax. A rule of publicodes is written from the same terms
as our policy. It counts in binary floats, so that its sums are compared to the cent.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from tests.peers.engines import Engines, running_engines
from tests.scenarios.test_examples import policy_of

REFERENCE = date(2026, 3, 2)
CENT = Decimal("0.01")
Terms = Mapping[str, Any]

money = st.integers(1, 300_00).map(lambda cents: Decimal(cents) / 100)
terms = st.fixed_dictionaries(
    {
        "increment": st.sampled_from([1, 5, 15, 30, 60]),
        "price": money,
        "fee": money,
        "unit": money,
        "tiers": st.lists(money, min_size=2, max_size=2),
        "ups": st.sets(st.integers(1, 99), min_size=2, max_size=2).map(sorted),
        "by_volume": st.booleans(),
        "discount": st.integers(1, 100),
        "most": money,
        "least": money,
        "tax": st.integers(1, 30),
    }
).map(lambda drawn: {**drawn, "most": drawn["least"] + drawn["most"]})
sessions = st.fixed_dictionaries(
    {"minutes": st.integers(0, 600), "units": st.integers(0, 120), "client": st.booleans()}
)

TERMS: Terms = {
    "increment": 60,
    "price": Decimal(1),
    "fee": Decimal(1),
    "unit": Decimal(1),
    "tiers": [Decimal(1), Decimal(1)],
    "ups": [1, 2],
    "by_volume": False,
    "discount": 1,
    "most": Decimal(1000),
    "least": Decimal(1),
    "tax": 1,
}


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    """The process of the other engines, for all tests of this file."""
    with running_engines() as running:
        yield running


def rules_of(drawn: Terms) -> dict[str, Any]:
    """The terms in publicodes, whose words are French."""
    increment = drawn["increment"]
    tiers = [*zip(drawn["tiers"], drawn["ups"], strict=True), (drawn["unit"], None)]
    # A unit exactly on an edge: with us in the tier below, with `grille` in the one above.
    word, edge = ("montant", 0.5) if drawn["by_volume"] else ("taux", 0)
    steps = [
        {word: float(price)} | ({} if up is None else {"plafond": up + edge}) for price, up in tiers
    ]
    tiered = {"assiette": "units", "tranches": steps}
    return {
        "minutes": {"valeur": 0},
        "units": {"valeur": 0},
        "client": {"valeur": "non"},
        # Rounded to the nearest, a begun increment of whole minutes is rounded up.
        "started": {"valeur": f"(minutes + {increment / 2 - 0.5}) / {increment}", "arrondi": "oui"},
        "tier": {"grille" if drawn["by_volume"] else "barème": tiered},
        "of units": {"valeur": "tier * units" if drawn["by_volume"] else "tier"},
        "due": {"valeur": f"started * {drawn['price']} + of units + {drawn['fee']}"},
        "discount": {
            "applicable si": "client",
            "valeur": f"due * {drawn['discount']} / 100",
            "arrondi": "2 décimales",
        },
        "net": {
            "valeur": "due - discount",
            "plafond": float(drawn["most"]),
            "plancher": float(drawn["least"]),
        },
        "tax": {"valeur": f"net * {drawn['tax']} / 100", "arrondi": "2 décimales"},
    }


def quotes(drawn: Terms, asked: list[Mapping[str, Any]]) -> list[Quote]:
    """Our quotes of the same terms, from a policy as a clerk would write it."""
    about = {"clause": "terms"}
    tiers = [
        {"up_to": up, "price": f"{amount:.2f}", **about}
        for amount, up in zip(drawn["tiers"], drawn["ups"], strict=True)
    ]
    started = f"started {drawn['increment']} min"
    rules = {
        "questions": {
            "units": {"kind": "number", "default": "0", "unit": "units", "label": "Units"},
            "client": {"kind": "yes-no", "default": "no", "label": "Client"},
        },
        "charges": {
            "work": {"label": "Work", **about, "price": f"{drawn['price']:.2f}", "per": started},
            "units": {
                "label": "Units",
                **about,
                "price": f"{drawn['unit']:.2f}",
                "per": "unit",
                "counts": {"question": "units"},
                "tiers_priced": "by volume" if drawn["by_volume"] else "graduated",
                "tiers": tiers,
            },
            "fee": {"label": "Fee", **about, "price": f"{drawn['fee']:.2f}", "per": "session"},
        },
        "discounts": {
            "client": {
                "label": "Discount",
                **about,
                "when": {"client": "yes"},
                "percent": f"{drawn['discount']}%",
            }
        },
        "limits": {
            "most": {"label": "Most", **about, "maximum": f"{drawn['most']:.2f}"},
            "least": {"label": "Least", **about, "minimum": f"{drawn['least']:.2f}"},
        },
    }
    tax = f"{{name: VAT, rate: {drawn['tax']}%, prices: excluded, clause: terms}}"
    read = policy_of({"policy": yaml.safe_dump(rules, sort_keys=False), "tax": tax})
    policy = read.editions[-1].policy
    return [price(policy, read_scenario(policy, "help", given_by(one), REFERENCE)) for one in asked]


def given_by(session: Mapping[str, Any]) -> dict[str, str]:
    """A session as the command line takes it."""
    return {
        "minutes": str(session["minutes"]),
        "units": str(session["units"]),
        "client": "yes" if session["client"] else "no",
    }


def theirs(
    engines: Engines, drawn: Terms, asked: list[Mapping[str, Any]]
) -> list[tuple[Decimal, Decimal]]:
    """Net and tax of each session with publicodes."""
    situations = [{**one, "client": "oui" if one["client"] else "non"} for one in asked]
    wanted = ["net", "tax"]
    rules = rules_of(drawn)
    answers = engines.ask("publicodes", rules=rules, situations=situations, wanted=wanted)
    return [(to_the_cent(net), to_the_cent(tax)) for net, tax in answers]


def to_the_cent(number: float) -> Decimal:
    """A sum of publicodes, whose last digits are those of a binary float."""
    return Decimal(repr(number)).quantize(CENT)


def on_half_a_cent(drawn: Terms, quote: Quote) -> bool:
    """Whether a discount or a tax is so many cents and a half: binary floats miss the half."""
    due = sum((line.amount for line in quote.lines if line.kind == "charge"), Decimal(0))
    assert quote.total is not None
    shares = (due * drawn["discount"], quote.total.net * drawn["tax"])
    return any(share % 1 == Decimal("0.5") for share in shares)


@settings(max_examples=100, phases=(Phase.explicit, Phase.generate))
@given(drawn=terms, asked=st.lists(sessions, min_size=1, max_size=8))
def test_net_and_tax_agree_to_the_cent(
    engines: Engines, drawn: Terms, asked: list[Mapping[str, Any]]
) -> None:
    """Increments, tiers, a fee, a discount, limits and tax come to the same."""
    answers = theirs(engines, drawn, asked)
    for quote, (net, tax), one in zip(quotes(drawn, asked), answers, asked, strict=True):
        assert quote.total is not None
        if not on_half_a_cent(drawn, quote):
            assert (quote.total.net, quote.total.tax) == (net, tax), one


def test_difference_binary_floats_miss_half_a_cent(engines: Engines) -> None:
    """25% of three times 2.26 and 1.00 is 1.945, so 1.95; binary floats make it a little less."""
    drawn = TERMS | {"price": Decimal("2.26"), "tax": 25}
    session = {"minutes": 180, "units": 0, "client": False}
    [quote] = quotes(drawn, [session])
    assert quote.total is not None
    assert quote.total.tax == Decimal("1.95")
    assert theirs(engines, drawn, [session]) == [(Decimal("7.78"), Decimal("1.94"))]
