"""Characters that deceive are told from those that other languages and emoji need."""

import pytest

from termwise.policy_form.yaml_text.characters import deceiving
from termwise.problems import harmless, quoted

DECEIVING = {
    "an override": ("pay \u202e001\u202c zł", 4, "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
    "an isolate without right-to-left letters": (
        "a\u2066b\u2069",
        1,
        "LEFT-TO-RIGHT ISOLATE (U+2066)",
    ),
    "an isolate that is not closed": ("שלום \u2066abc", 5, "LEFT-TO-RIGHT ISOLATE (U+2066)"),
    "an embedding beside Hebrew": ("שלום \u202babc\u202c", 5, "RIGHT-TO-LEFT EMBEDDING (U+202B)"),
    "a mark of direction in Latin text": ("1\u200e2", 1, "LEFT-TO-RIGHT MARK (U+200E)"),
    "a mark on another line than Hebrew": ("שלום\na\u200fb", 6, "RIGHT-TO-LEFT MARK (U+200F)"),
    "a space without width": ("no\u200bfix", 2, "ZERO WIDTH SPACE (U+200B)"),
    "a joiner between Latin letters": ("a\u200db", 1, "ZERO WIDTH JOINER (U+200D)"),
    "a joiner that no letter needs": ("א\u200cב", 1, "ZERO WIDTH NON-JOINER (U+200C)"),
    "a hyphen that is not shown": ("twen\u00adty", 4, "SOFT HYPHEN (U+00AD)"),
    "a mark of the byte order": ("\ufeffx", 0, "ZERO WIDTH NO-BREAK SPACE (U+FEFF)"),
    "a letter that is empty": ("a\u3164", 1, "HANGUL FILLER (U+3164)"),
    "a symbol that is empty": ("\u2800", 0, "BRAILLE PATTERN BLANK (U+2800)"),
    "a tag": ("a\U000e0041", 1, "TAG LATIN CAPITAL LETTER A (U+E0041)"),
    "a private character": ("\ue000", 0, "U+E000, which has no name"),
    "a control character": ("a\x1b[31m", 1, "the control character U+001B"),
    "a style of emoji on a letter": ("a\ufe0f", 1, "VARIATION SELECTOR-16 (U+FE0F)"),
    "Arabic digits": ("٣٠ minutes", 0, "ARABIC-INDIC DIGIT THREE (U+0663)"),
    "Arabic digits in Arabic text": ("السعر ٣٠", 6, "ARABIC-INDIC DIGIT THREE (U+0663)"),
    "wide digits": ("２０２６", 0, "FULLWIDTH DIGIT TWO (U+FF12)"),
    "bold digits": ("𝟙00", 0, "MATHEMATICAL DOUBLE-STRUCK DIGIT ONE (U+1D7D9)"),
    "a Roman numeral": ("Ⅻ months", 0, "ROMAN NUMERAL TWELVE (U+216B)"),
    "a digit in a circle": ("① call", 0, "CIRCLED DIGIT ONE (U+2460)"),
    "a unit with a digit": ("50 ㎡", 3, "SQUARE M SQUARED (U+33A1)"),
    "a rare fraction": ("⅑ of it", 0, "VULGAR FRACTION ONE NINTH (U+2151)"),
    "a Cyrillic letter in a word": ("pаy", 1, "CYRILLIC SMALL LETTER A (U+0430)"),
    "a Cyrillic word that looks Latin": ("РАУ now", 0, "CYRILLIC CAPITAL LETTER ER (U+0420)"),
    "a Cyrillic letter of its own look": ("Яndex", 0, "CYRILLIC CAPITAL LETTER YA (U+042F)"),
    "a Greek letter in a word": ("Νet", 0, "GREEK CAPITAL LETTER NU (U+039D)"),
    "an Armenian letter in a word": ("օnce", 0, "ARMENIAN SMALL LETTER OH (U+0585)"),
    "a letter of a script long dead": ("𐌀𐌁", 0, "OLD ITALIC LETTER A (U+10300)"),
    "a Cherokee word that looks Latin": ("ᏟᎪ", 0, "CHEROKEE LETTER TLI (U+13DF)"),
    "a letter of phonetics": ("ɡo", 0, "LATIN SMALL LETTER SCRIPT G (U+0261)"),
    "a click": ("ǀ", 0, "LATIN LETTER DENTAL CLICK (U+01C0)"),
    "a wide letter": ("Ｐay", 0, "FULLWIDTH LATIN CAPITAL LETTER P (U+FF30)"),
    "a bold letter": ("𝐏ay", 0, "MATHEMATICAL BOLD CAPITAL P (U+1D40F)"),
    "two letters in one": ("oﬃce", 1, "LATIN SMALL LIGATURE FFI (U+FB03)"),
    "the sign of Kelvin": ("\u212a", 0, "KELVIN SIGN (U+212A)"),
    "a question mark that looks like a semicolon": ("a\u037e", 1, "GREEK QUESTION MARK (U+037E)"),
    "a wide percent sign": ("5％", 1, "FULLWIDTH PERCENT SIGN (U+FF05)"),
}
SOUND = {
    "our languages": "Zażółć gęślą jaźń, smørrebrød på ål, não à avó; “so” „tak” »da« – 1.ª…",
    "signs": "½ m² 5 °C €10 № 5 §\u00a04 ™ © → • ≤ 23\u202f%",
    "Hebrew with marks": "שלום \u200e(abc)\u200f שלום",
    "Hebrew in an isolate": "the firm \u2067שלום\u2069 of Haifa",
    "Arabic": "الدعم عن بعد",
    "Persian with a non-joiner": "می\u200cخواهم",
    "Hindi with a joiner": "क्\u200dष",
    "emoji of several characters": "👩\u200d💻 ☎\ufe0f ❤\ufe0f",
    "Russian, whose short words look Latin": "Мы рассчитали: оса, сор, а",
    "a Russian name": "ООО «Ромашка»",
    "Greek": "Ελλάδα ο Αίας",
    "Greek letters of units": "5 kΩ, 10 μm, Δt",
    "Japanese with Latin": "東京タワー Appleストア",
    "Korean": "한국어",
    "two lines": "one\n\ttwo\r\n",
}


@pytest.mark.parametrize(("text", "offset", "name"), DECEIVING.values(), ids=DECEIVING)
def test_what_deceives_is_named_at_its_place(text: str, offset: int, name: str) -> None:
    """The first thing found is the character that deceives, with something to do about it."""
    first = min(deceiving(text), key=lambda problem: problem.offset)
    assert (first.offset, first.found) == (offset, name)
    assert first.mend.startswith(("write ", "delete "))


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_languages_need_is_sound(text: str) -> None:
    """Nobody who writes a language as it is written is told to write it otherwise."""
    assert list(deceiving(text)) == []


def test_a_run_of_digits_is_told_once() -> None:
    """With all of it in plain digits."""
    [found] = deceiving("from ２０２６ on")
    assert found.mend == "write 2026"


def test_what_is_quoted_in_a_message_commands_nothing() -> None:
    """A terminal is not coloured, a line not turned round, a surrogate not left to break output."""
    assert harmless(quoted("a\x1b[31mb\u202e\udcff")) == r"“a\x1b[31mb\u202e\udcff”"
