"""What differs between two editions as HTML: figures in a table, texts with their words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from termwise.pages.history.figure_differences import FigureDifference, figure_differences
from termwise.pages.history.marked_words import marked_words
from termwise.pages.history.text_differences import TextDifference, text_differences
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.telling.view import clause_number


@dataclass(frozen=True)
class ToldDifferences:
    """Tells the differences between two editions, both shown in the language of the page.

    `page` is the way to where clauses stand, and `linked` are the terms there.
    """

    before: PolicyView
    after: PolicyView
    page: str
    linked: PolicyView

    def parts(self) -> Iterator[Markup]:
        """The figures, then each text; nothing where readers see no difference."""
        figures = [*figure_differences(self.before, self.after)]
        if figures:
            yield self._figures(figures)
        for one in text_differences(self.before, self.after):
            yield self._text(one)

    def in_short(self) -> Iterator[str]:
        """The figures before and after, then the clauses that read otherwise."""
        for one in figure_differences(self.before, self.after):
            yield f"{one.label.striptags()}: {one.old or '–'} → {one.new or '–'}"
        clauses = {**self.before.policy.clause_numbers, **self.after.policy.clause_numbers}
        ids = (one.text_id for one in text_differences(self.before, self.after))
        numbers = [f"§ {clauses[text_id]}" for text_id in ids if text_id in clauses]
        if numbers:
            yield ", ".join(numbers)

    def _figures(self, figures: Sequence[FigureDifference]) -> Markup:
        columns = (
            self.after.say_in("difference", "Figure"),
            self.after.say_in("difference", "Before"),
            self.after.say_in("difference", "After"),
        )
        head = joined((html('<th scope="col">{}</th>', column) for column in columns), "")
        rows = (self._row(one, columns) for one in figures)
        return html(
            '<table class="tw-changed"><thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>',
            head,
            joined(rows),
        )

    def _row(self, one: FigureDifference, columns: Sequence[Markup]) -> Markup:
        clauses = joined(map(self._clause, one.clauses), " ")
        _, before, after = columns
        return html(
            '<tr><th scope="row">{} {}</th><td data-label="{}">{}</td>'
            '<td data-label="{}">{}</td></tr>',
            *(one.label, clauses),
            *(before, one.old or "–"),
            *(after, one.new or "–"),
        )

    def _text(self, one: TextDifference) -> Markup:
        words = self.after.words
        other = one.language != words.html_lang
        return html(
            '<div class="tw-change__text"><p class="tw-label">{}</p><p{}>{}</p></div>',
            self._label(one.text_id),
            html(' lang="{}"', one.language) if other else NOTHING,
            marked_words(one.old, one.new, words),
        )

    def _label(self, text_id: str) -> Markup:
        """Where a text stands: its clause, or the part of the page."""
        kind, _, name = text_id.partition(".")
        for view in (self.after, self.before):
            policy = view.policy
            if text_id in policy.clause_numbers:
                return self._clause(text_id)
            notes = {"reading": policy.readings, "gap": policy.gaps}.get(kind, {})
            if name in notes:
                return html("{} {}", self._part(kind), self._clause(notes[name].clause))
        return self._part(kind)

    def _part(self, kind: str) -> Markup:
        say = self.after.say
        parts = {
            "reading": say("Our reading"),
            "gap": say("Left open"),
            "glance": say("At a glance"),
            "section": say("Headings of the terms"),
            "step": say("Step by step"),
            "faq": say("Questions and answers"),
            "covered": say("What is covered"),
            "excluded": say("What is not covered"),
            "channel": say("Ways to ask for help"),
            "outside": say("From outside the page"),
            "source": say("Where this comes from"),
            "condition": say("Good to know first"),
        }
        return parts.get(kind, say("Names in the calculator"))

    def _clause(self, clause: str) -> Markup:
        """A clause by its number, with a link where the page still has it."""
        view = self.after if clause in self.after.policy.clause_numbers else self.before
        number = clause_number(view.policy, clause)
        if clause not in self.linked.policy.clause_numbers:
            return html("<span>{}</span>", number)
        address = f"{self.page}#clause-{clause}"
        return html('<a class="tw-ref" href="{}">{}</a>', address, number)
