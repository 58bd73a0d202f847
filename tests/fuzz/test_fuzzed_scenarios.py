"""Whatever a visitor types: a quote whose lines add up, or what is wrong in every language."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from termwise.languages import LANGUAGES
from termwise.reading.providers import Provider
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.telling.problems import describe
from termwise_calculator.telling.render import quote_text
from tests.fuzz.mutations import mutated, odd

GOOD = ("2026-03-03T17:30", "2026-10-25T02:30+01:00", "2026-12-24", "90", "12:30", "7.6.2.0", "yes")
typed = st.one_of(odd, st.sampled_from(GOOD), st.sampled_from(GOOD).flatmap(mutated))


def test_a_scenario_is_priced_or_told(providers: Mapping[str, Provider]) -> None:
    """Of every provider, with any text in any field, known or not."""
    told: list[bool] = []
    offers = [(one, service) for one in providers.values() for service in one.policy.services]

    @given(st.data())
    def check(data: st.DataObject) -> None:
        provider, service = data.draw(st.sampled_from(offers))
        asked = provider.policy.services[service]
        names = st.sampled_from(["start", "minutes", "typo", *asked.questions])
        answers = st.dictionaries(st.one_of(names, names, odd), typed, max_size=4)
        language = data.draw(st.sampled_from(LANGUAGES))
        words = provider.words[language]
        try:
            quote = provider.quote(
                data.draw(st.sampled_from([service, service, "x"])), data.draw(answers)
            )
        except ScenarioProblems as refused:
            sentences = [describe(problem, words) for problem in refused.problems]
            told.append(all(sentences))
        else:
            assert sum(line.amount for line in quote.lines if line.amount) == quote.subtotal
            assert quote_text(quote, words, provider.slots, reasons=True)

    check()
    assert told
    assert all(told)
