"""How a language sets its words: in Polish, a word of one letter does not end a line."""

import re
from collections.abc import Mapping
from typing import Any

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_ONE_LETTER_WORD = re.compile(r"(?<![\w’])([aiouwz]) (?=\S)", re.IGNORECASE)
_NO_PROSE = re.compile(r"(```.*?```|`[^`]*`|<[^>]*>|\]\([^)]*\))", re.DOTALL)


def set_text(text: str, language: str) -> str:
    """A text as it is set in a language."""
    if language != "pl":
        return text
    return _ONE_LETTER_WORD.sub(rf"\1{NO_BREAK_SPACE}", text)


def set_markdown(text: str, language: str) -> str:
    """Markdown as its prose is set in a language; code, tags and addresses stay as they are."""
    if language != "pl":
        return text
    pieces = _NO_PROSE.split(text)
    return "".join(set_text(one, language) if at % 2 == 0 else one for at, one in enumerate(pieces))


def set_texts(texts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The texts of a policy, each set in the language that it is in."""
    return {
        text_id: {**text, "text": set_text(text["text"], text["language"])}
        for text_id, text in texts.items()
    }


def set_message(message: str | list[str], language: str) -> str | list[str]:
    """A message of the interface with its plural forms."""
    if isinstance(message, str):
        return set_text(message, language)
    return [set_text(form, language) for form in message]
