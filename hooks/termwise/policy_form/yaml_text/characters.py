"""Characters that deceive: what a reader sees is not what a program reads, or nothing is seen.

Controls of the direction of writing, characters without width, digits of other scripts, letters
that look like those of another script (Unicode's UTS 39 calls them confusable). What people need
who write other languages is told apart: direction marks beside right-to-left letters, joiners where
RFC 5892 has them, words of one script that cannot be taken for Latin ones.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from termwise.problems import TextProblem

DIRECTION_MARKS = "\u061c\u200e\u200f"
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
JOINERS = "\u200c\u200d"
EMOJI_STYLE = "\ufe0e\ufe0f"
LOOK_EMPTY = "\u034f\u115f\u1160\u1680\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, marks and symbols of which nothing is to be seen."""

HIDDEN_CATEGORIES = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
BESIDE = 16
"""Characters on either side that decide whether a joiner is needed."""

TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""What turns a direction, as Unicode's bidirectional algorithm names it."""

SUSPECT = re.compile(
    "[^\t\n\r -~\xa0-\xac\xae-\u017e\u0180-\u01bf\u01c4-\u024f\u1e00-\u1eff"
    "\u2010-\u2027\u202f-\u203a\u20a0-\u20bf\u2122]"
)
"""Whatever is no ordinary Latin text: most files hold nothing of the kind, and are done here."""

SUSPECTS = re.compile(f"{SUSPECT.pattern}+")

FIGURES_IN_LATIN_TEXT = "¹²³¼½¾⅓⅔⅛⅜⅝⅞"
"""Figures that are no digits and yet ordinary: prose may not hold them, a marked figure may."""

WORD = re.compile(r"[^\W\d_]+")
LIKE_LATIN = {
    "CYRILLIC": "аԁеһіјӏорԛѕуѵԝхАВСЕԌНІЈКМОРԚЅТѴԜХУӀс",
    "GREEK": "αγικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳϹͿ",
    "ARMENIAN": "հոսցզօՍՏՕԼ",
}
"""Letters that cannot be told from Latin ones, by Unicode's table of confusables."""

SCRIPTS_IN_USE = (
    *("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "THAANA"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "ETHIOPIC", "KHMER"),
    *("HANGUL", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "CJK", "IDEOGRAPHIC"),
    *("MICRO", "OHM", "FEMININE", "MASCULINE", "MODIFIER"),
)
"""The first words of the names of letters that people write today (UTS 39, recommended scripts)."""


def named(character: str) -> str:
    """A character by its name, if it has one, and its number."""
    name, number = unicodedata.name(character, ""), f"U+{ord(character):04X}"
    if name:
        return f"{name} ({number})"
    is_control = unicodedata.category(character) == "Cc"
    return f"the control character {number}" if is_control else f"{number}, which has no name"


def deceiving(text: str) -> Iterator[TextProblem]:
    """Everything in a text that deceives its reader, each kind in its order."""
    if SUSPECT.search(text):
        yield from hidden(text)
        yield from _figures(text)
        yield from _letters(text)


def hidden(text: str) -> Iterator[TextProblem]:
    """What cannot be seen in a text, and what turns the order of what can."""
    start = 0
    for line in text.split("\n") if SUSPECT.search(text) else ():
        marks = _marks_needed(line) if SUSPECT.search(line) else ""
        for match in SUSPECT.finditer(line):
            at = match.start()
            if _is_hidden(match[0]) and match[0] not in marks and not _is_needed(line, at):
                yield _hidden(start + at, match[0])
        start += len(line) + 1


def _hidden(offset: int, character: str) -> TextProblem:
    turns = unicodedata.bidirectional(character) in TURNING
    return TextProblem(
        offset,
        "A character turns the text around it" if turns else "A character cannot be seen",
        named(character),
        "text that reads as it is written",
        "delete it, between the characters before and after it",
    )


def _is_hidden(character: str) -> bool:
    return (
        unicodedata.category(character) in HIDDEN_CATEGORIES
        or character in LOOK_EMPTY
        or "VARIATION SELECTOR" in unicodedata.name(character, "")
    )


def _marks_needed(line: str) -> str:
    """The marks of direction that do no harm in a line: where letters run from right to left."""
    if not any(_is_right_to_left(character) for character in line):
        return ""
    return DIRECTION_MARKS + (ISOLATES + END_OF_ISOLATE if _are_closed(line) else "")


def _is_needed(line: str, at: int) -> bool:
    """Tell whether a hidden character does what it is for: it joins letters, or styles an emoji."""
    character, before, after = (
        line[at],
        line[max(at - BESIDE, 0) : at],
        line[at + 1 : at + 1 + BESIDE],
    )
    if character in EMOJI_STYLE:
        return _is_symbol(before[-1:])
    if character not in JOINERS:
        return False
    of_emoji = _is_symbol(before.rstrip(EMOJI_STYLE)[-1:]) and _is_symbol(after[:1])
    return of_emoji or _joins(before + character + after, len(before))


def _is_symbol(character: str) -> bool:
    return character != "" and unicodedata.category(character) in ("So", "Sk")


def _joins(text: str, at: int) -> bool:
    from idna import IDNAError, valid_contextj  # noqa: PLC0415 (reads its tables; hardly ever asked)

    try:
        return valid_contextj(text, at)
    except (IDNAError, ValueError):
        return False


def _is_right_to_left(character: str) -> bool:
    return character.isalpha() and unicodedata.bidirectional(character) in ("R", "AL")


def _are_closed(line: str) -> bool:
    """Tell whether each isolate of a line ends in it, and each end has its beginning."""
    open_ones = 0
    for character in line:
        open_ones += (character in ISOLATES) - (character == END_OF_ISOLATE)
        if open_ones < 0:
            return False
    return open_ones == 0


def _figures(text: str) -> Iterator[TextProblem]:
    """Digits of other scripts, and signs that stand for a number or hold one; a run once."""
    for run in SUSPECTS.finditer(text):
        signs = enumerate(run[0], run.start())
        for is_figure, group in groupby(signs, lambda sign: _is_figure(sign[1])):
            if is_figure:
                found = list(group)
                yield TextProblem(
                    found[0][0],
                    "A figure is not written in plain digits",
                    named(found[0][1]),
                    "the digits 0 to 9",
                    f"write {''.join(_in_digits(sign) for _, sign in found)}",
                )


def _is_figure(sign: str) -> bool:
    """Tell whether a sign is no plain digit and yet shows a number."""
    if sign in FIGURES_IN_LATIN_TEXT:
        return False
    shown = unicodedata.normalize("NFKC", sign)
    return unicodedata.category(sign) in ("Nd", "Nl", "No", "Me") or any(map(str.isdigit, shown))


def _in_digits(sign: str) -> str:
    shown, number = unicodedata.normalize("NFKC", sign), unicodedata.numeric(sign, None)
    if shown.isascii():
        return shown
    return "it in digits" if number is None else f"{number:g}"


def _letters(text: str) -> Iterator[TextProblem]:
    """Letters that are taken for others: of another script, or another form of a plain one."""
    words = list(WORD.finditer(text))
    shown = {script for word in words for script in _scripts_shown(word[0])}
    for match in SUSPECT.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0])
        if _is_a_form_of(match[0], plain):
            yield _taken_for(match.start(), match[0], f"write {plain}")
    for word in words:
        yield from _in_word(word, shown)


def _is_a_form_of(character: str, plain: str) -> bool:
    """Tell whether a character is a plain one once more: Kelvin's K, a wide or a bold letter."""
    if _is_figure(character):
        return False
    same = unicodedata.normalize("NFC", character)
    kind = unicodedata.decomposition(character).partition(">")[0]
    is_ligature = kind == "<compat" and character.isalpha()
    is_form = is_ligature or kind in ("<wide", "<narrow", "<small", "<font", "<circle")
    return (is_form and plain.isascii()) or (
        same != character and len(same) == 1 and same < "\u0400"
    )


def _scripts_shown(word: str) -> set[str]:
    """The scripts that a word shows itself to be of: by a letter that no Latin one looks like."""
    return {
        script
        for letter in word
        if (script := _script(letter)) in LIKE_LATIN and letter not in LIKE_LATIN[script]
    }


def _in_word(word: re.Match[str], shown: set[str]) -> Iterator[TextProblem]:
    """The first letter that deceives in a word.

    A text that shows which script it is in may hold any word of that script.
    """
    is_mixed = any(_script(letter) == "LATIN" for letter in word[0])
    for at, letter in enumerate(word[0], word.start()):
        if not SUSPECT.match(letter) or unicodedata.normalize("NFKC", letter) != letter:
            continue
        script = _script(letter)
        if mend := _mend(letter, script, is_mixed=is_mixed, shown=script in shown):
            yield _taken_for(at, letter, mend)
            return


def _mend(letter: str, script: str, *, is_mixed: bool, shown: bool) -> str:
    """What to write in place of a letter; nothing where it deceives nobody."""
    if script == "LATIN":
        return "write the Latin letter that a keyboard has"
    if script not in SCRIPTS_IN_USE:
        return "write a letter of a script that people use today"
    if script not in LIKE_LATIN or (shown and not is_mixed):
        return ""
    # Greek letters that look like no Latin one may stand among them, as in kΩ.
    deceives = letter in LIKE_LATIN[script] or (is_mixed and script != "GREEK")
    return "write the whole word in Latin letters" if deceives else ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _taken_for(at: int, letter: str, mend: str) -> TextProblem:
    return TextProblem(
        at,
        "A letter can be taken for another one",
        named(letter),
        "letters that are what they look like",
        mend,
    )
