"""Prices that are made from others, worked out as they stand on one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from termwise.compiling.edition import Compiled
from termwise.compiling.figures import compiled_figure
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.priced_places import PricedPlace
from termwise.policy_form.ranges import AmountRange
from termwise.policy_form.tariff.counted import Per
from termwise.policy_form.tariff.made_prices import MadePriceTerms, WrittenPrice
from termwise_calculator.terms.money import plain
from termwise_calculator.time.lengths import Minutes, length_data

MOST_DECIMALS = 6
"""As many as an amount may be written with."""

Worked = Decimal | AmountRange | GapTerms
"""An amount that has been worked out, or both ends of it, or the gap in its place."""


class CannotBeMade(ValueError):
    """A price that cannot be made from the other; its text is what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PriceMaker:
    """Works out the prices of a policy on a day."""

    day: date
    places: Mapping[str, PricedPlace]

    def amount(self, price: WrittenPrice) -> Worked:
        """What is due, or the gap. What cannot be made is nothing: the check refuses it."""
        try:
            return self.made(price)
        except CannotBeMade:
            return Decimal(0)

    def made(self, price: WrittenPrice, through: tuple[str, ...] = ()) -> Worked:
        """What is due, or the gap; `through` are the prices that led here.

        Raises CannotBeMade.
        """
        if isinstance(price, str):
            return Decimal(0)
        if not isinstance(price, MadePriceTerms):
            return price
        return _times(self.base(price, through), Fraction(price.factor))

    def base(self, price: MadePriceTerms, through: tuple[str, ...] = ()) -> Worked:
        """The other price, for the time that is asked. Raises CannotBeMade."""
        place = self.places.get(price.of)
        if place is None:
            raise CannotBeMade("unknown")
        if price.of in through:
            raise CannotBeMade("circle")
        base = self.made(place.price.on(self.day), (*through, price.of))
        if isinstance(base, GapTerms) or price.for_ is None:
            return base
        per = place.per.on(self.day) if place.per else None
        return _times(base, _times_over(per, price.for_))

    def relations(self) -> Iterator[tuple[str, Compiled]]:
        """How each made price is made, by its slot."""
        for place in self.places.values():
            price = place.price.on(self.day)
            if isinstance(price, MadePriceTerms):
                try:
                    yield place.slot, self._relation(price, self.base(price))
                except CannotBeMade:
                    continue

    def _relation(self, price: MadePriceTerms, base: Worked) -> Compiled:
        relation: Compiled = {
            "of": self.places[price.of].slot,
            "base": compiled_figure(base, plain),
        }
        for field in ("times", "percent", "add"):
            if (value := getattr(price, field)) is not None:
                relation[field] = plain(value)
        if price.for_ is not None:
            relation["minutes"] = length_data(price.for_)
        return relation


def _times_over(per: Per | None, length: Minutes) -> Fraction:
    """How many times a price for some time is due in another; begun time is never cut."""
    if per is None or per.minutes is None:
        raise CannotBeMade("no time")
    times = Fraction(length) / Fraction(per.minutes)
    if per.started and times.denominator != 1:
        raise CannotBeMade("cut")
    return times


def _times(amount: Worked, factor: Fraction) -> Worked:
    if isinstance(amount, GapTerms):
        return amount
    if isinstance(amount, AmountRange):
        low, high = (_exact(Fraction(end) * factor) for end in (amount.from_, amount.to))
        return AmountRange.model_construct(from_=low, to=high)
    return _exact(Fraction(amount) * factor)


def _exact(amount: Fraction) -> Decimal:
    """An amount with all its decimals."""
    if (amount * 10**MOST_DECIMALS).denominator != 1:
        raise CannotBeMade("endless")
    return Decimal(amount.numerator) / amount.denominator
