"""Figures, dates and hours read as CLDR says, in every language, without Babel at run time."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from termwise.languages import HTML_LANGUAGES, LANGUAGES
from termwise.words.catalogue import interface_messages
from termwise.words.cldr import (
    locale_data,
    locale_of,
    plural_categories,
    plural_table,
)
from termwise.words.typography import set_text
from termwise_calculator.telling.hours import (
    window_days,
    window_end,
    window_hours,
    window_start,
    window_text,
)
from termwise_calculator.telling.words import Words
from termwise_calculator.time.weekly_hours import groups_of, long_spans
from termwise_calculator.time.windows import (
    MINUTES_PER_DAY,
    MINUTES_PER_WEEK,
    ExceptionalDays,
    Span,
    Window,
)

CURRENCIES = ("PLN", "EUR", "AUD", "GBP", "DKK", "XXX")
THIN_SPACE = "\N{THIN SPACE}"
WHOLES = (0, 1, 6, 10, 99, 100, 999, 1000, 1234, 9999, 10_000, 123_456, 1_234_567, 98_765_432)
CENTS = (0, 1, 5, 10, 50, 75, 99)
AMOUNTS = [
    sign * Decimal(whole * 100 + cents).scaleb(-2)
    for whole in WHOLES
    for cents in CENTS
    for sign in (1, -1)
    if whole or cents
] + [Decimal("0.00")]
DECIMALS = [Decimal(text) for text in ("0.5", "1.25", "2.500", "0.125", "1234.0625", "-7.6")]


def words_of(language: str, texts: dict[str, Any] | None = None) -> Words:
    """The words of one language with its interface, as the pages and the browser get them."""
    return Words(
        {
            "language": language,
            "html_lang": HTML_LANGUAGES[language],
            "locale": locale_data(language, CURRENCIES),
            "messages": interface_messages(language),
            "texts": texts or {},
        }
    )


WORDS = {language: words_of(language) for language in LANGUAGES}


def as_set(written: str, language: str) -> str:
    """What Babel writes, with our minus sign, and four digits together where CLDR asks for that.

    Babel 2.18 does not know CLDR's minimumGroupingDigits: 2 in Polish and European Portuguese. The
    minus of CLDR is a hyphen in these languages; there is one sign for it on the whole site.
    """
    written = written.replace("-", "\N{MINUS SIGN}")
    if language not in {"pl", "pt"}:
        return written
    return re.sub(r"(?<![\d\xa0])(\d)\xa0(\d{3})(?!\xa0\d|\d)", r"\1\2", written)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the site in turn."""
    return str(request.param)


def test_numbers_read_as_babel_writes_them(language: str) -> None:
    """Every number of the grid, whole or not, is written as CLDR has it."""
    words, locale = words_of(language), locale_of(language)
    for number in [*AMOUNTS, *DECIMALS]:
        expected = format_decimal(number, locale=locale, decimal_quantization=False)
        assert words.number(number) == as_set(expected, language)


@pytest.mark.parametrize("currency", ["PLN", "EUR", "AUD", "GBP", "DKK"])
def test_money_reads_as_babel_writes_it(language: str, currency: str) -> None:
    """Every amount of the grid; a code right before a number is kept apart from it."""
    words, locale = words_of(language), locale_of(language)
    # CLDR's currencySpacing, which Babel does not know: "PLN 100.00", but "A$100.00".
    spaced = language == "en" and currency in {"PLN", "DKK"}
    pattern = "¤\N{NO-BREAK SPACE}#,##0.00" if spaced else None
    for amount in AMOUNTS:
        expected = format_currency(amount, currency, pattern, locale=locale)
        assert words.money(amount, currency, 2) == as_set(expected, language)


def test_money_without_currency_is_a_bare_amount(language: str) -> None:
    """A provider that names no currency has none shown; nothing due reads as a word."""
    words, locale = words_of(language), locale_of(language)
    for amount in AMOUNTS:
        expected = format_decimal(amount, "#,##0.00", locale=locale)
        assert words.money(amount, "XXX", 2) == as_set(expected, language)
    assert words.money_or_free(Decimal("0.00"), "XXX", 2) == words.free()
    assert words.money_or_free(Decimal("1.00"), "EUR", 2) == words.money(Decimal(1), "EUR", 2)


def test_a_tax_has_the_name_of_the_language() -> None:
    """Value-added tax is called as the reader calls it; a foreign tax keeps its name."""
    assert [WORDS[language].tax_name("VAT") for language in LANGUAGES] == [
        "VAT",
        "VAT",
        "moms",
        "IVA",
    ]
    assert {WORDS[language].tax_name("GST") for language in LANGUAGES} == {"GST"}


def test_percentages_read_as_babel_writes_them(language: str) -> None:
    """Tenths of a percent from 0 to 100 keep their decimals."""
    words, locale = words_of(language), locale_of(language)
    for tenths in range(1001):
        percent = Decimal(tenths) / 10
        expected = format_percent(percent / 100, locale=locale, decimal_quantization=False)
        assert words.percent(percent) == expected


@pytest.mark.parametrize("style", ["long", "short"])
def test_minutes_and_hours_read_as_babel_writes_them(language: str, style: str) -> None:
    """Lengths from 0 to 1 500 minutes agree with their number."""
    words, locale = words_of(language), locale_of(language)
    for count in range(1501):
        if language == "pt" and style == "short" and count == 1:
            continue  # Babel writes "1 minutos": it does not fall back to CLDR's "other" form
        minutes = as_set(format_unit(count, "minute", style, locale=locale), language)
        hours = as_set(format_unit(count, "hour", style, locale=locale), language)
        assert words.minutes(count, style) == minutes
        if count:
            assert words.minutes(count * 60, style, hours=True) == hours
        if count % 60:
            assert words.minutes(count, style, hours=True) == minutes


def test_plural_forms_follow_cldr(language: str) -> None:
    """The form that gettext picks has the CLDR category of the number, up to 10 000."""
    table, categories = plural_table(language), plural_categories(language)
    category_of = locale_of(language).plural_form
    for number in range(10_001):
        form = int(table[number if number < 200 else 100 + number % 100])
        assert categories[form] == category_of(number)


def test_dates_read_as_babel_writes_them(language: str) -> None:
    """Every day of two years, in three lengths.

    Portuguese has the month as a number in the one that is told where time is short: not here.
    """
    words, locale = words_of(language), locale_of(language)
    for offset in range(731):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=offset)
        assert words.date(day) == format_date(day, "long", locale)
        assert words.date(day, "full") == format_date(day, "full", locale)
        short = format_skeleton("yMMMEd", day, locale=locale)
        if language == "pt":
            weekday = format_date(day, "E", locale)
            short = f"{weekday}, {format_date(day, 'long', locale)}"
        assert words.date(day, "medium") == short


def test_times_read_as_babel_writes_them(language: str) -> None:
    """Every minute of a day, alone and as the end of a range."""
    words, locale = words_of(language), locale_of(language)
    midnight = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
    for minute in range(MINUTES_PER_DAY):
        moment = midnight + dt.timedelta(minutes=minute)
        clock = format_skeleton("Hm", moment, locale=locale)
        assert words.clock(moment) == words.clock(minute) == words.clock(moment.time()) == clock
        if minute:
            interval = format_interval(midnight, moment, "Hm", locale=locale)
            # Portuguese has thin spaces around the dash; the site has none in any language.
            expected = interval.replace(THIN_SPACE, "")
            assert words.time_range(words.clock(0), clock) == expected


def test_lists_read_as_babel_writes_them(language: str) -> None:
    """One to six items."""
    words, locale = words_of(language), locale_of(language)
    for count in range(1, 7):
        items = [f"item {number}" for number in range(count)]
        assert words.list_of(items) == set_text(format_list(items, locale=locale), language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Tuesday, 3 March 2026, 17:30"),
        ("pl", "wtorek, 3 marca 2026, godz. 17:30"),
        ("da", "tirsdag den 3. marts 2026 kl. 17.30"),
        ("pt", "terça-feira, 3 de março de 2026, 17:30"),
    ],
)
def test_a_moment_reads_naturally(language: str, expected: str) -> None:
    """A date with its time, joined as the language joins them."""
    moment = dt.datetime(2026, 3, 3, 17, 30, tzinfo=dt.UTC)
    assert words_of(language).date_time(moment) == expected


@pytest.mark.parametrize(
    ("minutes", "in_hours", "expected"),
    [
        (1, False, "1 minuty"),
        (2, False, "2 minut"),
        (22, False, "22 minut"),
        (60, False, "60 minut"),
        (60, True, "1 godziny"),
        (120, True, "2 godzin"),
        (90, True, "90 minut"),
    ],
)
def test_polish_lengths_have_a_genitive(minutes: int, in_hours: bool, expected: str) -> None:
    """After "do" (up to) a Polish length stands in the genitive."""
    assert words_of("pl").minutes(minutes, hours=in_hours, case="genitive") == expected


@pytest.mark.parametrize(
    ("days", "counted", "genitive"),
    [
        (1, "1 dzień roboczy", "1 dnia roboczego"),
        (2, "2 dni robocze", "2 dni roboczych"),
        (5, "5 dni roboczych", "5 dni roboczych"),
    ],
)
def test_polish_working_days_have_a_genitive(days: int, counted: str, genitive: str) -> None:
    """Within so many working days, “w ciągu”, takes the genitive; what is counted does not."""
    length = words_of("pl").working_days(days)
    assert length == counted
    assert f"{length:genitive}" == genitive


@pytest.mark.parametrize("language", ["en", "da", "pt"])
def test_languages_without_cases_write_one_form(language: str) -> None:
    """Where lengths have no cases, asking for one changes nothing."""
    words = words_of(language)
    for count in range(201):
        assert words.minutes(count, case="genitive") == words.minutes(count)
        genitive_hours = words.minutes(count * 60, hours=True, case="genitive")
        assert genitive_hours == words.minutes(count * 60, hours=True)


def daily(days: str, start: str, end: str) -> tuple[Span, ...]:
    """Spans of the given days (digits, 0 is Monday) between two times ("22:00", "06:00")."""
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (start, end))
    length = last - first if last > first else last - first + MINUTES_PER_DAY
    starts = [int(day) * MINUTES_PER_DAY + first for day in days]
    return tuple(Span(begin, begin + length) for begin in starts)


def window_of(*spans: Span) -> Window:
    """A window of these spans, in order."""
    return Window("w", tuple(sorted(spans, key=lambda span: span.start)))


OFFICE = window_of(*daily("01234", "10:00", "18:00"))
EVENING = window_of(*daily("0123456", "18:00", "22:00"))
NIGHT = window_of(*daily("0123456", "22:00", "06:00"))
ALWAYS = window_of(Span(0, MINUTES_PER_WEEK))
SATURDAY = window_of(*daily("5", "09:30", "13:00"))
WEEKEND = window_of(Span(5 * MINUTES_PER_DAY, 7 * MINUTES_PER_DAY))
AWAY = window_of(Span(4 * MINUTES_PER_DAY + 18 * 60, 7 * MINUTES_PER_DAY + 8 * 60))
LUNCH = window_of(*daily("01234", "09:00", "12:00"), *daily("01234", "13:00", "17:00"))
MIXED = window_of(*daily("0124", "08:00", "16:00"), *daily("3", "08:00", "20:00"))
TO_MIDNIGHT = window_of(*daily("0123456", "18:00", "24:00"))


@pytest.mark.parametrize(
    ("window", "whole", "days", "hours", "start", "end"),
    [
        (OFFICE, "Monday–Friday, 10:00–18:00", "Monday–Friday", "10:00–18:00", "10:00", "18:00"),
        (EVENING, "every day, 18:00–22:00", "every day", "18:00–22:00", "18:00", "22:00"),
        (NIGHT, "every day, 22:00–06:00", "every day", "22:00–06:00", "22:00", "06:00"),
        (TO_MIDNIGHT, "every day, 18:00–24:00", "every day", "18:00–24:00", "18:00", "24:00"),
        (ALWAYS, "at all hours", "every day", "00:00–24:00", "00:00", "24:00"),
        (SATURDAY, "Saturday, 09:30–13:00", "Saturday", "09:30–13:00", "09:30", "13:00"),
        (
            WEEKEND,
            "Saturday and Sunday, 00:00–24:00",
            "Saturday and Sunday",
            "00:00–24:00",
            "00:00",
            "24:00",
        ),
        (
            AWAY,
            "Friday 18:00 – Monday 08:00",
            "Friday",
            "Friday 18:00 – Monday 08:00",
            "18:00",
            "08:00",
        ),
        (
            LUNCH,
            "Monday–Friday, 09:00–12:00 and 13:00–17:00",
            "Monday–Friday",
            "09:00–12:00 and 13:00–17:00",
            "09:00 and 13:00",
            "12:00 and 17:00",
        ),
        (
            MIXED,
            "Monday–Wednesday and Friday, 08:00–16:00; Thursday, 08:00–20:00",
            "Monday–Friday",
            "08:00–16:00 and 08:00–20:00",
            "08:00",
            "16:00 and 20:00",
        ),
    ],
)
def test_a_window_reads_as_people_say_it(
    window: Window, whole: str, days: str, hours: str, start: str, end: str
) -> None:
    """Days and hours of a window, together and apart."""
    words = words_of("en")
    assert window_text(words, window) == whole
    assert window_days(words, window) == days
    assert window_hours(words, window) == hours
    assert window_start(words, window) == start
    assert window_end(words, window) == end


@pytest.mark.parametrize(
    ("language", "office", "evening", "always"),
    [
        ("pl", "poniedziałek–piątek, 10:00–18:00", "codziennie, 18:00–22:00", "przez całą dobę"),
        ("da", "mandag–fredag, 10.00–18.00", "alle dage, 18.00–22.00", "døgnet rundt"),
        (
            "pt",
            "segunda-feira a sexta-feira, 10:00–18:00",
            "todos os dias, 18:00–22:00",
            "a qualquer hora",
        ),
    ],
)
def test_a_window_reads_naturally_elsewhere(
    language: str, office: str, evening: str, always: str
) -> None:
    """Ranges of days and words for every day follow the language."""
    words = words_of(language)
    assert window_text(words, OFFICE) == office
    assert window_text(words, EVENING) == evening
    assert window_text(words, ALWAYS) == always


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Any window: cuts of the week taken in turn as openings and closings, maybe over Sunday."""
    minutes = st.integers(0, MINUTES_PER_WEEK // 30 - 1).map(lambda half_hours: half_hours * 30)
    cuts = sorted(draw(st.sets(minutes, min_size=2, max_size=16)))
    cuts = cuts[: len(cuts) // 2 * 2]
    if draw(st.booleans()):
        cuts = [*cuts[1:], cuts[0] + MINUTES_PER_WEEK]
    return window_of(*(Span(*cuts[i : i + 2]) for i in range(0, len(cuts), 2)))


def open_minutes(window: Window) -> set[int]:
    """The half hours of the week at which a window is open."""
    return {minute for minute in range(0, MINUTES_PER_WEEK, 30) if window.contains(minute)}


@given(windows())
def test_regrouping_loses_no_hours(window: Window) -> None:
    """The groups of days and hours that are told are the window, nothing more or less."""
    told = list(long_spans(window))
    for group in groups_of(window):
        for hours in group.hours:
            starts = [day * MINUTES_PER_DAY for day in group.days]
            told += [Span(start + hours.start, start + hours.end) for start in starts]
    assert open_minutes(window_of(*told)) == open_minutes(window)


@given(windows(), windows())
def test_different_windows_read_differently(one: Window, other: Window) -> None:
    """No change of a window goes unseen in its sentence, in any language."""
    for language in LANGUAGES:
        words = WORDS[language]
        assert (window_text(words, one) == window_text(words, other)) == (one.spans == other.spans)


def test_locale_data_is_small_and_plain() -> None:
    """A language's data costs the browser little and is the same on every run."""
    for language in LANGUAGES:
        data = locale_data(language, CURRENCIES)
        assert json.loads(json.dumps(data)) == data
        assert len(json.dumps(data, separators=(",", ":"))) < 2000


def test_a_window_of_some_days_alone_has_these_days() -> None:
    """It opens on no day of an ordinary week."""
    hours = tuple(Span(day + 600, day + 720) for day in range(0, MINUTES_PER_WEEK, MINUTES_PER_DAY))
    eve = ExceptionalDays(frozenset(), (((12, 24), (12, 24)),), hours)
    feast = ExceptionalDays(frozenset(), (), hours)
    assert window_days(words_of("en"), Window("eve", (), (eve,))) == "24 December"
    assert (
        window_days(words_of("en"), Window("feast", (), (eve, feast)))
        == "24 December and public holidays"
    )
