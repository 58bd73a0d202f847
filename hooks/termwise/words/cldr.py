"""What the calculator must know of a language, taken from Babel's CLDR data as plain JSON.

Patterns become `str.format` templates here, so that the browser needs neither Babel (415 ms to
import) nor a reader of CLDR's own pattern notation.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from gettext import c2py
from typing import Any, cast

from babel import Locale
from babel.dates import get_timezone_location, tokenize_pattern
from babel.messages.plurals import get_plural
from babel.numbers import get_currency_symbol

from termwise.languages import BY_CODE
from termwise.words.typography import set_text
from termwise_calculator.terms.money import NO_CURRENCY

# CLDR's date and time fields as names that the calculator fills.
_FIELDS = {
    ("E", 1): "{weekday_short}",
    ("E", 4): "{weekday}",
    ("d", 1): "{day}",
    ("d", 2): "{day:02}",
    ("M", 1): "{month_number}",
    ("M", 2): "{month_number:02}",
    ("M", 3): "{month_short}",
    ("M", 4): "{month}",
    ("y", 1): "{year}",
    ("H", 1): "{hour}",
    ("H", 2): "{hour:02}",
    ("m", 2): "{minute:02}",
    ("s", 2): "{second:02}",
}
_CHECKED_NUMBERS = 1000
_LEAST_GROUPED = {"pl": 2, "pt": 2}
"""CLDR's minimumGroupingDigits where it is not 1, which Babel 2.18 leaves out: 1107, 11 070."""
_DECLINED = {
    "pl": {
        "second": {
            "genitive": ["{0} sekundy", "{0} sekund", "{0} sekund"],
            "accusative": ["{0} sekundę", "{0} sekundy", "{0} sekund"],
        },
        "minute": {
            "genitive": ["{0} minuty", "{0} minut", "{0} minut"],
            "accusative": ["{0} minutę", "{0} minuty", "{0} minut"],
        },
        "hour": {
            "genitive": ["{0} godziny", "{0} godzin", "{0} godzin"],
            "accusative": ["{0} godzinę", "{0} godziny", "{0} godzin"],
        },
    }
}
"""CLDR's grammatical cases of units ("do 60 minut", "za 1 minutę"), which Babel does not read.

The other languages of the site decline no unit after a number.
"""


def locale_of(language: str) -> Locale:
    """The CLDR locale of a site language ("en" means British English, "pt" that of Portugal)."""
    return Locale.parse(BY_CODE[language].locale)


def locale_data(
    language: str, currencies: Iterable[str], zones: Iterable[str] = ()
) -> dict[str, Any]:
    """The patterns, names and symbols of one language, for these currencies and time zones."""
    locale = locale_of(language)
    symbols = locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "least_grouped": _LEAST_GROUPED.get(language, 1),
        "minus": "\N{MINUS SIGN}",
        "money": {code: _money(locale, code) for code in sorted(set(currencies))},
        "percent": _percent(locale, symbols["percentSign"]),
        "plural": plural_table(language),
        "units": {unit: _unit(locale, language, unit) for unit in ("second", "minute", "hour")},
        "days": {
            "wide": _in_order(locale.days["format"]["wide"]),
            "short": _in_order(locale.days["format"]["abbreviated"]),
            "alone": _in_order(locale.days["stand-alone"]["wide"]),
        },
        "months": {
            "wide": _in_order(locale.months["format"]["wide"]),
            "short": _in_order(locale.months["format"]["abbreviated"]),
        },
        "dates": {
            "long": _template(locale.date_formats["long"].pattern),
            "full": _template(locale.date_formats["full"].pattern),
            "medium": _template(_medium_date(locale)),
            "day": _template(locale.datetime_skeletons["MMMMd"].pattern),
        },
        "time": _template(locale.datetime_skeletons["Hm"].pattern),
        "time_with_seconds": _template(locale.datetime_skeletons["Hms"].pattern),
        "places": {zone: _place(zone, locale) for zone in sorted(set(zones))},
        "list": {
            place: set_text(pattern, language)
            for place, pattern in locale.list_patterns["standard"].items()
        },
    }


def _medium_date(locale: Locale) -> str:
    """With an abbreviated weekday; no month is told as a number, which is a figure of its own."""
    pattern = str(locale.datetime_skeletons["yMMMEd"].pattern)
    return pattern if "MMM" in pattern else f"E, {locale.date_formats['long'].pattern}"


@cache
def plural_table(language: str) -> str:
    """The index of the plural form for 0 to 199, a digit each; further on, the last 100 repeat.

    The forms and their order are gettext's, so that PO files need no other.
    Raises ValueError when the rule of the language does not repeat so.
    """
    index = _gettext_index(language)
    table = "".join(str(index(number)) for number in range(200))
    for number in range(200, _CHECKED_NUMBERS):
        if table[100 + number % 100] != str(index(number)):
            raise ValueError(f"plural forms of {language} do not repeat: {number}")
    return table


@cache
def plural_categories(language: str) -> tuple[str, ...]:
    """CLDR's names ("one", "few" …) of gettext's plural forms, in their order."""
    index, category = _gettext_index(language), locale_of(language).plural_form
    names = {index(number): category(number) for number in range(_CHECKED_NUMBERS)}
    return tuple(names[form] for form in sorted(names))


def part_category(language: str) -> str:
    """CLDR's name of the plural form of numbers that are not whole, such as 1.5."""
    return str(locale_of(language).plural_form(Decimal("1.5")))


def _gettext_index(language: str) -> Callable[[int], int]:
    return c2py(get_plural(BY_CODE[language].locale).plural_expr)


def _money(locale: Locale, code: str) -> str:
    if code == NO_CURRENCY:
        return "{0}"
    pattern = locale.currency_formats["standard"]
    symbol = get_currency_symbol(code, locale)
    before, after = cast(str, pattern.prefix[0]), cast(str, pattern.suffix[0])
    return before.replace("¤", _spaced_before(symbol)) + "{0}" + after.replace("¤", symbol)


def _spaced_before(symbol: str) -> str:
    """A symbol that stands right before a number, kept apart from it when it ends in a letter.

    CLDR asks for this no-break space (currencySpacing, UTS 35 part 3); Babel 2.18 leaves it out.
    """
    is_sign = unicodedata.category(symbol[-1]) == "Sc"
    return symbol if is_sign else symbol + "\N{NO-BREAK SPACE}"


def _percent(locale: Locale, sign: str) -> str:
    pattern = locale.percent_formats[None]
    before, after = cast(str, pattern.prefix[0]), cast(str, pattern.suffix[0])
    return (before + "{0}" + after).replace("%", sign)


def _unit(locale: Locale, language: str, unit: str) -> dict[str, list[str]]:
    patterns = locale._data["unit_patterns"][f"duration-{unit}"]  # has no public name
    counted = {length: _forms(patterns[length], language) for length in ("long", "short")}
    return counted | _DECLINED.get(language, {}).get(unit, {})


def _forms(patterns: Mapping[str, str], language: str) -> list[str]:
    return [patterns.get(name, patterns["other"]) for name in plural_categories(language)]


def _place(zone: str, locale: Locale) -> str:
    """The city whose time a zone is ("Warszawa")."""
    return get_timezone_location(zone, locale, return_city=True)


def _in_order(names: Mapping[int, str]) -> list[str]:
    return [names[key] for key in sorted(names)]


def _template(pattern: str) -> str:
    """A CLDR date or time pattern as a template of named fields. Raises KeyError on a new field."""
    return "".join(
        value if isinstance(value, str) else _FIELDS[value]
        for _kind, value in tokenize_pattern(pattern)
    )
