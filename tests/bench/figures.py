"""What the benchmarks hand back: measured values, each with the limit it has to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One measured thing in its unit; `limit` is the most its value may be.

    `aim` is what was set out for and is not reached yet: a decision says why. It fails nothing.
    """

    name: str
    unit: str
    value: float
    least: float
    most: float
    limit: float | None = None
    aim: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the limit, if there is one, is kept."""
        return self.limit is None or self.value <= self.limit


def of_rounds(
    name: str,
    unit: str,
    measured: Sequence[float],
    limit: float | None = None,
    aim: float | None = None,
) -> Figure:
    """The median of several rounds, with the extremes."""
    return Figure(name, unit, median(measured), min(measured), max(measured), limit, aim)


def percentile(
    name: str, unit: str, measured: Sequence[float], percent: int, limit: float | None = None
) -> Figure:
    """The value that so many percent of the measured stay below."""
    cut = quantiles(measured, n=100, method="inclusive")[percent - 1]
    return Figure(f"{name}, p{percent}", unit, cut, min(measured), max(measured), limit)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    width = max(len(figure.name) for figure in figures)
    head = f"{'':{width}}  {'value':>9}  {'least':>9}  {'most':>9}  {'limit':>9}  unit"
    return "\n".join([head, *(_row(figure, width) for figure in figures)])


def _row(figure: Figure, width: int) -> str:
    numbers = (figure.value, figure.least, figure.most)
    limit = "" if figure.limit is None else f"{figure.limit:g}"
    missed = "" if figure.kept else "  MISSED"
    if figure.aim is not None and figure.value > figure.aim:
        missed += f"  (aim {figure.aim:g})"
    shown = "  ".join(f"{number:9.3f}" for number in numbers)
    return f"{figure.name:{width}}  {shown}  {limit:>9}  {figure.unit}{missed}"
