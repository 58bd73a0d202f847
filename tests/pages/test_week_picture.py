"""The picture of the week: its blocks, its words, and the quotes that it must agree with."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from termwise.languages import LANGUAGES
from termwise.pages.pictures.week import week_pictures
from termwise.pages.pictures.week_drawing import Cell, Column, WeekDrawing
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote
from tests.drift.checker import PolicyText
from tests.pages.drawn_week import DrawnWeek, drawn_weeks
from tests.pages.test_pictures import changed, week
from tests.real_providers import POLICIES
from tests.scenarios.test_examples import examples, text_of

NORTHLIGHT = POLICIES.parent / "tests" / "generality" / "policies" / "northlight"
HALF_HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
MULTIPLIED = "Surcharges that multiply"
ADDED = "Surcharges that add"


def drawn(provider: Provider, language: str = "en") -> DrawnWeek:
    """The first picture of the week."""
    return next(drawn_weeks(week(provider, language)))


def columns(provider: Provider) -> dict[str, list[str]]:
    """The columns of the first picture, each block in one line."""
    return {
        heading: [f"{start}–{end} {words}" for start, end, words in blocks]
        for heading, blocks in drawn(provider).columns.items()
    }


@cache
def example(feature: str) -> Provider:
    """A worked example as a provider."""
    (found,) = (each.values[0] for each in examples() if each.values[0]["feature"] == feature)
    return PolicyText("example", text_of(found), {}).published[0].provider


# ---- What is drawn


def test_the_week_of_rates(providers: Mapping[str, Provider]) -> None:
    """Every hour has its price, cheap to dear, or says that none is published."""
    assert columns(providers["mastiff"]) == {
        "Monday–Friday": [
            "00:00–06:00 3 PLN 400.00",
            "06:00–10:00 gap not published",
            "10:00–18:00 1 PLN 100.00",
            "18:00–22:00 2 PLN 200.00",
            "22:00–24:00 3 PLN 400.00",
        ],
        "Saturday and Sunday": [
            "00:00–06:00 3 PLN 400.00",
            "06:00–18:00 gap not published",
            "18:00–22:00 2 PLN 200.00",
            "22:00–24:00 3 PLN 400.00",
        ],
    }


def test_the_week_of_an_added_fee(providers: Mapping[str, Provider]) -> None:
    """A fee outside a window stands where the window is closed."""
    assert columns(providers["iponto"]) == {
        "Every day": [
            "00:00–10:00 gap fee, amount not published",
            "10:00–21:00 free no fee",
            "21:00–24:00 gap fee, amount not published",
        ]
    }


def test_the_week_of_support(providers: Mapping[str, Provider]) -> None:
    """Support hours are open or closed."""
    assert columns(providers["remote-utilities"]) == {
        "Monday–Friday": [
            "00:00–08:00 free closed",
            "08:00–17:00 2 open",
            "17:00–24:00 free closed",
        ],
        "Saturday and Sunday": ["00:00–24:00 free closed"],
    }


@pytest.mark.parametrize("provider", ["satisoft", "duxtel"])
def test_no_week_without_windows(provider: str, providers: Mapping[str, Provider]) -> None:
    """What costs the same at all hours needs no picture of them."""
    assert week(providers[provider]) == ""


def test_the_week_shows_the_minute_at_which_a_price_changes() -> None:
    """Another window and another factor change the hours, the days and the prices."""
    window = changed("mastiff", ("office: Mo-Fr 10:00-18:00", "office: Tu-Fr 10:15-18:00"))
    assert list(columns(window)) == ["Monday, Saturday and Sunday", "Tuesday–Friday"]
    assert "10:15–18:00 1 PLN 100.00" in columns(window)["Tuesday–Friday"]
    factor = changed("mastiff", ("night: {times: 4,", "night: {times: 1.5,"))
    assert columns(factor)["Monday–Friday"] == [
        "00:00–06:00 2 PLN 150.00",
        "06:00–10:00 gap not published",
        "10:00–18:00 1 PLN 100.00",
        "18:00–22:00 3 PLN 200.00",
        "22:00–24:00 2 PLN 150.00",
    ]


def test_the_week_shows_a_fee_once_it_is_published() -> None:
    """A figure takes the place of the gap."""
    fee = changed(
        "iponto",
        ("price: {gap: sos-fee}", "price: 20.00"),
        ("It carries a fee of its own,", "It carries a fee of {sos.price},"),
    )
    assert columns(fee) == {
        "Every day": [
            "00:00–10:00 2 fee: €20.00",
            "10:00–21:00 free no fee",
            "21:00–24:00 2 fee: €20.00",
        ]
    }


def test_a_window_over_sunday_night_reaches_into_monday() -> None:
    """The week is a ring."""
    night = changed("remote-utilities", ("Mo-Fr 08:00-17:00", "Su 22:00-02:00"))
    assert columns(night) == {
        "Monday": ["00:00–02:00 2 open", "02:00–24:00 free closed"],
        "Tuesday–Saturday": ["00:00–24:00 free closed"],
        "Sunday": ["00:00–22:00 free closed", "22:00–24:00 2 open"],
    }


def test_days_that_are_alike_share_a_column() -> None:
    """Also when another day lies between them."""
    sunday = changed("remote-utilities", ("Mo-Fr 08:00-17:00", "Su-Fr 08:00-17:00"))
    assert list(columns(sunday)) == ["Monday–Friday and Sunday", "Saturday"]


def test_exceptional_days_have_columns_of_their_own() -> None:
    """Holidays and seasons stand beside the week, with those of their days that differ from it."""
    holidays = columns(example("Hours that do not hold on public holidays"))
    assert list(holidays) == ["Monday–Friday", "Saturday", "Sunday", "Public holidays"]
    assert holidays["Public holidays"] == holidays["Sunday"] == ["00:00–24:00 3 €200.00"]
    seasons = columns(example("Shorter hours in summer and on some days"))
    assert seasons["1 July – 31 August Monday–Friday"][1] == "09:00–16:00 1 €60.00"
    assert seasons["24 December and 31 December"][1] == "08:00–12:00 1 €60.00"


def test_a_note_says_that_two_kinds_of_days_may_coincide() -> None:
    """Not where only one of them has other prices, and not in an ordinary week."""
    rates = week(northlight()).split("</figure>")
    told = ["two kinds of exceptional days" in picture for picture in rates[:-1]]
    assert told == [True, False, True, True]


def test_the_week_holds_what_everybody_pays_on_top() -> None:
    """Surcharges by window change the price of an hour; the dearest hour is the darkest."""
    assert columns(example(ADDED)) == {
        "Monday–Saturday": [
            "00:00–06:00 1 €150.00",
            "06:00–22:00 1 €100.00",
            "22:00–24:00 1 €150.00",
        ],
        "Sunday": ["00:00–06:00 3 €250.00", "06:00–22:00 2 €200.00", "22:00–24:00 3 €250.00"],
    }
    assert columns(example(MULTIPLIED))["Sunday"][0] == "00:00–06:00 3 €300.00"


# ---- The same in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provider", ["mastiff", "iponto", "remote-utilities", "northlight"])
def test_the_table_says_what_the_picture_shows(
    provider: str, language: str, providers: Mapping[str, Provider]
) -> None:
    """Column by column, block by block, in every language."""
    shown = northlight() if provider == "northlight" else providers[provider]
    for one in drawn_weeks(week(shown, language)):
        headings = [heading.replace(",", "").casefold() for heading in one.table]
        assert headings == [heading.replace(",", "").casefold() for heading in one.columns]
        for told, blocks in zip(one.table.values(), one.columns.values(), strict=True):
            words = [(f"{start}–{end}", words.split(" ", 1)[1]) for start, end, words in blocks]
            assert told == words


@cache
def northlight() -> Provider:
    """The made-up company that uses most of what the tariff language can say."""
    return PolicyText.read(NORTHLIGHT).published[0].provider


# ---- The same as the quotes


def moments(day: date) -> Iterator[tuple[str, datetime]]:
    """Every half hour of a day."""
    for hour in HALF_HOURS:
        yield hour, datetime.fromisoformat(f"{day}T{hour}")


def quoted(provider: Provider, start: datetime, minutes: int) -> Quote:
    """The first service at a time, with its default answers."""
    service = next(iter(provider.policy.services))
    given = {"start": f"{start:%Y-%m-%dT%H:%M}", "minutes": str(minutes)}
    return provider.quote(service, given)


def hourly_price(provider: Provider, start: datetime) -> str:
    """What a block must say for a time: the price of half an hour, twice, or that there is none.

    Half an hour stays within its block where time is split; where it is not, it counts as one hour.
    """
    policy, quote = provider.policy, quoted(provider, start, 30)
    if quote.missing:
        return "not published"
    charge = policy.charges[quote.lines[0].rule]
    split = charge.rate is not None and charge.rate.decided_at == "window"
    price = quote.subtotal * (2 if split else 1)
    written = provider.words["en"].money(price, policy.currency, policy.currency_digits)
    return written.replace("\xa0", " ")


ORDINARY = [date(2026, 3, 2) + timedelta(days=day) for day in range(7)]
DAYS = [
    *[(name, day, "") for name in (ADDED, MULTIPLIED) for day in ORDINARY],
    *[("mastiff", day, "") for day in ORDINARY],
    *[("Hours that do not hold on public holidays", day, "") for day in ORDINARY],
    ("Hours that do not hold on public holidays", date(2026, 6, 4), "Public holidays"),
    ("Hours that do not hold on public holidays", date(2026, 11, 1), "Public holidays"),
    ("Hours that do not hold on public holidays", date(2026, 8, 15), "Public holidays"),
    *[("Shorter hours in summer and on some days", day, "") for day in ORDINARY],
    (
        "Shorter hours in summer and on some days",
        date(2026, 7, 1),
        "1 July – 31 August Monday–Friday",
    ),
    ("Shorter hours in summer and on some days", date(2026, 7, 4), ""),
    ("Shorter hours in summer and on some days", date(2026, 12, 24), "24 December and 31 December"),
]


@pytest.mark.parametrize(("provider", "day", "column"), DAYS)
def test_every_half_hour_costs_what_its_block_says(
    provider: str, day: date, column: str, providers: Mapping[str, Provider]
) -> None:
    """An hour begun then has that price, or none, on ordinary and on exceptional days."""
    priced = providers[provider] if provider in providers else example(provider)
    picture = drawn(priced)
    column = column or picture.ordinary(day.weekday())
    for hour, start in moments(day):
        words = picture.at(column, hour).split(" ", 1)[1]
        assert words == hourly_price(priced, start), start


@pytest.mark.parametrize("day", ORDINARY)
def test_a_session_at_a_marked_time_has_the_fee(
    day: date, providers: Mapping[str, Provider]
) -> None:
    """Where the fee is not published, the quote lacks it at just the hatched hours."""
    provider = providers["iponto"]
    picture = drawn(provider)
    for hour, start in moments(day):
        lacking = [missing.gap for missing in quoted(provider, start, 1).missing]
        is_gap = picture.at("Every day", hour).startswith("gap")
        assert ("sos-fee" in lacking) == is_gap, start


# ---- How it is drawn


def test_what_a_phone_cannot_show_at_once_is_drawn_in_parts() -> None:
    """Columns are shared out evenly, fewer to a part where a word is long; no line is too long."""
    days = [f"Day {number}" for number in range(7)]
    for word, most in (("open", 3), ("offentliggjort", 2), ("nieopublikowana-kwota", 1)):
        shown = [Column(day, (Cell("tw-week__gap", f"ikke {word}"),)) for day in days]
        svg = WeekDrawing("week", [0, 1440], ["00:00", "24:00"], shown).html()
        assert svg.count("<svg") == -(-len(days) // most)
        assert svg.count("<pattern") == svg.count("<svg")
        assert f"{word}</t" in svg


def test_words_have_room_in_their_block() -> None:
    """A short stretch grows until its words fit, the others keep their hours."""
    edges, hours = [0, 600, 630, 1440], ["00:00", "10:00", "10:30", "24:00"]
    words = Cell("tw-week__1", "a fee of which the amount is not published anywhere")
    quiet = Cell("tw-week__free", "no fee")
    svg = WeekDrawing("week", edges, hours, [Column("Every day", (quiet, words, quiet))]).html()
    assert 'height="110"' in svg
    assert svg.count("<tspan") == 1
    assert 'height="38"' in svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_weeks_of_many_days_are_well_formed(language: str) -> None:
    """Parts, holidays and seasons in every language, each figure with one name."""
    pictures = week_pictures(PolicyView(northlight(), language))
    assert len(list(drawn_weeks(pictures))) == pictures.count("<figcaption id=") == 4
