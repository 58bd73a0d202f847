"""Scenarios as a form holds them: fields and the text in each."""

from collections.abc import Iterable, Iterator
from itertools import product

from termwise_calculator.terms.policy import Service

Query = dict[str, str]
"""`service`, and where asked `start`, `minutes` and answers."""


def asked_queries(
    service: Service, starts: Iterable[str], minutes: Iterable[str], answers: Iterable[Query]
) -> Iterator[Query]:
    """Every start with every length and every set of answers, without what is not asked."""
    asked_starts: list[Query] = [{}]
    asked_minutes: list[Query] = [{}]
    if "start" in service.asks:
        asked_starts = [{"start": start} for start in starts]
    if "minutes" in service.asks:
        asked_minutes = [{"minutes": length} for length in minutes]
    for start, length, answered in product(asked_starts, asked_minutes, list(answers)):
        yield {"service": service.id, **start, **length, **answered}


def unique(queries: Iterable[Query]) -> list[Query]:
    """Each scenario once, where it comes first."""
    return list({tuple(query.items()): query for query in queries}.values())
