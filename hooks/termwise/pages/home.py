"""A provider's calculator on the home page, away from the terms that it prices by."""

from markupsafe import Markup

from termwise.pages.calculator.form import CalculatorUrls, calculator_html
from termwise.pages.policy_view import PolicyView
from termwise.pages.ready_html import ready_html
from termwise.pages.safe_text import html
from termwise_calculator.telling.validity import terms_held
from termwise_calculator.telling.view import QuoteView


def home_calculator(view: PolicyView, urls: CalculatorUrls) -> str:
    """The calculator, and above it whose terms it prices by."""
    return ready_html(html("{}\n{}", _whose(view, urls), calculator_html(view, urls)))


def _whose(view: PolicyView, urls: CalculatorUrls) -> Markup:
    """By whose terms: what a provider's page says below its title."""
    return html(
        '<p class="tw-provenance" data-unsearched>'
        "<span>{}</span><span>{}</span><span>{}</span></p>",
        view.say(
            "Under the terms of {provider}",
            provider=html('<a href="{}">{}</a>', urls.page, view.policy.name),
        ),
        terms_held(view.words, view.policy),
        view.words.say("unofficial restatement"),
    )


def rows_shown(view: PolicyView) -> int:
    """How much a calculator tells before anything is entered: the home page has the one of most."""
    quote = view.provider.shown_quote(next(iter(view.policy.services)), {})
    shown = QuoteView(quote, view.words, view.provider.slots)
    return len(quote.lines) + len(shown.totals()) if quote.complete else 0
