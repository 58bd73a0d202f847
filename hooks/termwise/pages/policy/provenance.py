"""Where a page's terms come from: the line below its title, its notices, the facts at its end."""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from termwise.languages import HTML_LANGUAGES
from termwise.pages.policy.blocks import (
    block,
    fact,
    language_name,
    language_of_source,
    named_language,
    note_sign,
)
from termwise.pages.policy.glossary import explained
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.telling.validity import terms_held

STALE = ("stale", "missing")
"""States of a translation that is not shown."""


def provenance_line(view: PolicyView) -> Markup:
    """As of when the terms are, of which page they are a restatement, and where more is told."""
    parts = [
        explained(view, "effective-date", terms_held(view.words, view.policy)),
        view.say(
            "unofficial restatement of a page in {language}",
            language=explained(view, "language", named_language(view, language_of_source(view))),
        ),
        html('<a href="#provenance">{}</a>', view.say("Where this comes from")),
    ]
    told = joined((html("<span>{}</span>", part) for part in parts), "")
    return html('<p class="tw-provenance">{}</p>', told)


def notices(view: PolicyView) -> Markup:
    """What a reader has to know before all else."""
    affiliation = view.say(
        "Termwise is not affiliated with {name}. Only the provider’s own page is authoritative: "
        "{page}",
        name=view.policy.name,
        page=source_page(view),
    )
    ones = [("tw-notice tw-who-decides", affiliation)]
    ones += [("tw-notice tw-unreviewed", notice) for notice in _of_translations(view)]
    return joined(html('<p class="{}">{}</p>', *one) for one in ones)


def _of_translations(view: PolicyView) -> Iterator[Markup]:
    """What a printed quote has to say as well: what it words may be wrong, or in two languages."""
    texts = view.words.text_ids()
    if any(view.state(text_id).machine for text_id in texts):
        yield view.say(
            "Machine-made translation of our text in {language}, not reviewed by a person. If they "
            "differ, go by the text in {language}.",
            language=language_name(view),
        )
    if any(view.state(text_id).state in STALE for text_id in texts):
        yield view.say(
            "Parts without an up-to-date translation are shown in {language}.",
            language=language_name(view),
        )


def source_page(view: PolicyView) -> Markup:
    """The provider's page by its title; a link where its site is known."""
    source = view.document["source"]
    title = html(
        '<span lang="{}">{}</span>',
        HTML_LANGUAGES[language_of_source(view)],
        source["title"],
    )
    if not source["site"]:
        return title
    return html('<a href="https://{}" rel="external">{}</a>', source["site"], title)


def provenance(view: PolicyView) -> Markup:
    """The source of the terms, and what comes from elsewhere."""
    return block("dl", "tw-facts", _facts(view))


def edit_link(view: PolicyView) -> Markup:
    """For staff: the editor of the file, from the page of the terms in force."""
    if view.is_of_edition:
        return NOTHING
    link = html(
        '<a href="../../edit/{}/" rel="nofollow">{}</a>',
        view.policy.provider,
        view.say("For staff: change the file of this page in the browser"),
    )
    return html('<p class="tw-edit" data-unsearched>{}</p>', link)


def _facts(view: PolicyView) -> Iterator[Markup]:
    """All of it; the day is that for which the site was built, in the provider's zone."""
    words, policy, source = view.words, view.policy, view.document["source"]
    yield fact(words.say("Source page"), source_page(view))
    if source["site"]:
        yield fact(words.say("Published at"), source["site"])
    yield fact(words.say("Read on"), words.date(date.fromisoformat(source["read"])))
    yield fact(words.say("When they apply"), terms_held(words, policy))
    yield fact(words.say("As of"), words.date(view.provider.day))
    if view.has("source.note"):
        yield fact(words.say("Note"), view.inline("source.note"))
    for outside in view.document["outside"]:
        label = html("{}{}", note_sign("outside"), words.say("From outside the page"))
        yield fact(label, _outside_fact(view, outside))
    digest = html('<code class="tw-digest">{}</code>', policy.digest)
    yield fact(words.say("Digest of these terms"), digest)


def _outside_fact(view: PolicyView, outside: Mapping[str, str]) -> Markup:
    """A fact and where it is taken from; origins are named in English on every page."""
    told = view.inline("outside." + outside["id"])
    return html(
        '<span id="outside-{}">{} <span lang="en">({})</span></span>',
        outside["id"],
        told,
        outside["origin"],
    )
