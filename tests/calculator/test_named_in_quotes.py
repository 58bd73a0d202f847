"""A quote names all that it rests on: every answer, the edition, the page that it restates."""

import json
from collections.abc import Mapping

import pytest

from termwise.languages import LANGUAGES
from termwise.reading.providers import Provider
from termwise.scenarios.worked import worked_example
from termwise_calculator.pricing.quote import quote_json
from termwise_calculator.telling.render import quote_html, quote_text

SERVICES = (
    ("duxtel", "remote-assist"),
    ("iponto", "remote-assistance"),
    ("mastiff", "remote-help"),
    ("remote-utilities", "support"),
    ("satisoft", "remote-help"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "service"), SERVICES)
def test_a_quote_names_answers_edition_and_source(
    providers: Mapping[str, Provider], name: str, service: str, language: str
) -> None:
    """In the page and its print, on a terminal, and in the file."""
    provider = providers[name]
    quote, words = provider.quote(service, {}), provider.words[language]
    source, policy = provider.document["source"], provider.policy
    written = quote_json(quote)
    assert source["title"] in written  # in letters of any language, not in escapes
    given = json.loads(written)
    told = quote_text(quote, words, provider.slots)
    shown = quote_html(quote, words, provider.slots)
    asked = provider.policy.services[service].questions
    assert {one for one in asked if one in quote.scenario.answers} <= given["input"]["set"].keys()
    for question in given["input"]["set"]:
        label = words.text(f"question.{question}.label").text
        assert label in told
    for named in (source["title"], policy.digest, words.date(policy.read)):
        assert named in told
        assert named in shown
    assert given["terms"]["source"] == {
        "title": source["title"],
        "site": source["site"],
        "read": policy.read.isoformat(),
    }


def test_the_data_of_a_quote_name_the_rate_of_each_tax() -> None:
    """And what falls on it, where prices have several."""
    work = "{label: Work, clause: terms, price: 100.00, per: session}"
    book = "{label: Book, clause: terms, price: 10.00, per: session, tax: 8%}"
    example = {
        "feature": "Two taxes",
        "says": "Each is added to its prices.",
        "tax": "{name: VAT, rate: 23%, prices: excluded, clause: terms}",
        "policy": f"charges:\n  work: {work}\n  book: {book}\n",
        "prices": [{"due": "110.00"}],
    }
    ((_, quote),) = worked_example(example).cases
    taxes = json.loads(quote_json(quote))["taxes"]
    assert [(one["rate"], one["net"], one["amount"]) for one in taxes] == [
        ("23", "100.00", "23.00"),
        ("8", "10.00", "0.80"),
    ]
