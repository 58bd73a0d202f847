"""From a policy file to its editions: plain data in canonical JSON, with a digest.

It is language-neutral but for `texts`, and it is all that the calculator, the pages and the
browser know of a policy.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from termwise.compiling.charges import (
    ChargeCompiler,
    compiled_when,
    counts_seconds,
    own_tax,
)
from termwise.compiling.document import asked_minutes, clause_numbers, compiled_document
from termwise.compiling.edition import Compiled, Edition
from termwise.compiling.figures import compiled_figure
from termwise.compiling.made_prices import PriceMaker
from termwise.compiling.windows import compiled_window
from termwise.policy_form.calendar.holidays import compiled_holidays
from termwise.policy_form.dated import change_dates
from termwise.policy_form.policy_file import Note, PolicyFile, Reading, amount_digits
from termwise.policy_form.priced_places import priced_places
from termwise.policy_form.questions import (
    ChoiceQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    TotalQuestion,
    VersionQuestion,
    answers_of,
)
from termwise.policy_form.tariff.charges import (
    CustomerTaxTerms,
    NoTaxTerms,
    ServiceTerms,
    TaxTerms,
)
from termwise.policy_form.tariff.rules import (
    AllowanceTerms,
    ConditionTerms,
    DiscountTerms,
    EscalationTerms,
    ResponseGap,
    ResponseTarget,
    ResponseTerms,
    SurchargeTerms,
)
from termwise.policy_form.texts import governing_texts
from termwise_calculator.terms.money import plain


def compile_editions(policy: PolicyFile) -> tuple[Edition, ...]:
    """Compile a policy into one edition per date on which a value changes, in order."""
    first, last = policy.begins, policy.last_day
    changes = [day for day in sorted({*change_dates(policy)}) if first is None or day > first]
    starts: list[date | None] = [first, *changes]
    ends: list[date | None] = [*changes, last + timedelta(days=1) if last else None]
    return tuple(_edition(policy, start, end) for start, end in zip(starts, ends, strict=True))


def canonical_json(data: Any) -> str:
    """The one way to write data as JSON: what digests are made of."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def policy_digest(compiled: Compiled) -> str:
    """The digest that page and quote show, of the canonical JSON in UTF-8."""
    return "sha256:" + hashlib.sha256(canonical_json(compiled).encode()).hexdigest()


def _edition(policy: PolicyFile, start: date | None, end: date | None) -> Edition:
    compiled = _Compiler(policy, start).compiled()
    return Edition(start, end, compiled, policy_digest(compiled))


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Compiles a policy as it stands from one day on; from ever, where it has no first day."""

    policy: PolicyFile
    effective: date | None

    @property
    def day(self) -> date:
        """The day that dated values are asked for: before all rows, the first of them holds."""
        return self.effective or date.min

    def compiled(self) -> Compiled:
        policy = self.policy
        prices = PriceMaker(self.day, priced_places(policy))
        charges = ChargeCompiler(self.day, amount_digits(policy), prices)
        made, totals = dict(prices.relations()), self._totals()
        surcharges = {key: self._surcharge(one) for key, one in policy.surcharges.items()}
        limits = {
            key: charges.limit(one, policy.covered_by(one)) for key, one in policy.limits.items()
        }
        return {
            "provider": policy.provider,
            "name": policy.name,
            "language": policy.language,
            "effective": self.effective.isoformat() if self.effective else None,
            **self._end(),
            "timezone": policy.timezone,
            "currency": policy.currency,
            "currency_digits": amount_digits(policy),
            "tax": self._tax(),
            **self._rounding(),
            "windows": {
                window_id: compiled_window(window.on(self.day))
                for window_id, window in policy.hours.items()
            },
            **self._holidays(),
            "questions": {
                key: self._question(one)
                for key, one in policy.questions.items()
                if key not in totals
            },
            **({"totals": totals} if totals else {}),
            "charges": {key: charges.charge(one) for key, one in policy.charges.items()},
            "discounts": {key: self._discount(one) for key, one in policy.discounts.items()},
            "allowances": {key: self._allowance(one) for key, one in policy.allowances.items()},
            "conditions": {key: self._condition(one) for key, one in policy.conditions.items()},
            "responses": {key: self._response(one) for key, one in policy.responses.items()},
            **({"limits": limits} if limits else {}),
            **({"surcharges": surcharges} if surcharges else {}),
            **({"made_prices": made} if made else {}),
            "services": {
                key: _service(one, totals, by_second=self._is_by_second(one))
                for key, one in policy.services.items()
            },
            "readings": {key: _reading(one) for key, one in policy.readings.items()},
            "gaps": {key: _note(one) for key, one in policy.gaps.items()},
            "clause_numbers": clause_numbers(policy),
            "document": compiled_document(policy),
            "texts": {text.id: text.text for text in governing_texts(policy)},
        }

    def _end(self) -> Compiled:
        """The last day, None where it is not stated; nothing where there is no end."""
        ends = self.policy.ends
        if ends is None:
            return {}
        return {"ends": ends.isoformat() if isinstance(ends, date) else None}

    def _holidays(self) -> Compiled:
        policy = self.policy
        if policy.holidays is None:
            return {}
        read, language = policy.source.read, policy.language
        return {"holidays": compiled_holidays(policy.holidays, self.effective, read, language)}

    def _tax(self) -> Compiled | None:
        tax = self.policy.tax
        if isinstance(tax, NoTaxTerms):
            clauses = list(tax.clause)
            about = {"name": tax.name, "rate": "0", "included": False, "clauses": clauses}
            return about | {"liable": False}
        if not isinstance(tax, TaxTerms):
            return None
        customers = [self._customers(name, one) for name, one in tax.customers.items()]
        return {
            "name": tax.name,
            "rate": compiled_figure(tax.rate.on(self.day), plain),
            "included": tax.prices == "included",
            "clauses": list(tax.clause),
            **({"prices": tax.prices} if tax.prices == "not stated" else {}),
            **({"customers": customers} if customers else {}),
        }

    def _rounding(self) -> Compiled:
        """How amounts are rounded; nothing where they are as usual."""
        written = self.policy.rounding
        rounding: Compiled = {}
        if written and (amounts := written.amounts):
            rounding["amounts"] = {"rule": amounts.rule, "clauses": list(amounts.clause)}
        if written and (cash := written.cash):
            rounding["cash"] = {
                "to": plain(cash.to.on(self.day)),
                "rule": cash.rule,
                "when": compiled_when(cash.when),
                "clauses": list(cash.clause),
            }
        return {"rounding": rounding} if rounding else {}

    def _customers(self, name: str, terms: CustomerTaxTerms) -> Compiled:
        """What holds of the tax for some customers."""
        return {
            "id": name,
            "when": compiled_when(terms.when),
            "clauses": list(terms.clause),
            **own_tax(terms, self.day),
            **_optional(charges=terms.charges),
        }

    def _question(self, question: Question) -> Compiled:
        newest = question.newest_major if isinstance(question, VersionQuestion) else None
        compiled: Compiled = {
            "kind": question.kind,
            "default": _default_answer(question),
            "options": answers_of(question),
            "when": compiled_when(question.when),
            "newest_major": newest.on(self.day) if newest else None,
        }
        if isinstance(question, ChoiceQuestion) and question.zones:
            compiled["zones"] = dict(question.zones)
        if isinstance(question, NumberQuestion):
            compiled["decimals"] = int(question.decimals)
            compiled |= {"bands": self._bands(question)} if question.bands else {}
        return compiled

    def _totals(self) -> Compiled:
        """What some charges come to, where that decides."""
        return {
            name: {"charges": list(one.charges), "bands": self._bands(one)}
            for name, one in self.policy.questions.items()
            if isinstance(one, TotalQuestion)
        }

    def _bands(self, question: NumberQuestion | TotalQuestion) -> list[Compiled]:
        return [
            {"id": band.id, "under": plain(band.under.on(self.day)) if band.under else None}
            for band in question.bands
        ]

    def _surcharge(self, surcharge: SurchargeTerms) -> Compiled:
        return {
            "clauses": list(surcharge.clause),
            "when": compiled_when(surcharge.when),
            "window": surcharge.in_,
            "percent": compiled_figure(surcharge.percent.on(self.day), plain),
            "charges": list(surcharge.charges or self.policy.charges),
            "readings": list(surcharge.readings),
            **_of_the_whole(surcharge),
        }

    def _is_by_second(self, service: ServiceTerms) -> bool:
        charges = self.policy.charges
        return any(counts_seconds(charges[one]) for one in service.charges if one in charges)

    def _discount(self, discount: DiscountTerms) -> Compiled:
        percent = discount.percent.on(self.day) if discount.percent else Decimal(100)
        return {
            "clauses": list(discount.clause),
            "when": compiled_when(discount.when),
            "window": discount.in_,
            "percent": compiled_figure(percent, plain),
            "charges": list(discount.charges or self.policy.charges),
            "readings": list(discount.readings),
            **_of_the_whole(discount),
            **self._repeated(discount),
        }

    def _repeated(self, discount: DiscountTerms) -> Compiled:
        """What the percentage is for, and the most of it; nothing for one that counts once."""
        if discount.for_each is None:
            return {}
        most = {"at_most": plain(discount.at_most.on(self.day))} if discount.at_most else {}
        return {"for_each": discount.for_each} | most

    def _allowance(self, allowance: AllowanceTerms) -> Compiled:
        return {
            "clauses": list(allowance.clause),
            "when": compiled_when(allowance.when),
            "minutes": compiled_figure(allowance.minutes.on(self.day), int),
            "period": allowance.period,
            "used": allowance.used or "",
            "charges": list(allowance.charges),
            "readings": list(allowance.readings),
            **self._validity(allowance),
            **self._carried(allowance),
            **self._burns(allowance),
        }

    def _burns(self, allowance: AllowanceTerms) -> Compiled:
        """How fast it is used up in some windows; nothing where it goes by the clock."""
        if not isinstance(allowance.burns, dict):
            return {}
        burns = [
            {
                "window": window,
                "factor": plain(burn.times.on(self.day)),
                "clauses": list(burn.clause),
            }
            for window, burn in allowance.burns.items()
        ]
        return {"burns": burns}

    def _validity(self, allowance: AllowanceTerms) -> Compiled:
        """How long a package can be used; nothing for free time of every year."""
        if allowance.valid is None:
            return {}
        return {"valid_months": allowance.valid.on(self.day), "bought": allowance.bought or ""}

    def _carried(self, allowance: AllowanceTerms) -> Compiled:
        """What may be used in the next period; nothing where what is left is lost."""
        carried = allowance.carried
        if carried is None:
            return {}
        most = {"most": carried.most.on(self.day)} if carried.most else {}
        about = {"question": carried.question, "clauses": list(carried.clause)}
        return {"carried": about | most}

    def _condition(self, condition: ConditionTerms) -> Compiled:
        return {
            "clauses": list(condition.clause),
            "when": compiled_when(condition.when),
            "after_minutes": condition.after.on(self.day) if condition.after else None,
            **_optional(allowances=condition.allowances, readings=condition.readings),
        }

    def _response(self, response: ResponseTerms) -> Compiled:
        return {
            "clauses": list(response.clause),
            "question": response.question,
            "window": compiled_figure(response.window, str),
            "targets": {key: self._named_target(one) for key, one in response.targets.items()},
            "readings": list(response.readings),
            **({"average": True} if response.average else {}),
        }

    def _named_target(self, target: ResponseTarget | ResponseGap) -> Compiled:
        when = {"when": compiled_when(target.when)} if target.when else {}
        return self._target(target) | when

    def _target(self, target: ResponseTarget | ResponseGap) -> Compiled:
        if isinstance(target, ResponseGap):
            return {"gap": target.gap}
        within = target.within.on(self.day)
        compiled: Compiled = {"clauses": list(target.clause)}
        if within.working_days:
            compiled["working_days"] = within.working_days
        else:
            compiled["minutes"] = within.minutes
        if target.window:
            compiled["window"] = compiled_figure(target.window, str)
        if target.at_most:
            compiled["at_most"] = True
        if target.escalates:
            compiled["escalates"] = self._escalation(target.escalates)
        return compiled

    def _escalation(self, escalation: EscalationTerms) -> Compiled:
        return {
            "after_minutes": escalation.after.on(self.day),
            "window": compiled_figure(escalation.window, str),
            "clauses": list(escalation.clause),
        }


def _of_the_whole(rule: SurchargeTerms | DiscountTerms) -> Compiled:
    """That it is a share of what everything comes to; nothing where it is one of some prices."""
    return {"of_the_whole": True} if rule.of else {}


def _default_answer(question: Question) -> str:
    if isinstance(question, VersionQuestion | DateQuestion | TotalQuestion):
        return ""
    return str(question.default)


def _service(service: ServiceTerms, totals: Collection[str], *, by_second: bool) -> Compiled:
    """A service; of its questions the `totals` are worked out, the others asked."""
    used: Compiled = {"limits": list(service.limits)} if service.limits else {}
    if decided := [name for name in service.questions if name in totals]:
        used["totals"] = decided
    if service.surcharges:
        used["surcharges"] = list(service.surcharges)
        used["surcharges_multiply"] = service.surcharges_together == "multiply"
    if service.surcharges_together == "highest":
        used["surcharges_highest"] = True
    if service.discounts_together:
        used["discounts_together"] = service.discounts_together
    if by_second:
        used["by_second"] = True
    return used | {
        "clauses": list(service.clause),
        "kind": service.kind,
        "asks": list(service.asks),
        "questions": [name for name in service.questions if name not in totals],
        "charges": list(service.charges),
        "discounts": list(service.discounts),
        "allowances": list(service.allowances),
        "conditions": list(service.conditions),
        "responses": list(service.responses),
        "default": {
            "start": service.default.start,
            "minutes": asked_minutes(service.default.minutes),
        },
    }


def _note(note: Note) -> Compiled:
    about = {"clause": note.clause, "when": compiled_when(note.when)}
    return about | _optional(allowances=note.allowances)


def _reading(reading: Reading) -> Compiled:
    matters = {"matters": reading.matters} if reading.matters else {}
    return _note(reading) | matters | _optional(values=reading.values)


def _optional(**lists: tuple[str, ...]) -> Compiled:
    """Lists of names, those left out that hold none."""
    return {key: list(names) for key, names in lists.items() if names}
