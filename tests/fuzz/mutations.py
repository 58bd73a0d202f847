"""Texts that somebody might leave behind: sound ones, changed by accident or malice."""

from collections.abc import Callable
from functools import reduce

from hypothesis import strategies as st

ODD = (
    *("", " ", "0", "-1", "1e9", "NaN", "9" * 40, "0.0000001", "100,00", "no", "yes", "null", "~"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "not stated", "free", "base", "session", "unit"),
    *(
        "{",
        "}",
        "{gap: x}",
        "{labour.price}",
        "{a.b|hours|x}",
        "{'1'}",
        "{'}",
        "[",
        "]",
        "[]",
        "{}",
    ),
    *(
        "- ",
        ": ",
        "? ",
        " #",
        "&a x",
        "*a",
        "<<: *a",
        "!!python/object:os.system x",
        "---",
        "...",
        "|",
        ">-",
    ),
    *(
        '"',
        "'",
        "\\",
        "\\q",
        "\\n",
        '"\\u202e"',
        "\t",
        "\r",
        "\n",
        "\x00",
        "\x1b[31m",
        "\x85",
        "\ufeff",
    ),
    *(
        "\u202e",
        "\u200b",
        "\u200e",
        "٣",
        "２",
        "Ⅻ",
        "½",
        "а",
        "é",
        "e\u0301",
        "𝟙",
        "😀",
        "\u2028",
        "\ud7ff",
    ),
    *(
        "Mo-Fr 25:00-26:00",
        "24/7",
        "PH off",
        "Mo-Fr 09:00-09:00",
        "Feb 30 off",
        "Jan-Dec off",
        "Su-Mo 22:00-06:00",
    ),
    *(
        "Mo 10:00-12:00; PH,Su 10:00-11:00; Dec 24-Jan 2 off",
        "sunrise-sunset",
        "week 1-53",
        "easter",
    ),
    *(
        "localtime",
        "EST",
        "right/UTC",
        "../../etc/passwd",
        "XXX",
        "PLN",
        "xx",
        "a" * 300,
        "half",
        "twenty",
    ),
    *(
        "<b>x</b>",
        "&amp;",
        "{{ x }}",
        "{% x %}",
        "[a](javascript:b)",
        "<script>",
        "${x}",
        "%s",
        "`x`",
        "**",
    ),
    *(
        "msgid",
        'msgid "x"',
        'msgstr "y"',
        "#, fuzzy",
        "#~ msgid",
        "#~| msgid",
        'domain "x"',
        "msgstr[0]",
    ),
)
"""What breaks readers: each stands for a kind of mistake."""

Edit = Callable[[str], str]


def _at(text: str, part: float) -> int:
    return int(part * len(text))


def _insert(part: float, odd: str) -> Edit:
    return lambda text: text[: _at(text, part)] + odd + text[_at(text, part) :]


def _cut(part: float, length: int) -> Edit:
    return lambda text: text[: _at(text, part)] + text[_at(text, part) + length :]


def _end(part: float) -> Edit:
    return lambda text: text[: _at(text, part)]


def _of_lines(change: Callable[[list[str], int], None], part: float) -> Edit:
    def edit(text: str) -> str:
        lines = text.split("\n")
        change(lines, min(int(part * len(lines)), len(lines) - 1))
        return "\n".join(lines)

    return edit


def _value(odd: str) -> Callable[[list[str], int], None]:
    """Another value in place of that of a line, where it has one."""

    def change(lines: list[str], at: int) -> None:
        key, colon, _ = lines[at].partition(": ")
        lines[at] = key + colon + odd if colon else odd

    return change


def _twice(lines: list[str], at: int) -> None:
    lines.insert(at, lines[at])


def _away(lines: list[str], at: int) -> None:
    del lines[at]


def _deeper(lines: list[str], at: int) -> None:
    lines[at] = "  " + lines[at]


def _flatter(lines: list[str], at: int) -> None:
    lines[at] = lines[at].removeprefix("  ")


def _swapped(lines: list[str], at: int) -> None:
    lines[at], lines[at - 1] = lines[at - 1], lines[at]


parts = st.floats(0, 1, exclude_max=True)
odd = st.one_of(st.sampled_from(ODD), st.sampled_from(ODD), st.text(max_size=8))
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_insert, parts, odd),
    st.builds(_cut, parts, st.integers(1, 40)),
    st.builds(_end, parts),
    st.builds(_of_lines, st.builds(_value, odd), parts),
    st.builds(_of_lines, st.builds(_value, odd), parts),
    st.builds(_of_lines, st.sampled_from((_twice, _away, _deeper, _flatter, _swapped)), parts),
)


def mutated(text: str) -> st.SearchStrategy[str]:
    """A text with one to four edits."""
    changes = st.lists(edits, min_size=1, max_size=4)
    return changes.map(lambda chosen: reduce(lambda written, edit: edit(written), chosen, text))


def mistyped(text: str) -> st.SearchStrategy[str]:
    """A text with one character gone, another, or one more, as a slip of the finger leaves it."""
    keys = st.one_of(st.sampled_from("{}[]:,-#'\"|>&*!%@`?\\ \n\t0"), st.characters(codec="utf-8"))
    slips = st.one_of(
        st.builds(_cut, parts, st.just(1)),
        st.builds(_insert, parts, keys),
        st.builds(_typed_over, parts, keys),
    )
    return slips.map(lambda slip: slip(text))


def _typed_over(part: float, key: str) -> Edit:
    return lambda text: text[: _at(text, part)] + key + text[_at(text, part) + 1 :]
