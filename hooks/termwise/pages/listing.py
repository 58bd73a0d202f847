"""What the hand-written pages take from the policies: the list of providers, the comparison."""

from termwise.pages.policy_view import PolicyView
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words

ROOT = "{root}"
"""The way from a page to the home of its language; the site fills it for each page."""

ROWS = "{rows}"
"""Where the rows of the providers go; the site puts them together."""

COMPARED_START = 24 * 60 + 17 * 60 + 30  # Tuesday 17:30, when office hours end in most places
COMPARED_MINUTES = 90


def policy_url(view: PolicyView) -> str:
    """The address of a policy page from the home of its language."""
    return f"providers/{view.policy.provider}/"


def provider_list() -> str:
    """The list of providers around its entries."""
    return f'<ul class="tw-providers">\n{ROWS}\n</ul>'


def listed_provider(view: PolicyView) -> str:
    """A link to a provider with what its services are."""
    return (
        f'<li><a href="{ROOT}{policy_url(view)}">{escape(view.policy.name)}</a>'
        f"<p>{_services(view)}</p></li>"
    )


def _services(view: PolicyView) -> str:
    services = [
        f"{view.inline(f'service.{service}.name')}: {view.inline(f'service.{service}.summary')}"
        for service in view.policy.services
    ]
    return "<br>".join(services)


def comparison(words: Words) -> str:
    """One case priced by every provider's first service, and what each leaves open."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in _columns(words))
    case = words.say(
        "The case: help that starts on {day} at {time}, local time of the provider, "
        "and takes {minutes}.",
        day=words.weekday(COMPARED_START // (24 * 60)),
        time=words.clock(COMPARED_START % (24 * 60)),
        minutes=words.minutes(COMPARED_MINUTES),
    )
    label = escape(words.say("Comparison of the providers"))
    return (
        f'<p class="tw-case">{escape(case)}</p>\n\n'
        f'<div class="tw-scroll" tabindex="0" role="region" aria-label="{label}">\n'
        f'<table class="tw-compare"><thead><tr>{head}</tr></thead>\n<tbody>\n{ROWS}\n</tbody>'
        "</table></div>"
    )


def _columns(words: Words) -> list[str]:
    return [words.say("Provider"), words.say("Cost"), words.say("What it leaves open")]


def compared(view: PolicyView) -> str:
    """The row of a provider in the comparison."""
    columns = _columns(view.words)
    quote, address = _compared_quote(view)
    shown = QuoteView(quote, view.words, view.provider.slots)
    details = [shown.breakdown(), shown.response(), *map(shown.missing, quote.missing)]
    detail = "<br>".join(escape(part) for part in details if part)
    service = view.inline(f"service.{quote.scenario.service.id}.name")
    link = f"{ROOT}{policy_url(view)}?{escape(address)}"
    return (
        f'<tr><th scope="row"><a href="{link}">{escape(view.policy.name)}</a>'
        f'<span class="tw-lines__detail">{service}</span></th>'
        f'<td data-label="{escape(columns[1])}"><strong class="tw-total__figure">'
        f'{escape(shown.total())}</strong><span class="tw-lines__detail">{detail}</span></td>'
        f'<td data-label="{escape(columns[2])}">{_left_open(view)}</td></tr>'
    )


def _compared_quote(view: PolicyView) -> tuple[Quote, str]:
    """The compared case under a provider's first service, and the query that restores it."""
    service = next(iter(view.policy.services.values()))
    raw = {"start": view.provider.local_start(COMPARED_START), "minutes": str(COMPARED_MINUTES)}
    asked = {field: value for field, value in raw.items() if field in service.asks}
    query = "&".join(f"{field}={value}" for field, value in asked.items())
    return view.provider.quote(service.id, asked), f"service={service.id}&{query}"


def _left_open(view: PolicyView) -> str:
    gaps = [f"<li>{view.inline(f'gap.{gap}')}</li>" for gap in view.policy.gaps]
    return f"<ul>{''.join(gaps)}</ul>" if gaps else escape(view.words.say("nothing we found"))
