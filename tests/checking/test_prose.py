"""Figures in prose: what repeats the tariff in words or digits is found, ordinary words pass."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.checking.prose.figures_in_prose import Figures, figures_of, spelled_figures
from termwise_calculator.telling.slots import (
    Duration,
    Factor,
    Money,
    Number,
    Percent,
    Range,
    SlotValue,
    WindowPart,
)
from termwise_calculator.time.windows import Span, Window

SENTENCES: dict[str, dict[str, list[str]]] = yaml.load(
    (Path(__file__).parent / "figures_in_words.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)


def window(name: str, start: int, end: int) -> dict[str, WindowPart]:
    """The slots of a window on Mondays, from hour to hour."""
    spans = Window(name, (Span(start * 60, end * 60),))
    return {f"windows.{name}.{part}": WindowPart(spans, part) for part in ("start", "end")}


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The tariff that the sentences speak of."""
    table = {
        "labour.price": Money(Decimal(100), "PLN", 2),
        "labour.price.gross": Money(Decimal(123), "PLN", 2),
        "labour.price.evening": Money(Decimal(200), "PLN", 2),
        "labour.per": Duration(60),
        "labour.rate.evening": Factor(Decimal(2)),
        "labour.rate.night": Factor(Decimal(4)),
        "discount.percent": Percent(Decimal(50)),
        "tax.rate": Percent(Decimal(23)),
        **window("office", 10, 18),
        **window("night", 22, 30),
    }
    return figures_of([table])


def sentences(kind: str) -> list[Any]:
    """The sentences of one kind in every language."""
    return [
        pytest.param(language, sentence, id=f"{language}: {sentence}")
        for language, kinds in SENTENCES.items()
        for sentence in kinds[kind]
    ]


@pytest.mark.parametrize(("language", "sentence"), sentences("figures"))
def test_a_figure_in_words_is_found(language: str, sentence: str, figures: Figures) -> None:
    """The word that is found stands in the sentence, and a slot is offered for it."""
    found = spelled_figures(sentence, language, figures)
    assert found
    for figure in found:
        assert sentence[figure.offset :].startswith(figure.word)
        assert figure.expected.startswith("the slot {")


@pytest.mark.parametrize(("language", "sentence"), sentences("prose"))
def test_ordinary_words_pass(language: str, sentence: str, figures: Figures) -> None:
    """Small numbers without a unit, hours in the plural and clicks are no figures."""
    assert spelled_figures(sentence, language, figures) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It costs 100.", "100"),
        ("It costs 100,00 now.", "100,00"),
        ("about ½ of it", "½"),
        ("23 %", "23 %"),
        ("a few %", "%"),
        ("priced in €", "€"),
        ("priced in zł", "zł"),
        ("priced in DKK", "DKK"),
        ("24/7 service", "24"),
        ("see note²", "²"),
        ("a program²", "²"),
    ],
)
def test_digits_and_signs_are_found(text: str, word: str, figures: Figures) -> None:
    """Digits, also raised ones and fractions; percent signs, currency signs and codes."""
    assert spelled_figures(text, "en", figures)[0].word == word


@pytest.mark.parametrize(
    "text",
    [
        "It costs {labour.price} for {labour.per|hours}.",
        "Version {'7.6.2.0'} or {'100'} and {'twice'}",
        "PLNX and kroner and dollars",
        "so much for each m², km² and cm³",
    ],
)
def test_slots_and_marked_literals_pass(text: str, figures: Figures) -> None:
    """What stands in braces is no prose; words for money alone are no figure."""
    assert spelled_figures(text, "en", figures) == []


def test_a_digit_that_equals_a_figure_is_offered_its_slots(figures: Figures) -> None:
    """The mend names the slots of that figure, and the literal for another meaning."""
    (found,) = spelled_figures("It costs 100,00.", "en", figures)
    assert found.mend == "write {labour.price}; or {'100,00'} if it is another figure"


@pytest.mark.parametrize(
    "price", [Money(Decimal(15), "MDL", 2), Range(*(Money(Decimal(n), "MDL", 2) for n in (9, 15)))]
)
def test_the_currency_of_the_tariff_is_a_sign(price: SlotValue) -> None:
    """Whether it is a common one or not, of a single price or of the ends of a range."""
    (found,) = figures_of([{"work.price": price}]).signs.findall("It costs 15 MDL.")
    assert found == "MDL"


def test_a_figure_of_the_tariff_needs_its_value() -> None:
    """Words that are figures elsewhere pass where the tariff has no such figure."""
    figures = figures_of([{"labour.per": Duration(30), "version.newest_major": Number(7)}])
    assert spelled_figures("Each hour costs as much as fifty.", "en", figures) == []
    assert spelled_figures("Each half hour, version seven", "en", figures) != []


@pytest.mark.parametrize(("language", "sentence"), sentences("unfounded"))
def test_a_figure_without_a_value_is_found(language: str, sentence: str) -> None:
    """What no value of the tariff is behind is refused: nothing else could keep it true."""
    found = spelled_figures(sentence, language, figures_of([]))
    assert [figure.what for figure in found] == [
        "A figure stands in words, and no value of the tariff is behind it"
    ]
    assert sentence[found[0].offset :].startswith(found[0].word)
    assert found[0].mend == (
        f"write the value as a rule and name its slot here; or {{'{found[0].word}'}} if it is no"
        " figure of the tariff"
    )


@pytest.mark.parametrize(("language", "sentence"), [*sentences("prose"), *sentences("ordinary")])
def test_ordinary_words_pass_without_a_tariff(language: str, sentence: str) -> None:
    """What counts clicks, people or times of the year states no figure of any tariff."""
    assert spelled_figures(sentence, language, figures_of([])) == []


def test_a_slot_of_money_makes_a_text_one_of_prices() -> None:
    """Where a price stands by its slot, a multiple beside it is one of the price."""
    figures = figures_of([{"labour.price": Money(Decimal(100), "PLN", 2)}])
    found = spelled_figures("{labour.price} here, twice that there.", "en", figures)
    assert [one.word for one in found] == ["twice"]
    assert spelled_figures("Do it here, and twice that there.", "en", figures) == []


def test_digits_are_found_whatever_the_tariff() -> None:
    """A tariff without figures finds digits and signs all the same."""
    found = spelled_figures("since 2026-01-01", "en", figures_of([]))
    assert [figure.word for figure in found] == ["2026", "01", "01"]
