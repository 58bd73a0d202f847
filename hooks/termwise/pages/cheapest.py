"""What a service costs at least: one hour, at the cheapest times of the week ahead.

That is the standard case of all lists: an hour where the length is asked, and of everything else
what the calculator begins with. Prices change only where a window opens or closes, so that an hour
is tried from each of these edges, and up to each of them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from termwise.reading.providers import Provider
from termwise.scenarios.queries import Query
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.terms.policy import Service
from termwise_calculator.time.windows import MINUTES_PER_WEEK

HOUR = 60


class Cheapest(NamedTuple):
    """The cheapest quote of a service's standard case, and what asks for it.

    `varies` where other times of the week cost more, or have no published price. `paid` is the
    cheapest of those that cost something, where the cheapest of all is free.
    """

    quote: Quote
    query: Query
    varies: bool
    paid: Quote | None


def cheapest_hour(provider: Provider, service: Service) -> Cheapest:
    """The standard case of a service where it costs least; without any price, as it begins."""
    asked = [(query, provider.quote(service.id, query)) for query in _queries(provider, service)]
    priced = [one for one in asked if is_priced(one[1])]
    if not priced:
        query, quote = asked[0]
        return Cheapest(quote, query, varies=False, paid=None)
    query, quote = min(priced, key=lambda one: one[1].due)
    prices: set[Decimal | None] = {one.due if is_priced(one) else None for _, one in asked}
    paid = min((one for _, one in priced if one.due), key=lambda one: one.due, default=None)
    return Cheapest(quote, query, len(prices) > 1, None if quote.due else paid)


def is_priced(quote: Quote) -> bool:
    """Whether the price of a quote is published, its tax or not."""
    return not any(one.what == "price" for one in quote.missing)


def _queries(provider: Provider, service: Service) -> Iterator[Query]:
    """The standard case at each time that may be the cheapest, what the form begins with first."""
    length = {"minutes": str(HOUR)} if "minutes" in service.asks else {}
    if "start" not in service.asks:
        yield length
        return
    edges = {edge for window in provider.policy.windows.values() for edge in window.edges()}
    starts = {start % MINUTES_PER_WEEK for edge in edges for start in (edge, edge - HOUR)}
    usual = service.default.start or 0
    for start in (usual, *sorted(starts - {usual})):
        yield {"start": provider.local_start(start)} | length
