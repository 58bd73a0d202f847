"""The list of providers on hand-written pages: what each offers, and what that costs at least."""

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from termwise.pages.cheapest import HOUR, Cheapest, cheapest_hour, is_priced
from termwise.pages.markers import ROOT, ROWS, policy_url, unlike_markers
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Service


def provider_list(words: Words) -> Markup:
    """What the prices are for, and the list around its entries."""
    return html(
        '<p class="tw-help" data-unsearched>{}</p>\n'
        '<ul class="tw-providers" data-unsearched>\n{}\n</ul>',
        words.say(
            "“From” is the cost of {minutes} at the cheapest time of the week, with the answers "
            "that the calculator starts with. Each price opens the calculator with its own case.",
            minutes=words.minutes(HOUR),
        ),
        ROWS,
    )


def listed_provider(view: PolicyView) -> Markup:
    """A provider with its services, each with its price."""
    return html(
        '<li><a href="{}{}">{}</a>\n<ul>\n{}\n</ul></li>',
        ROOT,
        policy_url(view),
        unlike_markers(view.policy.name),
        joined(_service(view, service) for service in view.policy.services.values()),
    )


def _service(view: PolicyView, service: Service) -> Markup:
    cheapest = cheapest_hour(view.provider, service)
    query = "&".join(f"{name}={value}" for name, value in cheapest.query.items())
    return html(
        '<li><p>{name}<span class="tw-lines__detail">{summary}</span></p>\n'
        '<p class="tw-from"><a href="{root}{url}?service={service}{query}">{price}</a>'
        '<span class="tw-lines__detail">{details}</span></p></li>',
        name=unlike_markers(view.inline(f"service.{service.id}.name")),
        summary=unlike_markers(view.inline(f"service.{service.id}.summary")),
        root=ROOT,
        url=policy_url(view),
        service=service.id,
        query=f"&{query}" if query else "",
        price=unlike_markers(_price(view, cheapest)),
        details=unlike_markers(joined(_details(view, cheapest.quote), "<br>")),
    )


def _price(view: PolicyView, cheapest: Cheapest) -> Markup:
    """The least price; in words where it is not published, or a part of it."""
    price = _total(view, cheapest.quote)
    if cheapest.paid:
        return view.say(
            "free at some times, otherwise from {price}", price=_total(view, cheapest.paid)
        )
    return view.say("from {price}", price=price) if cheapest.varies else price


def _total(view: PolicyView, quote: Quote) -> Markup:
    return html("<strong>{}</strong>", _shown(view, quote).total())


def _shown(view: PolicyView, quote: Quote) -> QuoteView:
    return QuoteView(quote, view.words, view.provider.slots, for_html=True)


def _details(view: PolicyView, quote: Quote) -> Iterator[Markup]:
    """For how much that is the price, and what it is made of; nothing where nothing is paid."""
    if quote.due or not is_priced(quote):
        shown = _shown(view, quote)
        yield from (html("{}", told) for told in (_case(view, shown), shown.breakdown()) if told)


def _case(view: PolicyView, shown: QuoteView) -> str:
    """How much is priced: how long, and how many of what is counted."""
    scenario, questions = shown.quote.scenario, view.policy.questions
    parts: list[str] = []
    if scenario.minutes is not None:
        parts.append(view.words.minutes(scenario.minutes))
    parts += [
        shown.units(name, Decimal(answer))
        for name, answer in scenario.answers.items()
        if name in questions and questions[name].kind == "number" and answer
    ]
    return view.words.list_of(parts) if parts else ""
