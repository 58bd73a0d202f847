"""Cases around which a total decides otherwise."""

from collections.abc import Iterator

from termwise.scenarios.queries import Query
from termwise.scenarios.starts import standard_monday
from termwise_calculator.coverage.reaching import sizes_reaching
from termwise_calculator.terms.policy import Policy, Service


def around_totals(policy: Policy, service: Service) -> Iterator[Query]:
    """The last case below each amount from which on a total decides otherwise, and the first."""
    reference = standard_monday(policy).date()
    for total in (policy.totals[name] for name in service.totals):
        for amount in (band.under for band in total.bands if band.under is not None):
            sizes = sizes_reaching(policy, service, {}, total, amount, reference)
            for field, size in sizes.items():
                for one in (size - 1, size):
                    yield {"service": service.id, field: str(one)}
