"""Where prices stand in a policy file, and what they are called: by texts, and by one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from termwise.policy_form.dated import Dated
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.tariff.charges import ChargeTerms
from termwise.policy_form.tariff.counted import Per
from termwise.policy_form.yaml_text.source import Path


@dataclass(frozen=True, slots=True)
class PricedPlace:
    """A price of a policy file: the path that leads to it, and the slot that shows it.

    `per` is what it is for, None for what is no price of equal increments or units.
    """

    slot: str
    path: Path
    price: Dated[Any]
    per: Dated[Per] | None = None

    @property
    def name(self) -> str:
        """What other prices call it: "work" for the price of a charge, else its slot, shortened."""
        return self.slot.removesuffix(".price")


def priced_places(policy: PolicyFile) -> Mapping[str, PricedPlace]:
    """Every price of a policy by its name."""
    found = [place for name, charge in policy.charges.items() for place in _places_of(name, charge)]
    found += [
        PricedPlace(f"{name}.{bound}", ("limits", name, bound), price)
        for name, limit in policy.limits.items()
        for bound in ("maximum", "minimum")
        if (price := getattr(limit, bound))
    ]
    return {place.name: place for place in found}


def _places_of(name: str, charge: ChargeTerms) -> Iterator[PricedPlace]:
    path: Path = ("charges", name)
    if charge.price:
        yield PricedPlace(f"{name}.price", (*path, "price"), charge.price, charge.per)
    for row, entry in charge.prices.items():
        yield PricedPlace(
            f"{name}.prices.{row}", (*path, "prices", row, "price"), entry.price, charge.per
        )
    if charge.first:
        yield PricedPlace(f"{name}.first.price", (*path, "first", "price"), charge.first.price)
    for index, block in enumerate(charge.then):
        slot = f"{name}.then.{index + 1}.price"
        yield PricedPlace(slot, (*path, "then", index, "price"), block.price)
    for index, tier in enumerate(charge.tiers):
        field = "flat" if tier.flat else "price"
        if price := tier.flat or tier.price:
            slot = f"{name}.tiers.{index + 1}.price"
            yield PricedPlace(slot, (*path, "tiers", index, field), price)
    yield from _in_windows(name, charge)


def _in_windows(name: str, charge: ChargeTerms) -> Iterator[PricedPlace]:
    """The prices that hold in a window, or outside all of them."""
    if charge.rate is None:
        return
    path: Path = ("charges", name, "rate")
    windows = charge.rate.windows.items()
    rates: list[tuple[tuple[str, ...], Any]] = [(("windows", name), one) for name, one in windows]
    for steps, rate in (*rates, (("otherwise",), charge.rate.otherwise)):
        if price := getattr(rate, "price", None):
            slot = f"{name}.price.{steps[-1]}"
            yield PricedPlace(slot, (*path, *steps, "price"), price, charge.per)
