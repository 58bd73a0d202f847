"""The steps of cost drawn as SVG: minutes to the right, cost upwards."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from termwise_calculator.pricing.cost_steps import CostStep
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView

WIDTH, HEIGHT, TOP, BOTTOM, RIGHT = 320, 190, 14, 40, 16
"""About as wide as the smallest phone has room for, or its letters would be too small there."""
TEN_LETTERS = 78
"""About how wide ten letters are; a label gets that much room."""
LINE = 15
"""How far apart labels stand at least, one above the other."""
DOT = 3

Costs = Sequence[Decimal | None]
"""What each step costs at one end of the ranges, None where it is not published."""


class Plot:
    """The steps as SVG: minutes to the right, cost upwards, hatched where a price is missing."""

    def __init__(self, view: QuoteView, steps: Sequence[CostStep], label: str) -> None:
        self.view = view
        self.steps = steps
        self.label = label
        self.end = steps[-1].last
        self.costs = sorted({cost for step in steps for cost in (step.cost, step.most) if cost})
        widest = max((len(self._money(cost)) for cost in self.costs), default=0)
        self.left = _width(widest) + 8

    def svg(self) -> str:
        """The drawing; its label tells what it shows."""
        drawn = (*self._gaps(), *self._costs(), *self._minutes(), *self._session(), *self._line())
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.label)}">\n'
            f"{''.join(drawn)}\n</svg>"
        )

    def _x(self, minute: int) -> int:
        return self.left + (WIDTH - RIGHT - self.left) * minute // self.end

    def _y(self, cost: Decimal) -> int:
        floor = HEIGHT - BOTTOM
        return floor - round((floor - TOP) * cost / self.costs[-1]) if self.costs else floor

    def _money(self, cost: Decimal) -> str:
        return self.view.money(cost)

    def _costs(self) -> Iterator[str]:
        """Each price on the left, with a rule to where it begins."""
        above = HEIGHT
        for cost in self.costs:
            begin = next(step.first for step in self.steps if cost in (step.cost, step.most))
            y = self._y(cost)
            yield _path("tw-grid", f"M{self.left} {y}H{self._x(max(begin - 1, 0))}")
            if above - y >= LINE:
                yield _text(self.left - 6, y + 4, "end", self._money(cost))
                above = y

    def _minutes(self) -> Iterator[str]:
        """The minutes at which the price changes, under the axis."""
        floor, free = HEIGHT - BOTTOM, 0
        yield _path("tw-axis", f"M{self.left} {TOP}V{floor}H{WIDTH - RIGHT}")
        for minute in sorted({0, *(step.last for step in self.steps)}):
            label, x = self.view.words.number(minute), self._x(minute)
            yield _path("tw-axis", f"M{x} {floor}v4")
            if x - _width(len(label)) // 2 >= free:
                yield _text(x, floor + 17, "middle", label)
                free = x + _width(len(label) + 1) // 2
        middle = (self.left + WIDTH - RIGHT) // 2
        yield _text(middle, HEIGHT - 6, "middle", self.view.words.say_in("axis", "minutes"))

    def _session(self) -> Iterator[str]:
        """A line at the length of the session, unless that is too long to be shown."""
        minutes = self.view.quote.scenario.minutes
        if minutes is not None and minutes <= self.end:
            yield _path("tw-session", f"M{self._x(int(minutes))} {TOP}V{HEIGHT - BOTTOM}")

    def _line(self) -> Iterator[str]:
        """The steps, and those of the dearest end where prices are published as ranges."""
        least = [step.cost for step in self.steps]
        most = [step.most for step in self.steps]
        for costs in (least, most) if most != least else (least,):
            yield _path("tw-steps", "".join(self._moves(costs)))
            yield from self._dots(costs)

    def _dots(self, costs: Costs) -> Iterator[str]:
        for step, cost in zip(self.steps, costs, strict=True):
            if cost is not None and 0 < step.last < self.end:
                x, y = self._x(step.last), self._y(cost)
                yield f'<circle class="tw-dot" cx="{x}" cy="{y}" r="{DOT}"/>'

    def _moves(self, costs: Costs) -> Iterator[str]:
        """A tread for each step, and a riser where the price before it is known too."""
        known = False
        for step, cost in zip(self.steps, costs, strict=True):
            if cost is not None:
                x, y = self._x(max(step.first - 1, 0)), self._y(cost)
                yield f"{f'V{y}' if known else f'M{x} {y}'}H{self._x(step.last)}"
            known = cost is not None

    def _gaps(self) -> Iterator[str]:
        """Where a price is not published: hatched from floor to top, with the word."""
        stretches = [list(run) for lacks, run in groupby(self.steps, _lacks) if lacks]
        if stretches:
            yield _HATCH
        for run in stretches:
            left, right = self._x(max(run[0].first - 1, 0)), self._x(run[-1].last)
            box = _box(left, TOP, right - left, HEIGHT - BOTTOM - TOP)
            yield f'<rect class="tw-gap-area" {box}/>\n<rect fill="url(#tw-hatch)" {box}/>'
            yield self._gap_word(left, right)

    def _gap_word(self, left: int, right: int) -> str:
        word = self.view.words.say("not published")
        half = _width(len(word)) // 2
        middle = min((left + right) // 2, WIDTH - half)
        box = _box(middle - half, TOP + 6, 2 * half, 18)
        text = _text(middle, TOP + 19, "middle", word)
        return f'<rect class="tw-gap-area" {box}/>{text}'


_HATCH = (
    '<defs><pattern id="tw-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path class="tw-hatch" d="M0 6L6 0"/></pattern></defs>'
)


def _width(letters: int) -> int:
    return letters * TEN_LETTERS // 10


def _lacks(step: CostStep) -> bool:
    return step.cost is None


def _path(css_class: str, moves: str) -> str:
    return f'<path class="{css_class}" d="{moves}"/>'


def _box(x: int, y: int, width: int, height: int) -> str:
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


def _text(x: int, y: int, anchor: str, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
