"""Cost against minutes, as a picture and as a table."""

from collections.abc import Iterator

from markupsafe import Markup

from termwise.pages.phrases.answers import answer_label
from termwise.pages.phrases.taxes import tax_note
from termwise.pages.pictures.cost_drawing import Plot
from termwise.pages.pictures.cost_steps import CostStep, cost_steps
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.money import NO_CURRENCY
from termwise_calculator.terms.policy import Service

Told = list[tuple[str, str]]
"""Length and cost of each step, in words."""


def cost_picture(view: PolicyView) -> Markup:
    """The steps of the first session that has a price by time; empty where there is none."""
    service = _first_session(view)
    steps = cost_steps(view.provider, service) if service else ()
    if not service or not steps:
        return NOTHING
    told, title = _told(view, steps), view.words.say("Cost against minutes")
    label = f"{title}. {'; '.join(f'{length}: {cost}' for length, cost in told)}"
    return html(
        '<figure class="tw-graph tw-graph--cost">\n'
        "<figcaption><strong>{title}</strong> <span>{case}</span></figcaption>\n{drawing}\n"
        '<p class="tw-key">{notes}</p>\n{table}\n</figure>',
        title=title,
        case=_case_words(view, service, steps[0].quote),
        drawing=Plot(view, steps, label).svg(),
        notes=joined(_notes(view, steps), " "),
        table=_table(view, told),
    )


def _first_session(view: PolicyView) -> Service | None:
    if view.policy.currency == NO_CURRENCY:
        return None
    services = view.policy.services.values()
    return next((each for each in services if "minutes" in each.asks), None)


def _case_words(view: PolicyView, service: Service, quote: Quote) -> Markup:
    words, start = view.words, quote.local(quote.scenario.start)
    parts: list[str] = [view.inline(f"service.{service.id}.name")]
    if start is not None:
        parts.append(words.weekday_time(start))
    for question_id, answer in quote.scenario.answers.items():
        question = view.policy.questions[question_id]
        if question.kind == "choice":
            parts.append(answer_label(view, question, answer))
    return joined(parts, ", ")


def _notes(view: PolicyView, steps: tuple[CostStep, ...]) -> Iterator[Markup]:
    tax, quote = view.policy.tax, steps[0].quote
    yield view.say("For the answers that the calculator starts with.")
    charged = any(one.charged == "yes" for one in quote.bases)
    if tax is None or quote.total is None or not charged:
        yield tax_note(view)
    else:
        yield view.say("Amounts include {name}.", name=view.words.tax_name(tax.name))
    yield view.say("A dot marks the last minute at that price.")
    if any(step.cost != step.most for step in steps):
        yield view.say("The two lines are the lowest and the highest price.")


def _told(view: PolicyView, steps: tuple[CostStep, ...]) -> Told:
    """What the steps say; that no time costs nothing need not be told."""
    worth = [step for step in steps if step.last or step.cost]
    return [(_when(view, step), _cost(view, step)) for step in worth]


def _when(view: PolicyView, step: CostStep) -> str:
    if not step.first:
        return view.words.say("from {minutes}", minutes=view.words.minutes(0))
    return view.words.say("more than {minutes}", minutes=view.words.minutes(step.first - 1))


def _cost(view: PolicyView, step: CostStep) -> str:
    return QuoteView(step.quote, view.words, view.provider.slots).total()


def _table(view: PolicyView, told: Told) -> Markup:
    words = view.words
    return html(
        '<details class="tw-graph__steps"><summary>{summary}</summary>\n'
        '<table class="tw-rates">\n<thead><tr><th scope="col">{length}</th>\n'
        '<th scope="col" class="tw-figure">{cost}</th></tr></thead>\n'
        "<tbody>\n{rows}\n</tbody></table></details>",
        summary=words.say("The steps in a table"),
        length=words.say("Length of the session"),
        cost=words.say("Cost"),
        rows=joined(
            html('<tr><th scope="row">{}</th><td class="tw-figure">{}</td></tr>', length, cost)
            for length, cost in told
        ),
    )
