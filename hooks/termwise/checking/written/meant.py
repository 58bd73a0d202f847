"""What was meant by a value or a field that is not known: where a near name would mislead."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from babel.numbers import get_currency_name, get_currency_symbol

from termwise.languages import TABLE
from termwise.policy_form.reference import only_place_of
from termwise.policy_form.yaml_text.source import Path
from termwise.problems import nearest, quoted
from termwise_calculator.terms.money import NO_CURRENCY

CURRENCIES = (
    *("EUR", "PLN", "DKK", "GBP", "USD", "AUD", "CAD", "CHF", "SEK", "NOK", "CZK", "HUF", "RON"),
    *("BGN", "UAH", "BRL", "NZD", "JPY", "CNY", "INR", "ZAR", "TRY", "ISK", NO_CURRENCY),
)

LIMIT = "write a limit: `limits: {id: {label: …, clause: …, %s: …}}`, named by the service"
OTHER_PRICE = "{of: work, times: 1.25} for so much of another price"
FIELDS: Mapping[tuple[str, str], str] = {
    ("windows", "minimum"): f"{LIMIT % 'minimum'}; a least time is `least: 60 min`",
    ("charges", "maximum"): LIMIT % "maximum",
    ("discounts", "amount"): "write “percent: 20%”; an amount less is a lower price",
}
"""Fields where they are not known, by what holds them: which field does what was meant."""

OTHER_NAMES: Mapping[str, Sequence[str]] = {
    ours: names.split()
    for ours, names in (
        ("price", "amount unit_amount cost fee tariff value"),
        ("value", "price amount percent percentage rate number hours window unit_price cost fee"),
        ("from", "since valid_from effective effective_from start start_date date on"),
        ("source", "note reference origin published document"),
        ("tax", "vat sales_tax"),
        ("effective", "valid_from start_date since"),
        ("ends", "valid_until valid_to expires end_date until to"),
        ("windows", "hours opening_hours schedule schedules"),
        ("timezone", "tz"),
        ("language", "locale"),
        ("site", "url link website address homepage page"),
        ("when", "if condition conditions"),
        ("in", "during inside window within"),
        ("per", "unit billing_unit interval increments"),
        ("percent", "rate"),
        ("text", "description summary content body"),
        ("times", "multiplier factor"),
        ("add", "surcharge markup plus extra"),
        ("question", "q"),
        ("answer", "a"),
        ("kind", "type"),
        ("label", "title"),
        ("title", "heading"),
    )
}
"""What other tools and forms of tariffs call each field of ours."""

OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "yes": ("true", "on", "tak", "ja", "sim", "y"),
    "no": ("false", "off", "nie", "nej", "não", "n"),
    "yes-no": ("boolean", "bool"),
    "choice": ("enum", "select"),
    "minutes": ("duration", "length", "hours", "time"),
    "start": ("date", "begin", "when"),
}
"""What programs, and other languages, call answers, kinds of questions and what a service asks."""

EACH = "(?i)(?:each |every |per |an? )?"
LENGTH = r"(?P<n>[1-9]\d{0,5}) ?(?:m|mins?|minutes?)?"
EXACT = r"“\g<n> min”"
VALUES: Sequence[tuple[str, str, str, str]] = (
    ("charges", "minimum", r"\d.*", f"{LIMIT % 'minimum'}; a least time is `least: 30 min`"),
    ("charges", "tolerance", ".*", "write “{length: 5 min, clause: …}”"),
    (
        "charges",
        "price",
        r".*\d\s*[x×*].*",
        f"write the amount, or {OTHER_PRICE}; for some hours, `times` under `rate` multiplies it",
    ),
    ("charges", "per", f"{EACH}hour", "write “60 min”, counted exactly, or “started 60 min”"),
    ("charges", "per", f"{EACH}started hour", "write “started 60 min”"),
    ("charges", "per", f"{EACH}half( an)? hour", "write “30 min”, or “started 30 min”"),
    ("charges", "per", f"{EACH}started half( an)? hour", "write “started 30 min”"),
    (
        "charges",
        "per",
        EACH + LENGTH,
        r"write “\g<n> min”, counted exactly, or “started \g<n> min”",
    ),
    ("charges", "per", f"{EACH}started {LENGTH}", r"write “started \g<n> min”"),
    ("tax", "prices", "(?i)(net|netto|exclusive|ex(cl)?)", "did you mean “excluded”?"),
    ("tax", "prices", "(?i)(gross|brutto|inclusive|inc(l)?)", "did you mean “included”?"),
    ("services", "asks", "(?i)(|none|nothing|no|-)", "write “[]”, where the service asks neither"),
)
"""Values that cannot be read: what holds the field, the field, a pattern, how to mend it."""


def field_meant(path: Path) -> str:
    """Which field does what an unknown one was meant to do; empty where nobody knows."""
    return next((mend for (holder, name), mend in FIELDS.items() if _is(path, holder, name)), "")


def field_named(field: str, known: Iterable[str]) -> str:
    """The known field that an unknown one stands for, by its other name or a slip; or empty.

    The name of a field that belongs elsewhere is no slip.
    """
    names, written = [*known], field.replace("-", "_").casefold()
    meant = (ours for ours, others in OTHER_NAMES.items() if ours in names and written in others)
    by_other_name = next(meant, "")
    return by_other_name or ("" if only_place_of(field) else nearest(field, names))


def word_meant(found: str, known: Collection[str]) -> str:
    """The word in ours; of the name of a language its beginning, as in en-GB or English."""
    language, written = found[:2].casefold(), found.casefold()
    if "en" in known and language in known:
        return language
    meant = (ours for ours, others in OTHER_WORDS.items() if ours in known and written in others)
    return next(meant, found)


def value_meant(path: Path, found: object) -> str:
    """How to write what a value was meant to say; empty where nobody knows."""
    field = path[:-1] if isinstance(path[-1], int) else path
    for holder, name, pattern, mend in VALUES:
        written = re.fullmatch(pattern, str(found or "")) if _is(field, holder, name) else None
        if written:
            return written.expand(mend)
    return ""


def _is(path: Path, holder: str, name: str) -> bool:
    return path[-1:] == (name,) and holder in path[:-1]


def currency_meant(found: str) -> str:
    """How to mend a currency that is no code: by its sign or its name in any of our languages."""
    code = _by_name().get(found.strip(" .").casefold())
    near = code or nearest(found.upper(), CURRENCIES)
    return f"did you mean {quoted(near)}?" if near else "write the code of the currency alone"


@cache
def _by_name() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code in CURRENCIES:
        for language in TABLE:
            written = [get_currency_symbol(code, language.locale)]
            written += [get_currency_name(code, count, language.locale) for count in (1, 2, 5)]
            for name in written:
                names.setdefault(name.strip(".").casefold(), code)
                # “kroner” and “złoty” are said without their country, and without their letters.
                for word in name.casefold().split():
                    names.setdefault(word, code)
                    names.setdefault(word.translate(PLAIN), code)
    return names


PLAIN = str.maketrans("łóń", "lon")
