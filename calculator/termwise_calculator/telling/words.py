"""Everything that reads differently from language to language: messages, texts, and figures.

`Words` works from plain data that the build takes from CLDR and the PO files, so that the page,
the command line and the browser write the same characters.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from termwise_calculator.telling.figures import Figures
from termwise_calculator.time.lengths import Minutes, is_whole, seconds_in

Messages = Mapping[str, str | Sequence[str]]
# As in a compiled gettext catalogue: the context and the message, with this between them.
CONTEXT_MARK = "\4"
CASES = ("genitive", "accusative")
"""In which a length can stand beside the one in which it is counted, the nominative."""
MOST_WHOLE_FORMS = 3  # of a unit; Polish may have a fourth, for parts of one
# Between the plural forms of a unit; within braces it belongs to a slot.
BETWEEN_FORMS = re.compile(r"\s*\|\s*(?![^{]*\})")


class Text(NamedTuple):
    """A text of the policy as shown: in which language, how it came about.

    `state` is "governing", "translated", "stale" or "missing"; in the last two the text is the
    governing one. `machine` marks a translation that no person has reviewed.
    """

    text: str
    state: str
    machine: bool
    language: str


class Length(str):
    """A length of time as counted, which a message may ask for in a case: {length:genitive}."""

    __slots__ = ("_in_case",)
    _in_case: Callable[[str], str]

    def __new__(cls, counted: str, in_case: Callable[[str], str]) -> "Length":
        """The length as counted, and what tells it in a case."""
        length = super().__new__(cls, counted)
        length._in_case = in_case
        return length

    def __format__(self, case: str) -> str:
        return self._in_case(case) if case else str(self)


class Words(Figures):
    """One language's words and figures, made from the data of one page or browser bundle."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data["locale"])
        self.language: str = data["language"]
        self.html_lang: str = data["html_lang"]
        self._messages: Messages = data["messages"]
        self._texts: Mapping[str, Any] = data["texts"]

    # ---- words

    def say(self, msgid: str, /, **values: str) -> str:
        """A message of the interface in this language, its placeholders filled."""
        return self._one_form(msgid, msgid).format(**values)

    def say_in(self, context: str, msgid: str, /, **values: str) -> str:
        """A message whose English has another meaning elsewhere; `context` tells them apart."""
        return self._one_form(f"{context}{CONTEXT_MARK}{msgid}", msgid).format(**values)

    def say_count(self, msgid: str, plural: str, count: int, /, **values: str) -> str:
        """A message that agrees with a whole number, which fills `{count}`."""
        return self._counted(msgid, (msgid, plural), count, values)

    def say_count_in(
        self, context: str, msgid: str, plural: str, count: int, /, **values: str
    ) -> str:
        """A message that agrees with a whole number, told apart by its context."""
        return self._counted(f"{context}{CONTEXT_MARK}{msgid}", (msgid, plural), count, values)

    def tax_name(self, name: str) -> str:
        """A tax by its name in this language; a tax that has none keeps its own."""
        return {"VAT": self.say("VAT")}.get(name, name)

    def text(self, text_id: str) -> Text:
        """A text of the policy, its slots still open. Raises KeyError for an unknown id."""
        return Text(**self._texts[text_id])

    def has_text(self, text_id: str) -> bool:
        """Tell whether there is a text by this id."""
        return text_id in self._texts

    def units(self, question: str, quantity: Decimal) -> str:
        """A quantity with the unit of a question, as its text has it."""
        unit, number = self.unit(question, quantity), self.number(quantity)
        return self.say("{number} {unit}", number=number, unit=unit) if unit else number

    def unit(self, question: str, quantity: Decimal) -> str:
        """The unit of a question in the form that a quantity asks for; empty where it has none."""
        if not self.has_text(f"question.{question}.unit"):
            return ""
        text = self.text(f"question.{question}.unit")
        # The words here know the plural rule of their own language alone.
        return self.form(text.text, quantity if text.language == self.language else None)

    def form(self, text: str, number: Decimal | int | None) -> str:
        """The plural form of a unit for a number; for none the last form for whole numbers.

        The forms stand in one text in gettext's order, with | between them: one of them is enough
        where it never changes. Parts of one have the last form, which may be one of their own.
        """
        forms = plural_forms(text)
        if number is None:
            return forms[:MOST_WHOLE_FORMS][-1]
        if number != int(number):
            return forms[-1]
        return forms[min(self._plural_index(int(number)), len(forms) - 1)]

    def text_ids(self) -> Iterable[str]:
        """The ids of all texts."""
        return self._texts.keys()

    # ---- figures that need words

    def money_or_free(self, amount: Decimal, currency: str, digits: int) -> str:
        """An amount in its currency, or that nothing is due."""
        return self.money(amount, currency, digits) if amount else self.free()

    def free(self) -> str:
        """That nothing is due."""
        return self.say("free of charge")

    def unpublished(self) -> str:
        """What stands for a figure that the provider does not publish."""
        return self.say("not published by the provider")

    def minutes(
        self, minutes: Minutes, style: str = "long", hours: bool = False, case: str | None = None
    ) -> Length:
        """A length in minutes, or in whole hours where `hours` is asked for and it is whole.

        Seconds follow where there are any.

        `style` is "long" or "short"; `case` is None (as counted) or one of `CASES` (always long).
        """
        counted = self._length_of(minutes, style, hours, case)
        return Length(counted, partial(self._length_of, minutes, style, hours))

    def _length_of(self, minutes: Minutes, style: str, hours: bool, case: str | None) -> str:
        if not is_whole(minutes):
            return self._with_seconds(minutes, style, case)
        in_hours = hours and minutes > 0 and minutes % 60 == 0
        count, unit = (minutes // 60, "hour") if in_hours else (int(minutes), "minute")
        return self._length(unit, count, style, case)

    def _with_seconds(self, minutes: Minutes, style: str, case: str | None) -> str:
        whole, seconds = divmod(seconds_in(minutes), 60)
        parts = [("minute", whole), ("second", seconds)] if whole else [("second", seconds)]
        return self.list_of([self._length(unit, count, style, case) for unit, count in parts])

    def _length(self, unit: str, count: int, style: str, case: str | None) -> str:
        written = self._locale["units"][unit]
        forms: Sequence[str] = written.get(case) or written["long" if case else style]
        return forms[self._plural_index(count)].format(self.number(count))

    def months(self, months: int) -> str:
        """A length in months."""
        return self.say_count("{count} month", "{count} months", months)

    def working_days(self, count: int) -> Length:
        """A number of days on which support works."""

        def in_case(case: str) -> str:
            if case == "genitive":
                return self.say_count_in(
                    "genitive", "{count} working day", "{count} working days", count
                )
            return self.say_count("{count} working day", "{count} working days", count)

        return Length(in_case(""), in_case)

    # ---- dates and times

    def date_time(self, moment: dt.datetime, style: str = "full") -> str:
        """A date and the time of day, as the clock of `moment` shows it."""
        return self.say_in(
            "moment", "{date}, {time}", date=self.date(moment, style), time=self.clock(moment)
        )

    def weekday_time(self, moment: dt.datetime, time: str = "") -> str:
        """A day of the week and the time of day, or the `time` already written."""
        day = self.weekday(moment)
        return self.say_in("weekday", "{day} {time}", day=day, time=time or self.clock(moment))

    # ---- how it is done

    def _one_form(self, key: str, msgid: str) -> str:
        translated = self._messages.get(key, msgid)
        assert isinstance(translated, str), f"{msgid!r} has plural forms: use say_count"
        return translated

    def _counted(
        self, key: str, english: Sequence[str], count: int, values: Mapping[str, str]
    ) -> str:
        forms = self._messages.get(key, english)
        return forms[self._plural_index(count)].format(count=self.number(count), **values)

    def _plural_index(self, count: int) -> int:
        return int(self._locale["plural"][count if count < 200 else 100 + count % 100])


def plural_forms(text: str) -> list[str]:
    """The plural forms that stand in the text of a unit."""
    return BETWEEN_FORMS.split(text)
