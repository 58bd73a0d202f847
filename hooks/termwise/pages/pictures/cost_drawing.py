"""The steps of cost drawn as SVG: minutes to the right, cost upwards."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from termwise.pages.pictures.cost_steps import CostStep
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined

WIDTH, HEIGHT, TOP, BOTTOM, RIGHT = 400, 210, 14, 40, 14
LETTER = 7.2
"""About how wide a letter is; a label gets that much room."""
LINE = 14
"""How far apart labels stand at least, one above the other."""
DOT = 3

Costs = Sequence[Decimal | None]
"""What each step costs at one end of the ranges, None where it is not published."""


class Plot:
    """The steps as SVG: minutes to the right, cost upwards, hatched where a price is missing."""

    def __init__(self, view: PolicyView, steps: tuple[CostStep, ...], label: str) -> None:
        self.view = view
        self.steps = steps
        self.label = label
        self.end = steps[-1].last
        self.costs = sorted({cost for step in steps for cost in (step.cost, step.most) if cost})
        widest = max((len(self._money(cost)) for cost in self.costs), default=0)
        self.left = round(widest * LETTER) + 8

    def svg(self) -> Markup:
        """The drawing; its label tells what it shows."""
        return html(
            '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">\n{}\n</svg>',
            WIDTH,
            HEIGHT,
            self.label,
            joined((*self._gaps(), *self._costs(), *self._minutes(), *self._line())),
        )

    def _x(self, minute: int) -> int:
        return self.left + round((WIDTH - RIGHT - self.left) * minute / self.end)

    def _y(self, cost: Decimal) -> int:
        floor = HEIGHT - BOTTOM
        return floor - round((floor - TOP) * cost / self.costs[-1]) if self.costs else floor

    def _money(self, cost: Decimal) -> str:
        policy = self.view.policy
        return self.view.words.money(cost, policy.currency, policy.currency_digits)

    def _costs(self) -> Iterator[Markup]:
        """Each price on the left, with a rule to where it begins."""
        above = HEIGHT
        for cost in self.costs:
            begin = next(step.first for step in self.steps if cost in (step.cost, step.most))
            y = self._y(cost)
            yield _path("tw-grid", f"M{self.left} {y}H{self._x(max(begin - 1, 0))}")
            if above - y >= LINE:
                yield _text(self.left - 6, y + 4, "end", self._money(cost))
                above = y

    def _minutes(self) -> Iterator[Markup]:
        """The minutes at which the price changes, under the axis."""
        floor, free = HEIGHT - BOTTOM, 0
        yield _path("tw-axis", f"M{self.left} {TOP}V{floor}H{WIDTH - RIGHT}")
        for minute in sorted({0, *(step.last for step in self.steps)}):
            label, x = self.view.words.number(minute), self._x(minute)
            yield _path("tw-axis", f"M{x} {floor}v4")
            if x - len(label) * LETTER / 2 >= free:
                yield _text(x, floor + 17, "middle", label)
                free = x + round((len(label) + 1) * LETTER / 2)
        middle = (self.left + WIDTH - RIGHT) // 2
        yield _text(middle, HEIGHT - 6, "middle", self.view.words.say_in("axis", "minutes"))

    def _line(self) -> Iterator[Markup]:
        """The steps, and those of the dearest end where prices are published as ranges."""
        least = [step.cost for step in self.steps]
        most = [step.most for step in self.steps]
        for costs in (least, most) if most != least else (least,):
            yield _path("tw-steps", "".join(self._moves(costs)))
            yield from self._dots(costs)

    def _dots(self, costs: Costs) -> Iterator[Markup]:
        for step, cost in zip(self.steps, costs, strict=True):
            if cost is not None and 0 < step.last < self.end:
                x, y = self._x(step.last), self._y(cost)
                yield html('<circle class="tw-dot" cx="{}" cy="{}" r="{}"/>', x, y, DOT)

    def _moves(self, costs: Costs) -> Iterator[str]:
        """A tread for each step, and a riser where the price before it is known too."""
        known = False
        for step, cost in zip(self.steps, costs, strict=True):
            if cost is not None:
                x, y = self._x(max(step.first - 1, 0)), self._y(cost)
                yield f"{f'V{y}' if known else f'M{x} {y}'}H{self._x(step.last)}"
            known = cost is not None

    def _gaps(self) -> Iterator[Markup]:
        """Where a price is not published: hatched from floor to top, with the word."""
        stretches = [list(run) for lacks, run in groupby(self.steps, _lacks) if lacks]
        if stretches:
            yield _HATCH
        for run in stretches:
            left, right = self._x(max(run[0].first - 1, 0)), self._x(run[-1].last)
            yield html(
                '<rect class="tw-gap-area" {box}/>\n<rect fill="url(#tw-hatch)" {box}/>',
                box=_box(left, TOP, right - left, HEIGHT - BOTTOM - TOP),
            )
            yield self._gap_word(left, right)

    def _gap_word(self, left: int, right: int) -> Markup:
        word = self.view.words.say("not published")
        half = round(len(word) * LETTER / 2)
        middle = min((left + right) // 2, WIDTH - half)
        box = _box(middle - half, TOP + 6, 2 * half, 18)
        text = _text(middle, TOP + 19, "middle", word)
        return html('<rect class="tw-gap-area" {}/>{}', box, text)


_HATCH = html(
    '<defs><pattern id="tw-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path class="tw-hatch" d="M0 6L6 0"/></pattern></defs>'
)


def _lacks(step: CostStep) -> bool:
    return step.cost is None


def _path(css_class: str, moves: str) -> Markup:
    return html('<path class="{}" d="{}"/>', css_class, moves)


def _box(x: int, y: int, width: int, height: int) -> Markup:
    return html('x="{}" y="{}" width="{}" height="{}"', x, y, width, height)


def _text(x: int, y: int, anchor: str, text: str) -> Markup:
    return html('<text x="{}" y="{}" text-anchor="{}">{}</text>', x, y, anchor, text)
