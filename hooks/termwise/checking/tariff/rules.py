"""Discounts and limits say one thing each."""

from collections.abc import Iterator
from typing import Any

from termwise.policy_form.dated import Dated
from termwise.policy_form.gaps import GapTerms
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import NumberQuestion
from termwise.policy_form.tariff.charges import TaxTerms
from termwise.policy_form.tariff.rules import DiscountTerms, LimitTerms
from termwise.policy_form.yaml_text.source import Path, Source
from termwise.problems import Problem, quoted


def discount_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Discounts that do not say how much is taken off, or say it twice."""
    for discount_id, discount in written.discounts.items():
        if (discount.percent is None) == (discount.free is None):
            both = discount.percent is not None
            yield Problem(
                source.key_place(("discounts", discount_id)),
                "A discount says how much is taken off, once",
                "both percent and free" if both else "neither percent nor free",
                "“percent: 50%” or “free: yes”",
                "take one of them away" if both else "add one of them",
            )
        yield from _repeated_problems(written, source, ("discounts", discount_id), discount)


def _repeated_problems(
    written: PolicyFile, source: Source, path: Path, discount: DiscountTerms
) -> Iterator[Problem]:
    """Percentages for each of what is no number, and a most of what counts once."""
    question = written.questions.get(discount.for_each or "")
    if question is not None and not isinstance(question, NumberQuestion):
        yield Problem(
            source.place((*path, "for_each")),
            "“for_each” needs a question of another kind",
            f"{quoted(str(discount.for_each))} of kind {question.kind}",
            "a question of kind number",
            "name another question, or change its kind",
        )
    alone = discount.for_each is None
    if (discount.at_most and alone) or (discount.free and not alone):
        named = "at_most" if alone else "for_each"
        yield Problem(
            source.key_place((*path, named)),
            "Nothing is taken off more than once",
            f"{named} without {'for_each' if alone else 'percent'}",
            "“percent: 5%” with “for_each: question”",
            f"take {named} away, or write what the percentage is for",
        )


def whole_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Shares of the whole that are of some of it alone, and limits on them beside others."""
    for kind in ("surcharges", "discounts"):
        for name, rule in getattr(written, kind).items():
            for field, value in (("in", rule.in_), ("charges", rule.charges)):
                if rule.of and value:
                    yield Problem(
                        source.key_place((kind, name, field)),
                        "The whole is what everything comes to, at whatever time",
                        f"of: the whole, and {field}",
                        "one of them",
                        f"take {field} away, or of",
                    )
    for name, limit in written.limits.items():
        known = [written.surcharges[one] for one in limit.surcharges if one in written.surcharges]
        if len({one.of for one in known}) > 1:
            yield Problem(
                source.key_place(("limits", name, "surcharges")),
                "A limit on surcharges holds for shares of the whole, or for others",
                "both of them",
                "surcharges that are all of the whole, or none",
                "make two limits of it",
            )


def limit_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Limits that are neither the most nor the least, or both, and those whose tax is unclear."""
    for limit_id, limit in written.limits.items():
        path: Path = ("limits", limit_id)
        if (limit.maximum is None) == (limit.minimum is None):
            both = limit.maximum is not None
            yield Problem(
                source.key_place(path),
                "A limit is either the most or the least that is charged",
                "both maximum and minimum" if both else "neither maximum nor minimum",
                "“maximum: 100.00” or “minimum: 20.00”",
                "make two limits of it" if both else "add one of them",
            )
        yield from _on_surcharges(source, path, limit)
        of_some = limit.charges or limit.surcharges
        if limit.tax_included and (of_some or not isinstance(written.tax, TaxTerms)):
            yield Problem(
                source.key_place((*path, "tax_included")),
                "A limit with tax holds for all that is charged, with its tax",
                "a limit on some charges" if of_some else "no tax in this policy",
                "a limit on every charge, in a policy with tax",
                "take charges away, or tax_included",
            )
        if (
            limit.tax_included
            and isinstance(written.tax, TaxTerms)
            and _is_ever_gap(written.tax.rate)
        ):
            yield Problem(
                source.key_place((*path, "tax_included")),
                "A limit with tax needs the rate of the tax",
                "a rate that is not published",
                "the rate, or the limit without tax alone",
                "take tax_included away",
            )
        if limit.tax_included and _is_ever_gap(limit.maximum or limit.minimum):
            yield Problem(
                source.key_place((*path, "tax_included")),
                "A limit with tax needs the same limit without it",
                "an amount that is not published",
                "both amounts, or neither",
                "take tax_included away, or write the amount without tax",
            )


def _on_surcharges(source: Source, path: Path, limit: LimitTerms) -> Iterator[Problem]:
    """A limit on surcharges that names charges, or periods, as well."""
    for field in ("charges", "per") if limit.surcharges else ():
        if getattr(limit, field):
            yield Problem(
                source.key_place((*path, field)),
                "A limit on surcharges holds for what they come to in the whole session",
                f"surcharges and {field}",
                "surcharges alone",
                f"take {field} away, or surcharges",
            )


def _is_ever_gap(amount: Dated[Any] | None) -> bool:
    rows = amount.rows if amount else ()
    return any(isinstance(one, GapTerms) for _, one in rows)
