"""Pricing one scenario for the command line: the words of the command become a quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from calculator.language import Words
from calculator.pricing import price
from calculator.problems import Problem, ScenarioProblems, describe
from calculator.quote import quote_json
from calculator.render import quote_text
from calculator.scenario import choose_terms, read_scenario
from calculator.slots import slot_table
from hooks.policy_files import PolicyFolder
from hooks.providers import load_policies, message_words, words_of


@dataclass(frozen=True)
class PricedScenario:
    """A quote as canonical JSON and as text, or what is wrong with the scenario."""

    json: str = ""
    text: str = ""
    problems: tuple[str, ...] = ()


def quote_scenario(
    folder: PolicyFolder,
    provider: str,
    service: str,
    raw: Mapping[str, str],
    on: date | None,
    language: str,
    today: date | None = None,
    *,
    reasons: bool = False,
) -> PricedScenario:
    """Price a scenario under the terms on `on`, else at its start, else today.

    `today` is the provider's own date when it is left out; with `reasons` the text tells how each
    line came about.
    """
    if provider not in folder.policies:
        details = {"found": provider, "expected": ", ".join(folder.policies)}
        unknown = Problem("provider", "unknown-provider", details)
        return PricedScenario(problems=(describe(unknown, message_words(language)),))
    words = Words(words_of(folder, provider, language))
    try:
        editions = load_policies(folder, provider)
        reference = today or datetime.now(editions[-1].zone).date()
        policy = choose_terms(editions, raw, reference, on)
        quote = price(policy, read_scenario(policy, service, raw, reference))
    except ScenarioProblems as refused:
        sentences = (f"{problem.field}: {describe(problem, words)}" for problem in refused.problems)
        return PricedScenario(problems=tuple(sentences))
    text = quote_text(quote, words, slot_table(policy), reasons=reasons)
    return PricedScenario(quote_json(quote), text)
