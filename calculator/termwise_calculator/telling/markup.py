"""Text made safe for HTML, without `html`: its table of 2,231 entities costs a browser 70 ms."""

import re

WORD_JOINER = "\N{WORD JOINER}"
_IN_RANGES = re.compile(r"–(?=\d)")
# Private-use characters, which no text holds: they carry a language through plain sentences.
_OPENS, _BEGINS, _CLOSES = "\ue000", "\ue001", "\ue002"


def in_language(text: str, language: str) -> str:
    """A passage in another language than what is around it, to be marked as such in HTML."""
    return f"{_OPENS}{language}{_BEGINS}{text}{_CLOSES}"


def escape(text: str) -> str:
    """Escape text for HTML content and quoted attributes, exactly as `html.escape` does.

    Passages in another language are marked with it; attributes must hold none. No line ends after
    the dash of a range, and none begins with a dash.
    """
    escaped = _escaped(text)
    if "–" in escaped:
        escaped = _IN_RANGES.sub(f"–{WORD_JOINER}", escaped).replace(" –", "\N{NO-BREAK SPACE}–")
    if _OPENS not in escaped:
        return escaped
    opened = escaped.replace(_OPENS, '<span lang="').replace(_BEGINS, '">')
    return opened.replace(_CLOSES, "</span>")


def _escaped(text: str) -> str:
    # Five searches for what is rarely there; `translate` looks at each letter of its own.
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )
