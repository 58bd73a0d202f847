"""Whose clock decides: the provider's, or that of the place which the customer names."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from termwise_calculator.terms.policy import Policy, Question, Service
from termwise_calculator.terms.tariff import Answers

KEPT = 64
"""Of so many policies the terms are kept as other clocks have them."""


def place_asked(policy: Policy, service: Service) -> Question | None:
    """The question of a service that asks for the place whose clock decides, if one does."""
    for name in service.questions:
        if policy.questions[name].zones:
            return policy.questions[name]
    return None


def by_local_clock(policy: Policy, service: Service, answers: Answers) -> Policy:
    """The same terms with all hours and days as the clock has them that decides for a customer."""
    question = place_asked(policy, service)
    zone = question.zones.get(answers.get(question.id, "")) if question else None
    return policy if zone is None else _in_zone(policy, zone)


@lru_cache(maxsize=KEPT)
def _in_zone(policy: Policy, zone: str) -> Policy:
    return policy._replace(zone=ZoneInfo(zone))
