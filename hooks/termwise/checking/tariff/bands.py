"""Bands of numbers: each ends at one that can be answered, and they hold every number once."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from termwise.policy_form.dated import Dated, together
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import BandTerms, NumberQuestion, TotalBandTerms, TotalQuestion
from termwise.policy_form.yaml_text.source import Path, Source, written_at
from termwise.problems import Problem, counted, quoted
from termwise_calculator.terms.money import decimals_of

Bands = tuple[BandTerms | TotalBandTerms, ...]
LEAST_BANDS = 2


def band_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """Bands that leave a number out, hold it twice, or share a name."""
    for question_id, question in written.questions.items():
        if isinstance(question, NumberQuestion | TotalQuestion) and question.bands:
            path: Path = ("questions", question_id, "bands")
            yield from _end_problems(source, path, question.bands)
            if isinstance(question, NumberQuestion):
                for at, band in enumerate(question.bands):
                    if band.under:
                        end: Path = (*path, at, "under")
                        yield from between_answers(source, end, band.under, question)
            yield from _order_problems(source, path, question.bands)
            yield from _name_problems(source, path, question.bands)


def _end_problems(source: Source, path: Path, bands: Bands) -> Iterator[Problem]:
    *bounded, last = bands
    without = [at for at, band in enumerate(bounded) if band.under is None]
    if last.under or without or len(bands) < LEAST_BANDS:
        at = without[0] if without else len(bands) - 1
        yield Problem(
            source.key_place((*path, at)),
            "The bands do not hold every number once",
            counted(len(bands), "band")
            + (", the last one with an end" if last.under else ", one has no end"),
            "at least two bands, each with “under” but the last",
            "give every band but the last its “under”, and add a last one without",
        )


def between_answers(
    source: Source, path: Path, end: Dated[Any], question: NumberQuestion
) -> Iterator[Problem]:
    """A tier or a band that ends between two numbers that can be answered."""
    decimals = int(question.decimals)
    if any(decimals_of(one) > decimals for _, one in end.rows if isinstance(one, Decimal)):
        yield Problem(
            source.place(path),
            f"The {'band' if path[-1] == 'under' else 'tier'} ends between two answers",
            quoted(written_at(source.data, path)),
            f"at most {counted(decimals, 'decimal')}, as the question has",
            "write a number that can be answered, or give the question decimals, as in "
            "“decimals: 1”",
        )


def _order_problems(source: Source, path: Path, bands: Bands) -> Iterator[Problem]:
    if bands[0].under and any(not end for _, end in bands[0].under.rows):
        yield Problem(
            source.place((*path, 0, "under")),
            "The first band holds no number",
            quoted(written_at(source.data, (*path, 0, "under"))),
            "more than 0, since nothing is less",
            "write where the band ends, or take it away",
        )
    for at, (one, other) in enumerate(pairwise(bands), 1):
        ends = together(one.under, other.under) if one.under and other.under else ()
        if before := [end for end, later in ends if later <= end]:
            yield Problem(
                source.place((*path, at, "under")),
                "The bands are not in the order of their numbers",
                quoted(written_at(source.data, (*path, at, "under"))),
                f"more than {before[0]}",
                "put the smallest numbers first",
            )


def _name_problems(source: Source, path: Path, bands: Bands) -> Iterator[Problem]:
    names = [band.id for band in bands]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield Problem(
                source.place((*path, at, "id")),
                "Two bands of a question have one name",
                quoted(name),
                "a name of its own for each band",
                "give one of them another id",
            )
