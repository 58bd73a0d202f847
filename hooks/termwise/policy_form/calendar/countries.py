"""Countries as policies write them: by their code, or by a name in a language of the site."""

from collections.abc import Mapping
from functools import cache

from termwise.languages import TABLE

CODE_LENGTH = 2


def country_code(written: str) -> str:
    """The code of a country that is written by code or by name; what is neither stays as it is."""
    if len(written) == CODE_LENGTH:
        return written
    return code_among(written, country_names())


def code_among(written: str, names: Mapping[str, str]) -> str:
    """The code that a name stands for, whatever its capitals; what is no name stays as it is."""
    return {_plain(name): code for name, code in names.items()}.get(_plain(written), written)


@cache
def country_names() -> Mapping[str, str]:
    """The codes of countries by their names in the languages of the site."""
    from babel import Locale  # noqa: PLC0415 (needed where a country is written by its name)

    return {
        name: code
        for language in TABLE
        for code, name in Locale.parse(language.locale).territories.items()
        if len(code) == CODE_LENGTH and code.isalpha()
    }


@cache
def names_of_their_own() -> Mapping[str, str]:
    """The codes of countries by their names in their own languages, as far as these are known.

    They are for hints alone: in a browser there are no other languages than those of the site.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (needed where a name is unknown)
    from babel.languages import get_official_languages  # noqa: PLC0415

    names = {}
    for code in country_names().values():
        for language in get_official_languages(code):
            try:
                names[Locale.parse(language).territories.get(code, code)] = code
            except UnknownLocaleError:
                continue
    return names


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
