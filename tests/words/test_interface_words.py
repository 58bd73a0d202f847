"""Every word of the interface is translated, and no translation is left over."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from termwise import places
from termwise.languages import BY_CODE, LANGUAGES
from termwise.words.catalogue import (
    MessageNotWrittenOut,
    files_that_speak,
    interface_messages,
    message_key,
    quote_messages,
    read_catalogue,
    renewed,
    words_in_code,
)
from termwise_calculator.telling.words import CONTEXT_MARK
from tests.calculator.test_language import words_of

QUOTATION_MARKS = {"pl": "„”", "da": "»«", "pt": "«»"}
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def by_key(catalogue: Catalog) -> dict[str, Message]:
    """The messages of a catalogue by their name in the calculator; its header left out."""
    return {message_key(message): message for message in catalogue if message.id}


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text as its plural forms, one when it has none."""
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> set[str]:
    """The names that a message has filled."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    """The catalogue holds what the code says, all of it, and nothing else."""
    said, translated = by_key(words_in_code(files_that_speak())), by_key(read_catalogue(language))
    assert sorted(said.keys() - translated.keys()) == []
    assert sorted(translated.keys() - said.keys()) == []
    unfinished = [key for key, message in translated.items() if not all(forms(message.string))]
    assert unfinished == []
    assert interface_messages(language).keys() == said.keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    """„Polish”, »Danish« and «Portuguese»; whoever copies the message copies the “English” ones."""
    said = [form for one in read_catalogue(language) for form in forms(one.string)]
    marks = {mark for text in said for mark in text if mark in "“”„«»"}
    assert marks == set(QUOTATION_MARKS[language])


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_browser_gets_what_the_calculator_says(language: str) -> None:
    """All of it, and nothing else."""
    own = by_key(words_in_code(sorted(places.CALCULATOR.rglob("*.py"))))
    assert own.keys() == quote_messages(language).keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_their_placeholders(language: str) -> None:
    """Whatever is filled into the English is filled into every form of the translation."""
    for message in filter(lambda message: message.id, read_catalogue(language)):
        expected = placeholders(forms(message.id)[-1])
        for form in filter(None, forms(message.string)):
            assert placeholders(form) == expected, form


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_have_the_plural_forms_of_the_calculator(language: str) -> None:
    """The rule in the PO file is the one that the calculator's table is made from."""
    catalogue, rule = read_catalogue(language), get_plural(BY_CODE[language].locale)
    assert (catalogue.num_plurals, catalogue.plural_expr) == (rule.num_plurals, rule.plural_expr)
    counted = [message for message in catalogue if message.pluralizable]
    assert counted
    assert {len(forms(message.string)) for message in counted} == {rule.num_plurals}


def test_english_speaks_from_the_code() -> None:
    """English has no catalogue: its words are the messages themselves."""
    words = words_of("en")
    assert interface_messages("en") == {}
    assert words.say("every day") == "every day"
    assert words.say_count_in("genitive", "{count} hour", "{count} hours", 1) == "1 hour"
    assert words.say_count("{count} line", "{count} lines", 1200) == "1,200 lines"


def test_extraction_sees_every_way_of_saying(tmp_path: Path) -> None:
    """Messages, contexts and plural forms are all found, in f-strings too."""
    code = tmp_path / "code.py"
    code.write_text(
        'words.say("one {a}", a=b)\nwords.say_in("ctx", "two " "halves")\n'
        'f"<b>{escape(say("three"))}</b>"\nwords.say_count("{count} x", "{count} xs", n)\n'
        'words.say_count_in("ctx", "{count} y", "{count} ys", n)\n'.replace('"three"', "'three'")
    )
    assert list(by_key(words_in_code([code]))) == [
        "one {a}",
        f"ctx{CONTEXT_MARK}two halves",
        "three",
        "{count} x",
        f"ctx{CONTEXT_MARK}{{count}} y",
    ]


def test_a_computed_message_is_refused(tmp_path: Path) -> None:
    """What is not written out cannot be translated, so it is never said."""
    code = tmp_path / "code.py"
    code.write_text("words.say(name)\n")
    with pytest.raises(MessageNotWrittenOut, match=r"code\.py:1: words\.say\(name\)"):
        words_in_code([code])


def test_renewing_keeps_translations_and_drops_what_is_not_said() -> None:
    """New messages come in empty, those no longer said go."""
    known, said = Catalog(locale="pl"), Catalog()
    known.add("every day", "codziennie")
    known.add("gone", "nie ma")
    said.add("every day", locations=[("language.py", 1), ("language.py", 9)])
    said.add(("{count} x", "{count} xs"), context="ctx", locations=[("view.py", 2)])
    assert renewed(known, said) == (
        '#: language.py\nmsgid "every day"\nmsgstr "codziennie"\n\n'
        '#: view.py\n#, python-brace-format\nmsgctxt "ctx"\nmsgid "{count} x"\n'
        'msgid_plural "{count} xs"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'
    )
