"""Figures in words behind which no value of the tariff stands: “twice that”, “forty minutes”.

They outlive the rule that they stated. A number word beside a unit or a currency is always one. A
multiple or a fraction is one where the text speaks of prices, unless something else is counted
beside it: a double click is no price.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from termwise.checking.prose.figure_words import FIGURE_WORDS, whole_words
from termwise.checking.prose.number_words import MOST_KEPT, TOO_COMMON, number_words

MOST_WORDS = 9
"""Of a number, after its first."""

JOINED = re.compile(r"-(?!price)\w")
PRICED_UNITS = ("factor", "percent")
WORDS_BESIDE = 24
"""Characters before and after a multiple in which something else may be named that it counts."""


@dataclass(frozen=True, slots=True)
class FoundWord:
    """Words that state a figure, from `start` to `end` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unfounded:
    """What tells such figures in one language.

    `prices` are words of a text that speaks of prices, `others` name what else is counted twice or
    cut in half, `fractions` and `lengths` are figures in one word, `units` follow a number word.
    """

    prices: re.Pattern[str]
    others: re.Pattern[str]
    fractions: str
    lengths: str
    units: re.Pattern[str]


def _part(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


UNFOUNDED = {
    "en": Unfounded(
        prices=whole_words(
            r"costs?|pric\w+|rates?|pays?|paid|payable|payments?|charg\w+|fees?|bill(?:ed|s)?|due"
            r"|tariffs?|discount\w*|surcharg\w+|cheaper|dearer|net|gross"
        ),
        others=_part(
            r"click|tap|check|both|screen|monitor|display|sided|hearted|blind|way|"
            r"an? (?:day|week|month|year)|(?:per|each|every) (?:day|week|month|year)|"
            r"as (?:fast|long)"
        ),
        fractions=r"(?:a|one) third(?= of| off)|two[- ]thirds|three[- ]quarters",
        lengths=r"half an hour|(?:a )?quarter of an hour|three quarters of an hour|"
        r"an hour and a half",
        units=_part(
            r"euros?|dollars?|pounds?|cents?|z[lł]ot(?:y|ys)|kroner|sec(?:ond)?s|min(?:ute)?s?|"
            r"hours?|days?|percent"
        ),
    ),
    "pl": Unfounded(
        prices=whole_words(
            r"koszt\w*|cen[aęyą]?|cenie|cenami|stawk\w+|stawek|(?:za)?płac\w+|opłat\w*|"
            r"należno\w+|taryf\w*|rabat\w*|dopłat\w*|taniej|drożej|drożs\w+|tańsz\w+|netto|brutto"
        ),
        others=_part(
            r"klik|ekran|monitor|sprawdz|w (?:tygodniu|miesiącu|roku)|dziennie|rocznie|miesięcznie"
        ),
        fractions=r"jedn\w+ trzeci\w+|dw\w+ trzeci\w+|trz\w+ czwart\w+",
        lengths=r"pół godziny|półtor(?:ej|a) godziny|kwadrans\w*",
        units=_part(
            r"zł|złot\w+|euro|dolar\w*|groszy|sekund\w*|minut\w*|min|godzin\w*|godz|dni\w*|procent\w*"
        ),
    ),
    "da": Unfounded(
        prices=whole_words(
            r"kost\w*|\w*pris\w*|\w*takst\w*|\w*sats\w*|\w*betal\w*|gebyr\w*|beløb\w*|\w*rabat\w*|"
            r"tillæg\w*|billigere|dyrere|honorar\w*|netto|brutto"
        ),
        others=_part(r"klik|skærm|tjek|kontrol|om (?:dagen|ugen|måneden|året)"),
        fractions=r"det halve|en tredjedel|to tredjedele|tre ?fjerdedele",
        lengths=r"en halv time|halvanden time|et kvarter|tre kvarter|trekvarter",
        units=_part(
            r"kroner|kr|euro|dollars?|z[lł]oty|sekund\w*|minut\w*|min|timers?|dage?|hverdage?|"
            r"arbejdsdage?|procent|pct"
        ),
    ),
    "pt": Unfounded(
        prices=whole_words(
            r"cust\w+|preç\w+|tarif\w+|taxas?|pag(?:a|as|am|ar|ará|o|os|amento\w*)|cobr\w+|"
            r"descont\w+|acréscim\w+|honorár\w+|barat\w+|car[oa]s?|líquid\w+"
        ),
        others=_part(r"cliqu|clica|ecrã|verific|por (?:dia|semana|mês|ano)|ao (?:dia|mês|ano)"),
        fractions=r"um terço|dois terços|três quartos",
        lengths=r"meia hora|um quarto de hora|hora e meia",
        units=_part(
            r"euros?|cêntimos|dólar\w*|zl[oó]tis?|coroas|segundos?|minutos?|min|horas?|dias?|"
            r"por cento"
        ),
    ),
}

SEVEN_DAYS = {"en": "seven days", "pl": "siedem dni", "da": "syv dage", "pt": "sete dias"}
"""All the week, which is no figure."""


@lru_cache(maxsize=MOST_KEPT)
def unfounded_figures(prose: str, language: str, *, of_prices: bool) -> tuple[FoundWord, ...]:
    """The figures in words of a piece of prose; `of_prices` tells that its text speaks of such."""
    found = [*_counted(prose, language), *_lengths(prose, language)]
    if of_prices:
        taken = {at for one in found for at in range(one.start, one.end)}
        found += [one for one in _multiples(prose, language) if one.start not in taken]
    return tuple(sorted(found, key=lambda one: one.start))


@lru_cache(maxsize=MOST_KEPT)
def speaks_of_prices(text: str, language: str) -> bool:
    """Tell whether a text has a word that is said of prices."""
    return UNFOUNDED[language].prices.search(text) is not None


def _lengths(prose: str, language: str) -> Iterator[FoundWord]:
    for match in whole_words(UNFOUNDED[language].lengths).finditer(prose):
        yield FoundWord(match.start(), match.end())


def _multiples(prose: str, language: str) -> Iterator[FoundWord]:
    """Multiples and fractions, but where they are told of something else."""
    others = UNFOUNDED[language].others
    for match in _any_multiple(language).finditer(prose):
        first = max(match.start() - WORDS_BESIDE, 0)
        beside = (
            prose[first : match.start()] + " … " + prose[match.end() : match.end() + WORDS_BESIDE]
        )
        joined = JOINED.match(prose, match.end())
        if not joined and not others.search(beside):
            yield FoundWord(match.start(), match.end())


@cache
def _any_multiple(language: str) -> re.Pattern[str]:
    words = [one.words for one in FIGURE_WORDS[language].specials if one.unit in PRICED_UNITS]
    return whole_words("|".join([UNFOUNDED[language].fractions, *words]))


def _counted(prose: str, language: str) -> Iterator[FoundWord]:
    """Number words with a unit or a currency right behind them, or behind one more word."""
    for match in _number_and_unit(language).finditer(prose):
        if match[0].casefold() != SEVEN_DAYS[language]:
            yield FoundWord(match.start("number"), match.end("number"))


@cache
def _number_and_unit(language: str) -> re.Pattern[str]:
    number = "|".join(sorted(number_words(language), key=len, reverse=True))
    connectors = "|".join(FIGURE_WORDS[language].connectors)
    common = "|".join(TOO_COMMON[language])
    more = rf"(?:[- ](?:(?:{connectors})[- ])?(?:{number}|{common})){{0,{MOST_WORDS}}}"
    several = rf"(?:{number}){more}"
    begun = (
        r"(?:started |begun |full |working |business |påbegyndte |hele |pełn\w+ |rozpoczęt\w+ )?"
    )
    after = rf"[- ]{begun}(?:{UNFOUNDED[language].units.pattern})"
    return whole_words(rf"(?:(?:{common})[- ])?(?P<number>{several}){after}")
