"""The reference of all fields of a policy file, from the same model that reads it.

Examples are taken from the recipe and the worked examples; which policies use a field is known
where the pages of all providers are put together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import yaml
from markupsafe import Markup

from termwise.languages import DEFAULT_LANGUAGE
from termwise.pages.parts import ProviderContent
from termwise.pages.safe_text import html, joined, whole_ranges
from termwise.policy_form.fields import fields_in
from termwise.policy_form.reference import (
    OWN_FIELDS,
    FieldEntry,
    FormEntry,
    anchor_of,
    reference,
)
from termwise.policy_form.skeleton import SCHEMA
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.policy_form.yaml_text.source import Data, value_at
from termwise.reading.policies import PolicyFolder

LONGEST_EXAMPLE = 70
NEEDS_QUOTES = re.compile(r"[{}\[\],#?]|: ")
Examples = Mapping[str, str]
"""How a field is written somewhere, by the name that it is linked by."""


def field_reference(texts: Iterable[str]) -> Markup:
    """A table for the file and for each kind of entry in it; examples are from these policies."""
    examples = _examples(yaml.load(text, Loader=TextLoader) for text in texts)
    tables = (_table(form, examples) for form in reference())
    return html('<div lang="en" class="tw-fields">\n{}\n</div>', joined(tables))


def schema_link(language: str) -> Markup:
    """The address of the published schema, seen from the home page of a language."""
    up = "" if language == DEFAULT_LANGUAGE else "../"
    return html('<p><a href="{{root}}{}{}"><code>{}</code></a></p>', up, SCHEMA, SCHEMA)


def with_fields_used(content: ProviderContent, folder: PolicyFolder) -> ProviderContent:
    """What a provider contributes, with the fields that its policy has."""
    [policy] = folder.policies.values()
    data = policy.source.data
    used = {anchor_of(model, name): "" for model, name, _ in fields_in(data)}
    shown = {anchor: str(_shown(written)) for anchor, written in _examples([data]).items()}
    return replace(content, used={**used, **shown})


def _table(form: FormEntry, examples: Examples) -> Markup:
    return html(
        '<details id="{id}"><summary><code>{title}</code> {meaning}</summary>\n'
        '<div class="tw-scroll"><table class="tw-rates">'
        '<thead><tr><th scope="col">Field</th><th scope="col">Meaning</th></tr></thead>\n'
        "<tbody>\n{rows}\n</tbody></table></div></details>",
        id=_id(form),
        title=form.title,
        meaning=form.meaning.split("\n")[0],
        rows=joined(_row(field, examples) for field in form.fields),
    )


def _id(form: FormEntry) -> str:
    """Of a table, beside those of its fields; `fields` alone is the heading above them all."""
    _, _, path = form.anchor.partition("-")
    return f"fields-{path or 'file'}"


def _row(field: FieldEntry, examples: Examples) -> Markup:
    return html(
        '<tr id="{anchor}"><th scope="row"><code>{name}</code>{needed}</th>'
        '<td>{meaning}<span class="tw-lines__detail">{details}</span></td></tr>',
        anchor=field.anchor,
        name=field.name,
        needed=html('<span class="tw-lines__detail">needed</span>') if field.is_needed else "",
        meaning=whole_ranges(field.meaning),
        details=joined(_details(field, examples), "<br>"),
    )


def _details(field: FieldEntry, examples: Examples) -> Iterator[Markup]:
    """How it is written, what holds without it, an example, and who uses it."""
    dated = html('; <a href="#fields-from">from a day on</a>, too') if field.is_dated else ""
    ways = joined(map(whole_ranges, field.written), "; or ")
    yield html("Written: {}{}{}.", ways, _own_fields(field), dated)
    if field.default:
        yield html("Left out: <code>{}</code>.", field.default)
    known = field.anchor in examples
    shown = _shown(examples[field.anchor]) if known else html("{{example:{}}}", field.anchor)
    yield html("{}Used by: {{users:{}}}", shown, field.anchor)


def _shown(example: str) -> Markup:
    return html("Example: <code>{}</code><br>", whole_ranges(example))


def _own_fields(field: FieldEntry) -> Markup:
    """The way to the fields inside."""
    if not any(OWN_FIELDS in way for way in field.written):
        return html("")
    forms = [form for form in reference() if form.model in field.forms]
    links = (html('<a href="#{}"><code>{}</code></a>', _id(one), one.title) for one in forms)
    return html(" ({})", joined(links, ", "))


def _examples(policies: Iterable[Data]) -> Examples:
    """The first short example of each field."""
    found: dict[str, str] = {}
    for data in policies:
        for model, name, path in fields_in(data):
            anchor = anchor_of(model, name)
            written = _written(name, value_at(data, path))
            if len(written) > LONGEST_EXAMPLE and isinstance(value_at(data, path), str):
                written = f"{written[:LONGEST_EXAMPLE]}…"
            if len(written) <= LONGEST_EXAMPLE + 1:
                found.setdefault(anchor, written)
    return found


def _written(name: str, value: Data | None) -> str:
    """A field on one line, as it may stand in a file."""
    return f"{name}: {_flow(value)}"


def _flow(value: Data | None) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(_written(key, part) for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    text = str(value)
    return f'"{text}"' if NEEDS_QUOTES.search(text) else text
