"""What `Words` are made of: the one place that puts a language, its patterns and texts together."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from termwise.languages import HTML_LANGUAGES
from termwise.words.catalogue import interface_messages
from termwise.words.kept_cldr import kept_locale_data
from termwise.words.typography import set_texts
from termwise_calculator.telling.words import Words


def words_data(
    language: str,
    texts: Mapping[str, Mapping[str, object]],
    currencies: Iterable[str] = (),
    zones: Iterable[str] = (),
) -> dict[str, Any]:
    """The data of `Words` in a language, with these texts, for these currencies and time zones."""
    return {
        "language": language,
        "html_lang": HTML_LANGUAGES[language],
        "locale": _locale(language, tuple(currencies), tuple(zones)),
        "messages": interface_messages(language),
        "texts": set_texts(texts),
    }


def message_words(language: str) -> Words:
    """Words for messages alone, before there is a provider whose texts they could hold."""
    return Words(words_data(language, {}))


@cache
def figure_words(language: str) -> Words:
    """Words for figures alone: numbers, lengths, hours, without a message read."""
    html_lang = HTML_LANGUAGES[language]
    data = {"language": language, "html_lang": html_lang, "messages": {}, "texts": {}}
    return Words({**data, "locale": _locale(language, (), ())})


@cache
def _locale(language: str, currencies: tuple[str, ...], zones: tuple[str, ...]) -> dict[str, Any]:
    """Read from its file once: the same few are asked for again and again."""
    return kept_locale_data(language, currencies, zones)
