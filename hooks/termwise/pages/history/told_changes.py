"""A change as the readers of one language are told of it: a heading, what it is, what differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from termwise.compiling.edition import Edition
from termwise.history.changes import Change, EditionChange
from termwise.history.terms import StatedTerms
from termwise.pages.history.marked_words import added, removed
from termwise.pages.history.told_differences import ToldDifferences
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined
from termwise_calculator.telling.words import Words

PROVIDER = "../"
"""The way from the page of changes to the terms in force."""


@dataclass(frozen=True)
class ToldChange:
    """A change in words: `title` is text, `about` and `differences` are HTML.

    `in_short` are lines of text: figures before and after, and clauses that read otherwise.
    """

    change: Change
    title: str
    about: Markup
    differences: Markup
    in_short: tuple[str, ...]

    @property
    def html(self) -> Markup:
        """All that stands below the title, on the page and in feeds."""
        kind = "ours" if self.change.ours else "provider"
        parts = (kind, self.about, self.differences)
        return html('<div class="tw-change tw-change--{}">{}\n{}</div>', *parts)


def told_changes(view: PolicyView, changes: Iterable[Change]) -> Iterator[ToldChange]:
    """The changes that readers of a language can see; `view` is what they read today."""
    for change in changes:
        teller = _Teller(view, change)
        differences = joined(teller.differences())
        if differences:
            in_short = tuple(teller.in_short())
            yield ToldChange(change, teller.title(), teller.about(), differences, in_short)


@dataclass(frozen=True)
class _Teller:
    """Tells one change."""

    today: PolicyView
    change: Change

    @property
    def words(self) -> Words:
        return self.today.words

    # ---- What it is

    def title(self) -> str:
        say, day = self.words.say, self.words.date(self.change.day)
        if self.change.dated:
            return say("From {date}: the provider’s terms change", date=day)
        if self.change.ours:
            return say("{date}: correction of ours", date=day)
        return say("{date}: changed by the provider", date=day)

    def about(self) -> Markup:
        parts = joined([*self._origin(), *self._sources()], " ")
        return html('<p class="tw-change__about">{}</p>', parts)

    def _origin(self) -> Iterator[Markup]:
        say, change = self.today.say, self.change
        if change.dated:
            yield self._in_force()
        elif change.ours:
            yield say("Our restatement was corrected; the provider’s dates are the same.")
        elif change.before.read != change.after.read:
            read = self.words.date(change.after.read)
            yield say("The provider’s page was read again on {date}.", date=read)

    def _in_force(self) -> Markup:
        today = self.today.provider.reference
        if self.change.day > today:
            return self.today.say("Not yet in force on {date}.", date=self.words.date(today))
        return self.today.say("In force since that day.")

    def _sources(self) -> Iterator[Markup]:
        language = self.today.governing.html_lang
        for source in self.change.sources:
            written = html('<span lang="{}">{}</span>', language, source)
            yield self.today.say("Source: {source}.", source=written)

    # ---- What differs

    def differences(self) -> Iterator[Markup]:
        """All that differs, edition by edition; what several have in common is told once."""
        told: set[Markup] = set()
        for change in self.change.editions:
            parts = [part for part in self._parts(change) if part not in told]
            if told and parts and change.new:
                yield self._whose(change.new)
            yield from parts
            told.update(parts)

    def in_short(self) -> Iterator[str]:
        """The same in lines of text, as a calendar shows them."""
        for change in self.change.editions:
            if change.old and change.new:
                yield from self._differences(change.old, change.new).in_short()

    def _whose(self, edition: Edition) -> Markup:
        """Which terms differ so, where others differ otherwise."""
        day, say = edition.effective, self.today.say
        if day is None:
            return html("<p>{}</p>", say("In the first terms:"))
        return html("<p>{}</p>", say("In the terms from {date}:", date=self.words.date(day)))

    def _parts(self, change: EditionChange) -> Iterator[Markup]:
        old, new = change.old, change.new
        if old is None or new is None:
            yield from self._gone(old)
            return
        if old.effective != new.effective and not self.change.dated:
            yield self._moved(old, new)
        found = [*self._differences(old, new).parts()]
        yield from found
        if not found and old.effective == new.effective and old.digest != new.digest:
            say = self.today.say
            told = say("Details of the calculation differ; clauses and figures read as before.")
            yield html("<p>{}</p>", told)

    def _gone(self, edition: Edition | None) -> Iterator[Markup]:
        if edition is not None:
            yield html("<p>{}</p>", self._said_gone(edition.effective))

    def _said_gone(self, first: date | None) -> Markup:
        say = self.today.say
        if first is None:
            return say("The first terms are no longer listed.")
        day = self.words.date(first)
        if first > self.change.day:
            return say("What was announced from {date} no longer applies.", date=day)
        return say("The terms from {date} are no longer listed.", date=day)

    def _moved(self, old: Edition, new: Edition) -> Markup:
        before = removed(self._first_day(old.effective), self.words)
        after = added(self._first_day(new.effective), self.words)
        return html("<p>{} {} {}</p>", self.today.say("First day of these terms:"), before, after)

    def _first_day(self, day: date | None) -> str:
        return self.words.date(day) if day else self.words.say_in("first day", "not stated")

    def _differences(self, old: Edition, new: Edition) -> ToldDifferences:
        """Clauses lead to the page of a dated edition, those of a correction to today's terms."""
        before = self._view(self.change.before, old)
        after = self._view(self.change.after, new)
        if self.change.dated:
            return ToldDifferences(before, after, f"{PROVIDER}{new.place}/", after)
        return ToldDifferences(before, after, PROVIDER, self.today)

    def _view(self, terms: StatedTerms, edition: Edition) -> PolicyView:
        shown = terms.shown(edition, self.today.provider.reference)
        return PolicyView(shown, self.today.language)
