"""The prices of a page for machines that read schema.org: from the same policy as its table."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from termwise.pages.policy_view import PolicyView
from termwise_calculator.pricing.rates import price_under
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.telling.slots import slot_text
from termwise_calculator.terms.tariff import Charge, Figure, multiplied

MINUTE = "MIN"
"""The code of a minute, by UN/CEFACT, which schema.org uses."""


def linked_data(view: PolicyView) -> str:
    """What the page offers and for how much, as JSON-LD that can stand in a script element.

    Only what is published is offered: gaps have no price here either.
    """
    policy, source = view.policy, view.document["source"]
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "inLanguage": view.words.html_lang,
        "name": policy.name,
        "isBasedOn": {"@type": "WebPage", "name": source["title"]},
        "about": {
            "@type": "Service",
            "name": " · ".join(view.plain(f"service.{one}.name") for one in policy.services),
            "provider": {"@type": "Organization", "name": policy.name},
            "offers": list(_offers(view)),
        },
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def _offers(view: PolicyView) -> Iterator[dict[str, Any]]:
    for charge in view.policy.charges.values():
        dearest = view.dearest.charges[charge.id]
        for block, other in zip(charge.blocks, dearest.blocks, strict=True):
            yield from _offer(view, charge, (block.price, other.price), "", block.minutes)
        for ends in zip(charge.priced, dearest.priced, strict=True):
            yield from _offers_of(view, ends)


def _offers_of(view: PolicyView, ends: tuple[Charge, Charge]) -> Iterator[dict[str, Any]]:
    """What a charge costs at any time, or in each of its windows."""
    charge, dearest = ends
    if charge.rate is None or dearest.rate is None:
        yield from _offer(view, charge, (charge.price, dearest.price))
        return
    for rate, other in zip(charge.rate.windows, dearest.rate.windows, strict=True):
        window = slot_text(view.provider.slots[f"windows.{rate.window}"], view.words)
        least = multiplied(*price_under(charge, rate))
        most = multiplied(*price_under(dearest, other))
        yield from _offer(view, charge, (least, most), window)


def _offer(
    view: PolicyView,
    charge: Charge,
    prices: tuple[Figure, Figure],
    window: str = "",
    minutes: Any = None,
) -> Iterator[dict[str, Any]]:
    least, most = prices
    if not isinstance(least, Decimal) or not isinstance(most, Decimal):
        return
    name = view.plain(f"charge.{charge.id}")
    yield {
        "@type": "Offer",
        "name": f"{name}: {window}" if window else name,
        "priceSpecification": _specification(view, charge, (least, most), minutes),
    }


def _specification(
    view: PolicyView, charge: Charge, prices: tuple[Decimal, Decimal], minutes: Any
) -> dict[str, Any]:
    policy, (least, most) = view.policy, prices
    told: dict[str, Any] = {
        "@type": "UnitPriceSpecification",
        **({"price": f"{least:f}"} if least == most else _between(least, most)),
        "priceCurrency": policy.currency,
        "referenceQuantity": _quantity(view, charge, minutes),
    }
    tax = policy.tax
    basis = tax.basis_for(charge, {}) if tax and not tax.customers else None
    if basis and basis.charged == "yes" and basis.prices != NOT_STATED:
        told["valueAddedTaxIncluded"] = basis.included
    return told


def _between(least: Decimal, most: Decimal) -> dict[str, str]:
    """A published range."""
    return {"minPrice": f"{least:f}", "maxPrice": f"{most:f}"}


def _quantity(view: PolicyView, charge: Charge, minutes: Any) -> dict[str, Any]:
    """What the price is for: minutes, units of a quantity, or one session or request."""
    told: dict[str, Any] = {"@type": "QuantitativeValue"}
    length = minutes or charge.price_minutes or charge.increment_minutes
    if charge.unit == "increment" and length:
        return told | {"value": float(length), "unitCode": MINUTE}
    if charge.unit == "quantity":
        unit = str(view.unit(charge.question, charge.per_units).striptags())
        return told | {"value": float(charge.per_units), "unitText": unit}
    return told | {"value": 1, "unitText": charge.unit}
