"""What was meant by a value that cannot be read as it is written: the same in our notation.

Each function gives the value as it may be meant, or nothing where nobody knows.
"""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from termwise.policy_form.hours.meant import DAYS

PARTED = re.compile(
    r"(?P<whole>\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,](?:(?P<cents>\d\d?)|[-–—]+))?", re.ASCII
)
"""An amount with marks between its thousands, a comma before its cents, or a stroke for them."""

SIGN = r"(?:[^\W\d_]{2,4}\.?|[^\w\s.,;:%+'\"*/()\[\]{}<>=&@#!?-])"
"""A currency beside an amount: its code, its short name, its sign."""

NEAR_LENGTH = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,4})?) ?(m|h|g|t)(?:in\w*\.?|r?s?|ours?|odz\w*\.?|imer?|oras?)?", re.ASCII
)
DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"),
    *("%d.%m.%Y", "%d. %m. %Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"),
)
STROKES = ("%d/%m/%Y", "%m/%d/%Y")
"""How days are written elsewhere; between strokes nobody knows which of two is the month."""


def amount_meant(text: str) -> str:
    """An amount with its currency, with marks between thousands or a comma before the cents."""
    bare = re.sub(rf"^{SIGN} ?|(?<=\d) ?{SIGN}$", "", text.strip())
    parted = PARTED.fullmatch(bare)
    if not parted:
        return ""
    whole, cents = re.sub(r"\D", "", parted["whole"]), parted["cents"] or ""
    return f"{whole}.{cents:0<2}"


def percent_meant(text: str) -> str:
    """A percentage with a comma, a plus or a word for its sign, without one, or a part of one."""
    spelled = re.fullmatch(r"\+?(?P<n>\d+(?:[.,]\d+)?) ?(?:%|per ?cent|pct|procent|)", text)
    if re.fullmatch(r"0[.,]\d{1,4}", text):
        return f"{(Decimal(text.replace(',', '.')) * 100).normalize():f}%"
    return f"{spelled['n'].replace(',', '.')}%" if spelled else ""


def factor_meant(text: str) -> str:
    """A factor with a sign for “times”, with a comma, or as a percentage of the price."""
    written = text.replace(",", ".").strip(" x×*")
    if re.fullmatch(r"\d{1,6}(\.\d{1,4})?", written):
        return written
    percent = re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?) ?%", written)
    return f"{(Decimal(percent[1]) / 100).normalize():f}" if percent else ""


def length_meant(text: str) -> str:
    """A length in words, without its space or without its unit, which may be either."""
    near = NEAR_LENGTH.fullmatch(text.casefold())
    if near:
        return f"{near[1].replace(',', '.')} {'min' if near[2] == 'm' else 'h'}"
    return f"{text} min” or “{text} h" if re.fullmatch(r"[1-9]\d{0,3}", text) else ""


def dates_meant(text: str) -> list[str]:
    """The days that a date in another form may stand for."""
    for forms in (DATES, STROKES):
        found: list[date] = []
        for form in forms:
            with suppress(ValueError):
                found.append(datetime.strptime(text, form).date())  # noqa: DTZ007 (a day)
        if found:
            return [day.isoformat() for day in dict.fromkeys(found)]
    return []


def week_time_meant(text: str) -> str:
    """A weekday under another name with its time."""
    written = re.fullmatch(r"([^\W\d_]+),? +(\d{1,2})[:.](\d\d)", text.strip())
    day = DAYS.get(written[1].casefold(), "") if written else ""
    return f"{day} {written[2]:0>2}:{written[3]}" if written and len(day) == len("Mo") else ""
