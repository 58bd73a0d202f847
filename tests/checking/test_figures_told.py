"""What is told of figures in prose, whole: where, which slots say them, how else to write it."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from termwise.checking.prose.figures_in_prose import figures_of, spelled_figures
from termwise_calculator.telling.slots import (
    Days,
    Duration,
    Factor,
    Money,
    Months,
    Number,
    Percent,
    Quantity,
    Range,
    SlotValue,
    WindowPart,
)
from termwise_calculator.time.lengths import of_seconds
from termwise_calculator.time.windows import Span, Window

FILE = Path(__file__).with_name("figures_told.yaml")
SENTENCES = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
DAY = Window("day", (Span(10 * 60, 18 * 60), Span(34 * 60, 42 * 60)))
TARIFF: dict[str, SlotValue] = {
    "work.price": Money(Decimal(100), "PLN", 2),
    "work.price.gross": Money(Decimal(115), "PLN", 2),
    "work.first.price": Money(Decimal(100), "PLN", 2),
    "work.first.other.price": Money(Decimal(100), "PLN", 2),
    "zone.price": Money(Decimal(100), "MDL", 2),
    "work.per": Duration(60),
    "work.increment": Duration(of_seconds(90)),
    "work.rate.night": Factor(Decimal(2)),
    "work.rate.feast": Factor(Decimal(4)),
    "package.valid": Months(12),
    "answer.within": Days(3),
    "less.percent": Percent(Decimal(50)),
    "more.percent": Range(Percent(Decimal(15)), Percent(Decimal(25))),
    "range.price": Range(Money(Decimal(15), "PLN", 2), Money(Decimal(25), "PLN", 2)),
    "version.newest_major": Number(7),
    "seats.most": Number(13),
    "seats.tiers.1.up_to": Quantity(Decimal("2.5"), "seats"),
    "windows.day.start": WindowPart(DAY, "start"),
    "windows.day.end": WindowPart(DAY, "end"),
    "windows.day.days": WindowPart(DAY, "days"),
}


def told(sentence: str, language: str) -> list[str]:
    """Each figure with its place, what is wrong and how to mend it."""
    found = spelled_figures(sentence, language, figures_of([TARIFF]))
    return [f"{one.offset} {one.word}: {one.what}: {one.mend}" for one in found]


@pytest.mark.parametrize("language", SENTENCES)
def test_all_that_is_told_of_figures(language: str) -> None:
    """In the order of the sentence, each figure once; nothing of other words."""
    for sentence, expected in SENTENCES[language].items():
        assert told(sentence, language) == expected, sentence
