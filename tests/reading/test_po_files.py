"""PO files as gettext's tools write them: read with their places, or refused with one."""

import pytest

from termwise.problems import Place, UnreadableFile
from termwise.reading.po_files import PoMessage, read_po

HEADER = 'msgid ""\nmsgstr "Language: pl\\n"\n\n'
MESSAGE = 'msgctxt "a"\nmsgid "x"\nmsgstr "y"\n'


def read(text: str) -> list[PoMessage]:
    """The messages below a header."""
    header, *messages = read_po(HEADER + text, "pl.po")
    assert header.is_header
    return messages


@pytest.mark.parametrize(
    "text",
    {
        "obsolete messages": MESSAGE + '\n#, fuzzy\n#~ msgctxt "b"\n#~ msgid "old"\n#~ msgstr ""\n',
        "an obsolete text of before": MESSAGE
        + '\n#, fuzzy\n#~| msgid "older"\n#~ msgid "old"\n#~ msgstr "z"\n',
        "a previous text": '#| msgctxt "b"\n#| msgid ""\n#| "w"\n' + MESSAGE,
        "comments of every kind": "# by hand\n#. extracted\n#: policy.yaml:5\n#, c-format\n"
        + MESSAGE,
        "the ends of lines of Windows": MESSAGE.replace("\n", "\r\n"),
        "indented lines": MESSAGE.replace("msg", "  msg"),
        "no blank before a text": MESSAGE.replace(' "', '"'),
        "a tab before a text": MESSAGE.replace(" ", "\t"),
        "texts in pieces": 'msgctxt ""\n"a"\nmsgid ""\n"x"\nmsgstr ""\n""\n"y"\n',
        "no line break at the end": MESSAGE.rstrip(),
    }.values(),
)
def test_what_the_tools_write_is_read(text: str) -> None:
    """One message, without the flags of another."""
    [message] = read(text)
    assert (message.context.text, message.id.text, message.string.text) == ("a", "x", "y")
    assert "fuzzy" not in message.flags


def test_escapes_are_read_and_keep_their_places() -> None:
    """A character behind an escape is found where it is written."""
    [message] = read('msgid ""\n"one\\n"\n"tw\\"o\\\\"\nmsgstr "a\\tb"\n')
    assert message.id.text == 'one\ntw"o\\'
    assert message.string.text == "a\tb"
    quote, backslash = message.id.text.index('"'), message.id.text.index("\\")
    assert message.id.place("pl.po", quote) == Place("pl.po", 6, 4)
    assert message.id.place("pl.po", backslash) == Place("pl.po", 6, 7)


def test_flags_are_those_right_above() -> None:
    """Several lines of them count together."""
    first, second = read("#, fuzzy\n#, reviewed, c-format\n" + MESSAGE + "\n" + MESSAGE)
    assert first.flags == {"fuzzy", "reviewed", "c-format"}
    assert second.flags == set()


@pytest.mark.parametrize("lines", [1, 2000], ids=["one line", "many lines"])
def test_no_more_is_told_than_anybody_mends(lines: int) -> None:
    """A file that is no PO file is told by its first lines."""
    with pytest.raises(UnreadableFile) as refused:
        read_po("x\n" * lines, "pl.po")
    assert len(refused.value.problems) == min(lines, 101)
