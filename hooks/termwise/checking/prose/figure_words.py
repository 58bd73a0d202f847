"""How figures look in words, language by language: units, inflections, words that are figures.

Small tables, not grammars: they need only what contracts and price lists say. A word that is
meant otherwise can always be marked as a literal in the text: {'double'}.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

Unit = str
"""One of money, seconds, minutes, hours, days, months, percent, factor, number and clock."""


@dataclass(frozen=True, slots=True)
class SpecialWord:
    """Words that are a figure by themselves, such as “half” or “an hour”."""

    words: str
    pattern: re.Pattern[str]
    unit: Unit
    value: Decimal


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What tells figures in one language.

    `after` and `before` are nouns around a number that tell its unit; `connectors` are words that
    may stand inside a number; `specials` are figures in one word, longest first.
    """

    after: Mapping[Unit, re.Pattern[str]]
    before: Mapping[Unit, re.Pattern[str]]
    connectors: frozenset[str]
    specials: tuple[SpecialWord, ...]


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE)


def _special(words: str, unit: Unit, value: str) -> SpecialWord:
    return SpecialWord(words, whole_words(words), unit, Decimal(value))


def whole_words(words: str) -> re.Pattern[str]:
    """A pattern of words, found where they are no part of longer ones."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


ENGLISH = FigureWords(
    after={
        "money": _whole("euros?|dollars?|pounds?|z[lł]ot(y|ys)|kroner|kr|net"),
        "seconds": _whole("sec(ond)?s?"),
        "minutes": _whole("min(ute)?s?"),
        "hours": _whole("hours?|h"),
        "days": _whole("days?|working|business"),
        "months": _whole("months?"),
        "percent": _whole("percent|per|percentage"),
        "factor": _whole("times|fold"),
        "clock": _whole("o’clock|o'clock|am|pm"),
    },
    before={"number": _whole("version|major|number"), "clock": _whole("at")},
    connectors=frozenset({"and"}),
    specials=(
        _special("half an hour|half[- ]hour(ly)?", "minutes", "30"),
        _special("(a )?quarter of an hour", "minutes", "15"),
        _special("three quarters of an hour", "minutes", "45"),
        _special("an hour and a half", "minutes", "90"),
        # “At any hour” and “hour by hour” are no lengths; nor are “on the hour”, “the hour of the
        # call” and “an hour that suits you”, which are times of day.
        _special(
            "(?<!on )(?<!at )((the hour(?! of (the|your|day)))|(an? hour))"
            "(?! (when|(at|in|on) which|(that|which) suits|you (choose|prefer)))|"
            "(one|per|each|every|full|whole|started|begun|first|next|further|additional|"
            "extra|another|opening) hour|hourly|hour-long",
            "minutes",
            "60",
        ),
        _special("half|halve[ds]?", "percent", "50"),
        _special("(a|one|by a) quarter", "percent", "25"),
        _special("twice|double[sd]?(?![- ]click)|twofold", "factor", "2"),
        _special("thrice|triple[sd]?|treble[sd]?|threefold", "factor", "3"),
        _special("quadruple[sd]?|fourfold", "factor", "4"),
        _special("noon|midday", "clock", "12"),
        _special("midnight", "clock", "0"),
    ),
)

# Hours of the clock from one to twenty-three, as they stand after “do godziny” and “o”.
POLISH_HOURS = (
    *("pierwszej", "drugiej", "trzeciej", "czwartej", "piątej", "szóstej", "siódmej", "ósmej"),
    *("dziewiątej", "dziesiątej", "jedenastej", "dwunastej", "trzynastej", "czternastej"),
    *("piętnastej", "szesnastej", "siedemnastej", "osiemnastej", "dziewiętnastej", "dwudziestej"),
    *("dwudziestej pierwszej", "dwudziestej drugiej", "dwudziestej trzeciej"),
)


def _polish_hour(hour: int) -> SpecialWord:
    words = POLISH_HOURS[hour - 1].replace("ej", "(?:ej|ą|a)")
    return _special(rf"(?:godzin\w+|od|do|po|przed|o) {words}", "clock", str(hour))


POLISH = FigureWords(
    after={
        "money": _whole(r"zł\w*|euro|dolar\w*|netto|brutto|groszy"),
        "seconds": _whole(r"sekund\w*|sek"),
        "minutes": _whole(r"minu\w+|min"),
        "hours": _whole(r"godzin\w*|godz|h"),
        "days": _whole(r"dni\w*|dzień|robocz\w+"),
        "months": _whole(r"miesi\w+"),
        "percent": _whole(r"procent\w*|proc"),
        "factor": _whole(r"razy|krotn\w+"),
    },
    before={
        "number": _whole(r"wersj\w+|numer\w*"),
        "clock": _whole(r"godzin\w+|godz"),
    },
    connectors=frozenset({"i"}),
    specials=(
        _special("pół godziny|półgodzin\\w*", "minutes", "30"),
        _special("półtor(ej|a) godziny|półtoragodzinn\\w+", "minutes", "90"),
        _special("kwadrans\\w*", "minutes", "15"),
        _special(
            "(za|co|na|każd\\w+|pełn\\w+|pierwsz\\w+|kolejn\\w+|rozpoczęt\\w+|jedn\\w+|ponad) "
            "godzin[aęąy]|jednogodzinn\\w+|godzinow(a|ą|ej|y|e|ego|ych)",
            "minutes",
            "60",
        ),
        _special("połow[aęąyie]\\w*|o połowę|pół ceny", "percent", "50"),
        _special("ćwierć|ćwiartk\\w+", "percent", "25"),
        _special("dwukrotn\\w+|podw[aó]j\\w+|dwa razy|podwoj\\w+", "factor", "2"),
        _special("trzykrotn\\w+|potr[oó]j\\w+|trzy razy", "factor", "3"),
        _special("czterokrotn\\w+|poczwórn\\w+|cztery razy", "factor", "4"),
        _special("w? ?południe|południa", "clock", "12"),
        _special("północ[yą]?", "clock", "0"),
        *(_polish_hour(hour) for hour in range(len(POLISH_HOURS), 0, -1)),
    ),
)

DANISH = FigureWords(
    after={
        "money": _whole("kroner|kr|euro|dollars?|zloty|złoty"),
        "seconds": _whole(r"sekund\w*|sek"),
        "minutes": _whole(r"minut\w*|min"),
        "hours": _whole(r"timers?|times?"),
        "days": _whole(r"dage?|hverdage?|arbejdsdage?"),
        "months": _whole("måned(?:er)?"),
        "percent": _whole("procent|pct"),
        "factor": _whole("gange?"),
    },
    before={"number": _whole(r"version\w*|nummer"), "clock": _whole("klokken|kl")},
    connectors=frozenset({"og"}),
    specials=(
        _special("en halv time|halve? times?|halvtimes?", "minutes", "30"),
        _special("halvanden time", "minutes", "90"),
        _special("trekvarter", "minutes", "45"),
        _special("et kvarter\\w*", "minutes", "15"),
        _special(
            "(en|én|pr\\.?|per|hver|påbegyndt|hele|første) times?|timepris\\w*|timesats\\w*|"
            "timebetaling\\w*|timelønn\\w*|i timen",
            "minutes",
            "60",
        ),
        _special("halvdelen|halvt?e? pris|halvere\\w*", "percent", "50"),
        _special("en fjerdedel", "percent", "25"),
        _special("dobbelte?|fordoble\\w*|to gange", "factor", "2"),
        _special("tredobbelte?|tre gange", "factor", "3"),
        _special("firedobbelte?|fire gange", "factor", "4"),
        _special("middag", "clock", "12"),
        _special("midnat", "clock", "0"),
    ),
)

PORTUGUESE = FigureWords(
    after={
        "money": _whole(r"euros?|cêntimos|dólar\w*|zl[oó]ti\w*|coroas|líquidos"),
        "seconds": _whole(r"segundos?|seg"),
        "minutes": _whole(r"minutos?|min"),
        "hours": _whole(r"horas?|h"),
        "days": _whole("dias?|úteis|útil"),
        "months": _whole("mês|meses"),
        "percent": _whole("por|percentuais"),
        "factor": _whole("vezes"),
        "clock": _whole("horas"),
    },
    before={"number": _whole(r"vers\w+|número"), "clock": _whole("às|as|das")},
    connectors=frozenset({"e"}),
    specials=(
        _special("meia[- ]hora", "minutes", "30"),
        _special("uma hora e meia|hora e meia", "minutes", "90"),
        _special("um quarto de hora", "minutes", "15"),
        _special(
            "((de|por|até|após|em|durante|cada|com|só|dur\\w+) uma|por|cada|à|primeira|única) "
            "hora(?! e meia)|hora (iniciada|começada|completa)|"
            "preço hora|preço/hora|horári[oa] de preço",
            "minutes",
            "60",
        ),
        _special("metade|meio preço", "percent", "50"),
        _special("um quarto", "percent", "25"),
        _special("dobro|duas vezes|duplic\\w+|dupl[ao]s?", "factor", "2"),
        _special("triplo|triplic\\w+|tripl[ao]s?", "factor", "3"),
        _special("quádrupl[ao]s?|quadruplic\\w+", "factor", "4"),
        _special("meio-dia", "clock", "12"),
        _special("meia-noite", "clock", "0"),
    ),
)

FIGURE_WORDS: Mapping[str, FigureWords] = {
    "en": ENGLISH,
    "pl": POLISH,
    "da": DANISH,
    "pt": PORTUGUESE,
}

POLISH_SMALL = {
    "dwa": "dwie dwóch dwu dwoma dwiema dwóm",
    "trzy": "trzech trzem trzema",
    "cztery": "czterech czterem czterema",
    "pięć": "pięciu pięcioma",
    "sześć": "sześciu sześcioma",
    "siedem": "siedmiu siedmioma",
    "osiem": "ośmiu ośmioma",
    "dziewięć": "dziewięciu dziewięcioma",
    "dziesięć": "dziesięciu dziesięcioma",
    "dwanaście": "dwunastu dwunastoma",
    "sto": "stu",
    "dwieście": "dwustu",
    "trzysta": "trzystu",
    "czterysta": "czterystu",
    "pięćset": "pięciuset",
    "sześćset": "sześciuset",
    "siedemset": "siedmiuset",
    "osiemset": "ośmiuset",
    "dziewięćset": "dziewięciuset",
    "tysiąc": "tysiąca tysiącem",
    "dwadzieścia": "dwudziestu dwudziestoma",
    "trzydzieści": "trzydziestu trzydziestoma",
    "czterdzieści": "czterdziestu czterdziestoma",
}

POLISH_ENDINGS = {"naście": ("nastu", "nastoma"), "dziesiąt": ("dziesięciu", "dziesięcioma")}


def inflected(word: str, language: str) -> frozenset[str]:
    """The forms in which a number word can stand in a sentence."""
    return frozenset({word, *_other_forms(word, language)})


def _other_forms(word: str, language: str) -> Iterator[str]:
    if language == "pl":
        yield from POLISH_SMALL.get(word, "").split()
        for ending, others in POLISH_ENDINGS.items():
            if word.endswith(ending):
                yield from (word.removesuffix(ending) + other for other in others)
    if language == "pt":
        yield from {"dois": ["duas"]}.get(word, [])
        if word.endswith("entos"):
            yield word.removesuffix("os") + "as"
    if language == "da":
        yield from {"treds": ["tres"], "tusind": ["tusinde"], "tusinde": ["tusind"]}.get(word, [])
