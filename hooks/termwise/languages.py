"""The languages of the site, the default first: the one table of them.

A further language needs a row here, its words (`words/locales`,
`checking/prose/figure_words.py`) and the hand-written pages in `docs/`.
"""

from typing import Literal, NamedTuple, get_args

LanguageCode = Literal["en", "pl", "da", "pt"]


class Language(NamedTuple):
    """A language by the names that others know it by.

    `tag` is as `<html lang>` spells it, `locale` as CLDR does, `name` is what its readers call it.
    `holiday_names` are how the library of public holidays calls it, the nearest first.
    """

    code: LanguageCode
    name: str
    tag: str
    locale: str
    holiday_names: tuple[str, ...]


TABLE = (
    Language("en", "English", "en", "en_GB", ("en_GB", "en_US")),
    Language("pl", "Polski", "pl", "pl", ("pl",)),
    Language("da", "Dansk", "da", "da", ("da",)),
    Language("pt", "Português", "pt-PT", "pt_PT", ("pt_PT",)),
)
BY_CODE: dict[str, Language] = {language.code: language for language in TABLE}
LANGUAGES: tuple[str, ...] = get_args(LanguageCode)
DEFAULT_LANGUAGE = LANGUAGES[0]
"""Its pages stand at the root of the site, those of the others in folders of their own."""

HTML_LANGUAGES: dict[str, str] = {language.code: language.tag for language in TABLE}


def home_of(language: str) -> str:
    """The beginning of every address in a language, seen from the site's root: empty, or `pl/`."""
    return "" if language == DEFAULT_LANGUAGE else f"{language}/"
