"""What was meant by a value or a field that is not known: where a near name would mislead."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel.numbers import get_currency_name, get_currency_symbol

from termwise.languages import TABLE
from termwise.policy_form.yaml_text.source import Path
from termwise.problems import did_you_mean, quoted
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
}
"""Fields where they are not known, by what holds them: which field does what was meant."""

VALUES: Sequence[tuple[str, str, str, str]] = (
    ("charges", "minimum", r"\d.*", f"{LIMIT % 'minimum'}; a least time is `least: 30 min`"),
    ("charges", "tolerance", ".*", "write “{length: 5 min, clause: …}”"),
    (
        "charges",
        "price",
        r".*\d\s*[x×*].*",
        f"write the amount, or {OTHER_PRICE}; for some hours, `times` under `rate` multiplies it",
    ),
    ("charges", "per", "hour", "write “60 min”, counted exactly, or “started 60 min”"),
    ("charges", "per", "started hour", "write “started 60 min”"),
    ("services", "asks", "(?i)(|none|nothing|no|-)", "write “[]”, where the service asks neither"),
)
"""Values that cannot be read: what holds the field, the field, a pattern, how to mend it."""


def field_meant(path: Path) -> str:
    """Which field does what an unknown one was meant to do; empty where nobody knows."""
    return next((mend for (holder, name), mend in FIELDS.items() if _is(path, holder, name)), "")


def value_meant(path: Path, found: object) -> str:
    """How to write what a value was meant to say; empty where nobody knows."""
    field = path[:-1] if isinstance(path[-1], int) else path
    for holder, name, pattern, mend in VALUES:
        if _is(field, holder, name) and re.fullmatch(pattern, str(found or "")):
            return mend
    return ""


def _is(path: Path, holder: str, name: str) -> bool:
    return path[-1:] == (name,) and holder in path[:-1]


def currency_meant(found: str) -> str:
    """How to mend a currency that is no code: by its sign or its name in any of our languages."""
    code = _by_name().get(found.strip(" .").casefold())
    return f"did you mean {quoted(code)}?" if code else did_you_mean(found.upper(), CURRENCIES)


@cache
def _by_name() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code in CURRENCIES:
        for language in TABLE:
            written = [get_currency_symbol(code, language.locale)]
            written += [get_currency_name(code, count, language.locale) for count in (1, 2, 5)]
            for name in written:
                names.setdefault(name.strip(".").casefold(), code)
                # “kroner” and “zloty” are said without their country, and without their letters.
                names.setdefault(name.casefold().split()[-1].translate(PLAIN), code)
    return names


PLAIN = str.maketrans("łóń", "lon")
