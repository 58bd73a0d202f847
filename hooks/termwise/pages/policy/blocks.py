"""What several parts of a policy page are laid out with."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import NOTHING, html, joined
from termwise_calculator.telling.marks import SIGNS


def block(tag: str, css_class: str, items: Iterable[Markup]) -> Markup:
    """A list of items: `ul`, `ol` or `dl`."""
    return html(
        '<{tag} class="{css_class}">\n{items}\n</{tag}>',
        tag=tag,
        css_class=css_class,
        items=joined(items),
    )


def fact(term: str, told: str) -> Markup:
    """An item of a `dl`."""
    return html("<dt>{}</dt><dd>{}</dd>", term, told)


def note_sign(kind: str) -> Markup:
    """The sign that figures bear which rest on such notes; nothing for gaps, which have none."""
    return html("{} ", SIGNS[kind]) if kind in SIGNS else NOTHING


def optional_link(view: PolicyView, item: Mapping[str, Any]) -> Markup:
    """Links to the clauses of an entry; nothing where it names none."""
    return view.clause_links(tuple(item["clauses"])) if item["clauses"] else NOTHING


def language_name(view: PolicyView) -> str:
    """The language of our text, as the page's language calls it."""
    return named_language(view, view.policy.language)


def language_of_source(view: PolicyView) -> str:
    """That of the provider's page; ours is another where the page says that another prevails."""
    return str(view.document["source"].get("language") or view.policy.language)


def named_language(view: PolicyView, language: str) -> str:
    """A language of the site, as the page's language calls it."""
    return {
        "en": view.words.say("English"),
        "pl": view.words.say("Polish"),
        "da": view.words.say("Danish"),
        "pt": view.words.say("Portuguese"),
    }[language]
