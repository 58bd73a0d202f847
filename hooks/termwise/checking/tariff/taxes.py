"""The tax: what charges and customers have of it for themselves, and limits on both sides of it."""

from collections.abc import Iterator, Set
from itertools import combinations as pairs

from termwise.checking.tariff.answers import matched, ways_to_answer
from termwise.checking.tariff.prices import too_many_answers
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import TotalQuestion
from termwise.policy_form.tariff.charges import (
    CustomerTaxTerms,
    OwnTaxTerms,
    TaxTerms,
)
from termwise.policy_form.tariff.rules import LimitTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, listed, quoted
from termwise_calculator.coverage.answers import TooManyAnswers
from termwise_calculator.terms.tariff import Answers

CUSTOMERS: Path = ("tax", "customers")


def tax_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Taxes of a charge in a policy without one, those that say nothing, and unclear limits."""
    for name, charge in written.charges.items():
        path: Path = ("charges", name, "tax")
        if charge.tax and not isinstance(written.tax, TaxTerms):
            yield Problem(
                source.key_place(path),
                "A charge has a tax of its own in a policy without tax",
                quoted("tax"),
                "the policy's tax with its name",
                "write the policy's tax, or take this one away",
            )
        if isinstance(charge.tax, OwnTaxTerms):
            yield from _says_nothing(source, path, charge.tax)
    if not isinstance(written.tax, TaxTerms):
        return
    for name, one in written.tax.customers.items():
        yield from _says_nothing(source, (*CUSTOMERS, name), one)
    try:
        ways = ways_to_answer(written, (one.when for one in written.tax.customers.values()))
    except TooManyAnswers as many:
        yield too_many_answers(source, CUSTOMERS, many.questions)
        return
    yield from _claimed_twice(source, written.tax, ways)
    for name, limit in written.limits.items():
        yield from _limit_problems(written, source, ("limits", name), limit, ways)
    for name, total in written.questions.items():
        if isinstance(total, TotalQuestion):
            yield from _on_both_sides(written, source, ("questions", name), total, ways)


def _says_nothing(source: Source, path: Path, own: OwnTaxTerms) -> Iterator[Problem]:
    if not (own.rate or own.prices or own.charged):
        yield Problem(
            source.key_place(path),
            "A tax of its own says nothing that is its own",
            "a clause alone",
            "“rate: 9%”, “prices: included” or “charged: reverse charge”",
            "add one of them, or take it away",
        )


def _claimed_twice(source: Source, tax: TaxTerms, ways: list[Answers]) -> Iterator[Problem]:
    """Answers of which two entries say what holds for the same charge."""
    for (first, one), (second, other) in pairs(tax.customers.items(), 2):
        apart = one.charges and other.charges and not set(one.charges) & set(other.charges)
        both = [way for way in ways if _holds(one, way) and _holds(other, way)]
        if both and not apart:
            answers = ", ".join(f"{name}: {answer}" for name, answer in both[0].items())
            yield Problem(
                source.key_place((*CUSTOMERS, second)),
                "Two entries say what holds of the tax for the same customers",
                f"{listed([quoted(first), quoted(second)])} for {answers}",
                "at most one for each combination of answers",
                "change the answers of one of them",
            )


def _holds(customers: CustomerTaxTerms, answers: Answers) -> bool:
    return matched(customers.when).holds(answers)


def _limit_problems(
    written: PolicyFile, source: Source, path: Path, limit: LimitTerms, ways: list[Answers]
) -> Iterator[Problem]:
    """Limits on prices with tax and without, and prices that nobody knows on the limit's side."""
    charges = _served(written, path[-1], limit)
    sides = [{_prices(written, charge, way) for charge in charges} for way in ways]
    mixed = next((one for one in sides if len(one) > 1), None)
    if limit.prices is None and mixed:
        yield Problem(
            source.key_place(path),
            "A limit on prices with tax and without does not say which of them it is",
            listed(f"prices {one}" for one in sorted(mixed)),
            "“prices: included” or “prices: excluded”",
            "add prices to the limit, as its amount is published",
        )
    elif limit.prices is None and limit.tax_included and any("included" in one for one in sides):
        yield Problem(
            source.key_place((*path, "tax_included")),
            "A limit that is published without tax and with it is on prices that include the tax",
            f"{'maximum' if limit.maximum else 'minimum'} and tax_included, without prices",
            "“prices: excluded” beside them",
            "add “prices: excluded”, so that the price without tax is compared with the amount "
            "without it; or write the amount with tax alone",
        )
    if limit.prices is None:
        return
    if limit.prices == "included" and limit.tax_included:
        yield Problem(
            source.key_place((*path, "tax_included")),
            "A limit that is with tax has one amount",
            "prices: included, and tax_included",
            "the amount with tax alone",
            "take tax_included away, or write “prices: excluded”",
        )
    others = set().union(*sides) - {limit.prices}
    if "not stated" in others or (others and _rate_is_ever_gap(written, charges)):
        yield Problem(
            source.key_place((*path, "prices")),
            "Nobody can tell what the prices under this limit are with tax, and without",
            listed(f"prices {one}" for one in sorted(others))
            + (", at a rate that is not published" if "not stated" not in others else ""),
            f"prices {limit.prices}",
            "limit other charges, or put the amount into `gaps`: "
            f"“{'maximum' if limit.maximum else 'minimum'}: {{gap: …}}”",
        )


def _served(written: PolicyFile, name: object, limit: LimitTerms) -> set[str]:
    """The charges that a limit is on in some service."""
    serving = [one for one in written.services.values() if name in one.limits]
    served = {charge for service in serving for charge in service.charges}
    return served & set(written.covered_by(limit)) & set(written.charges)


def _on_both_sides(
    written: PolicyFile, source: Source, path: Path, total: TotalQuestion, ways: list[Answers]
) -> Iterator[Problem]:
    """A total of prices with tax and without, which is no amount that anybody pays."""
    charges = [one for one in total.charges if one in written.charges]
    sides = [{_prices(written, charge, way) for charge in charges} for way in ways]
    mixed = next((one for one in sides if len(one) > 1), None)
    if mixed:
        yield Problem(
            source.key_place((*path, "charges")),
            "A total adds up prices with tax and without",
            listed(f"prices {one}" for one in sorted(mixed)),
            "charges whose prices stand to the tax alike",
            "name charges of one kind",
        )


def _prices(written: PolicyFile, charge: str, answers: Answers) -> str:
    """How the prices of a charge stand to the tax for some answers."""
    tax, own = written.tax, written.charges[charge].tax
    assert isinstance(tax, TaxTerms)
    prices = own.prices if isinstance(own, OwnTaxTerms) and own.prices else tax.prices
    for one in tax.customers.values():
        if one.prices and _holds(one, answers) and (not one.charges or charge in one.charges):
            prices = one.prices
    return prices


def _rate_is_ever_gap(written: PolicyFile, charges: Set[str]) -> bool:
    """Tell whether a rate of the tax on some charges is not published, at any time."""
    tax = written.tax
    assert isinstance(tax, TaxTerms)
    owns = [one for name in charges if isinstance(one := written.charges[name].tax, OwnTaxTerms)]
    owns += [one for one in tax.customers.values() if not one.charges or charges & {*one.charges}]
    rates = [tax.rate, *(one.rate for one in owns if one.rate)]
    return any(isinstance(rate, GapTerms) for one in rates for _, rate in one.rows)
