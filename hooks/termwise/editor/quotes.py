"""What usual cases cost before and after a change: each service as it is asked, and examples."""

from contextlib import suppress

from markupsafe import Markup

from termwise.pages.policy.examples import case_words, default_case, example_raw
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import escape, html, joined
from termwise.reading.providers import Provider
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView


def compared_quotes(before: Provider | None, after: Provider, language: str) -> str:
    """A table of the cases of the terms as they would be, with each quote as the page shows it."""
    new = PolicyView(after, language)
    old = PolicyView(before, language) if before else None
    services = after.policy.services.values()
    cases = [*map(default_case, services), *after.document["examples"]]
    asked = {(case["service"], *sorted(example_raw(new, case).items())): case for case in cases}
    rows = []
    for case in asked.values():  # an example may be what its service is asked at first
        raw = example_raw(new, case)
        quote = after.quote(case["service"], raw)
        earlier = _quote(before, case["service"], raw)
        rows.append(_row(new, case_words(new, quote, case), old, earlier, quote))
    say = new.words.say
    return html(
        '<table class="tw-compared"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
        say("Case"),
        say("Before"),
        say("Now"),
        joined(rows),
    )


def _quote(provider: Provider | None, service: str, raw: dict[str, str]) -> Quote | None:
    """A case under the terms before; None where they cannot be asked it."""
    if provider is not None and service in provider.policy.services:
        with suppress(ScenarioProblems):
            return provider.quote(service, raw)
    return None


def _row(
    view: PolicyView, case: Markup, old: PolicyView | None, before: Quote | None, now: Quote
) -> Markup:
    earlier = _total(old, before) if old and before else escape("–")
    total = _total(view, now)
    return html(
        '<tr{}><th scope="row">{}<details><summary>{}</summary><div class="tw-quote">{}</div>'
        "</details></th><td>{}</td><td>{}</td></tr>",
        html(' class="tw-compared__changed"') if earlier != total else "",
        case,
        view.words.say("The whole quote"),
        view.quote(now),
        earlier,
        html("<strong>{}</strong>", total) if earlier != total else total,
    )


def _total(view: PolicyView, quote: Quote) -> Markup:
    return escape(QuoteView(quote, view.words, view.provider.slots).total())
