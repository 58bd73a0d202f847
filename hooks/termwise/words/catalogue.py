"""The words of the interface: English in the code, the other languages in `locales`.

After a change of words in the code, `python -m termwise.words.catalogue` renews the PO files: new
messages come in empty, those no longer said go, translations stay.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from termwise import places
from termwise.words.typography import set_message
from termwise_calculator.telling.words import CONTEXT_MARK, Messages

FOLDER = Path(__file__).parent / "locales"
SPEAKING = (places.CALCULATOR, places.TERMWISE)
IN_QUOTES = f"{places.CALCULATOR.name}/"
"""How the files begin that speak in quotes, as the catalogue names them."""

BRACES = "python-brace-format"
CASED_SLOT = re.compile(r"\{\w+:\w+\}")

# What the first arguments of the methods of `Words` are.
KEYWORDS = {
    "say": ("message",),
    "say_in": ("context", "message"),
    "say_count": ("message", "plural"),
    "say_count_in": ("context", "message", "plural"),
}


class MessageNotWrittenOut(ValueError):
    """A message of the interface that is computed, so that nobody can translate it."""


@cache
def interface_messages(language: str) -> Messages:
    """The translated words of the interface; none for English, which the code speaks itself."""
    if language == "en":
        return {}
    return {
        message_key(message): set_message(_translation(message), language)
        for message in read_catalogue(language)
        if message.id and message.string and not message.fuzzy
    }


@cache
def quote_messages(language: str) -> Messages:
    """The translated words that the calculator itself says, all that a visitor's browser needs.

    The catalogue names the files that say each.
    """
    if language == "en":
        return {}
    said = {
        message_key(message)
        for message in read_catalogue(language)
        if message.id and any(file.startswith(IN_QUOTES) for file, _ in message.locations)
    }
    return {key: text for key, text in interface_messages(language).items() if key in said}


def read_catalogue(language: str) -> Catalog:
    """The PO file of a language, with translator's comments and positions."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def message_key(message: Message) -> str:
    """The name of a message in the calculator: its English, after its context if it has one."""
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}{CONTEXT_MARK}{msgid}" if message.context else msgid


def words_in_code(files: Iterable[Path]) -> Catalog:
    """Every message that these Python files say, each with the places that say it.

    Read from the syntax tree: gettext's own extractors do not look into f-strings.
    Raises MessageNotWrittenOut.
    """
    catalogue = Catalog()
    for file in files:
        for call, name in _calls(ast.parse(file.read_text("utf-8"))):
            if name in KEYWORDS:
                said = _said(call, KEYWORDS[name], file)
                msgid = (said["message"], said["plural"]) if "plural" in said else said["message"]
                place = (_name_of(file), call.lineno)
                catalogue.add(msgid, locations=[place], context=said.get("context"))
    return catalogue


def files_that_speak() -> list[Path]:
    """The Python files of the calculator and of Termwise around it."""
    return [file for folder in SPEAKING for file in sorted(folder.rglob("*.py"))]


def renewed(catalogue: Catalog, said: Catalog) -> str:
    """The messages of a PO file after its header, brought in line with what the code says."""
    renewed_catalogue = Catalog(locale=catalogue.locale)
    for message in said:
        if message.id:
            known = catalogue.get(message.id, message.context)
            files = dict.fromkeys(file for file, _ in message.locations)
            added = renewed_catalogue.add(
                message.id,
                known.string if known else None,
                context=message.context,
                locations=[(file, 0) for file in files],
            )
            _declare_slots(added)
    written = io.BytesIO()
    write_po(written, renewed_catalogue, width=100, omit_header=True, include_lineno=False)
    return written.getvalue().decode("utf-8").rstrip("\n") + "\n"


def _declare_slots(message: Message) -> None:
    """Say where braces hold slots that only we read: with a case behind a colon, {length:genitive}.

    Babel takes every brace for Python's, whose tools then refuse such a translation.
    """
    said = message.string or ""
    if CASED_SLOT.search(said if isinstance(said, str) else " ".join(said)):
        message.flags = {*message.flags - {BRACES}, f"no-{BRACES}"}


def _name_of(file: Path) -> str:
    """A file as the catalogue names it: by its path from the package on."""
    for folder in SPEAKING:
        if file.is_relative_to(folder):
            return file.relative_to(folder.parent).as_posix()
    return file.name


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(call.func, ast.Attribute):
            yield call, call.func.attr
        elif isinstance(call.func, ast.Name):
            yield call, call.func.id


def _said(call: ast.Call, roles: tuple[str, ...], file: Path) -> dict[str, str]:
    texts = [arg.value for arg in call.args[: len(roles)] if isinstance(arg, ast.Constant)]
    if len(texts) != len(roles):
        raise MessageNotWrittenOut(f"{file}:{call.lineno}: {ast.unparse(call)}")
    return dict(zip(roles, map(str, texts), strict=True))


def _translation(message: Message) -> str | list[str]:
    return message.string if isinstance(message.string, str) else list(message.string or ())


def _renew_files() -> None:
    said = words_in_code(files_that_speak())
    for file in sorted(FOLDER.glob("*.po")):
        header = file.read_text("utf-8").partition("\n\n")[0]
        messages = renewed(read_catalogue(file.stem), said)
        file.write_text(f"{header}\n\n{messages}", "utf-8")


if __name__ == "__main__":
    _renew_files()
