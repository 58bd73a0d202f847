"""The row of a provider in the comparison: its quote, what it takes as read, what it leaves open.

The quote is the calculator's own; the sheet of styles leaves out what the provider's page tells
line by line, and links lead there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup

from termwise.languages import DEFAULT_LANGUAGE
from termwise.pages.calculator.case_fields import service_field
from termwise.pages.calculator.first_answers import integrity
from termwise.pages.calculator.question_fields import question_field
from termwise.pages.comparison.first_case import FirstRow, first_row
from termwise.pages.comparison.table import column_words
from termwise.pages.edition_pages import Bundles, other_editions, page_of
from termwise.pages.markers import ROOT, unlike_markers
from termwise.pages.parts import SiteAsset, terms_list_place
from termwise.pages.phrases.clocks import clock_words
from termwise.pages.policy.other_terms import other_terms_today
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, capitalised, from_the_calculator, html, joined
from termwise.reading.providers import Provider
from termwise_calculator.pricing.quote import Quote, quote_data
from termwise_calculator.pricing.scenario import fields_asked
from termwise_calculator.telling.problems import describe


@dataclass(frozen=True)
class RowFiles:
    """What the script fetches for a row: bundles, answers by their language, Python's worker."""

    bundles: Bundles
    answers: Mapping[str, SiteAsset]
    worker: str


def compared(provider: Provider, language: str, start: datetime, files: RowFiles) -> Markup:
    """The row of a provider for the case that starts at a moment."""
    url = f"{ROOT}providers/{provider.policy.provider}/"
    view, first = PolicyView(provider, language, url), first_row(provider, start)
    _, _, asks, rests_on = column_words(view.words)
    return html(
        '<tr {data}><th scope="row"><a data-part="way" href="{way}">{name}</a>{clock}{notices}</th>'
        '<td><output class="tw-quote" aria-live="off" '
        'data-other-case="{other_case}"{amount}>{quote}</output>'
        '<p class="tw-converted" data-part="converted" hidden></p>{changed}'
        '<p class="tw-way"><a data-part="way" href="{way}">{line_by_line}</a></p></td>'
        "<td>{form}</td><td>{rests_on}</td></tr>",
        data=_data(view, files),
        way=f"{url}?{urlencode(first.query)}",
        name=unlike_markers(view.policy.name),
        clock=_clock(view),
        notices=_notices(view),
        other_case=view.words.say("Not for your entries, but for: {case}", case="{case}"),
        amount=_amount(first.quote),
        quote=_quote(view, first),
        changed=_changed(view),
        line_by_line=view.words.say("Line by line, with the clauses"),
        form=_folded(asks, unlike_markers(_form(view, first))),
        rests_on=_folded(rests_on, unlike_markers(_taken_as_read(view) + _left_open(view))),
    )


def _folded(label: str, content: Markup) -> Markup:
    """What a phone shows on request, so that it shows the costs of all at once."""
    return html('<details class="tw-how tw-fold"><summary>{}</summary>{}</details>', label, content)


def _data(view: PolicyView, files: RowFiles) -> Markup:
    """What the script must know of a row; addresses are seen from the page."""
    policy, language = view.policy, view.language
    root = ROOT if language == DEFAULT_LANGUAGE else html("{}../", ROOT)
    answers = files.answers[language]
    return html(
        'data-provider="{provider}" data-currency="{currency}" data-timezone="{timezone}" '
        'data-page="{page}" data-bundle="{root}{bundle}" data-runtime="{root}{runtime}" '
        'data-answers="{root}{answers}" data-answers-digest="{digest}" data-terms="{terms}" '
        'data-terms-list="{root}{terms_list}"{editions}',
        provider=policy.provider,
        currency=policy.currency,
        timezone=policy.zone.key,
        page=view.home,
        root=root,
        bundle=files.bundles[policy.digest, language].uri,
        runtime=files.worker,
        answers=answers.uri,
        digest=integrity(answers),
        terms=policy.digest,
        terms_list=terms_list_place(policy.provider),
        editions=_editions(view, files, root),
    )


def _editions(view: PolicyView, files: RowFiles, root: str) -> Markup:
    told = other_editions(view.provider, view.language, root, files.bundles)
    return html(' data-editions="{}"', told) if told else NOTHING


def _clock(view: PolicyView) -> Markup:
    """By whose clock the row says when it starts; nothing where nobody asks."""
    if not any("start" in one.asks for one in view.policy.services.values()):
        return NOTHING
    return html('<span class="tw-lines__detail">{}</span>', capitalised(clock_words(view)))


def _notices(view: PolicyView) -> Markup:
    """That other terms are in force by now, where no start decides which terms price."""
    services = view.policy.services.values()
    return NOTHING if all("start" in one.asks for one in services) else other_terms_today(view)


def _changed(view: PolicyView) -> Markup:
    """That a link was made under other terms than those that price now."""
    return html(
        '<p class="tw-notice" data-part="changed" hidden>{} <a>{}</a></p>',
        view.words.say("This link was made under different terms."),
        view.words.say("See what has changed"),
    )


def _amount(quote: Quote | None) -> Markup:
    """What is to be paid, for the order of rows and a second currency; in full or not at all."""
    data = {} if quote is None else quote_data(quote)
    # Lines of which some are with tax and some without make no sum that anybody pays.
    unknown = data.get("gross") is None and "taxes" in data
    if not data or not data["complete"] or unknown:
        return NOTHING
    due = next(one for one in ("payable", "gross", "subtotal") if data.get(one) is not None)
    least, most = data[due], data.get(f"{due}_to", data[due])
    return html(' data-least="{}" data-most="{}"', least, most)


def _quote(view: PolicyView, first: FirstRow) -> Markup:
    """The quote, its links to clauses leading to the page of its terms; or why there is none."""
    if first.quote is None:
        told = " ".join(describe(problem, view.words) for problem in first.problems)
        return html(
            '<p class="tw-total tw-total--words"><strong class="tw-total__figure" data-total>'
            "{}</strong></p>",
            told,
        )
    shown = PolicyView(first.provider, view.language)
    edition = first.provider.edition
    page = view.home
    if edition.digest != view.policy.digest:
        page = f"{ROOT}{page_of(first.provider, edition)}/"
    written = str(unlike_markers(shown.quote(first.quote)))
    return from_the_calculator(written.replace('href="#', f'href="{page}#'))


def _form(view: PolicyView, first: FirstRow) -> Markup:
    """What this provider asks besides start and length; each answer can be another."""
    answers = {} if first.quote is None else first.quote.scenario.answers
    ids, asked = f"tw-{view.policy.provider}", fields_asked(view.policy, first.service, answers)
    questions = (question_field(view, one, asked, ids) for one in view.policy.questions.values())
    return html(
        '<form class="tw-form" autocomplete="off" aria-label="{label}" hidden>{fields}'
        '<p class="tw-problem" data-problem-other hidden></p></form>',
        label=view.words.say("What {name} asks", name=view.policy.name),
        fields=joined([service_field(view, ids), *questions]),
    )


def _taken_as_read(view: PolicyView) -> Markup:
    """What is taken from outside the page; our readings stand in the quote that rests on them."""
    facts = [view.inline(f"outside.{fact['id']}") for fact in view.document["outside"]]
    return _listed(view.words.say("Taken from outside the page"), facts) if facts else NOTHING


def _left_open(view: PolicyView) -> Markup:
    """What the page does not say."""
    gaps = [view.inline(f"gap.{gap}") for gap in view.policy.gaps]
    return _listed(
        view.words.say("What it leaves open"), gaps or [view.say("nothing that we found")]
    )


def _listed(title: str, items: Iterable[Markup]) -> Markup:
    entries = joined((html("<li>{}</li>", item) for item in items), "")
    return html('<p class="tw-label">{}</p><ul>{}</ul>', title, entries)
