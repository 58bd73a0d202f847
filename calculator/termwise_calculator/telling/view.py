"""A quote in words: each part of it as a phrase of the reader's language, without any markup."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from termwise_calculator.pricing.quote import Line, Missing, Quote
from termwise_calculator.pricing.whose_clock import place_asked
from termwise_calculator.telling.marks import marks_html
from termwise_calculator.telling.markup import in_language
from termwise_calculator.telling.slots import SlotTable, fill, fill_html
from termwise_calculator.telling.taxes import Sum, made_of, sums, tax_of_line
from termwise_calculator.telling.validity import terms_of
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.money import decimals_of
from termwise_calculator.terms.packages import EXPIRED, NOT_YET, last_day
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.resting import TIMEZONE, notes_on
from termwise_calculator.terms.tariff import When
from termwise_calculator.time.clock import MINUTE, NOT_ASKED


def clause_number(policy: Policy, clause_id: str) -> str:
    """A clause as readers name it ("§ 14")."""
    return f"§ {policy.clause_numbers[clause_id]}"


DAYS_OF_A_WEEK = 7
ZERO = Decimal(0)

Filled = dict[tuple[str, str], str]
"""Texts with their figures, by form ("text" or "html") and id."""


class QuoteView:
    """The phrases of one quote; HTML and plain text are laid out from the same ones.

    `filled` keeps texts from one quote to the next, as long as words and slots stay the same.
    `for_html` marks passages that are not in the reader's language; `escape` makes them HTML.
    """

    def __init__(
        self,
        quote: Quote,
        words: Words,
        slots: SlotTable,
        filled: Filled | None = None,
        *,
        for_html: bool = False,
    ) -> None:
        self.quote = quote
        self.words = words
        self.policy = quote.policy
        self.slots = slots
        self.filled: Filled = {} if filled is None else filled
        self._form = "passage" if for_html else "text"

    def text(self, text_id: str) -> str:
        """A text of the policy with its figures filled in."""
        return self._fill(self._form, fill, text_id)

    def clause_html(self, clause: str) -> str:
        """A clause as HTML, with its figures filled in."""
        return self._fill("html", self._with_marks, clause)

    def _with_marks(self, text: str, slots: SlotTable, words: Words) -> str:
        def marks(slot: str) -> str:
            return marks_html(self.words, notes_on(self.policy, slot))

        return fill_html(text, slots, words, marks)

    def _fill(self, form: str, how: Callable[[str, SlotTable, Words], str], text_id: str) -> str:
        def write() -> str:
            text = self.words.text(text_id)
            written = how(text.text, self.slots, self.words)
            if text.language == self.words.language or form == "text":
                return written
            if form == "passage":
                return in_language(written, text.language)
            return f'<span lang="{text.language}">{written}</span>'

        return self.kept(form, text_id, write)

    def in_language(self, text: str, language: str) -> str:
        """A passage of a language, marked in HTML where it is not the reader's."""
        marked = self._form == "passage" and language != self.words.language
        return in_language(text, language) if marked else text

    def kept(self, form: str, text_id: str, write: Callable[[], str]) -> str:
        """What is written of a text in some form, whichever the quote: written once."""
        if (form, text_id) not in self.filled:
            self.filled[form, text_id] = write()
        return self.filled[form, text_id]

    def money(self, amount: Decimal) -> str:
        """An amount in the policy's currency."""
        return self.words.money(amount, self.policy.currency, self.policy.currency_digits)

    def price(self, amount: Decimal) -> str:
        """A price with all its decimals, which may be more than can be paid."""
        digits = max(self.policy.currency_digits, decimals_of(amount))
        return self.words.money_or_free(amount, self.policy.currency, digits)

    def _from_to(self, cheapest: Decimal, dearest: Decimal) -> str:
        """An amount at both ends of a quote, or the one that both have."""
        if cheapest == dearest:
            return self.money(cheapest)
        if min(cheapest, dearest) >= 0:
            # A maximum that rates of tax share may move tax to where there is less of it.
            cheapest, dearest = sorted((cheapest, dearest))
        low, high = self.money(cheapest), self.money(dearest)
        return self.words.say_in("range", "from {low} to {high}", low=low, high=high)

    def _money_range(self, cheapest: Decimal, dearest: Decimal) -> str:
        """As `_from_to`, in as few characters as can be."""
        if cheapest == dearest or min(cheapest, dearest) < 0:
            return self._from_to(cheapest, dearest)
        ends, digits = sorted((cheapest, dearest)), self.policy.currency_digits
        return self.words.money_range(ends[0], ends[1], self.policy.currency, digits)

    def _price_range(self, line: Line) -> str:
        """The unit price of a line, or both ends of it, with all its decimals."""
        ends = line.unit_price, (line.dearest or line).unit_price
        if ends[0] == ends[1] or min(ends) < 0:
            return self.price(line.unit_price)
        digits = max(self.policy.currency_digits, *map(decimals_of, ends))
        return self.words.money_range(min(ends), max(ends), self.policy.currency, digits)

    def scenario_title(self) -> str:
        """The case that is priced: service, start, length."""
        scenario = self.quote.scenario
        parts = [self.text(f"service.{scenario.service.id}.name")]
        start = self.quote.local(scenario.start)
        if start is not None:
            parts.append(self._by_local_clock(self.words.date_time(start)))
        if scenario.minutes is not None:
            parts.append(self.words.minutes(scenario.minutes))
        return ", ".join(parts)

    def answers(self) -> list[str]:
        """Every question that was asked in this case, with the answer that it is priced by."""
        given = self.quote.scenario.answers
        return [
            self.answered(question, given[question])
            for question in given
            if question in self.policy.questions
        ]

    def answers_to(self, when: When) -> str:
        """The questions that a rule depends on, each with the answer that was given."""
        given = self.quote.scenario.answers
        asked = (name for name, _ in when.answers if name not in self.policy.totals)
        return "; ".join(self.answered(one, given.get(one)) for one in asked)

    def totals_in(self, when: When) -> str:
        """The totals that a rule depends on, each with what it comes to."""
        totals = self.quote.case.totals
        named = (name for name, _ in when.answers if name in self.policy.totals)
        return "; ".join(
            self.words.say_in(
                "answer",
                "“{question}” – {answer}",
                question=self.text(f"question.{one}.label"),
                answer=self.money(totals[one]),
            )
            for one in named
        )

    def answered(self, question: str, answer: str | None) -> str:
        """A question, and an answer to it, or a dash where there is none."""
        return self.words.say_in(
            "answer",
            "“{question}” – {answer}",
            question=self.text(f"question.{question}.label"),
            answer=self._answer(question, answer),
        )

    def _answer(self, question_id: str, answer: str | None) -> str:
        question = self.policy.questions[question_id]
        if not answer:
            return "–"
        if question.kind == "yes-no":
            return self.words.say("yes") if answer == "yes" else self.words.say("no")
        if question.kind == "choice":
            return self.text(f"question.{question_id}.{answer}")
        if question.kind == "number":
            return self.units(question_id, Decimal(answer))
        if question.kind == "minutes":
            return self.words.minutes(int(answer))
        if question.kind == "date":
            return self.words.date(date.fromisoformat(answer))
        return answer

    def _by_local_clock(self, moment: str) -> str:
        """A moment with the place whose time it is, where the service asks for one."""
        if place_asked(self.policy, self.quote.scenario.service) is None:
            return moment
        place = self.words.place(self.policy.zone.key)
        return self.words.say("{moment} ({place} time)", moment=moment, place=place)

    def total(self) -> str:
        """The figure a reader looks for first, or the sentence that stands in its place."""
        quote, words = self.quote, self.words
        amount = self._amount(quote.due, quote.dearest.due)
        missing = [one for one in quote.missing if one.what == "price"]
        if not missing and any(one.what == "tax" for one in quote.missing):
            return self._with_unknown_tax(amount)
        if not missing:
            return amount
        if not self._has_amount():
            return words.say("No price is published for this")
        if all(one.lowers for one in missing):
            amount = self._amount(quote.dearest.due, quote.dearest.due)
            return words.say("at most {amount}; the exact amount is not published", amount=amount)
        if any(one.lowers for one in missing):
            return words.say(
                "{amount} before additions and reductions that are not published", amount=amount
            )
        return words.say("{amount} plus an amount that is not published", amount=amount)

    def _with_unknown_tax(self, amount: str) -> str:
        """An amount to which a tax is added, or from which it is taken, at an unknown rate."""
        name = self.words.tax_name(self.policy.tax.name if self.policy.tax else "")
        if any(one.lowers for one in self.quote.missing if one.what == "tax"):
            return self.words.say(
                "{amount} less {name} at a rate that is not published", amount=amount, name=name
            )
        return self.words.say(
            "{amount} plus {name} at a rate that is not published", amount=amount, name=name
        )

    def _has_amount(self) -> bool:
        return any(line.amount for line in self.quote.lines + self.quote.dearest.lines)

    def breakdown(self) -> str:
        """What the total is made of: net and tax, or that the provider does not say."""
        quote = self.quote.dearest
        if not quote.due or not (self.quote.complete or self._has_amount()):
            return ""  # nothing is made of nothing
        made = made_of(quote, self.words, self._at_both_ends)
        *sentences, last = [*made, *self._before_rounding()]
        return " ".join([*(f"{one.rstrip('.')}." for one in sentences), last])

    def _at_both_ends(self, figure: Callable[[Quote], Decimal | None]) -> str:
        """An amount of the quote in few characters, at both ends where these differ."""
        return self._money_range(figure(self.quote) or ZERO, figure(self.quote.dearest) or ZERO)

    def _before_rounding(self) -> Iterator[str]:
        """What was due before cash was rounded; nothing where it was the same."""
        if self.quote.rounding or self.quote.dearest.rounding:
            amount = self._at_both_ends(lambda one: one.unrounded)
            yield self.words.say("Rounded for cash, from {amount}.", amount=amount)

    def label(self, line: Line) -> str:
        """What a line is for."""
        return self.text(f"{line.kind}.{line.rule}")

    def stretch(self, item: Line | Missing) -> str:
        """When a line's time runs, local to the provider; empty for untimed lines.

        Where nobody asks when the session starts, how much of it passes before and until the end.
        """
        if self.quote.scenario.start is None and item.start is not None and item.end is not None:
            return self._elapsed(item.start, item.end)
        start, end = self.quote.local(item.start), self.quote.local(item.end)
        if start is None or end is None:
            return ""
        return self._time_range(start, end)

    def _elapsed(self, start: datetime, end: datetime) -> str:
        first, last = (divmod((one - NOT_ASKED) // MINUTE, 60) for one in (start, end))
        told = self.words.time_range(f"{first[0]}:{first[1]:02}", f"{last[0]}:{last[1]:02}")
        return self.words.say("{time} after the start", time=told)

    def _time_range(self, start: datetime, end: datetime) -> str:
        first_day = self.quote.local(self.quote.scenario.start)
        clock = self.words.time_range(*self._clocks(start, end))
        if first_day is None or start.date() == first_day.date():
            return clock
        if (start.date() - first_day.date()).days < DAYS_OF_A_WEEK:
            return self.words.weekday_time(start, clock)
        return self.words.say_in(
            "moment", "{date}, {time}", date=self.words.date(start, "medium"), time=clock
        )

    def times(self, items: Sequence[Line] | Sequence[Missing]) -> str:
        """When it is, of several stretches: how many there are, from the first to the last."""
        start, end = self.quote.local(items[0].start), self.quote.local(items[-1].end)
        assert start is not None
        assert end is not None
        first, last = (self.words.date_time(moment, "medium") for moment in (start, end))
        return self.words.say_count(
            "{count} time between {first} and {last}",
            "{count} times between {first} and {last}",
            len(items),
            first=first,
            last=last,
        )

    def _clocks(self, start: datetime, end: datetime) -> tuple[str, str]:
        """Two times of day; each with its zone where the clocks change in between."""
        clock = self.words.clock if start.utcoffset() == end.utcoffset() else self.zoned_clock
        return clock(start), clock(end)

    def zoned_clock(self, moment: datetime) -> str:
        """A time of day with its zone, once ("02:30 CEST")."""
        clock, zone = self.words.clock(moment), moment.tzname() or ""
        return clock if clock.endswith(zone) else f"{clock} {zone}"

    def count(self, line: Line) -> str:
        """How a line's amount comes about ("3 × 2 × PLN 100.00 (60 minutes)"), and its tax."""
        told = self.formula(line), tax_of_line(self.quote, line, self.words)
        return ", ".join(part for part in told if part)

    def formula(self, line: Line) -> str:
        """What a line's amount is worked out from."""
        words = self.words
        if line.unit in (EXPIRED, NOT_YET):
            return self._validity(line)
        if line.kind == "allowance" and line.used != line.time:
            minutes, used = self._time(line, line.quantity), words.minutes(line.used)
            return words.say("{minutes}, counted as {used}", minutes=minutes, used=used)
        if line.kind == "allowance":
            return self._time(line, line.quantity)
        free = not (line.amount or (line.dearest or line).amount)
        if line.kind == "limit" or (line.unit_minutes is None and free):
            return ""  # the amount says already that it is free, or held to a limit
        if line.kind in ("surcharge", "discount"):
            amount = self._money_range(line.unit_price, (line.dearest or line).unit_price)
            return words.say("{percent} of {amount}", percent=self._percents(line), amount=amount)
        formula = " × ".join(self._factors(line))
        if line.unit_minutes is None or line.per != 1:
            return formula
        # The length tells what the price is for: it is no factor of the amount.
        length = words.minutes(line.unit_minutes)
        return words.say("{formula} ({length})", formula=formula, length=length)

    def _validity(self, line: Line) -> str:
        """Until or from when a package is valid that covers nothing."""
        allowance, words = self.policy.allowances[line.rule], self.words
        bought = date.fromisoformat(self.quote.scenario.answers[allowance.bought])
        if line.unit == NOT_YET:
            return words.say("valid from {date}", date=words.date(bought))
        return words.say("valid until {date}", date=words.date(last_day(allowance, bought)))

    def _factors(self, line: Line) -> list[str]:
        """How many, by which factor, at which price: what the price is for stands beside it."""
        factors = self._times(line)
        if line.unit_minutes is not None and line.per == 1:
            factors.append(self.words.number(line.quantity))
        elif line.unit_minutes is not None:
            factors.append(self._time(line, line.quantity))
        elif line.unit in self.policy.questions:
            factors.append(self.units(line.unit, line.quantity))
        ends = sorted((line.factor, (line.dearest or line).factor))
        if ends[0] != ends[1]:
            factors.append(self.words.number_range(*ends))
        elif line.factor != 1:
            factors.append(self.words.number(line.factor))
        return [*factors, self._price_per(line)]

    def _times(self, line: Line) -> list[str]:
        """How many times all of a charge is due, where that is asked."""
        charge = self.policy.charges.get(line.rule)
        question = charge.for_each if charge else ""
        return [self.units(question, line.times)] if question else []

    def _percents(self, line: Line) -> str:
        """The percentage of a surcharge or a discount, or both ends of it."""
        ends = line.factor * 100, (line.dearest or line).factor * 100
        if ends[0] == ends[1]:
            return self.words.percent(ends[0])
        low, high = map(self.words.percent, ends)
        if min(ends) < 0:
            return self.words.say_in("range", "from {low} to {high}", low=low, high=high)
        return self.words.percent_range(*ends)

    def _price_per(self, line: Line) -> str:
        """The unit price, and what it is for where that is not one of what is counted."""
        price = self._price_range(line)
        if line.per == 1:
            return price
        if line.unit in self.policy.questions:
            unit = self.units(line.unit, line.per)
        else:
            unit = self._time(line, line.per)
        return self.words.say_in("price", "{price} per {unit}", price=price, unit=unit)

    def _time(self, line: Line, quantity: Decimal) -> str:
        """So many of the units of time that a line counts."""
        return self.words.minutes(int(quantity) * (line.unit_minutes or 1))

    def units(self, question: str, quantity: Decimal) -> str:
        """A quantity with its unit, as the question words it."""
        return fill(self.words.units(question, quantity), self.slots, self.words)

    def amount(self, line: Line) -> str:
        """What a line adds to or takes off the price, at both ends where these differ."""
        return self._amount(line.amount, (line.dearest or line).amount)

    def _amount(self, cheapest: Decimal, dearest: Decimal) -> str:
        """An amount at both ends, or that nothing is due."""
        return self._from_to(cheapest, dearest) if cheapest or dearest else self.words.free()

    def totals(self) -> list[tuple[str, str, list[str]]]:
        """Subtotal or net, tax and gross: each with its label, and the notes that it rests on."""
        most = self.quote.dearest
        if not most.due:
            return [(self.words.say("Total"), self.words.free(), [])] if self._has_amount() else []
        least = {label: amount for label, amount, _ in self._sums(self.quote)}
        return [
            (label, self._from_to(least.get(label, ZERO), amount), self.notes_on_value(value))
            for label, amount, value in self._sums(most)
        ]

    def _sums(self, end: Quote) -> Iterator[Sum]:
        """The sums of one end, with what the rounding of cash makes of them."""
        yield from sums(end, self.words)
        cash, other = self.quote.case.rules.cash, self.quote.dearest
        if cash is not None and (self.quote.rounding or other.rounding):
            label = self.words.say("Rounding to {step}", step=self.money(cash.step))
            yield label, end.rounding or ZERO, ""
            yield self.words.say("To be paid"), end.due, ""

    def missing(self, *missing: Missing) -> str:
        """What is not published, of what, and for which stretches of time."""
        first = missing[0]
        of = self.text(first.of) if first.of else ""
        when = self.times(missing) if len(missing) > 1 else self.stretch(first)
        about = f"{of} {when}".strip()
        gap = self.text(f"gap.{first.gap}")
        return f"{about}: {gap}" if about else gap

    def headline(self) -> str:
        """What a reader looks for first: when somebody answers, where nothing is to be paid."""
        missing = any(one.what == "price" for one in self.quote.missing)
        return self.total() if missing or self.quote.dearest.due else self.target() or self.total()

    def target(self) -> str:
        """How soon a first response can be expected, as it is published, or nothing."""
        response, words = self.quote.response, self.words
        if response is None:
            return ""
        if response.working_days is not None:
            length = words.working_days(response.working_days)
        else:
            length = words.minutes(response.target_minutes or 0, hours=True)
        if response.average == "about":
            return words.say("about {length}", length=length)
        if response.average:
            return words.say("up to {length}", length=length)
        return words.say_in("promise", "within {length}", length=length)

    def response(self) -> str:
        """By when a first response can be expected, or nothing."""
        response, words = self.quote.response, self.words
        if response is None:
            return ""
        due = self.quote.local(response.due)
        details = {"label": self.text(f"response.{response.rule}"), "target": self.target()}
        if due is None and response.working_days is not None:
            return words.say("{label}: {target}; which days these are is not published", **details)
        if due is None:
            return words.say(
                "{label}: {target} of support time; which hours these are is not published",
                **details,
            )
        details |= {"due": words.date_time(due), "place": words.place(self.policy.zone.key)}
        if response.average == "about":
            return words.say(
                "{label}: {target} of support time, that is around {due} ({place} time)", **details
            )
        if response.average:
            return words.say(
                "{label}: {target} of support time, that is until {due} ({place} time)", **details
            )
        if response.working_days is not None:
            return words.say("{label}: {target}, by {due} ({place} time)", **details)
        return words.say("{label}: {target} of support time, by {due} ({place} time)", **details)

    def conditions(self) -> list[str]:
        """What the customer must know before buying."""
        return [self.text(f"condition.{condition.rule}") for condition in self.quote.conditions]

    def readings(self) -> list[str]:
        """The readings the price depends on."""
        return [self.text(f"reading.{reading}") for reading in self.quote.readings]

    def outside(self) -> list[str]:
        """The facts from outside the page that the price depends on."""
        return [self.text(f"outside.{fact}") for fact in self.quote.outside]

    def notes_on_line(self, line: Line) -> list[str]:
        """The notes that a line rests on, by the ids of their texts."""
        rule = getattr(self.policy, f"{line.kind}s")[line.rule]
        notes = [f"reading.{one}" for one in rule.readings if one in self.quote.readings]
        facts = self.policy.outside
        own = f"{line.rule}."
        return notes + [
            f"outside.{fact}"
            for fact in self.quote.outside
            if any(value.startswith(own) for value in facts[fact])
        ]

    def notes_on_response(self) -> list[str]:
        """The notes that the time of an answer rests on."""
        response = self.quote.response
        if response is None:
            return []
        named = self.policy.responses[response.rule].readings
        readings = [f"reading.{one}" for one in named if one in self.quote.readings]
        return readings + self.notes_on_value(TIMEZONE)

    def notes_on_value(self, value: str) -> list[str]:
        """The notes that a value rests on, where it decided anything in the quote."""
        used = {*(f"outside.{one}" for one in self.quote.outside)}
        used |= {f"reading.{one}" for one in self.quote.readings}
        return [note for note in notes_on(self.policy, value) if note in used]

    def terms(self) -> str:
        """Which terms were priced."""
        return terms_of(self.words, self.policy)

    def source(self) -> str:
        """The provider's own page, which decides; nothing where its title is not known."""
        source = self.policy.document["source"]
        if not source.get("title"):
            return ""
        title = self.in_language(source["title"], source.get("language") or self.policy.language)
        told = self.words.say("Source: “{page}”", page=title)
        return f"{told}, {source['site']}." if source.get("site") else f"{told}."

    def clauses_relied_on(self) -> list[str]:
        """Every clause a line, a gap, a condition or a target names, in the policy's order."""
        named = {clause for line in self.quote.lines for clause in line.clauses}
        named |= {missing.clause for missing in self.quote.missing}
        named |= set(self.quote.response.clauses) if self.quote.response else set()
        named |= set(self._clauses_of_sums())
        conditions = self.policy.conditions
        named |= {c for met in self.quote.conditions for c in conditions[met.rule].clauses}
        return [clause for clause in self.policy.clause_numbers if clause in named]

    def _clauses_of_sums(self) -> Iterator[str]:
        """The clauses by which the lines are rounded, taxed for some customers, and paid."""
        if not self.quote.lines:
            return
        yield from self.policy.rounding_clauses
        case, tax = self.quote.case, self.policy.tax
        for customers in tax.customers_for(case.answers) if tax else ():
            yield from customers.clauses
        if case.rules.cash is not None:
            yield from case.rules.cash.clauses
