"""What a page shows of a policy besides its tariff, compiled: its order, clauses and statements."""

from collections.abc import Iterable
from typing import Any

from termwise.compiling.edition import Compiled
from termwise.policy_form.policy_file import Example, OutsideFact, PolicyFile
from termwise.policy_form.tariff.charges import ChargeTerms, TaxTerms
from termwise_calculator.terms.resting import TAX_RATE
from termwise_calculator.time.lengths import Minutes, length_data


def compiled_document(policy: PolicyFile) -> Compiled:
    """What the page shows besides the tariff, in the order of the file."""
    source = policy.source
    order = {kind: list(getattr(policy, kind)) for kind in ORDERED}
    for kind in ("surcharges", "limits"):
        order |= {kind: list(getattr(policy, kind))} if getattr(policy, kind) else {}
    return {
        "source": {
            "title": source.title,
            "site": source.site,
            "read": source.read.isoformat(),
            **({"language": source.language} if source.language else {}),
        },
        "outside": [_outside(policy, key, fact) for key, fact in policy.outside.items()],
        "tax_outside": policy.tax.outside if isinstance(policy.tax, TaxTerms) else None,
        "free_charges": _free_charges(policy),
        "free_discounts": [key for key, one in policy.discounts.items() if one.free],
        "order": order,
        "glance": _statements(policy.glance),
        "sections": [
            {"id": section.id, "clauses": [clause.id for clause in section.clauses]}
            for section in policy.sections
        ],
        "steps": _statements(policy.steps),
        "faq": _statements(policy.faq),
        "coverage": {
            "covered": _statements(policy.coverage.covered),
            "excluded": _statements(policy.coverage.excluded),
        },
        "channels": _statements(policy.channels),
        "contacts": [{"kind": one.kind, "value": one.value} for one in policy.contacts],
        "examples": [_example(example) for example in policy.examples],
    }


def _outside(policy: PolicyFile, fact_id: str, fact: OutsideFact) -> Compiled:
    """A fact, its origin and the values that rest on it: the rate of the tax that names it, too."""
    tax = policy.tax
    gives_rate = isinstance(tax, TaxTerms) and tax.outside == fact_id
    values = [*((TAX_RATE,) if gives_rate else ()), *fact.values]
    about = {"id": fact_id, "origin": fact.origin}
    return about | {"values": list(dict.fromkeys(values))} if values else about


# Canonical JSON sorts its keys, so the order of the file is kept beside them.
ORDERED = (
    "windows",
    "questions",
    "charges",
    "discounts",
    "allowances",
    "conditions",
    "responses",
    "services",
    "readings",
    "gaps",
)


def _free_charges(policy: PolicyFile) -> list[str]:
    def is_free(charge: ChargeTerms) -> bool:
        rows = charge.price.rows if charge.price else ((None, None),)
        return all(price == "free" for _, price in rows)

    return [key for key, charge in policy.charges.items() if is_free(charge)]


def _statements(entries: Iterable[Any]) -> list[Compiled]:
    """Entries by id with the clauses that they rest on."""
    return [{"id": entry.id, "clauses": list(entry.clause or ())} for entry in entries]


def _example(example: Example) -> Compiled:
    return {
        "id": example.id,
        "service": example.service,
        "start": example.start,
        "minutes": asked_minutes(example.minutes),
        "set": dict(example.set_),
    }


def clause_numbers(policy: PolicyFile) -> dict[str, str]:
    """The number of each clause: the provider's own, else its place in the whole policy.

    Among numbered clauses one without a number continues the one before it: 2.1, 2.1a, 2.1b.
    """
    numbers: dict[str, str] = {}
    own, letters = "", 0
    for clause in (clause for section in policy.sections for clause in section.clauses):
        if clause.number is not None:
            own, letters = clause.number, 0
            numbers[clause.id] = own
        elif own:
            numbers[clause.id] = own + _letters(letters)
            letters += 1
        else:
            numbers[clause.id] = str(len(numbers) + 1)
    return numbers


def _letters(index: int) -> str:
    more, last = divmod(index, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + last)


def asked_minutes(minutes: Minutes | None) -> int | str | None:
    """The length of an example or a default, as data; None where none is asked."""
    return None if minutes is None else length_data(minutes)
