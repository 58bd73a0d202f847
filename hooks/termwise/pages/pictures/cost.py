"""Cost against minutes: what each further minute does to the price, as steps and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from termwise.pages.calculator.form import answer_label
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.pricing.scenario import answers_to_match
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import GENITIVE
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.policy import Service
from termwise_calculator.time.lengths import is_whole

INCREMENTS = 5
"""How many increments the picture is long."""

LEAST_LENGTH = 10
"""Shorter pictures show no more than their minutes."""

WIDTH, HEIGHT, TOP, BOTTOM, RIGHT = 400, 210, 14, 40, 14
LETTER = 7.2
"""About how wide a letter is; a label gets that much room."""
LINE = 14
"""How far apart labels stand at least, one above the other."""
DOT = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Whole minutes from `first` to `last` that cost the same; `quote` is that of the first."""

    first: int
    last: int
    quote: Quote

    @property
    def cost(self) -> Decimal | None:
        """What is due, as the quote's total; None where a price is not published."""
        return None if _lacks_a_price(self.quote) else self.quote.due


@dataclass(frozen=True, slots=True)
class _Case:
    """What the steps depend on; a digest stands for all the terms."""

    digest: str
    service: str
    reference: date
    provider: Provider = field(compare=False, repr=False)


def cost_picture(view: PolicyView) -> str:
    """The steps of the first session that has a price by time; empty where there is none."""
    service = _first_session(view)
    steps = cost_steps(view.provider, service) if service else ()
    if not service or not steps:
        return ""
    title = f"<strong>{escape(view.words.say('Cost against minutes'))}</strong>"
    case = f"<span>{_case_words(view, service, steps[0].quote)}</span>"
    return "\n".join(
        (
            '<figure class="tw-graph tw-graph--cost">',
            f"<figcaption>{title} {case}</figcaption>",
            Plot(view, steps).svg(),
            f'<p class="tw-key">{" ".join(_notes(view, steps[0].quote))}</p>',
            _table(view, steps),
            "</figure>",
        )
    )


# ---- The steps


def _first_session(view: PolicyView) -> Service | None:
    if view.policy.currency == NO_CURRENCY:
        return None
    services = view.policy.services.values()
    return next((each for each in services if "minutes" in each.asks), None)


def cost_steps(provider: Provider, service: Service) -> tuple[Step, ...]:
    """The price of each whole minute of the default case; empty where time is not counted."""
    case = _Case(provider.policy.digest, service.id, provider.reference, provider)
    return _priced_steps(case)


@lru_cache(maxsize=16)  # every language shows the same steps
def _priced_steps(case: _Case) -> tuple[Step, ...]:
    length = _length(case)
    if not length:
        return ()
    quotes = _Quotes(case)
    found = _changes(quotes, 0, length) if _never_falls(case) else _all_changes(quotes, length)
    firsts = [0, *found]
    lasts = [*(first - 1 for first in firsts[1:]), length]
    return tuple(
        Step(first, last, quotes[first]) for first, last in zip(firsts, lasts, strict=True)
    )


class _Quotes(dict[int, Quote]):
    """The quotes of a case by its minutes, each priced when it is asked for."""

    def __init__(self, case: _Case) -> None:
        super().__init__()
        self._case = case

    def __missing__(self, minutes: int) -> Quote:
        raw = {"minutes": str(minutes)}
        self[minutes] = quote = self._case.provider.quote(self._case.service, raw)
        return quote


def _changes(quotes: _Quotes, first: int, last: int) -> Iterator[int]:
    """The minutes after the first from which on the price is another, in order.

    For prices that never fall: where both ends are alike, so is all between them. A price that is
    missing does not come back.
    """
    if _alike(quotes[first]) == _alike(quotes[last]):
        return
    if last - first == 1:
        yield last
        return
    middle = (first + last) // 2
    yield from _changes(quotes, first, middle)
    yield from _changes(quotes, middle, last)


def _all_changes(quotes: _Quotes, last: int) -> Iterator[int]:
    """The same for any prices."""
    alike = [_alike(quotes[minutes]) for minutes in range(last + 1)]
    return (minutes for minutes in range(1, last + 1) if alike[minutes] != alike[minutes - 1])


def _never_falls(case: _Case) -> bool:
    """Tell whether more time never costs less.

    It may where time is split but rounded up only at its end: what is rounded up to a dear hour
    reaches a cheap one.
    """
    policy = case.provider.policy
    charges = (policy.charges[name] for name in policy.services[case.service].charges)
    rates = [charge.rate for charge in charges if charge.rate is not None]
    return all(one.decided_at != "window" or one.rounded == "window" for one in rates)


def _length(case: _Case) -> int:
    """Minutes in a few increments of the longest charge that the default answers call for."""
    scenario = case.provider.quote(case.service, {}).scenario
    answers = answers_to_match(case.provider.policy, scenario)
    charges = [case.provider.policy.charges[charge] for charge in scenario.service.charges]
    lengths = [
        (charge.first.minutes if charge.first else charge.increment_minutes)
        + (INCREMENTS - 1) * charge.increment_minutes
        for charge in charges
        if charge.increment_minutes is not None
        and charge.counts is None
        and charge.when.holds(answers)
    ]
    # Time that is counted by the minute has no steps to draw, and what is billed by the second
    # none that lie on whole minutes.
    by_minute = all(map(is_whole, lengths)) and not scenario.service.by_second
    return int(max(lengths)) if lengths and by_minute and min(lengths) >= LEAST_LENGTH else 0


def _alike(quote: Quote) -> tuple[Decimal, bool]:
    return quote.due, _lacks_a_price(quote)


def _lacks_a_price(quote: Quote) -> bool:
    return any(missing.what == "price" for missing in quote.missing)


# ---- The steps in words


def _case_words(view: PolicyView, service: Service, quote: Quote) -> str:
    words, start = view.words, quote.local(quote.scenario.start)
    parts = [view.inline(f"service.{service.id}.name")]
    if start is not None:
        parts.append(escape(f"{words.weekday(start)} {words.clock(start)}"))
    for question_id, answer in quote.scenario.answers.items():
        question = view.policy.questions[question_id]
        if question.kind == "choice":
            parts.append(answer_label(view, question, answer))
    return ", ".join(parts)


def _notes(view: PolicyView, quote: Quote) -> Iterator[str]:
    words, tax = view.words, view.policy.tax
    yield escape(words.say("For the answers that the calculator starts with."))
    if tax is None or quote.total is None:
        yield escape(words.say("The provider does not say whether tax is included."))
    else:
        name = words.tax_name(tax.name)
        yield escape(words.say("Amounts include {name}.", name=name))
    yield escape(words.say("A dot marks the last minute at that price."))


def _when(view: PolicyView, step: Step) -> str:
    if not step.first:
        return view.words.say("from {minutes}", minutes=_minutes(view, 0))
    return view.words.say("more than {minutes}", minutes=_minutes(view, step.first - 1))


def _minutes(view: PolicyView, minutes: int) -> str:
    return view.words.minutes(minutes, case=GENITIVE)


def _cost(view: PolicyView, step: Step) -> str:
    return QuoteView(step.quote, view.words, view.provider.slots).total()


def _told(view: PolicyView, steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """Length and cost of each step; that no time costs nothing need not be told."""
    worth = [step for step in steps if step.last or step.cost]
    return [(_when(view, step), _cost(view, step)) for step in worth]


def _table(view: PolicyView, steps: tuple[Step, ...]) -> str:
    words = view.words
    rows = "\n".join(
        f'<tr><th scope="row">{escape(length)}</th><td class="tw-figure">{escape(cost)}</td></tr>'
        for length, cost in _told(view, steps)
    )
    length_head = f'<th scope="col">{escape(words.say("Length of the session"))}</th>'
    cost_head = f'<th scope="col" class="tw-figure">{escape(words.say("Cost"))}</th>'
    summary = f"<summary>{escape(words.say('The steps in a table'))}</summary>"
    return (
        f'<details class="tw-graph__steps">{summary}\n<table class="tw-rates">\n'
        f"<thead><tr>{length_head}\n{cost_head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></details>"
    )


# ---- The steps drawn


class Plot:
    """The steps as SVG: minutes to the right, cost upwards, hatched where a price is missing."""

    def __init__(self, view: PolicyView, steps: tuple[Step, ...]) -> None:
        self.view = view
        self.steps = steps
        self.end = steps[-1].last
        self.costs = sorted({step.cost for step in steps if step.cost})
        widest = max((len(self._money(cost)) for cost in self.costs), default=0)
        self.left = round(widest * LETTER) + 8

    def svg(self) -> str:
        """The drawing; its label tells what it shows."""
        title = self.view.words.say("Cost against minutes")
        told = "; ".join(f"{length}: {cost}" for length, cost in _told(self.view, self.steps))
        label = f'aria-label="{escape(f"{title}. {told}")}"'
        box = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
        opening = f'<svg {box} role="img" {label} data-pagefind-ignore="all">'
        parts = [*self._gaps(), *self._costs(), *self._minutes(), *self._line()]
        return "\n".join((opening, *parts, "</svg>"))

    def _x(self, minute: int) -> int:
        return self.left + round((WIDTH - RIGHT - self.left) * minute / self.end)

    def _y(self, cost: Decimal) -> int:
        floor = HEIGHT - BOTTOM
        return floor - round((floor - TOP) * cost / self.costs[-1]) if self.costs else floor

    def _money(self, cost: Decimal) -> str:
        policy = self.view.policy
        return self.view.words.money(cost, policy.currency, policy.currency_digits)

    def _costs(self) -> Iterator[str]:
        """Each price on the left, with a rule to where it begins."""
        above = HEIGHT
        for cost in self.costs:
            begin = next(step.first for step in self.steps if step.cost == cost)
            y = self._y(cost)
            yield f'<path class="tw-grid" d="M{self.left} {y}H{self._x(max(begin - 1, 0))}"/>'
            if above - y >= LINE:
                yield _text(self.left - 6, y + 4, "end", self._money(cost))
                above = y

    def _minutes(self) -> Iterator[str]:
        """The minutes at which the price changes, under the axis."""
        floor, free = HEIGHT - BOTTOM, 0
        yield f'<path class="tw-axis" d="M{self.left} {TOP}V{floor}H{WIDTH - RIGHT}"/>'
        for minute in sorted({0, *(step.last for step in self.steps)}):
            label, x = self.view.words.number(minute), self._x(minute)
            yield f'<path class="tw-axis" d="M{x} {floor}v4"/>'
            if x - len(label) * LETTER / 2 >= free:
                yield _text(x, floor + 17, "middle", label)
                free = x + round((len(label) + 1) * LETTER / 2)
        middle = (self.left + WIDTH - RIGHT) // 2
        yield _text(middle, HEIGHT - 6, "middle", self.view.words.say_in("axis", "minutes"))

    def _line(self) -> Iterator[str]:
        yield f'<path class="tw-steps" d="{"".join(self._moves())}"/>'
        for step in self.steps:
            if step.cost is not None and 0 < step.last < self.end:
                x, y = self._x(step.last), self._y(step.cost)
                yield f'<circle class="tw-dot" cx="{x}" cy="{y}" r="{DOT}"/>'

    def _moves(self) -> Iterator[str]:
        """A tread for each step, and a riser where the price before it is known too."""
        known = False
        for step in self.steps:
            if step.cost is not None:
                x, y = self._x(max(step.first - 1, 0)), self._y(step.cost)
                yield f"{f'V{y}' if known else f'M{x} {y}'}H{self._x(step.last)}"
            known = step.cost is not None

    def _gaps(self) -> Iterator[str]:
        """Where a price is not published: hatched from floor to top, with the word."""
        stretches = [list(run) for lacks, run in groupby(self.steps, _lacks) if lacks]
        if stretches:
            yield _HATCH
        for run in stretches:
            left, right = self._x(max(run[0].first - 1, 0)), self._x(run[-1].last)
            size = f'width="{right - left}" height="{HEIGHT - BOTTOM - TOP}"'
            yield f'<rect class="tw-gap-area" x="{left}" y="{TOP}" {size}/>'
            yield f'<rect fill="url(#tw-hatch)" x="{left}" y="{TOP}" {size}/>'
            yield self._gap_word(left, right)

    def _gap_word(self, left: int, right: int) -> str:
        word = self.view.words.say("not published")
        half = round(len(word) * LETTER / 2)
        middle = min((left + right) // 2, WIDTH - half)
        box = f'x="{middle - half}" y="{TOP + 6}" width="{2 * half}" height="18"'
        return f'<rect class="tw-gap-area" {box}/>{_text(middle, TOP + 19, "middle", word)}'


_HATCH = (
    '<defs><pattern id="tw-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path class="tw-hatch" d="M0 6L6 0"/></pattern></defs>'
)


def _lacks(step: Step) -> bool:
    return step.cost is None


def _text(x: int, y: int, anchor: str, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
