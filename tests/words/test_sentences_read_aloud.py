"""Every sentence with a length in it, of the interface and of the policies, suits any number."""

from collections.abc import Iterator
from string import Formatter

import pytest

from termwise.checking.prose.read_aloud import SPOKEN, misread, stumbles_in
from termwise.languages import LANGUAGES
from termwise.words.catalogue import files_that_speak, interface_messages, words_in_code
from termwise.words.messages import figure_words
from termwise_calculator.telling.words import Length, Words
from tests.real_providers import real_providers

LENGTHS = frozenset({"length", "minutes", "target", "used", "left", "counted", "free"})
"""What placeholders are called that hold a length of time."""

SOUND = {
    "en": ["per minute or part of it", "per 60 minutes or part of them"],
    "pl": ["do 2 minut ponad czas", "po upływie 1 godziny", "dłużej niż 1 minutę", "do 5 minut"],
    "da": ["pr. påbegyndt periode på 5 minutter", "den første periode på 1 minut"],
    "pt": ["pelo período inicial de 1 minuto", "por cada período iniciado de 5 minutos"],
}
STARTED = {
    "en": "write {…|started}, which says “per 60 minutes or part of them”",
    "pl": "write {…|started}, which says “za każdy rozpoczęty okres 60 minut”",
    "da": "write {…|started}, which says “pr. påbegyndt periode på 60 minutter”",
    "pt": "write {…|started}, which says “por cada período iniciado de 60 minutos”",
}
TWICE = "leave out the word before the slot: |started brings it along"
GENITIVE, ACCUSATIVE = "add |genitive to the slot", "add |accusative to the slot"
FOUND_WRONG = {
    "en": {
        "per started 60 minutes": STARTED["en"],
        "for each 30 minutes begun": STARTED["en"],
        "for each period of 1 hour or part of it": STARTED["en"],
        "per 1 minute or part of them": STARTED["en"],
        "per 22 minutes or part of it": STARTED["en"],
        "per per 60 minutes or part of them": TWICE,
        "before 1 minute have passed": "put the sentence so that no verb agrees with the length",
        "the first of these 1 minute": "name a period: “a period of …”",
    },
    "pl": {
        "do 2 minuty ponad czas": GENITIVE,
        "po upływie 1 godzina": GENITIVE,
        "do 1 minuta": GENITIVE,
        "dłużej niż 1 minuta": ACCUSATIVE,
        "co najmniej 1 minuta": ACCUSATIVE,
        "za pierwsze 1 minuta": STARTED["pl"],
        "po 1 minuta": "write “trwających {…|accusative}”",
        "za za każdą minutę": TWICE,
    },
    "da": {
        "pr. påbegyndt 5 minutter": STARTED["da"],
        "de første 1 minut": "write “periode på …”",
        "pr. pr. påbegyndt minut": TWICE,
    },
    "pt": {
        "os primeiros 1 minuto": "write “período de …”",
        "por cada 60 minutos iniciados": STARTED["pt"],
        "por por cada minuto": TWICE,
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_stumbles_over_what_was_found_wrong(language: str) -> None:
    """And over nothing that is right; it is said how to mend it."""
    read = [*FOUND_WRONG[language], *SOUND[language]]
    found = {said: [mend for _, mend in stumbles_in(said, language)] for said in read}
    assert {said: mends[0] for said, mends in found.items() if mends} == FOUND_WRONG[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interface_suits_any_number(language: str) -> None:
    """Each message with a length is said with 1, 2, 5 and 22 minutes, and with as many hours."""
    words = figure_words(language)
    said = [one for message in messages(language) for one in with_lengths(message, words)]
    assert len(said) > 100
    assert [one for one in said if any(stumbles_in(one, language))] == []


@pytest.mark.parametrize("provider", real_providers())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_policy_suits_any_number(provider: str, language: str) -> None:
    """Each of its texts with a length, in each language."""
    one = real_providers()[provider]
    texts = [one.words[language].text(text_id) for text_id in one.words[language].text_ids()]
    wrong = [
        (text.text, found)
        for text in texts
        for found in misread(text.text, one.slots, figure_words(text.language))
    ]
    assert wrong == []


def messages(language: str) -> list[str]:
    """Every message of the interface in a language, with all its plural forms."""
    if language == "en":
        ids = [message.id for message in words_in_code(files_that_speak()) if message.id]
        return [form for one in ids for form in ([one] if isinstance(one, str) else one)]
    said = interface_messages(language).values()
    return [form for one in said for form in ([one] if isinstance(one, str) else one)]


def with_lengths(message: str, words: Words) -> Iterator[str]:
    """A message with lengths in its placeholders for them; a plural with what it agrees with."""
    names = {name for _, name, _, _ in Formatter().parse(message) if name}
    if not names & LENGTHS:
        return
    for number in SPOKEN:
        if ("part of it" in message) == (number > 1) and "part of" in message:
            continue  # the other form of the plural
        for length in (words.minutes(number), words.minutes(60 * number, hours=True)):
            filled: dict[str, str | Length] = dict.fromkeys(names, "…")
            yield message.format(**(filled | dict.fromkeys(names & LENGTHS, length)))
