"""Bands of a number: each number falls into exactly one, the one between whose bounds it lies."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.terms.policy import Band, Question
from termwise_calculator.terms.tariff import When

bounds = st.lists(st.integers(1, 1000), min_size=1, max_size=6, unique=True).map(sorted)


def banded(under: list[int]) -> Question:
    """A question with a band up to each bound, and one beyond them."""
    bands = [Band(f"below-{bound}", Decimal(bound)) for bound in under] + [Band("beyond", None)]
    return Question("notice", "number", "0", (), When(), None, 2, tuple(bands), {})


@given(under=bounds, hundredths=st.integers(0, 120_000))
def test_a_number_lies_within_the_bounds_of_its_band(under: list[int], hundredths: int) -> None:
    """A bound belongs to the band that begins with it."""
    question, number = banded(under), Decimal(hundredths) / 100
    begins, ends = question.bounds_of(question.band_of(number))
    assert begins <= number
    assert ends is None or number < ends


@given(under=bounds)
def test_each_band_begins_where_the_one_before_it_ends(under: list[int]) -> None:
    """No number is left out, and none is held twice."""
    found = [banded(under).bounds_of(band.id) for band in banded(under).bands]
    assert [begins for begins, _ in found] == [0, *(ends for _, ends in found[:-1])]
