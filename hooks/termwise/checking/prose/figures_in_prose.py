"""Prose holds no figures: digits, signs and number words that a slot should fill are found here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from termwise.checking.prose.number_words import MINUTES_PER_HOUR, Figure, lexicon
from termwise.checking.prose.unfounded_figures import speaks_of_prices, unfounded_figures
from termwise.policy_form.yaml_text.characters import FIGURES_IN_LATIN_TEXT
from termwise_calculator.telling.slots import (
    Days,
    Duration,
    Factor,
    Money,
    Months,
    Number,
    Percent,
    Prose,
    Quantity,
    Range,
    Slot,
    SlotTable,
    SlotValue,
    WindowPart,
    parts_of,
)
from termwise_calculator.time.lengths import Minutes, is_whole, seconds_in
from termwise_calculator.time.windows import MINUTES_PER_DAY

# Digits of other scripts and signs such as Ⅻ are refused wherever they stand. What is counted in
# m² or km³ has no figure in it.
DIGITS = re.compile(
    r"[0-9]+(?:[.,:\u00a0\u202f ][0-9]+)*"
    rf"|(?<!\bm)(?<!\b[cdk]m)[{FIGURES_IN_LATIN_TEXT}]"
)
# Unicode's category Sc, in ranges.
CURRENCY_SIGNS = "$¢-¥֏؋߾߿৲৳৻૱௹฿៛\u20a0-\u20c0꠸﷼﹩＄￠￡￥￦"
PERCENT_SIGNS = "%‰‱٪"
CURRENCY_CODES = "EUR|USD|GBP|PLN|DKK|SEK|NOK|CHF|CZK|AUD|CAD|BRL"
LONGEST_SIGN = len("EUR ")
MOST_SLOTS_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a tariff, and the pattern of its signs: percent and currency."""

    figures: frozenset[Figure]
    signs: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SpelledFigure:
    """A figure that stands in prose: where, the word, and what should stand there instead."""

    offset: int
    word: str
    what: str
    expected: str
    mend: str


def figures_of(tables: Iterable[SlotTable]) -> Figures:
    """The figures of a tariff, from the slots of all its editions."""
    figures: set[Figure] = set()
    codes = set(CURRENCY_CODES.split("|"))
    for table in tables:
        for path, value in table.items():
            for end in (value.low, value.high) if isinstance(value, Range) else (value,):
                figures |= set(_figures_of_one(path, end))
                codes |= {end.currency} if isinstance(end, Money) else set()
    words = "|".join(sorted(codes))
    signs = re.compile(rf"[{PERCENT_SIGNS}]|[{CURRENCY_SIGNS}]|(?<!\w)(?:{words}|zł|kr\.)(?!\w)")
    return Figures(frozenset(figures), signs)


def _figures_of_one(path: str, value: SlotValue) -> Iterator[Figure]:
    match value:
        case Money(amount, _, _):
            yield Figure(amount, "money", path)
        case Duration(minutes):
            yield _length(minutes, path)
        case Months(months):
            yield Figure(Decimal(months), "months", path)
        case Days(days):
            yield Figure(Decimal(days), "days", path)
        case Percent(percent):
            yield Figure(percent, "percent", path)
        case Factor(factor):
            yield Figure(factor, "factor", path)
        case Number(number) | Quantity(number):
            yield Figure(Decimal(number), "number", path)
        case WindowPart(window, "start"):
            yield from (_clock(span.start, path) for span in window.spans)
        case WindowPart(window, "end"):
            yield from (_clock(span.end, path) for span in window.spans)


def _length(minutes: Minutes, path: str) -> Figure:
    if is_whole(minutes):
        return Figure(Decimal(int(minutes)), "minutes", path)
    return Figure(Decimal(seconds_in(minutes)), "seconds", path)


def _clock(minute_of_week: int, path: str) -> Figure:
    return Figure(Decimal(minute_of_week % MINUTES_PER_DAY) / MINUTES_PER_HOUR, "clock", path)


def spelled_figures(text: str, language: str, figures: Figures) -> list[SpelledFigure]:
    """Every figure in the prose of a text, in order; slots and marked literals are not prose."""
    found: list[SpelledFigure] = []
    parts = list(parts_of(text))
    of_prices = any(_is_of_prices(part, language, figures) for part in parts)
    for part in parts:
        if isinstance(part, Prose):
            digits = list(_digits(part, figures))
            found += digits
            found += _signs(part, figures, digits)
            words = list(_words(part, language, figures))
            found += words
            found += _unfounded(part, language, words, of_prices=of_prices)
    return sorted(found, key=lambda figure: figure.offset)


def _is_of_prices(part: object, language: str, figures: Figures) -> bool:
    """Tell whether a part of a text speaks of prices, in a word or by a slot."""
    if isinstance(part, Prose):
        return speaks_of_prices(part.text, language)
    priced = {one.path for one in figures.figures if one.unit in ("money", "factor")}
    return isinstance(part, Slot) and part.path in priced


def _digits(prose: Prose, figures: Figures) -> Iterator[SpelledFigure]:
    for match in DIGITS.finditer(prose.text):
        start, end = _with_signs(match, figures)
        word = prose.text[start:end]
        slots = _slots_of_digits(match[0], figures)
        literal = "{'" + word + "'}"
        mend = f"write {literal} if it is no figure of the tariff"
        if slots:
            mend = f"write {slots}; or {literal} if it is another figure"
        yield SpelledFigure(
            prose.offset + start,
            word,
            "A digit stands in the prose",
            "a slot, or a marked literal",
            mend,
        )


def _with_signs(digits: re.Match[str], figures: Figures) -> tuple[int, int]:
    """Where digits begin and end with the sign of a percentage or currency beside them."""
    text, (start, end) = digits.string, digits.span()
    behind = figures.signs.match(text, end) or figures.signs.match(text, end + 1)
    if behind and not text[end : behind.start()].strip():
        return start, behind.end()
    for before in figures.signs.finditer(text, max(start - LONGEST_SIGN, 0), start):
        if not text[before.end() : start].strip():
            return before.start(), end
    return start, end


def _slots_of_digits(digits: str, figures: Figures) -> str:
    """The slots whose figure is the number written, in minutes, money, percent or hours."""
    plain = re.sub(r"\s", "", digits).replace(",", ".").removesuffix(":00")
    if not re.fullmatch(r"\d+(\.\d+)?", plain, re.ASCII):
        return ""
    return _slots(one.path for one in figures.figures if one.value == Decimal(plain))


def _slots(paths: Iterable[str]) -> str:
    suggested = sorted(set(paths), key=lambda path: (path.count("."), path))
    return " or ".join("{" + path + "}" for path in suggested[:MOST_SLOTS_SUGGESTED])


def _signs(
    prose: Prose, figures: Figures, digits: Iterable[SpelledFigure]
) -> Iterator[SpelledFigure]:
    """Signs that stand apart from the digits that are told."""
    told = {at for one in digits for at in range(one.offset, one.offset + len(one.word))}
    for match in figures.signs.finditer(prose.text):
        if prose.offset + match.start() in told:
            continue
        kind, bring = ("currency", "currency")
        if match[0] in PERCENT_SIGNS:
            kind, bring = ("percent sign", "sign")
        yield SpelledFigure(
            prose.offset + match.start(),
            match[0],
            f"A {kind} stands in the prose",
            "a slot, which brings it",
            f"take it away and let the slot bring its {bring}",
        )


def _words(prose: Prose, language: str, figures: Figures) -> Iterator[SpelledFigure]:
    for spelled in lexicon(language, figures.figures).spelled(prose.text):
        word = prose.text[spelled.start : spelled.end]
        slots = _slots(spelled.paths)
        yield SpelledFigure(
            prose.offset + spelled.start,
            word,
            "A figure of the tariff stands in words",
            f"the slot {slots}",
            f"write {slots}; or {{'{word}'}} if it is another figure",
        )


def _unfounded(
    prose: Prose, language: str, known: Iterable[SpelledFigure], *, of_prices: bool
) -> Iterator[SpelledFigure]:
    """Figures in words that the tariff does not have, or no longer; those it has are `known`."""
    taken = {at for one in known for at in range(one.offset, one.offset + len(one.word))}
    for spelled in unfounded_figures(prose.text, language, of_prices=of_prices):
        offset, word = prose.offset + spelled.start, prose.text[spelled.start : spelled.end]
        if taken.isdisjoint(range(offset, offset + len(word))):
            yield SpelledFigure(
                offset,
                word,
                "A figure stands in words, and no value of the tariff is behind it",
                "a slot, such as {labour.price}",
                f"write the value as a rule and name its slot here; or {{'{word}'}} if it is no "
                "figure of the tariff",
            )
