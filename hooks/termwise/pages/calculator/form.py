"""The calculator in a page: native controls, the default quote, and the words its script needs.

The markup is what docs/assets/javascripts/termwise/element.js expects; it is useful before any
script runs.
"""

from dataclasses import dataclass

from markupsafe import Markup

from termwise.pages.calculator.case_fields import minutes_field, service_field, start_field
from termwise.pages.calculator.deeds import deed_buttons
from termwise.pages.calculator.fields import local_time_hint
from termwise.pages.calculator.other_terms import other_terms
from termwise.pages.calculator.question_fields import question_field
from termwise.pages.calculator.waiting import waiting
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.pricing.scenario import fields_asked


@dataclass(frozen=True)
class CalculatorUrls:
    """Where the page finds its bundle and the worker that runs Python.

    Where there are first answers, `answers_digest` is their content's (subresource integrity), and
    `answered` the values of each field that they are for, as a query.
    `editions` are the other editions as JSON, `terms_list` is the list of all terms there were.
    `page` is where the terms stand, empty where that is the page of the calculator itself.
    """

    bundle: str
    runtime: str
    answers: str = ""
    answers_digest: str = ""
    answered: str = ""
    editions: str = ""
    terms_list: str = ""
    page: str = ""


def calculator_html(view: PolicyView, urls: CalculatorUrls) -> Markup:
    """The calculator of one provider, with its first service priced."""
    service = next(iter(view.policy.services))
    quote = view.provider.shown_quote(service, {})
    asked = fields_asked(view.policy, view.policy.services[service], quote.scenario.answers)
    return html(
        '<div class="tw-cost" data-unsearched>\n{opening}\n{other_terms}\n'
        '<div class="tw-entries">\n'
        '<form class="tw-form" aria-labelledby="cost" autocomplete="off">\n{fields}\n</form>\n'
        "{waiting}\n</div>\n"
        '<output class="tw-quote" aria-live="off" aria-labelledby="cost" '
        'data-other-case="{other_case}" data-other-terms="{by_other_terms}">\n{quote}</output>\n'
        "{actions}\n"
        '<p data-part="status" class="tw-unseen" role="status"></p>\n'
        "</termwise-calculator></div>",
        opening=_open_calculator(view, urls),
        other_terms=other_terms(view),
        fields=_fields(view, asked),
        waiting=waiting(
            view.words, view.words.say("The quote shown and the price tables still stand.")
        ),
        other_case=view.words.say("Not for your entries, but for: {case}", case="{case}"),
        by_other_terms=view.words.say(
            "Under different terms from those of this link, for: {case}", case="{case}"
        ),
        quote=_led_to(urls.page, view.quote(quote)),
        actions=_actions(view),
    )


def _led_to(page: str, quote: Markup) -> Markup:
    """A quote whose clauses stand on another page."""
    return quote.replace(html('href="#'), html('href="{}#', page)) if page else quote


def _open_calculator(view: PolicyView, urls: CalculatorUrls) -> Markup:
    return html(
        '<termwise-calculator class="tw-calculator" provider="{provider}" data-name="{name}" '
        'lang="{language}" data-bundle="{bundle}" data-runtime="{runtime}" {answers}'
        'data-terms="{terms}" data-terms-list="{terms_list}" {editions}{page}'
        'data-timezone="{timezone}">',
        provider=view.policy.provider,
        name=view.policy.name,
        language=view.words.html_lang,
        bundle=urls.bundle,
        runtime=urls.runtime,
        answers=_answers(urls),
        terms=view.policy.digest,
        terms_list=urls.terms_list,
        editions=html('data-editions="{}" ', urls.editions) if urls.editions else NOTHING,
        page=html('data-page="{}" ', urls.page) if urls.page else NOTHING,
        timezone=view.policy.zone.key,
    )


def _answers(urls: CalculatorUrls) -> Markup:
    if not urls.answers:
        return NOTHING
    return html('data-answers="{}" data-answers-digest="{}" ', urls.answers, urls.answers_digest)


def _fields(view: PolicyView, asked: list[str]) -> Markup:
    fields = [service_field(view), start_field(view, asked), minutes_field(view, asked)]
    fields += [question_field(view, one, asked) for one in view.policy.questions.values()]
    fields.append(html('<p class="tw-problem" data-problem-other hidden></p>'))
    return joined(field for field in fields if field)


def _actions(view: PolicyView) -> Markup:
    say = view.words.say
    return html(
        '{due}<p class="tw-actions">{deeds} '
        '<button type="button" class="tw-button" data-action="download" hidden>'
        "{download}</button></p>"
        '<p data-part="made" data-template="{on}" class="tw-made"></p>'
        '<p data-part="link" data-template="{made}" class="tw-print-only"></p>',
        due=local_time_hint(view, "due"),
        deeds=deed_buttons(view.words),
        download=say("Quote for programs (JSON)"),
        on=say("Made on {date}.", date="{date}"),
        made=say("The same quote: {address}", address="{address}"),
    )
