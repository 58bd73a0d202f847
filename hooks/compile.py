"""From a policy file to its editions: plain data in canonical JSON, with a digest.

An edition is what holds from one date to the next. It is language-neutral but for `texts`, and
it is all that the calculator, the pages and the browser know of a policy.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from calculator.money import plain
from hooks.policy_model import Example, Note, PolicyFile
from hooks.policy_texts import governing_texts
from hooks.policy_values import Dated
from hooks.tariff_model import (
    AllowanceTerms,
    ChargeTerms,
    ChoiceQuestion,
    ConditionTerms,
    DiscountTerms,
    FirstIncrementTerms,
    GapPrice,
    InsideWindow,
    OutsideWindow,
    Question,
    RateTerms,
    ResponseTarget,
    ResponseTerms,
    ServiceTerms,
    StopTerms,
    TaxTerms,
    VersionQuestion,
    When,
    YesNoQuestion,
)

Compiled = dict[str, Any]
VERSION_STATES = ("supported", "older", "newer", "not given")


@dataclass(frozen=True, slots=True)
class Edition:
    """The terms from `effective` until the day before `until`, compiled, and their digest."""

    effective: date
    until: date | None
    compiled: Compiled
    digest: str


def compile_editions(policy: PolicyFile) -> list[Edition]:
    """Compile a policy into one edition per date on which a value changes, in order."""
    starts = sorted({policy.effective, *(day for day in change_dates(policy))})
    starts = [day for day in starts if day >= policy.effective]
    ends: list[date | None] = [*starts[1:], None]
    return [_edition(policy, start, end) for start, end in zip(starts, ends, strict=True)]


def canonical_json(data: Any) -> str:
    """The one way to write data as JSON: what digests are made of."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(compiled: Compiled) -> str:
    """The digest that page and quote show, of the canonical JSON in UTF-8."""
    return "sha256:" + hashlib.sha256(canonical_json(compiled).encode()).hexdigest()


def _edition(policy: PolicyFile, start: date, end: date | None) -> Edition:
    compiled = _Compiler(policy, start).compiled()
    return Edition(start, end, compiled, digest_of(compiled))


def change_dates(value: Any) -> Iterable[date]:
    """Every date on which a dated value anywhere inside changes."""
    if isinstance(value, Dated):
        yield from (day for day, _ in value.rows)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from change_dates(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from change_dates(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from change_dates(part)


def currency_digits(currency: str) -> int:
    """How many decimals the currency has, by CLDR."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (loads CLDR data)

    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Compiles a policy as it stands on one day."""

    policy: PolicyFile
    day: date

    def compiled(self) -> Compiled:
        policy = self.policy
        return {
            "provider": policy.provider,
            "name": policy.name,
            "language": policy.language,
            "effective": self.day.isoformat(),
            "timezone": policy.timezone,
            "currency": policy.currency,
            "currency_digits": currency_digits(policy.currency),
            "tax": self._tax(),
            "windows": {
                window_id: [list(span) for span in window.on(self.day).spans]
                for window_id, window in policy.windows.items()
            },
            "questions": {key: self._question(one) for key, one in policy.questions.items()},
            "charges": {key: self._charge(one) for key, one in policy.charges.items()},
            "discounts": {key: self._discount(one) for key, one in policy.discounts.items()},
            "allowances": {key: self._allowance(one) for key, one in policy.allowances.items()},
            "conditions": {key: self._condition(one) for key, one in policy.conditions.items()},
            "responses": {key: self._response(one) for key, one in policy.responses.items()},
            "services": {key: _service(one) for key, one in policy.services.items()},
            "readings": {key: _note(one) for key, one in policy.readings.items()},
            "gaps": {key: _note(one) for key, one in policy.gaps.items()},
            "clause_numbers": clause_numbers(policy),
            "document": _document(policy),
            "texts": {text.id: text.text for text in governing_texts(policy)},
        }

    def _tax(self) -> Compiled | None:
        tax = self.policy.tax
        if not isinstance(tax, TaxTerms):
            return None
        return {
            "name": tax.name,
            "rate": plain(tax.rate.on(self.day)),
            "included": tax.prices == "included",
            "clauses": list(tax.clause),
        }

    def _question(self, question: Question) -> Compiled:
        newest = question.newest_major if isinstance(question, VersionQuestion) else None
        return {
            "kind": question.kind,
            "default": _default_answer(question),
            "options": answers_of(question),
            "when": _when(question.when),
            "newest_major": newest.on(self.day) if newest else None,
        }

    def _charge(self, charge: ChargeTerms) -> Compiled:
        per = charge.per.on(self.day)
        return {
            "clauses": list(charge.clause),
            "when": _when(charge.when),
            "price": self._price(charge.price.on(self.day)),
            "unit": per.unit,
            "increment_minutes": per.minutes,
            "minimum_increments": 1 if charge.minimum else 0,
            "first": self._first(charge.first),
            "stop": self._stop(charge.stops),
            "rate": self._rate(charge.rate),
            "applies": _applies(charge.applies),
            "readings": list(charge.readings),
        }

    def _price(self, price: Decimal | str | GapPrice) -> str | Compiled:
        if isinstance(price, GapPrice):
            return {"gap": price.gap}
        amount = price if isinstance(price, Decimal) else Decimal(0)
        return str(amount.quantize(Decimal(1).scaleb(-currency_digits(self.policy.currency))))

    def _first(self, first: FirstIncrementTerms | None) -> Compiled | None:
        if first is None:
            return None
        return {
            "minutes": first.length.on(self.day),
            "price": self._price(first.price.on(self.day)),
            "clauses": list(first.clause),
        }

    def _stop(self, stop: StopTerms | None) -> Compiled | None:
        if stop is None:
            return None
        return {
            "after_minutes": stop.after.on(self.day),
            "when": _when(stop.when),
            "clauses": list(stop.clause),
        }

    def _rate(self, rate: RateTerms | None) -> Compiled | None:
        if rate is None:
            return None
        windows = [
            {
                "window": window_id,
                "factor": _factor(terms.times.on(self.day)),
                "clauses": list(terms.clause),
            }
            for window_id, terms in rate.windows.items()
        ]
        return {"windows": windows, "otherwise": {"gap": rate.otherwise.gap}}

    def _discount(self, discount: DiscountTerms) -> Compiled:
        percent = discount.percent.on(self.day) if discount.percent else Decimal(100)
        return {
            "clauses": list(discount.clause),
            "when": _when(discount.when),
            "window": discount.in_,
            "percent": plain(percent),
            "charges": list(discount.charges or self.policy.charges),
            "readings": list(discount.readings),
        }

    def _allowance(self, allowance: AllowanceTerms) -> Compiled:
        return {
            "clauses": list(allowance.clause),
            "when": _when(allowance.when),
            "minutes": allowance.minutes.on(self.day),
            "period": allowance.period,
            "used": allowance.used,
            "charges": list(allowance.charges),
            "readings": list(allowance.readings),
        }

    def _condition(self, condition: ConditionTerms) -> Compiled:
        return {
            "clauses": list(condition.clause),
            "when": _when(condition.when),
            "after_minutes": condition.after.on(self.day) if condition.after else None,
        }

    def _response(self, response: ResponseTerms) -> Compiled:
        return {
            "clauses": list(response.clause),
            "question": response.question,
            "window": response.window,
            "targets": {key: self._target(one) for key, one in response.targets.items()},
            "readings": list(response.readings),
        }

    def _target(self, target: ResponseTarget | GapPrice) -> Compiled:
        if isinstance(target, GapPrice):
            return {"gap": target.gap}
        return {"minutes": target.within.on(self.day), "clauses": list(target.clause)}


def _default_answer(question: Question) -> str:
    return "" if isinstance(question, VersionQuestion) else str(question.default)


def answers_of(question: Question) -> list[str]:
    """The answers that a rule may name; none for a number of minutes."""
    if isinstance(question, YesNoQuestion):
        return ["yes", "no"]
    if isinstance(question, ChoiceQuestion):
        return list(question.options)
    return list(VERSION_STATES) if isinstance(question, VersionQuestion) else []


def _when(when: When) -> Compiled:
    return {question: list(answers) for question, answers in when.items()}


def _factor(factor: Decimal | str) -> str:
    return plain(factor) if isinstance(factor, Decimal) else "1"


def _applies(applies: InsideWindow | OutsideWindow | None) -> Compiled | None:
    if applies is None:
        return None
    if isinstance(applies, InsideWindow):
        return {"window": applies.inside, "inside": True}
    return {"window": applies.outside, "inside": False}


def _service(service: ServiceTerms) -> Compiled:
    return {
        "clauses": list(service.clause),
        "kind": service.kind,
        "asks": list(service.asks),
        "questions": list(service.questions),
        "charges": list(service.charges),
        "discounts": list(service.discounts),
        "allowances": list(service.allowances),
        "conditions": list(service.conditions),
        "responses": list(service.responses),
        "default": {"start": service.default.start, "minutes": service.default.minutes},
    }


def _note(note: Note) -> Compiled:
    return {"clause": note.clause, "when": _when(note.when)}


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


def _document(policy: PolicyFile) -> Compiled:
    """What the page shows besides the tariff, in the order of the file."""
    source = policy.source
    return {
        "source": {"title": source.title, "site": source.site, "read": source.read.isoformat()},
        "outside": [{"id": key, "origin": fact.origin} for key, fact in policy.outside.items()],
        "tax_outside": policy.tax.outside if isinstance(policy.tax, TaxTerms) else None,
        "free_charges": _free_charges(policy),
        "free_discounts": [key for key, one in policy.discounts.items() if one.free],
        "order": {kind: list(getattr(policy, kind)) for kind in ORDERED},
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
        return all(price == "free" for _, price in charge.price.rows)

    return [key for key, charge in policy.charges.items() if is_free(charge)]


def _statements(entries: Iterable[Any]) -> list[Compiled]:
    """Entries by id with the first clause that they rest on, if any."""
    return [
        {"id": entry.id, "clause": entry.clause[0] if entry.clause else None} for entry in entries
    ]


def _example(example: Example) -> Compiled:
    return {
        "id": example.id,
        "service": example.service,
        "start": example.start,
        "minutes": example.minutes,
        "set": dict(example.set_),
    }
