"""Pricing one scenario for the command line: the words of the command become a quote."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from termwise.commands.quote_asked import QuoteAsked
from termwise.compiling.edition import Edition, edition_from
from termwise.today import WrongDay, today_in
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblem, ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.pricing.scenario import choose_terms, read_scenario

# Reading policies takes most of a second: whoever has kept terms does not wait for it. Nor does
# a quote as JSON wait for the words of its reader.
if TYPE_CHECKING:
    from termwise.reading.policies import PolicyFolder


class QuotedTerms(NamedTuple):
    """All that a quote of a provider needs: its editions, and the data of words to show it in."""

    editions: tuple[Edition, ...]
    words: Mapping[str, Any]

    def to_keep(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"editions": [one.data() for one in self.editions], "words": self.words}

    def edition_of(self, quote: Quote) -> Edition:
        """The edition that a quote is priced by."""
        return next(one for one in self.editions if one.digest == quote.policy.digest)


def terms_kept(kept: Mapping[str, Any]) -> QuotedTerms:
    """The terms that `QuotedTerms.to_keep` made plain data of."""
    return QuotedTerms(tuple(map(edition_from, kept["editions"])), kept["words"])


def terms_read(folder: "PolicyFolder", provider: str, language: str) -> QuotedTerms:
    """The terms of a provider that has just been read."""
    from termwise.reading.providers import words_of  # noqa: PLC0415

    return QuotedTerms(folder.policies[provider].editions, words_of(folder, provider, language))


def no_such_provider(known: Iterable[str], provider: str, language: str) -> str:
    """What is wrong with a scenario of a provider that is none of those that are known."""
    from termwise.problems import harmless  # noqa: PLC0415
    from termwise.words.messages import message_words  # noqa: PLC0415
    from termwise_calculator.telling.problems import describe  # noqa: PLC0415

    details = {"found": provider, "expected": ", ".join(known)}
    problem = ScenarioProblem("provider", "unknown-provider", details)
    told = [describe(problem, message_words(language)), *_first_sign(provider, language)]
    return harmless(" ".join(told))


def tell_quote(terms: QuotedTerms, asked: QuoteAsked) -> int:
    """Print a quote, or what is wrong with its scenario; the exit status of the command."""
    try:
        quote = _quoted(terms, asked)
    except ScenarioProblems as refused:
        sys.stderr.write(_told(terms, asked, refused))
        return 1
    except WrongDay as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(quote_json(quote) if asked.as_json else _text(terms, asked, quote))
    return 0


def _quoted(terms: QuotedTerms, asked: QuoteAsked) -> Quote:
    """The quote by the terms on the day asked for. Raises ScenarioProblems."""
    editions = [edition.policy for edition in terms.editions]
    today = today_in(editions[-1].zone.key)
    policy = choose_terms(editions, asked.service, asked.raw, today, asked.on)
    return price(policy, read_scenario(policy, asked.service, asked.raw, today))


def _told(terms: QuotedTerms, asked: QuoteAsked, refused: ScenarioProblems) -> str:
    from termwise.problems import harmless  # noqa: PLC0415
    from termwise_calculator.telling.problems import describe  # noqa: PLC0415
    from termwise_calculator.telling.words import Words  # noqa: PLC0415

    words = Words(terms.words)
    told = [f"{_field(problem, asked)}: {describe(problem, words)}" for problem in refused.problems]
    return "".join(f"{harmless(line)}\n" for line in (*told, *_signs(asked)))


def _field(problem: ScenarioProblem, asked: QuoteAsked) -> str:
    """What is wrong: a field of the scenario, or the date whose terms were asked for."""
    by_date = asked.on is not None and problem.code in ("no-terms", "terms-ended")
    return "on" if by_date else problem.field


def _signs(asked: QuoteAsked) -> Iterator[str]:
    """Signs that deceive in what was asked: they look like the right ones."""
    given = {"service": asked.service, **asked.raw}
    for field, text in given.items():
        for written in (field, text):
            if not written.isascii():
                yield from (f"{field}: {sign}" for sign in _first_sign(written, asked.language))


def _first_sign(text: str, language: str) -> Iterator[str]:
    from termwise.policy_form.yaml_text.characters import deceiving  # noqa: PLC0415
    from termwise.words.messages import message_words  # noqa: PLC0415

    for found in islice(deceiving(text), 1):
        yield message_words(language).say(
            "It contains {character}. Use plain letters and digits.", character=found.found
        )


def _text(terms: QuotedTerms, asked: QuoteAsked, quote: Quote) -> str:
    from termwise_calculator.telling.render import quote_text  # noqa: PLC0415
    from termwise_calculator.telling.words import Words  # noqa: PLC0415

    slots = terms.edition_of(quote).slots
    return quote_text(quote, Words(terms.words), slots, reasons=asked.reasons)
