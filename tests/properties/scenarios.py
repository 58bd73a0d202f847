"""Any scenario of any provider, for tests of what holds in every case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from termwise.reading.providers import Provider
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import read_scenario
from termwise_calculator.terms.policy import Policy, Question, Service
from tests.real_providers import real_providers

MINUTE = timedelta(minutes=1)
# Where increments, free time and days end; a minute either side of each is tried too.
LENGTHS = [edge + side for edge in (1, 30, 60, 90, 120, 480, 1440, 10_080) for side in (-1, 0, 1)]
# UTC instants around which windows or clocks change: Tuesday, a weekend, the clock changes.
TURNS = [
    datetime(2026, *day, hour)  # noqa: DTZ001 (UTC, written with a Z)
    for day in ((3, 3), (3, 6), (3, 7), (3, 8), (3, 29), (10, 25), (11, 1))
    for hour in (0, 1, 5, 8, 9, 10, 15, 16, 17, 20, 21, 23)
]
# The UTC hours whose local hour is the second of that name: Warsaw and Lisbon, Los Angeles.
SECOND_HOURS = [datetime(2026, 10, 25, 1), datetime(2026, 11, 1, 9)]  # noqa: DTZ001
VERSIONS = ("", "5.4.0.0", "7.6.2.0", "8.0.0.1")


@dataclass(frozen=True, repr=False)
class Asked:
    """A scenario as a visitor gives it.

    Hypothesis prints a dataclass field by field, whatever its `__repr__`, unless it prints itself.
    """

    provider: Provider
    service: Service
    raw: Mapping[str, str]

    def __repr__(self) -> str:
        """The scenario as the command line takes it."""
        return f"{self.provider.policy.provider}/{self.service.id} {dict(self.raw)}"

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: ARG002
        printer.text(repr(self))

    def quote(self, **changed: str) -> Quote:
        """Its quote, with some of the answers changed."""
        policy = self.provider.policy
        raw = {**self.raw, **changed}
        return price(policy, read_scenario(policy, self.service.id, raw, self.provider.reference))


starts = st.one_of(
    st.builds(lambda turn, by: turn + by * MINUTE, st.sampled_from(TURNS), st.integers(-2, 2)),
    st.builds(
        lambda hour, at: hour + at * MINUTE, st.sampled_from(SECOND_HOURS), st.integers(0, 59)
    ),
    st.datetimes(datetime(2026, 1, 2), datetime(2029, 1, 1)),  # noqa: DTZ001
).map(lambda moment: f"{moment:%Y-%m-%dT%H:%MZ}")
lengths = st.one_of(st.sampled_from(LENGTHS), st.integers(0, 3000), st.integers(0, 44_640))


def answers(question: Question) -> st.SearchStrategy[str]:
    """Any good answer to a question."""
    if question.kind == "minutes":
        return st.integers(0, 200).map(str)
    if question.kind == "version":
        return st.sampled_from(VERSIONS)
    return st.sampled_from(question.options)


def offers(timed: bool) -> list[str]:
    """The services of all providers as the command line names them, all or those by the minute."""
    return [
        f"{provider_id}/{service.id}"
        for provider_id, provider in real_providers().items()
        for service in provider.policy.services.values()
        if "minutes" in service.asks or not timed
    ]


@st.composite
def asked(draw: st.DrawFn, offer: str = "", timed: bool = False) -> Asked:
    """Any scenario, any of one service, or any that is counted by the minute."""
    provider_id, service_id = (offer or draw(st.sampled_from(offers(timed)))).split("/")
    provider = real_providers()[provider_id]
    service = provider.policy.services[service_id]
    fields = {"start": starts} | _answers_of(provider.policy, service)
    if "minutes" in service.asks:
        fields["minutes"] = lengths.map(str)
    return Asked(provider, service, draw(st.fixed_dictionaries(fields)))


def _answers_of(policy: Policy, service: Service) -> dict[str, st.SearchStrategy[str]]:
    return {name: answers(policy.questions[name]) for name in service.questions}
