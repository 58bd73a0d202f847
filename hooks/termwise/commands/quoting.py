"""Pricing one scenario for the command line: the words of the command become a quote."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from termwise.commands.quote_asked import QuoteAsked
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Quote, quote_json
from termwise_calculator.pricing.scenario import choose_terms, read_scenario
from termwise_calculator.terms.loading import load_policy

# Reading policies takes most of a second: whoever has kept terms does not wait for it. Nor does
# a quote as JSON wait for the words of its reader.
if TYPE_CHECKING:
    from termwise.reading.policies import PolicyFolder


def terms_to_keep(folder: "PolicyFolder", provider: str, language: str) -> dict[str, Any]:
    """All that a quote of a provider needs, as plain data: its editions, words to show it in."""
    from termwise.reading.providers import words_of  # noqa: PLC0415

    editions = folder.policies[provider].editions
    return {
        "editions": [{"policy": one.compiled, "digest": one.digest} for one in editions],
        "words": words_of(folder, provider, language),
    }


def no_such_provider(folder: "PolicyFolder", provider: str, language: str) -> str:
    """What is wrong with a scenario of a provider that the folder does not hold."""
    from termwise.reading.providers import message_words  # noqa: PLC0415
    from termwise_calculator.pricing.problems import ScenarioProblem  # noqa: PLC0415
    from termwise_calculator.telling.problems import describe  # noqa: PLC0415

    details = {"found": provider, "expected": ", ".join(folder.policies)}
    return describe(
        ScenarioProblem("provider", "unknown-provider", details), message_words(language)
    )


def tell_quote(terms: Mapping[str, Any], asked: QuoteAsked) -> int:
    """Print a quote, or what is wrong with its scenario; the exit status of the command."""
    try:
        quote = _quoted(terms, asked)
    except ScenarioProblems as refused:
        sys.stderr.write(_told(terms, refused))
        return 1
    sys.stdout.write(quote_json(quote) if asked.as_json else _text(terms, asked, quote))
    return 0


def _quoted(terms: Mapping[str, Any], asked: QuoteAsked) -> Quote:
    """The quote by the terms on the day asked for. Raises ScenarioProblems."""
    editions = [load_policy(one["policy"], one["digest"]) for one in terms["editions"]]
    today = datetime.now(editions[-1].zone).date()  # the provider's own date
    policy = choose_terms(editions, asked.raw, today, asked.on)
    return price(policy, read_scenario(policy, asked.service, asked.raw, today))


def _told(terms: Mapping[str, Any], refused: ScenarioProblems) -> str:
    from termwise_calculator.telling.problems import describe  # noqa: PLC0415
    from termwise_calculator.telling.words import Words  # noqa: PLC0415

    words = Words(terms["words"])
    return "".join(f"{problem.field}: {describe(problem, words)}\n" for problem in refused.problems)


def _text(terms: Mapping[str, Any], asked: QuoteAsked, quote: Quote) -> str:
    from termwise_calculator.telling.render import quote_text  # noqa: PLC0415
    from termwise_calculator.telling.slot_table import slot_table  # noqa: PLC0415
    from termwise_calculator.telling.words import Words  # noqa: PLC0415

    slots = slot_table(quote.policy)
    return quote_text(quote, Words(terms["words"]), slots, reasons=asked.reasons)
