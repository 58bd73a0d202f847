"""Drift: a value of a policy file that moves the page or the price, but not both.

One value is changed in memory, the policy is read anew with its translations as they are, and its
pages and quotes are compared with those before. What did not move together is named.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path as FilePath

from termwise.checking.remarks import remarks
from termwise.languages import LANGUAGES
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.policy.examples import example_quote
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.policy_form.yaml_text.source import Path
from termwise.problems import Problem
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.providers import Provider, load_provider
from termwise.scenarios.queries import Query
from termwise.scenarios.standard import standard_scenarios
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.telling.render import quote_html
from tests.drift.changes import Change
from tests.drift.pages import SeenPage, seen, visible
from tests.drift.remains import remaining_figures

URLS = CalculatorUrls("bundle.json", "worker.js")

MakePage = Callable[[PolicyView, CalculatorUrls], str]
MakeQuote = Callable[[Provider, Query], Quote]


def price_query(provider: Provider, query: Query) -> Quote:
    """Price a query under the terms that the provider's page shows."""
    given = {key: value for key, value in query.items() if key != "service"}
    return provider.quote(query["service"], given)


class Refused(ValueError):
    """The policy or a translation has problems, so it cannot be published."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Published:
    """What readers get of a provider on one day: its pages, and its quotes for any query."""

    provider: Provider
    make_page: MakePage
    make_quote: MakeQuote
    languages: Sequence[str]

    @cached_property
    def pages(self) -> dict[str, SeenPage]:
        """The page in each language."""
        views = {language: PolicyView(self.provider, language) for language in self.languages}
        return {language: seen(self.make_page(view, URLS)) for language, view in views.items()}

    @cached_property
    def queries(self) -> list[Query]:
        """The standard scenarios."""
        return standard_scenarios(self.provider.policy)

    @cached_property
    def moved(self) -> dict[Path, int]:
        """By the path of a value, which of them moved with it: other changes of it begin there."""
        return {}

    def standard_figures(self, number: int) -> str:
        """The figures of a standard scenario, priced when they are first compared."""
        if number not in self._figures:
            self._figures[number] = self.figures_of(self.quote(self.queries[number]))
        return self._figures[number]

    @cached_property
    def _figures(self) -> dict[int, str]:
        return {}

    def quote(self, query: Query) -> Quote:
        """The quote of a query."""
        return self.make_quote(self.provider, query)

    @cached_property
    def examples(self) -> list[Quote]:
        """The worked examples of the page, priced."""
        view = PolicyView(self.provider, self.provider.policy.language)
        return [example_quote(view, example) for example in self.provider.document["examples"]]

    def figures_of(self, quote: Quote) -> str:
        """All figures of a quote as text, without its digest."""
        return json.dumps(quote_data(quote)).replace(quote.policy.digest, "")

    def words_of(self, quote: Quote, language: str) -> str:
        """A quote as it is read in a language, without its digest."""
        markup = quote_html(quote, self.provider.words[language], self.provider.slots)
        return visible(markup.replace(quote.policy.digest, ""))


@dataclass(frozen=True)
class PolicyText:
    """A provider's files as text, and how its pages and quotes are made."""

    provider: str
    text: str
    translations: Mapping[str, bytes]
    make_page: MakePage = policy_page
    make_quote: MakeQuote = price_query
    languages: Sequence[str] = tuple(LANGUAGES)

    @classmethod
    def read(cls, folder: FilePath) -> "PolicyText":
        """The files of a provider's folder."""
        translations = {file.stem: file.read_bytes() for file in sorted(folder.glob("*.po"))}
        return cls(folder.name, (folder / "policy.yaml").read_text("utf-8"), translations)

    @cached_property
    def published(self) -> list[Published]:
        """As it stands on the first and the last day of each edition, as far as it has them."""
        return self._publish(self._own, [*days_of(self._own)])

    @cached_property
    def windows_for_readers(self) -> set[str]:
        """The windows of which the file says that no price or promise goes by them.

        It may say so only of those that nothing but texts uses.
        """
        return {name for name in self._own.written.meant if name.startswith("windows.")}

    @cached_property
    def _own(self) -> ReadPolicy:
        """The policy without a change."""
        return self._read(self.text)

    @property
    def asked(self) -> list[str]:
        """What the check asks about the file, though it refuses nothing."""
        return [problem.what for problem in remarks(self._own.written, self._own.source)]

    def published_on(self, day: date) -> Published:
        """As it stands on a day. Raises Refused."""
        return self._publish(self._own, [day])[0]

    def published_with(self, change: Change) -> list[Published]:
        """With one value changed, on the same days. Raises Refused."""
        days = [one.provider.day for one in self.published]
        return self._publish(self._read(change.apply(self.text)), days)

    def _read(self, text: str) -> ReadPolicy:
        policy, problems = read_policy_text(text, f"{self.provider}/policy.yaml", self.provider)
        if policy is None:
            raise Refused(problems)
        return policy

    def _publish(self, policy: ReadPolicy, days: list[date]) -> list[Published]:
        folder = self._folder(policy)
        making = (self.make_page, self.make_quote, self.languages)
        return [Published(load_provider(folder, self.provider, day), *making) for day in days]

    def _folder(self, policy: ReadPolicy) -> PolicyFolder:
        read = {
            language: policy.read_translation(content, f"{self.provider}/{language}.po", language)
            for language, content in self.translations.items()
        }
        problems = [problem for _, found in read.values() for problem in found]
        if problems:
            raise Refused(problems)
        texts = {language: translated for language, (translated, _) in read.items()}
        return PolicyFolder({self.provider: policy}, {self.provider: texts})


def days_of(policy: ReadPolicy) -> Iterator[date]:
    """The days on which editions begin, and those before the next begins; at least one of each."""
    for edition in policy.editions:
        last = edition.until - timedelta(days=1) if edition.until else None
        first = edition.effective or last or edition.policy.first_known_day
        yield from sorted({first, last or first})


@dataclass(frozen=True)
class Outcome:
    """What came of a change: refused with these problems, or published with these drifts."""

    change: Change
    problems: list[Problem] = field(default_factory=list)
    drifts: list[str] = field(default_factory=list)


def outcome_of(policy: PolicyText, change: Change) -> Outcome:
    """Change one value and compare everything that is published."""
    try:
        after = policy.published_with(change)
    except Refused as refused:
        return Outcome(change, problems=refused.problems)
    days = list(zip(policy.published, after, strict=True))
    is_for_readers = ".".join(map(str, change.value.path[:2])) in policy.windows_for_readers
    compared = [_Moves(one, other, change, is_for_readers) for one, other in days]
    moved = [moves for moves in compared if moves.any]
    if not moved:
        return Outcome(change, drifts=["neither the page nor any quote changes"])
    return Outcome(change, drifts=[drift for moves in moved for drift in moves.drifts()])


@dataclass(frozen=True)
class _Moves:
    """What a change moves on one day."""

    before: Published
    after: Published
    change: Change
    is_for_readers: bool = False

    @property
    def any(self) -> bool:
        """Tell whether anything moves at all."""
        return bool(self._pages_that_move("whole")) or self._quotes is not None

    def drifts(self) -> Iterator[str]:
        """Everything that should have moved and did not."""
        for language in self.before.languages:
            if language not in self._pages_that_move("whole"):
                yield f"{language}: the page does not change"
            elif self.change.of_tariff and language not in self._pages_that_move("terms"):
                yield f"{language}: no clause changes"
            yield from self._remains(language)
        if self._quotes is None:
            if not self.is_for_readers:
                yield "no quote changes"
            return
        if self.change.of_tariff:
            yield from self._quotes_that_read_alike(*self._quotes)

    def _quotes_that_read_alike(self, before: Quote, after: Quote) -> Iterator[str]:
        for language in self.before.languages:
            if self.before.words_of(before, language) == self.after.words_of(after, language):
                yield f"{language}: the quote reads as before"

    def _pages_that_move(self, part: str) -> list[str]:
        before, after = self.before.pages, self.after.pages
        return [
            language
            for language in self.before.languages
            if getattr(before[language], part) != getattr(after[language], part)
        ]

    @cached_property
    def _quotes(self) -> tuple[Quote, Quote] | None:
        """The first quote that changes, before and after."""
        changed = self._standard_quotes() if self.change.of_tariff else self._all_quotes()
        return next(changed, None)

    def _all_quotes(self) -> Iterator[tuple[Quote, Quote]]:
        """Quotes that change, the worked examples first: their own values are under change."""
        for before, after in zip(self.before.examples, self.after.examples, strict=True):
            if self.before.figures_of(before) != self.after.figures_of(after):
                yield before, after
        yield from self._standard_quotes()

    def _standard_quotes(self) -> Iterator[tuple[Quote, Quote]]:
        """The scenarios of the unchanged policy whose quotes change."""
        numbers = range(len(self.before.queries))
        likeliest = self.before.moved.get(self.change.value.path, 0)
        for number in (*numbers[likeliest:], *numbers[:likeliest]):
            query = self.before.queries[number]
            quote = self.after.quote(query)
            if self.after.figures_of(quote) != self.before.standard_figures(number):
                self.before.moved[self.change.value.path] = number
                yield self.before.quote(query), quote

    def _remains(self, language: str) -> Iterator[str]:
        if self.change.of_tariff:
            for place, figure in remaining_figures(
                self.before.provider,
                self.after.provider,
                language,
                self.after.pages[language].said,
            ):
                yield f"{language}: {place} still says “{' '.join(figure.split())}”"
