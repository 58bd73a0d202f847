"""A policy as one page shows it: every text as HTML, marked where it is in another language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from termwise.reading.providers import Provider
from termwise_calculator.telling.render import clause_links
from termwise_calculator.telling.slots import fill, fill_html
from termwise_calculator.telling.words import Text, Words
from termwise_calculator.terms.policy import Policy


@dataclass(frozen=True)
class PolicyView:
    """A provider in one language: every text as HTML, marked where it is not in that language."""

    provider: Provider
    language: str

    @property
    def policy(self) -> Policy:
        """The edition shown."""
        return self.provider.policy

    @property
    def document(self) -> Mapping[str, Any]:
        """The arrangement of the texts."""
        return self.provider.document

    @property
    def words(self) -> Words:
        """The words of the page's language."""
        return self.provider.words[self.language]

    @property
    def governing(self) -> Words:
        """The words of the language that governs."""
        return self.provider.words[self.policy.language]

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

    def inline(self, text_id: str) -> str:
        """A text as HTML, marked with its language where that is not the page's."""
        shown = self.state(text_id)
        words = self._words_of(shown)
        html = fill_html(shown.text, self.provider.slots, words)
        return html if words is self.words else f'<span lang="{words.html_lang}">{html}</span>'

    def unit(self, question_id: str, number: Decimal | int | None = None) -> str:
        """The unit of a number as HTML, in the form that the number asks for."""
        shown = self.state(f"question.{question_id}.unit")
        words = self._words_of(shown)
        html = fill_html(words.form(shown.text, number), self.provider.slots, words)
        return html if words is self.words else f'<span lang="{words.html_lang}">{html}</span>'

    def original(self, text_id: str) -> str:
        """The governing text as HTML, without a language mark."""
        text = self.governing.text(text_id).text
        return fill_html(text, self.provider.slots, self.governing)

    def clause_link(self, clause_id: str) -> str:
        """A link to a clause, named by its number."""
        return clause_links(self.policy, [clause_id])

    def clause_links(self, clause_ids: tuple[str, ...]) -> str:
        """Links to several clauses."""
        return clause_links(self.policy, clause_ids)

    def _words_of(self, shown: Text) -> Words:
        return self.words if shown.language == self.language else self.governing
