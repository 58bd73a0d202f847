"""A policy as one page shows it: every text as HTML, marked where it is in another language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.pages.safe_text import (
    LeftOpen,
    escape,
    filled,
    from_the_calculator,
    html,
    joined,
)
from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.marks import marks_html
from termwise_calculator.telling.render import clause_links, quote_html
from termwise_calculator.telling.slots import fill, fill_html
from termwise_calculator.telling.words import Text, Words
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.resting import notes_on


@dataclass(frozen=True)
class PolicyView:
    """A provider in one language: every text as HTML, marked where it is not in that language.

    `home` is the way from the page to the provider's address: empty on the page that stands there,
    "../" on that of an edition.
    """

    provider: Provider
    language: str
    home: str = ""

    @property
    def policy(self) -> Policy:
        """The edition shown."""
        return self.provider.policy

    @property
    def dearest(self) -> Policy:
        """The edition with the dearest end of every range.

        It tells what is free and what is not published: at the other ends, what merely may be free
        would seem so. Slots write both ends.
        """
        return self.policy.dearest or self.policy

    @property
    def is_of_edition(self) -> bool:
        """Tell the page of one edition, for good, from the page of the terms in force."""
        return bool(self.home)

    def address_of(self, edition: Edition) -> str:
        """The address of an edition's page, seen from this one."""
        return f"{self.home}{edition.place}/"

    def under(self, edition: Edition) -> "PolicyView":
        """The same page under another edition of its provider."""
        return replace(self, provider=self.provider.under(edition))

    @property
    def document(self) -> Mapping[str, Any]:
        """The arrangement of the texts."""
        return self.provider.document

    @property
    def words(self) -> Words:
        """The words of the page's language, as text."""
        return self.provider.words[self.language]

    @property
    def governing(self) -> Words:
        """The words of the language that governs."""
        return self.provider.words[self.policy.language]

    def say(self, msgid: str, /, **values: str) -> Markup:
        """A message of the interface as HTML; of its values, those that are text are escaped."""
        return _told(self.words.say, (msgid,), values)

    def say_in(self, context: str, msgid: str, /, **values: str) -> Markup:
        """The same for a message whose English has another meaning elsewhere."""
        return _told(self.words.say_in, (context, msgid), values)

    def say_count(self, msgid: str, plural: str, count: int, /, **values: str) -> Markup:
        """A message that agrees with a whole number, as HTML."""
        return _told(self.words.say_count, (msgid, plural, count), values)

    def list_of(self, items: Iterable[str]) -> Markup:
        """Items as a list in a sentence, as HTML."""
        listed = tuple(items)
        return filled(self.words.list_of(f"{{{at}}}" for at in range(len(listed))), *listed)

    def any_of(self, items: Sequence[str]) -> Markup:
        """Items of which one is enough, as a list in a sentence ("a, b or c")."""
        *first, last = items
        if not first:
            return escape(last)
        return self.say_in("any", "{first} or {last}", first=joined(first, ", "), last=last)

    def state(self, text_id: str) -> Text:
        """A text with what is known of its translation."""
        return self.words.text(text_id)

    def has(self, text_id: str) -> bool:
        """Tell whether the policy has this text."""
        return self.governing.has_text(text_id)

    def plain(self, text_id: str) -> str:
        """A text with its figures, without markup."""
        shown = self.state(text_id)
        return fill(shown.text, self.provider.slots, self._words_of(shown))

    def inline(self, text_id: str) -> Markup:
        """A text as HTML, marked with its language where that is not the page's."""
        shown = self.state(text_id)
        words = self._words_of(shown)
        return self._marked(shown.text, words)

    def with_marks(self, text_id: str) -> Markup:
        """A text as HTML whose figures bear marks where they rest on more than the page."""
        shown = self.state(text_id)
        words = self._words_of(shown)
        return self._in_language(self._filled(shown.text, words, self.marks), words)

    def marks(self, *values: str) -> Markup:
        """Marks of all that values rest on beside the page, by their slots."""
        return self.marks_of(note for value in values for note in notes_on(self.policy, value))

    def marks_of(self, notes: Iterable[str]) -> Markup:
        """Marks of notes, by the ids of their texts."""
        return from_the_calculator(marks_html(self.words, notes))

    def unit(self, question_id: str, number: Decimal | int | None = None) -> Markup:
        """The unit of a number as HTML, in the form that the number asks for."""
        shown = self.state(f"question.{question_id}.unit")
        words = self._words_of(shown)
        return self._marked(words.form(shown.text, number), words)

    def original(self, text_id: str) -> Markup:
        """The governing text as HTML, without a language mark."""
        return self._filled(self.governing.text(text_id).text, self.governing)

    def quote(self, quote: Quote) -> Markup:
        """A quote as the calculator shows it."""
        return from_the_calculator(quote_html(quote, self.words, self.provider.slots))

    def clause_link(self, clause_id: str) -> Markup:
        """A link to a clause, named by its number."""
        return self.clause_links((clause_id,))

    def clause_links(self, clause_ids: tuple[str, ...]) -> Markup:
        """Links to several clauses."""
        return from_the_calculator(clause_links(self.policy, clause_ids))

    def _marked(self, text: str, words: Words) -> Markup:
        return self._in_language(self._filled(text, words), words)

    def _in_language(self, shown: Markup, words: Words) -> Markup:
        if words is self.words:
            return shown
        return html('<span lang="{}">{}</span>', words.html_lang, shown)

    def _filled(
        self, text: str, words: Words, beside: Callable[[str], str] = lambda _slot: ""
    ) -> Markup:
        return from_the_calculator(fill_html(text, self.provider.slots, words, beside))

    def _words_of(self, shown: Text) -> Words:
        return self.words if shown.language == self.language else self.governing


def _told(tell: Callable[..., str], message: tuple[Any, ...], values: Mapping[str, str]) -> Markup:
    """A message as HTML: told with each placeholder left open, then filled."""
    opened = {name: LeftOpen(name) for name in values}
    return filled(tell(*message, **opened), **values)
