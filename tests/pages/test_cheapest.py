"""The price that lists name is the least of its standard case, at whatever time of the week."""

from collections.abc import Mapping

from termwise.pages.cheapest import HOUR, cheapest_hour, is_priced
from termwise.reading.providers import Provider
from termwise_calculator.time.windows import MINUTES_PER_WEEK

QUARTER = 15


def test_no_quarter_of_the_week_is_cheaper(providers: Mapping[str, Provider]) -> None:
    """And where none is dearer, or without a price, nothing is said of “from”."""
    services = [(one, service) for one in providers.values() for service in one.policy.services]
    for provider, name in services:
        service = provider.policy.services[name]
        cheapest = cheapest_hour(provider, service)
        length = {"minutes": str(HOUR)} if "minutes" in service.asks else {}
        starts = range(0, MINUTES_PER_WEEK, QUARTER) if "start" in service.asks else ()
        at_all_times = [{"start": provider.local_start(start)} for start in starts] or [{}]
        quotes = [provider.quote(service.id, length | start) for start in at_all_times]
        prices = [quote.due for quote in quotes if is_priced(quote)]
        assert cheapest.quote.due == min(prices)
        assert cheapest.varies == (len({*prices}) > 1 or len(prices) < len(quotes))
        assert provider.quote(service.id, cheapest.query).due == cheapest.quote.due
