"""The terms themselves: sections and clauses, with their readings and gaps beside them."""

from collections.abc import Collection, Iterator

from markupsafe import Markup

from termwise.languages import HTML_LANGUAGES
from termwise.pages.edit_links import edit_mark
from termwise.pages.markdown_text import heading
from termwise.pages.policy.blocks import language_name, language_of_source, note_sign
from termwise.pages.policy.glossary import explained
from termwise.pages.policy.provenance import STALE
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.terms.policy import ReadingOrGap

EXPLAINED = {"gap": "left-open", "reading": "reading"}
"""What a note is, in the glossary."""


def sections(view: PolicyView) -> Iterator[str]:
    """Each section with its clauses."""
    for section in view.document["sections"]:
        title_id = f"section.{section['id']}"
        title = view.plain(title_id)
        yield heading(
            title, f"section-{section['id']}", level=3, language=_other_language(view, title_id)
        )
        yield joined(_clause(view, clause) for clause in section["clauses"])


def _other_language(view: PolicyView, text_id: str) -> str:
    """The language of a text that is not in that of the page, to mark a heading with."""
    language = view.state(text_id).language
    return "" if language == view.language else HTML_LANGUAGES[language]


def source_switch(view: PolicyView) -> Markup:
    """The one switch of a translated page that shows our text in the language of the source.

    It needs no script: the style sheet asks whether it is on, and hides it where it cannot ask.
    """
    if view.language == view.policy.language:
        return NOTHING
    return html(
        '<p class="tw-beside"><label>'
        '<input type="checkbox" id="tw-beside" autocomplete="off"> {}</label></p>',
        _beside(view),
    )


def _beside(view: PolicyView) -> Markup:
    """Which text the switch shows; ours is in another language where the source says so."""
    own = language_name(view)
    if language_of_source(view) == view.policy.language:
        return view.say(
            "Show our text in {language}, the language of the source, beside it", language=own
        )
    return view.say(
        "Show our text in {language}, of which this is a translation, beside it", language=own
    )


def _clause(view: PolicyView, clause_id: str) -> Markup:
    number = view.policy.clause_numbers[clause_id]
    return html(
        '<div class="tw-clause" id="{anchor}">'
        '<span class="tw-clause__number">§ {number}</span>'
        '<p class="tw-clause__text">{text}</p>'
        '<a class="tw-clause__link" href="#{anchor}" aria-label="{label}">#</a>'
        "{edit}{original}{notes}</div>",
        anchor=f"clause-{clause_id}",
        number=number,
        text=view.with_marks(clause_id),
        label=view.words.say("Link to § {number}", number=number),
        edit=edit_mark(
            view.provider.lines[clause_id], view.words.say("Edit § {number}", number=number)
        ),
        original=_original(view, clause_id),
        notes=_notes_of(view, clause_id),
    )


def _original(view: PolicyView, text_id: str) -> Markup:
    """Our text in the language of the source, for the switch to show beside a translation of it.

    Where it stands in for a translation already, a notice says so.
    """
    if view.language == view.policy.language:
        return NOTHING
    if view.state(text_id).state in STALE:
        notice = view.words.say(
            "No up-to-date translation; this is our text in {language}.",
            language=language_name(view),
        )
        return html('<p class="tw-notice tw-notice--stale">{}</p>', notice)
    return html(
        '<p class="tw-original" lang="{language}">{text}</p>',
        language=view.governing.html_lang,
        text=view.original(text_id),
    )


def _notes_of(view: PolicyView, clause_id: str) -> Markup:
    """Readings and gaps beside the clause they belong to."""
    policy = view.policy
    readings = [one.id for one in policy.readings.values() if one.clause == clause_id]
    gaps = [one.id for one in policy.gaps.values() if one.clause == clause_id]
    notes = [_note(view, "reading", "tw-reading", note) for note in readings]
    notes += [_note(view, "gap", "tw-gap", note) for note in gaps]
    return joined(notes, "")


def _note(view: PolicyView, kind: str, css_class: str, note_id: str) -> Markup:
    return html(
        '<p class="{}" id="{}-{}"><span class="tw-label">{}{}</span> {}</p>',
        css_class,
        kind,
        note_id,
        note_sign(kind),
        _label(view, kind),
        view.inline(f"{kind}.{note_id}"),
    )


def _label(view: PolicyView, kind: str) -> str:
    return view.words.say("Our reading") if kind == "reading" else view.words.say("Left open")


def open_points(view: PolicyView) -> Iterator[str]:
    """Where every gap and reading stands; the box leads there and does not repeat them."""
    notes = {"gap": view.policy.gaps.values(), "reading": view.policy.readings.values()}
    if not any(notes.values()):
        return
    yield heading(view.words.say("What the provider leaves open"), "open")
    for kind, ones in notes.items():
        if ones:
            links = joined(_links_to(view, kind, ones), " ")
            label = explained(view, EXPLAINED[kind], _label(view, kind))
            yield html(
                '<p class="tw-{}"><span class="tw-label">{}{}:</span> {}</p>',
                kind,
                note_sign(kind),
                label,
                links,
            )


def _links_to(view: PolicyView, kind: str, notes: Collection[ReadingOrGap]) -> Iterator[Markup]:
    """A link for each clause that has notes, in their order, to the first of them."""
    for clause, number in view.policy.clause_numbers.items():
        if places := [f"{kind}-{one.id}" for one in notes if one.clause == clause]:
            yield html(
                '<a class="tw-ref" href="#{}" data-notes="{}">§ {}</a>',
                places[0],
                " ".join(places),
                number,
            )
