"""Whose clock the times on a page and in a form go by."""

from termwise.pages.policy_view import PolicyView
from termwise_calculator.pricing.whose_clock import place_asked


def clock_words(view: PolicyView) -> str:
    """That of the provider, of the place which the customer chooses, or of either."""
    words, policy = view.words, view.policy
    by_clock = [service for service in policy.services.values() if "start" in service.asks]
    local = [service for service in by_clock if place_asked(policy, service)]
    place = words.place(policy.zone.key)
    if not local:
        return words.say("{place} time", place=place)
    if len(local) == len(by_clock):
        return words.say("the time at the place that you choose")
    return words.say("{place} time, or the time at the place that you choose", place=place)
