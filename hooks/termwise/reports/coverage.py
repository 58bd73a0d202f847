"""What `termwise coverage` prints: each region without one published price, with an example."""

from collections.abc import Iterator
from datetime import date

from termwise.checking.uncovered.cases import command, example_of
from termwise.checking.uncovered.words import finding, readable_case
from termwise.reading.providers import Provider
from termwise_calculator.coverage.regions import Region
from termwise_calculator.coverage.uncovered import uncovered
from termwise_calculator.pricing.scenario import terms_in_force
from termwise_calculator.pricing.tax import NOT_STATED
from termwise_calculator.telling.view import clause_number
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.policy import Policy, Tax, has_begun
from termwise_calculator.terms.tariff import OwnTax, Unpublished

LANGUAGE = "en"


def coverage_lines(provider: Provider) -> Iterator[str]:
    """One paragraph for each region of a provider; what is left unsaid about tax comes last."""
    policy = provider.policy
    for region in uncovered(policy):
        yield _paragraph(provider, region)
    if policy.tax is None and policy.currency != NO_CURRENCY:
        yield f"{policy.provider}: whether prices include tax is not published."
    if policy.tax:
        yield from _open_taxes(policy, policy.tax)


def _open_taxes(policy: Policy, tax: Tax) -> Iterator[str]:
    """What is left unsaid of a tax: as a rule, and of charges and customers."""
    owns = {
        "prices": OwnTax(tax.rate, tax.basis.prices),
        **{f"prices of {one.id}": one.tax for one in policy.charges.values() if one.tax},
        **{f"prices for {one.id}": one.own for one in tax.customers},
    }
    for what, own in owns.items():
        if own.prices == NOT_STATED:
            yield f"{policy.provider}: whether {what} include {tax.name} is not published."
    for what, own in owns.items():
        if isinstance(own.rate, Unpublished):
            of = "" if what == "prices" else f" on {what}"
            yield (
                f"{policy.provider}: the rate of {tax.name}{of} is not published "
                f"(declared gap {own.rate.gap})."
            )


def undeclared(policy: Policy) -> list[Region]:
    """The regions that are mistakes of the policy: an undeclared gap, or two prices."""
    return [region for region in uncovered(policy) if not region.is_declared]


def _paragraph(provider: Provider, region: Region) -> str:
    policy = provider.policy
    clauses = ", ".join(f"{clause} ({clause_number(policy, clause)})" for clause in region.clauses)
    return (
        f"{policy.provider}/{region.service}: {finding(policy, region)}\n"
        f"  when      {readable_case(provider.words[LANGUAGE], policy, region)}\n"
        f"  clauses   {clauses}\n"
        f"  example   {example_command(provider, region)}"
    )


def example_command(provider: Provider, region: Region) -> str:
    """A command that prices one scenario of the region."""
    policy, reference = provider.policy, provider.reference
    query = example_of(policy, region, reference)
    return command(policy, region.service, query, _terms_of(provider, query.get("start")))


def _terms_of(provider: Provider, start: str | None) -> date | None:
    """The date of the terms, where the day of the scenario would choose others."""
    day = date.fromisoformat(start[:10]) if start else provider.reference
    if not has_begun(provider.policies[0].effective, day):
        return provider.policy.first_known_day
    chosen = terms_in_force(provider.policies, day)
    return None if chosen is provider.policy else provider.policy.first_known_day
