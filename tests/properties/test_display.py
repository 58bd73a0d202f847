"""What holds for every quote as shown: the same figures in every language, sound HTML."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.numbers import format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.languages import BY_CODE, LANGUAGES
from termwise.reading.providers import Provider
from termwise_calculator.browser import Session
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import calendar_of
from termwise_calculator.telling.render import quote_html, quote_text
from termwise_calculator.telling.words import Words
from tests.calculator.test_language import as_set
from tests.properties.scenarios import Asked, asked

HOSTILE = """</td></table><script>alert("x")</script><img src=x onerror='y'>&lt;&"""
ELEMENTS = {"a", "caption", "code", "details", "div", "li", "p", "span", "strong", "summary", "ul"}
ELEMENTS |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
ATTRIBUTES = {"class", "colspan", "data-key", "data-slot", "data-total", "href", "scope"}
ATTRIBUTES |= {"aria-label", "data-notes", "lang"}

# Rendering in four languages is slower than pricing; fewer examples are enough.
fewer = settings(max_examples=60)


class InMinutes(Words):
    """Words that say every length in minutes: a translation may say 60 minutes for 1 hour."""

    def minutes(
        self,
        minutes: int,
        style: str = "long",
        hours: bool = False,  # noqa: ARG002 (what is left out is the point)
        case: str | None = None,
    ) -> str:
        """A length in minutes, though hours be asked for."""
        return super().minutes(minutes, style, hours=False, case=case)


class Reader(HTMLParser):
    """Reads HTML as a browser would and keeps its text; what is out of place is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only the elements and attributes of a quote may occur."""
        assert tag in ELEMENTS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The innermost element closes first."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text between the tags."""
        self.text.append(data)


def figures(text: str, provider: Provider, language: str) -> Counter[str]:
    """Every run of digits, with the groups of a long number joined."""
    group = re.escape(provider.words_data[language]["locale"]["group"])
    return Counter(re.findall(r"\d+", re.sub(rf"(?<=\d){group}(?=\d{{3}}(?!\d))", "", text)))


def html_text(quote: Quote, words: Words, provider: Provider) -> str:
    """The text of the HTML of a quote, which is checked on the way."""
    return "\n".join(Reader(quote_html(quote, words, provider.slots)).text)


@fewer
@given(scenario=asked())
def test_languages_differ_in_words_never_in_figures(scenario: Asked) -> None:
    """The same numbers, as often, in the HTML and the plain text of a quote in every language."""
    provider, quote = scenario.provider, scenario.quote()
    shown = {}
    for language in LANGUAGES:
        words = InMinutes(provider.words_data[language])
        in_html = figures(html_text(quote, words, provider), provider, language)
        text = quote_text(quote, words, provider.slots, reasons=True)
        in_text = figures(text, provider, language)
        shown[language] = (in_html, in_text)
    for language in LANGUAGES[1:]:
        assert shown[language] == shown[LANGUAGES[0]], language


@fewer
@given(scenario=asked(), language=st.sampled_from(LANGUAGES))
def test_every_amount_is_shown(scenario: Asked, language: str) -> None:
    """Each line's amount stands in the HTML and in the text, as CLDR writes it."""
    provider, quote = scenario.provider, scenario.quote()
    words = provider.words[language]
    pages = (html_text(quote, words, provider), quote_text(quote, words, provider.slots))
    for amount in amounts(quote):
        written = words.free()
        if amount:
            currency, locale = provider.policy.currency, BY_CODE[language].locale
            written = as_set(format_currency(amount, currency, locale=locale), language)
        assert all(unspaced(written) in unspaced(page) for page in pages), written


def unspaced(text: str) -> str:
    """A text without its spaces: CLDR puts one after a currency's code, Babel does not."""
    return "".join(text.split())


def amounts(quote: Quote) -> list[Any]:
    """The amounts of the lines, and of the total where one is stated and not nothing."""
    total = [quote.total.gross] if quote.total and quote.total.gross else []
    return [line.amount for line in quote.lines] + total


@fewer
@given(scenario=asked(), language=st.sampled_from(LANGUAGES))
def test_hostile_texts_stay_texts(scenario: Asked, language: str) -> None:
    """Markup in the texts of a policy is shown as it stands; the HTML remains balanced."""
    words = Words(with_hostile_texts(scenario.provider.words_data[language]))
    quote = scenario.quote()
    if quote.lines:
        assert HOSTILE in html_text(quote, words, scenario.provider)


def with_hostile_texts(words_data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of words with markup at the end of each text."""
    texts = words_data["texts"]
    hostile = {key: {**one, "text": one["text"] + HOSTILE} for key, one in texts.items()}
    return {**words_data, "texts": hostile}


FIELDS = (
    "service",
    "start",
    "minutes",
    "client",
    "product",
    "eligible",
    "allowance_used",
    "version",
)
ODD_VALUES = ("", " ", HOSTILE, "-1", "1e3", "NaN", "٣", "½", "０", "\x00", "' OR 1=1", "9" * 400)
odd = st.one_of(st.sampled_from(ODD_VALUES), st.text(max_size=40))
odd_answers = st.dictionaries(st.sampled_from(FIELDS), odd, min_size=1, max_size=3)


@settings(max_examples=200)
@given(scenario=asked(), changed=odd_answers, language=st.sampled_from(LANGUAGES))
def test_odd_answers_get_a_quote_or_a_message(
    scenario: Asked, changed: dict[str, str], language: str
) -> None:
    """Whatever is typed, the answer is a sound quote or a message at a field of the form."""
    query = {"service": scenario.service.id, **scenario.raw, **changed}
    answer = answer_to(scenario, language, query)
    assert bool(answer["html"]) == bool(answer["json"]) != bool(answer["problems"])
    if answer["html"]:
        Reader(answer["html"])
        assert re.fullmatch(r"[\w=&%.:T-]*", answer["address"], re.ASCII)
    for problem in answer["problems"]:
        assert problem["field"] in {"service", *scenario.raw}
        assert problem["message"]


def answer_to(scenario: Asked, language: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What the browser's door answers to a query."""
    provider = scenario.provider
    dates, words = calendar_of(provider.policies), provider.words[language]
    session = Session(provider.policy, dates, words, provider.reference, provider.slots)
    read: dict[str, Any] = json.loads(session.answer(json.dumps({"query": query})))
    return read


@fewer
@given(scenario=asked(), language=st.sampled_from(LANGUAGES))
def test_the_address_restores_the_scenario(scenario: Asked, language: str) -> None:
    """A link with the address of a quote leads to the same quote, to the byte."""
    first = answer_to(scenario, language, {"service": scenario.service.id, **scenario.raw})
    pairs = (pair.split("=", 1) for pair in first["address"].split("&"))
    again = answer_to(
        scenario, language, {name: value.replace("%2B", "+") for name, value in pairs}
    )
    assert again == first


@pytest.mark.parametrize("broken", ["<p>", "<p></div>", "<script></script>", '<p onclick="x"></p>'])
def test_the_reader_finds_what_is_out_of_place(broken: str) -> None:
    """The reader of these tests refuses what is not balanced or does not belong in a quote."""
    with pytest.raises(AssertionError):
        Reader(broken)
