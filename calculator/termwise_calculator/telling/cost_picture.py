"""Cost against minutes, as a picture and as a table."""

from collections.abc import Iterator, Sequence

from termwise_calculator.pricing.cost_steps import CostStep
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.cost_drawing import Plot
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slots import SlotTable
from termwise_calculator.telling.taxes import tax_in_totals
from termwise_calculator.telling.view import Filled, QuoteView
from termwise_calculator.telling.words import Words

Told = list[tuple[str, str]]
"""Length and cost of each step, in words."""


def cost_html(
    steps: Sequence[CostStep],
    session: Quote,
    words: Words,
    slots: SlotTable,
    filled: Filled | None = None,
) -> str:
    """What a figure of the steps holds, as HTML; the length of the session is marked on it."""
    view = QuoteView(session, words, slots, filled, for_html=True)
    told = [
        (_when(words, step), QuoteView(step.quote, words, slots, view.filled).total())
        for step in steps
        if step.last or step.cost  # that no time costs nothing need not be told
    ]
    title = words.say("Cost against minutes")
    label = f"{title}. {'; '.join(f'{length}: {cost}' for length, cost in told)}"
    return (
        f"<figcaption><strong>{escape(title)}</strong> <span>{_case(view)}</span></figcaption>\n"
        f"{Plot(view, steps, label).svg()}\n"
        f'<p class="tw-key">{escape(" ".join(_notes(view, steps)))}</p>\n{_table(words, told)}'
    )


def _case(view: QuoteView) -> str:
    """The service and the time of the week, then every answer as the quote names it."""
    title = view.text(f"service.{view.quote.scenario.service.id}.name")
    start = view.quote.local(view.quote.scenario.start)
    if start is not None:
        title = f"{title}, {view.words.weekday_time(start)}"
    return escape("; ".join([title, *view.answers()]))


def _notes(view: QuoteView, steps: Sequence[CostStep]) -> Iterator[str]:
    words = view.words
    minutes = view.quote.scenario.minutes or 0
    if minutes <= steps[-1].last:
        yield words.say("The vertical line marks {minutes}.", minutes=words.minutes(minutes))
    yield tax_in_totals(view.quote.dearest, words)
    yield words.say("A dot marks the last minute at that price.")
    if any(step.cost != step.most for step in steps):
        yield words.say("The two lines are the lowest and the highest price.")


def _when(words: Words, step: CostStep) -> str:
    if not step.first:
        return words.say("from {minutes}", minutes=words.minutes(0))
    return words.say("more than {minutes}", minutes=words.minutes(step.first - 1))


def _table(words: Words, told: Told) -> str:
    summary, length = words.say("The steps in a table"), words.say("Length of the session")
    rows = "".join(
        f'<tr><th scope="row">{escape(length)}</th><td class="tw-figure">{escape(cost)}</td></tr>'
        for length, cost in told
    )
    return (
        f'<details class="tw-graph__steps"><summary>{escape(summary)}</summary>\n'
        f'<table class="tw-rates">\n<thead><tr><th scope="col">{escape(length)}</th>\n'
        f'<th scope="col" class="tw-figure">{escape(words.say("Cost"))}</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></details>"
    )
