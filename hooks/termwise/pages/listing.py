"""What the hand-written pages take from the policies: the comparison."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from termwise.pages.phrases.answers import said_answers
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import escape, html, joined
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.tariff import When

ROOT = html("{{root}}")
"""The way from a page to the home of its language; the site fills it for each page."""

ROWS = html("{{rows}}")
"""Where the rows of the providers go; the site puts them together."""

COMPARED_START = 24 * 60 + 17 * 60 + 30  # Tuesday 17:30, when office hours end in most places
COMPARED_MINUTES = 90


def policy_url(view: PolicyView) -> str:
    """The address of a policy page from the home of its language."""
    return f"providers/{view.policy.provider}/"


def unlike_markers(text: str) -> Markup:
    """Text with its braces as references, so that none of it is filled like `ROOT`."""
    return escape(text).replace("{", html("&#123;"))


def comparison(words: Words) -> Markup:
    """One case priced by every provider's first service, and what each leaves open."""
    case = words.say(
        "The case: help that starts on {day} at {time}, local time of the provider, "
        "and takes {minutes}.",
        day=words.weekday(COMPARED_START // (24 * 60)),
        time=words.clock(COMPARED_START % (24 * 60)),
        minutes=words.minutes(COMPARED_MINUTES),
    )
    columns = (html('<th scope="col">{}</th>', column) for column in _columns(words))
    return html(
        '<p class="tw-case">{case}</p>\n\n'
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{label}">\n'
        '<table class="tw-compare"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>'
        "</table></div>",
        case=case,
        label=words.say("Comparison of the providers"),
        head=joined(columns, ""),
        rows=ROWS,
    )


def _columns(words: Words) -> list[str]:
    return [words.say("Provider"), words.say("Cost"), words.say("What it leaves open")]


def compared(view: PolicyView) -> Markup:
    """The row of a provider in the comparison."""
    _, cost, left_open = _columns(view.words)
    quote, address = _compared_quote(view)
    shown = QuoteView(quote, view.words, view.provider.slots, for_html=True)
    return html(
        '<tr><th scope="row"><a href="{root}{url}?{address}">{name}</a>'
        '<span class="tw-lines__detail">{service}</span></th>'
        '<td data-label="{cost}"><strong class="tw-total__figure">'
        '{total}</strong><span class="tw-lines__detail">{details}</span></td>'
        '<td data-label="{left_open}">{open_points}</td></tr>',
        root=ROOT,
        url=policy_url(view),
        address=address,
        name=unlike_markers(view.policy.name),
        service=unlike_markers(view.inline(f"service.{quote.scenario.service.id}.name")),
        cost=cost,
        total=shown.total(),
        details=unlike_markers(_details(shown)),
        left_open=left_open,
        open_points=unlike_markers(_left_open(view, quote)),
    )


def _details(shown: QuoteView) -> Markup:
    """What the total is made of, when one answers, and what is missing."""
    details = [shown.breakdown(), shown.response(), *map(shown.missing, shown.quote.missing)]
    return joined((escape(part) for part in details if part), "<br>")


def _compared_quote(view: PolicyView) -> tuple[Quote, str]:
    """The compared case under a provider's first service, and the query that restores it."""
    service = next(iter(view.policy.services.values()))
    raw = {"start": view.provider.local_start(COMPARED_START), "minutes": str(COMPARED_MINUTES)}
    asked = {field: value for field, value in raw.items() if field in service.asks}
    query = "&".join(f"{field}={value}" for field, value in asked.items())
    return view.provider.quote(service.id, asked), f"service={service.id}&{query}"


def _left_open(view: PolicyView, quote: Quote) -> Markup:
    """What the page does not say, then what the amount takes for granted all the same."""
    gaps = [view.inline(f"gap.{gap}") for gap in view.policy.gaps]
    told = _list(gaps) if gaps else view.say("nothing we found")
    assumed = [*_answers_assumed(view, quote), *_taken_as_read(view, quote)]
    if not assumed:
        return told
    return told + html(
        '<details class="tw-how"><summary>{}</summary>{}</details>',
        view.say("What the amount takes as given"),
        _list(assumed),
    )


def _list(items: Iterable[Markup]) -> Markup:
    return html("<ul>{}</ul>", joined((html("<li>{}</li>", item) for item in items), ""))


def _answers_assumed(view: PolicyView, quote: Quote) -> Iterator[Markup]:
    """For whom the case is priced: the likeliest answers to what the service asks."""
    for name, answer in quote.scenario.answers.items():
        if answer in view.policy.questions[name].options:
            yield said_answers(view, When(((name, (answer,)),)))


def _taken_as_read(view: PolicyView, quote: Quote) -> Iterator[Markup]:
    """Our readings that the amount rests on, and what is taken from outside the page."""
    yield from (view.inline(f"reading.{reading}") for reading in quote.readings)
    yield from (view.inline(f"outside.{fact['id']}") for fact in view.document["outside"])
