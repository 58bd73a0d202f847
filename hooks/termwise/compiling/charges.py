"""Charges and limits of a policy file as plain data, as they stand on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from termwise.compiling.edition import Compiled
from termwise.compiling.figures import compiled_figure
from termwise.compiling.made_prices import PriceMaker
from termwise.policy_form.dated import Dated
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.questions import When
from termwise.policy_form.tariff.charges import (
    ChargeTerms,
    FirstIncrementTerms,
    InsideWindow,
    OutsideWindow,
    OwnTaxTerms,
    RateTerms,
    StopTerms,
    TierTerms,
    WindowRateTerms,
)
from termwise.policy_form.tariff.counted import CountedStep, Per
from termwise.policy_form.tariff.made_prices import WrittenPrice
from termwise.policy_form.tariff.rules import LimitTerms
from termwise_calculator.terms.money import decimals_of, plain
from termwise_calculator.time.lengths import SECOND, Minutes, is_whole, length_data

DECIDED_AT = {"start of the session": "session", "edges of the windows": "window"}
NOTHING: Dated[WrittenPrice] = Dated(((date.min, Decimal(0)),))
ROUNDED = {"over the charge": "charge", "over the session": "session"}


@dataclass(frozen=True, slots=True)
class ChargeCompiler:
    """Compiles charges and limits on a day; amounts have at least `digits` decimals.

    What a charge does not use is left out, so that a new field changes no digest.
    """

    day: date
    digits: int
    prices: PriceMaker

    def charge(self, charge: ChargeTerms) -> Compiled:
        """A charge, with what it counts and every price it may come to."""
        per = charge.per.on(self.day)
        step = charge.increment.on(self.day) if charge.increment else None
        table: Compiled = {"prices": self._table(charge)} if charge.prices else {}
        if charge.decided_at in DECIDED_AT:
            table["decided_at"] = DECIDED_AT[charge.decided_at]
        return (
            self._counted(charge, per, step)
            | table
            | {
                "clauses": _clauses(charge),
                "when": compiled_when(charge.when),
                "price": None if charge.prices else self._own_price(charge),
                "unit": per.unit,
                "increment_minutes": _length(billed_minutes(per, step)),
                "minimum_increments": 1 if charge.minimum else 0,
                "first": self._first(charge.first),
                "stop": self._stop(charge.stops),
                "rate": self._rate(charge.rate),
                "applies": _applies(charge.applies),
                "readings": list(charge.readings),
            }
        )

    def _counted(self, charge: ChargeTerms, per: Per, step: CountedStep | None) -> Compiled:
        """What a charge counts otherwise than in started increments of the session."""
        compiled: Compiled = {}
        if per.minutes != billed_minutes(per, step):
            compiled["price_minutes"] = _length(per.minutes)
        if per.units is not None and per.units != 1:
            compiled["per_units"] = plain(per.units)
        if per.units is not None and (step or per.started):
            units = step.units if step and step.units else per.units
            compiled["step_units"] = plain(units)
        if charge.counts:
            compiled["counts"] = charge.counts.question
            compiled |= {"after_session": True} if charge.counts.begins else {}
        if charge.for_each:
            compiled["for_each"] = charge.for_each
        if charge.then:
            compiled["following"] = [self._first(block) for block in charge.then]
        compiled |= self._tiers(charge)
        compiled |= self._least(charge.least)
        if charge.tolerance:
            minutes = length_data(charge.tolerance.length.on(self.day))
            compiled["tolerance"] = {"minutes": minutes, "clauses": list(charge.tolerance.clause)}
        if isinstance(charge.tax, OwnTaxTerms):
            compiled["tax"] = own_tax(charge.tax, self.day)
        elif charge.tax:
            compiled["tax_rate"] = plain(charge.tax.on(self.day))
        return compiled

    def _least(self, least: Dated[Minutes] | None) -> Compiled:
        return {"least_minutes": length_data(least.on(self.day))} if least else {}

    def _tiers(self, charge: ChargeTerms) -> Compiled:
        """The tiers of a charge, and how units fall into them."""
        if not charge.tiers:
            return {}
        tiers = [self._tier(tier) for tier in charge.tiers]
        if all(per.unit == "increment" for _, per in charge.per.rows):
            graduated = charge.tiers_priced == "graduated"
            return {"length_tiers": tiers} | ({"graduated": True} if graduated else {})
        before = charge.steps_counted == "before the tiers"
        return {
            "tiers": tiers,
            "by_volume": charge.tiers_priced == "by volume",
            **({"steps_before_tiers": True} if before else {}),
        }

    def _own_price(self, charge: ChargeTerms) -> Any:
        # The check refuses a charge without a price, and has to compile it to find all problems.
        return self._price(charge.price.on(self.day) if charge.price else Decimal(0))

    def _table(self, charge: ChargeTerms) -> list[Compiled]:
        return [
            {
                "id": name,
                "when": compiled_when(entry.when),
                "price": self._price(entry.price.on(self.day)),
                "clauses": list(entry.clause or ()),
                **self._least(entry.least),
                **({"window": entry.in_} if entry.in_ else {}),
            }
            for name, entry in charge.prices.items()
        ]

    def limit(self, limit: LimitTerms, charges: Iterable[str]) -> Compiled:
        """A limit, which covers these charges."""
        # The check refuses a limit of neither kind, and has to compile it to find all problems.
        amount = limit.maximum or limit.minimum or NOTHING
        return {
            "clauses": list(limit.clause),
            "when": compiled_when(limit.when),
            "window": limit.in_,
            "most": limit.maximum is not None,
            "amount": self._price(amount.on(self.day)),
            "tax_included": (
                self._price(limit.tax_included.on(self.day)) if limit.tax_included else None
            ),
            "charges": list(charges),
            "readings": list(limit.readings),
            **({"surcharges": list(limit.surcharges)} if limit.surcharges else {}),
            **_period(limit.per.on(self.day) if limit.per else None),
            **({"prices": limit.prices} if limit.prices else {}),
        }

    def _price(self, price: WrittenPrice) -> Any:
        return compiled_figure(self.prices.amount(price), self._amount)

    def _amount(self, amount: Decimal) -> str:
        return str(round(amount, max(self.digits, decimals_of(amount))))

    def _first(self, first: FirstIncrementTerms | None) -> Compiled | None:
        if first is None:
            return None
        return {
            "minutes": length_data(first.length.on(self.day)),
            "price": self._price(first.price.on(self.day)),
            "clauses": list(first.clause),
        }

    def _tier(self, tier: TierTerms) -> Compiled:
        # The check refuses a tier without a price, and has to compile it to find all problems.
        price = tier.price or tier.flat or NOTHING
        return {
            "up_to": compiled_figure(tier.up_to.on(self.day), _tier_end),
            "price": self._price(price.on(self.day)),
            "flat": tier.flat is not None,
            "clauses": list(tier.clause),
            **_per_of_tier(tier.per.on(self.day) if tier.per else None),
        }

    def _stop(self, stop: StopTerms | None) -> Compiled | None:
        if stop is None:
            return None
        return {
            "after_minutes": stop.after.on(self.day),
            "when": compiled_when(stop.when),
            "clauses": list(stop.clause),
        }

    def _rate(self, rate: RateTerms | None) -> Compiled | None:
        if rate is None:
            return None
        compiled: Compiled = {
            "windows": [
                {"window": window_id, **self._window_rate(terms)}
                for window_id, terms in rate.windows.items()
            ],
            "otherwise": self._otherwise(rate.otherwise),
        }
        if rate.decided_at != "start of each increment":
            compiled["decided_at"] = DECIDED_AT[rate.decided_at]
        if rate.rounded and rate.rounded != "in each window":
            compiled["rounded"] = ROUNDED[rate.rounded]
        return compiled

    def _otherwise(self, terms: GapTerms | WindowRateTerms | None) -> Compiled | None:
        if terms is None:
            return None
        return {"gap": terms.gap} if isinstance(terms, GapTerms) else self._window_rate(terms)

    def _window_rate(self, terms: WindowRateTerms) -> Compiled:
        compiled: Compiled = {"factor": "1", "clauses": list(terms.clause)}
        if terms.times:
            compiled["factor"] = compiled_figure(terms.times.on(self.day), _factor)
        if terms.add:
            percent = terms.add.on(self.day)
            compiled["factor"] = compiled_figure(percent, lambda added: plain(1 + added / 100))
            compiled["percent"] = compiled_figure(percent, plain)
        if terms.price:
            compiled["price"] = self._price(terms.price.on(self.day))
        if terms.increment:
            compiled["increment_minutes"] = length_data(terms.increment.on(self.day))
        return compiled | self._least(terms.least)


def _clauses(charge: ChargeTerms) -> list[str]:
    """The clauses of a charge, and of what it has of the tax for itself."""
    of_tax = charge.tax.clause if isinstance(charge.tax, OwnTaxTerms) else ()
    return list(dict.fromkeys([*charge.clause, *of_tax]))


def own_tax(terms: OwnTaxTerms, day: date) -> Compiled:
    """What a charge, or some customers, have of the tax for themselves."""
    rate = {"rate": compiled_figure(terms.rate.on(day), plain)} if terms.rate else {}
    words = {"prices": terms.prices, "charged": terms.charged}
    return rate | {name: word for name, word in words.items() if word}


def _tier_end(end: Decimal | Minutes) -> int | str:
    """Where a tier ends: a number of units as text, a length as lengths are."""
    return plain(end) if isinstance(end, Decimal) else length_data(end)


def _per_of_tier(per: Per | None) -> Compiled:
    """What the price of a tier is for; nothing where it is what the charge's is."""
    if per is None:
        return {}
    units = plain(per.units or Decimal(1))
    return {"per": {"units": units, "step": units if per.started else None}}


def compiled_when(when: When) -> Compiled:
    """The answers that a rule asks for, as plain data."""
    return {question: list(answers) for question, answers in when.items()}


def _period(period: int | str | None) -> Compiled:
    """How often a limit begins anew; nothing for a limit on the whole session."""
    if period is None:
        return {}
    return {"period_minutes": period} if isinstance(period, int) else {"by_day": True}


def _factor(factor: Decimal | str) -> str:
    return plain(factor) if isinstance(factor, Decimal) else {"base": "1", "free": "0"}[factor]


def counts_seconds(charge: ChargeTerms) -> bool:
    """Tell whether seconds of a session can change what a charge comes to, at any time."""
    blocks = [one for one in (charge.first, *charge.then, charge.tolerance) if one]
    windows = charge.rate.all_rates if charge.rate else ()
    dated = [charge.least, *(one.length for one in blocks), *(one.increment for one in windows)]
    dated += [one.least for one in windows] + [one.least for one in charge.prices.values()]
    lengths = [length for one in dated if one for _, length in one.rows]
    ends = [end for tier in charge.tiers for _, end in tier.up_to.rows]
    lengths += [end for end in ends if not isinstance(end, Decimal | GapTerms)]
    steps = [step for _, step in charge.increment.rows] if charge.increment else [None]
    billed = [billed_minutes(per, step) for _, per in charge.per.rows for step in steps]
    lengths += [length for length in billed if length is not None]
    return charge.counts is None and not all(map(is_whole, lengths))


def _length(minutes: Minutes | None) -> int | str | None:
    return None if minutes is None else length_data(minutes)


def billed_minutes(per: Per, step: CountedStep | None) -> Minutes | None:
    """What counts as begun: the increment, what a started price is for, a minute or a second."""
    if per.minutes is None:
        return None
    if step is not None:
        return step.minutes
    if per.started:
        return per.minutes
    return 1 if is_whole(per.minutes) else SECOND


def _applies(applies: InsideWindow | OutsideWindow | None) -> Compiled | None:
    if applies is None:
        return None
    if isinstance(applies, InsideWindow):
        return {"window": applies.inside, "inside": True}
    return {"window": applies.outside, "inside": False}
