"""The public holidays of a policy: a country's by a kept library, and days listed by date.

They are compiled to dates with their names, so that the calculator needs no library and the digest
of the terms covers them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from termwise.languages import BY_CODE
from termwise.policy_form.calendar.countries import code_among, country_code, country_names
from termwise.policy_form.calendar.days import HolidayDate, HolidayText
from termwise.policy_form.calendar.sparing_imports import spare_imports_of
from termwise.policy_form.values import Clauses, PolicyModel, Text

HORIZON_YEARS = 10
"""For how many years after the page was read its public holidays are known."""
YEARS_BEYOND = 1
"""Years after that of which they are known too, so that what begins by then is counted right."""


class HolidayTerms(PolicyModel):
    """Which days are public holidays, for windows that name them (PH)."""

    clause: Clauses = Field(description="The clause that says so: its id, or a list of ids.")
    country: Text | None = Field(
        None,
        description="The country whose public holidays count, by its code, such as PL, or by its "
        "name in a language of the site: Poland, Polska.",
    )
    subdivision: Text | None = Field(
        None,
        description="The part of the country where holidays differ, by its code or by its name "
        "there: BY, Bayern.",
    )
    half_days: Literal["ordinary days", "whole holidays", "in the windows"] | None = Field(
        None,
        description="What half holidays of the country are, such as Christmas Eve from one o’clock "
        "on: ordinary days; whole holidays; or in the windows, which name their dates and hours "
        "themselves: Dec 24 13:00-24:00. Needed where the country has any.",
    )
    also: tuple[HolidayText, ...] = Field(
        (), description="Further days: 2026-12-24, or Dec 24 for every year."
    )
    except_: tuple[HolidayText, ...] = Field(
        (), alias="except", description="Public holidays that do not count, written likewise."
    )


class UnknownCountry(ValueError):
    """The library has no holidays of this country, or of this part of it.

    `known` are the codes of those that it has, and `names` what else they may be called.
    """

    def __init__(self, what: str, known: Iterable[str], names: Iterable[str]) -> None:
        super().__init__(what)
        self.known = sorted(known)
        self.names = sorted(names)


def compiled_holidays(
    terms: HolidayTerms, effective: date | None, read: date, language: str
) -> dict[str, Any]:
    """The calendar of an edition: from the year of its terms until years after it was read.

    Of terms without a stated beginning: from the year before they were read.
    """
    first = effective.year if effective else read.year - 1
    last = max(effective or read, read).year + HORIZON_YEARS
    names, of_names = holiday_names(terms, range(first, last + YEARS_BEYOND + 1), language)
    return {
        "clauses": list(terms.clause),
        "from": date(first, 1, 1).isoformat(),
        "until": date(last, 12, 31).isoformat(),
        "language": of_names,
        "days": {day.isoformat(): name for day, name in sorted(names.items())},
    }


def holiday_names(
    terms: HolidayTerms, years: Iterable[int], language: str
) -> tuple[dict[date, str], str]:
    """The holidays of some years with their names, and the language of these.

    Days listed by date have no name. Raises UnknownCountry.
    """
    names, of_names = _of_country(terms, years, language) if terms.country else ({}, language)
    for day in dates_of(terms.except_, years):
        names.pop(day, None)
    return dict.fromkeys(dates_of(terms.also, years), "") | names, of_names


def half_days(terms: HolidayTerms, year: int) -> dict[date, str]:
    """The half holidays of a country in a year, by their names. Raises UnknownCountry."""
    if terms.country is None:
        return {}
    return _of_country(terms, [year], "en", ("half_day",))[0]


def dates_of(days: Iterable[HolidayDate], years: Iterable[int]) -> list[date]:
    """Days listed in a policy as dates of some years."""
    return [day for one in days for year in years if (day := one.on(year))]


def _of_country(
    terms: HolidayTerms,
    years: Iterable[int],
    language: str,
    categories: tuple[str, ...] | None = None,
) -> tuple[dict[date, str], str]:
    """The public holidays of the country, named in the policy's language or in its own."""
    if categories is None:
        whole = terms.half_days == "whole holidays"
        categories = ("public", "half_day") if whole else ("public",)
    import holidays  # noqa: PLC0415 (needed for few policies)
    from holidays.registry import EntityLoader  # noqa: PLC0415

    spare_imports_of("holidays.countries")  # of 250, in 8 MB
    supported = set(EntityLoader.get_country_codes(include_aliases=False))
    country = country_code(terms.country or "")
    if country not in supported:
        raise UnknownCountry("country", supported, country_names())
    calendar = holidays.country_holidays(country)
    subdivision, aliases = terms.subdivision, calendar.subdivisions_aliases
    if subdivision is not None and subdivision not in calendar.subdivisions:
        subdivision = code_among(subdivision, aliases)
        if subdivision not in calendar.subdivisions:
            raise UnknownCountry("subdivision", calendar.subdivisions, aliases)
    of_names = _names_in(calendar, language)
    known = tuple(one for one in categories if one in calendar.supported_categories)
    if not known:
        return {}, language
    found = holidays.country_holidays(
        country,
        subdiv=subdivision,
        years=list(years),
        language=of_names,
        categories=known,
    )
    return dict(found.items()), (of_names or "en").replace("_", "-")


def _names_in(calendar: Any, language: str) -> str | None:
    """The library's language for names; none where it has names in one language alone.

    It must be said: else the library looks into the environment.
    """
    known = calendar.supported_languages
    nearest = [name for name in BY_CODE[language].holiday_names if name in known]
    return nearest[0] if nearest else calendar.default_language
