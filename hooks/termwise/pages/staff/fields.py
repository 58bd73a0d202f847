"""The reference of all fields of a policy file, from the same schema that checks it."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from termwise.pages.safe_text import html, joined

Schema = Mapping[str, Any]


def field_reference(schema: Schema) -> Markup:
    """A table for the file and for each kind of entry in it, with every field's description."""
    tables = [_table("policy.yaml", schema)]
    tables += [_table(name, entry) for name, entry in schema["$defs"].items() if _has_fields(entry)]
    return html('<div lang="en" class="tw-fields">\n{}\n</div>', joined(tables))


def _has_fields(entry: Schema) -> bool:
    return bool(entry.get("properties"))


def _table(name: str, entry: Schema) -> Markup:
    return html(
        "<details><summary>{}: {}</summary>\n"
        '<div class="tw-scroll"><table class="tw-rates">'
        '<thead><tr><th scope="col">Field</th><th scope="col">Meaning</th></tr></thead>\n'
        "<tbody>\n{}\n</tbody></table></div></details>",
        name,
        entry.get("description", ""),
        joined(_rows(entry)),
    )


def _rows(entry: Schema) -> Iterator[Markup]:
    required = entry.get("required", ())
    for field, details in entry["properties"].items():
        yield html(
            '<tr><th scope="row"><code>{}</code>{}</th><td>{}</td></tr>',
            field,
            "" if field in required else " (optional)",
            details.get("description", ""),
        )
