"""Which hour costs what: a charge under its rates, with the percentages that everybody has on it.

A surcharge or a discount that depends on answers stands in the table of prices alone: who reads
the picture has not given any.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.phrases.taxes import tax_note
from termwise.pages.phrases.units import for_each_unit, unit_words
from termwise.pages.pictures.week_days import Week, opened_together
from termwise.pages.pictures.week_drawing import Cell
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined
from termwise_calculator.pricing.rates import price_under, rate_at
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.policy import Policy, Service
from termwise_calculator.terms.tariff import (
    Charge,
    Discount,
    Figure,
    Surcharge,
    Unpublished,
    WindowRate,
    charged_together,
    is_open,
    multiplied,
    stated,
    taken_together,
)

BESIDE_CURRENCY = re.compile(r"(?<=\D)\xa0(?=\d)|(?<=\d)\xa0(?=\D)")
HUNDRED = Decimal(100)
SHADES = 3
"""How many shades the stylesheet has, from the cheapest hours to the dearest."""

Opened = tuple[str, ...]
"""The windows that are open at a time."""
HourPrice = tuple[Figure, ...]
"""The price of an hour; of a range the least and then the most."""
Rule = TypeVar("Rule", Surcharge, Discount)


class Percentages(NamedTuple):
    """The surcharges and discounts that everybody has on a charge, in some of its services."""

    surcharges: tuple[Surcharge, ...]
    discounts: tuple[Discount, ...]
    together: str
    discounts_together: str

    @property
    def windows(self) -> Iterator[str]:
        """The windows on which they depend."""
        rules: list[Surcharge | Discount] = [*self.surcharges, *self.discounts]
        return (rule.window for rule in rules if rule.window)

    def on(self, price: Decimal, opened: Opened, policy: Policy) -> Figure:
        """A price with what is on it at a time, rounded as the lines of a quote are.

        The gap where the size of one of them is not published and matters.
        """
        surcharges = charged_together(_open(self.surcharges, opened), self.together)
        discounts = taken_together(_open(self.discounts, opened), self.discounts_together)
        if not price or any(one.is_everything for one in discounts):
            return Decimal(0)
        rules: list[Surcharge | Discount] = [*surcharges, *discounts]
        for one in rules:
            if isinstance(one.percent, Unpublished):
                return one.percent
        multiplied_off = self.discounts_together == "multiply"
        total = base = price
        for surcharge in surcharges:
            on = base if self.together == "multiply" else price
            added = on * stated(surcharge.percent) / HUNDRED
            base, total = base + added, total + policy.rounded(added)
        for discount in discounts:
            off = base * stated(discount.percent) / HUNDRED
            base, total = base - (off if multiplied_off else 0), total - policy.rounded(off)
        return total


class End(NamedTuple):
    """A charge and what is on it, at one end of all ranges."""

    charge: Charge
    percentages: Percentages

    def at(self, opened: Opened, policy: Policy) -> Figure:
        """What is due at a time."""
        price = self.before(opened)
        return (
            price if isinstance(price, Unpublished) else self.percentages.on(price, opened, policy)
        )

    def before(self, opened: Opened) -> Figure:
        """The price alone, without percentages on it."""
        return multiplied(*price_under(self.charge, rate_at(self.charge.rate, frozenset(opened))))


Ends = tuple[End, ...]
"""The cheapest end and the dearest, or the only one."""


def price_weeks(view: PolicyView, charges: Sequence[Charge]) -> Iterator[Week]:
    """The week of a charge whose price depends on the hour: one, unless its services differ.

    The charge comes at each end of its ranges, the cheapest first.
    """
    found = _ends(view.policy, charges)
    for number, (ends, services) in enumerate(found.items()):
        if charges[0].rate is None and not any(ends[0].percentages.windows):
            continue
        week = _price_week(view, ends)
        named = joined((view.inline(f"service.{service}.name") for service in services), "; ")
        label = html("{}, {}", week.label, named)
        apart = replace(week, rule=f"{week.rule}-{number}", label=label)
        yield apart if len(found) > 1 else week


def _ends(policy: Policy, charges: Sequence[Charge]) -> Mapping[Ends, list[str]]:
    """A charge with what is on it by percentage, and the services where just that is on it."""
    terms = list(zip(charges, (policy, policy.dearest or policy), strict=False))
    found: dict[Ends, list[str]] = {}
    for name, service in policy.services.items():
        if charges[0].id in service.charges:
            ends = (End(charge, _percentages_in(one, service, charge)) for charge, one in terms)
            found.setdefault(tuple(ends), []).append(name)
    return found


def _percentages_in(policy: Policy, service: Service, charge: Charge) -> Percentages:
    surcharges = _for_everybody(policy.surcharges, service.surcharges, charge)
    discounts = _for_everybody(policy.discounts, service.discounts, charge)
    always = tuple(one for one in discounts if not one.for_each)
    together = service.surcharges_together, service.discounts_together
    return Percentages(surcharges, always, *together)


def _for_everybody(
    rules: Mapping[str, Rule], names: tuple[str, ...], charge: Charge
) -> tuple[Rule, ...]:
    chosen = (rules[name] for name in names)
    on_it = (one for one in chosen if charge.id in one.charges and not one.of_the_whole)
    return tuple(one for one in on_it if not one.when.answers)


def _open(rules: tuple[Rule, ...], opened: Opened) -> list[Rule]:
    return [one for one in rules if is_open(one, opened)]


def _price_week(view: PolicyView, ends: Ends) -> Week:
    """The week of a charge, each hour with its price."""
    policy, (charge, percentages) = view.policy, ends[0]
    rates = charge.rate.windows if charge.rate else ()
    names = dict.fromkeys((*(each.window for each in rates), *percentages.windows))
    windows = tuple(policy.windows[name] for name in names)
    prices: dict[Opened, HourPrice] = {
        opened: tuple(dict.fromkeys(end.at(opened, policy) for end in ends))
        for opened in opened_together(windows)
    }
    return Week(
        rule=rule_name(charge),
        title=view.words.say("The week: what each hour costs"),
        label=charge_label(view, charge),
        notes=(
            _what_counts(view, charge),
            *_beside_ranges(view, charge),
            tax_note(view, charge),
            *_hatched(view, prices),
        ),
        windows=windows,
        cell_of=lambda opened: _cell(view, ends, opened, prices),
        readings=charge.readings,
    )


def rule_name(charge: Charge) -> str:
    """What tells the picture of a charge, or of one price of its table, from the others."""
    return f"{charge.id}-{charge.chosen}" if charge.chosen else charge.id


def charge_label(view: PolicyView, charge: Charge) -> Markup:
    """What is charged, and for which answers where a table decides the price."""
    label = view.inline(f"charge.{charge.id}")
    if charge.for_each:
        label = html("{}, {}", label, for_each_unit(view, charge.for_each))
    if not charge.chosen:
        return label
    return html("{}, {}", label, said_answers(view, charge.when, ", "))


def _what_counts(view: PolicyView, charge: Charge) -> Markup:
    """What the price is for, and which moment decides it."""
    per, say = unit_words(view, charge), view.say
    decided_at = charge.rate.decided_at if charge.rate else "increment"
    if decided_at == "session" or charge.unit != "increment":
        return say("Price {per}; what counts is when the session starts.", per=per)
    if decided_at == "window":
        return say("Price {per}; time is split where the price changes.", per=per)
    return say("Price {per}; what counts is when that time starts.", per=per)


def _beside_ranges(view: PolicyView, charge: Charge) -> Iterator[Markup]:
    """That the picture shows the price beyond all tiers, where there are any."""
    if charge.tiers or charge.length_tiers:
        yield view.say("For the ranges in the table, other prices apply.")


def _hatched(view: PolicyView, prices: Mapping[Opened, HourPrice]) -> Iterator[Markup]:
    """What is hatched, with the clauses that leave it open; nothing where all is published."""
    most = (price[-1] for price in prices.values())
    gaps = dict.fromkeys(price.gap for price in most if isinstance(price, Unpublished))
    if gaps:
        hatched = view.words.say("Hatched: no price is published for these hours.")
        clauses = dict.fromkeys(view.policy.gaps[gap].clause for gap in gaps)
        yield html("{} {}", hatched, view.clause_links(tuple(clauses)))


def _cell(view: PolicyView, ends: Ends, opened: Opened, prices: Mapping[Opened, HourPrice]) -> Cell:
    price = _published(prices[opened])
    if not price:
        return Cell("tw-week__gap", view.words.say("not published"))
    shade = _shade(price, [known for one in prices.values() if (known := _published(one))])
    return Cell(shade, _label(view, ends, opened, price))


def _published(price: HourPrice) -> tuple[Decimal, ...]:
    """A price whose every end is known; nothing for any other."""
    known = tuple(one for one in price if isinstance(one, Decimal))
    return known if len(known) == len(price) else ()


def _label(view: PolicyView, ends: Ends, opened: Opened, price: tuple[Decimal, ...]) -> str:
    """What the terms themselves state stands as they state it."""
    charge = ends[0].charge
    if not price[-1]:
        return view.words.free()
    if price != tuple(dict.fromkeys(end.before(opened) for end in ends)):
        return _breaking(_money(view, price[0], price[-1]))
    rate = rate_at(charge.rate, frozenset(opened))
    path = charge.path_under(rate) if isinstance(rate, WindowRate) else ""
    return amount(view, path if path in view.provider.slots else charge.price_path)


def _money(view: PolicyView, least: Decimal, most: Decimal) -> str:
    currency, digits = view.policy.currency, view.policy.currency_digits
    if least == most:
        return view.words.money(least, currency, digits)
    return view.words.money_range(least, most, currency, digits)


def amount(view: PolicyView, path: str) -> str:
    """A figure of the policy, as its slot writes it."""
    return _breaking(slot_text(view.provider.slots[path], view.words))


def _breaking(figure: str) -> str:
    """A figure that may break beside its currency, so that a phone has room for the whole week."""
    return BESIDE_CURRENCY.sub(" ", figure)


def _shade(price: tuple[Decimal, ...], prices: list[tuple[Decimal, ...]]) -> str:
    """The class of a price among all those of its charge."""
    if not price[-1]:
        return "tw-week__free"
    dearer = sorted({one for one in prices if one[-1]}, key=lambda one: one[::-1])
    steps = max(len(dearer) - 1, 1)
    return f"tw-week__{1 + dearer.index(price) * (SHADES - 1) // steps}"
