"""Pricing one scenario for the command line: the words of the command become a quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from calculator.language import Words
from calculator.loading import load_policy
from calculator.pricing import price
from calculator.problems import Problem, ScenarioProblems, describe
from calculator.quote import quote_json
from calculator.render import quote_text
from calculator.scenario import choose_terms, read_scenario
from calculator.slot_table import slot_table

# Reading policies takes most of a second: whoever has kept terms does not wait for it.
if TYPE_CHECKING:
    from hooks.policy_files import PolicyFolder


@dataclass(frozen=True)
class PricedScenario:
    """A quote as canonical JSON and as text, or what is wrong with the scenario."""

    json: str = ""
    text: str = ""
    problems: tuple[str, ...] = ()


def terms_to_keep(folder: "PolicyFolder", provider: str, language: str) -> dict[str, Any]:
    """All that a quote of a provider needs, as plain data: its editions, words to show it in."""
    from hooks.providers import words_of  # noqa: PLC0415

    editions = folder.policies[provider].editions
    return {
        "editions": [{"policy": one.compiled, "digest": one.digest} for one in editions],
        "words": words_of(folder, provider, language),
    }


def no_such_provider(folder: "PolicyFolder", provider: str, language: str) -> str:
    """What is wrong with a scenario of a provider that the folder does not hold."""
    from hooks.providers import message_words  # noqa: PLC0415

    details = {"found": provider, "expected": ", ".join(folder.policies)}
    return describe(Problem("provider", "unknown-provider", details), message_words(language))


def quote_scenario(
    terms: Mapping[str, Any],
    service: str,
    raw: Mapping[str, str],
    on: date | None,
    today: date | None = None,
    *,
    reasons: bool = False,
) -> PricedScenario:
    """Price a scenario under the terms on `on`, else at its start, else today.

    `today` is the provider's own date when it is left out; with `reasons` the text tells how each
    line came about.
    """
    words = Words(terms["words"])
    try:
        editions = [load_policy(one["policy"], one["digest"]) for one in terms["editions"]]
        reference = today or datetime.now(editions[-1].zone).date()
        policy = choose_terms(editions, raw, reference, on)
        quote = price(policy, read_scenario(policy, service, raw, reference))
    except ScenarioProblems as refused:
        sentences = (f"{problem.field}: {describe(problem, words)}" for problem in refused.problems)
        return PricedScenario(problems=tuple(sentences))
    text = quote_text(quote, words, slot_table(policy), reasons=reasons)
    return PricedScenario(quote_json(quote), text)
