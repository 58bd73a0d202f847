"""The reference of all fields of a policy file, from the same schema that checks it."""

from collections.abc import Iterator, Mapping
from typing import Any

from termwise_calculator.telling.markup import escape

Schema = Mapping[str, Any]


def field_reference(schema: Schema) -> str:
    """A table for the file and for each kind of entry in it, with every field's description."""
    parts = [_table("policy.yaml", schema)]
    parts += [_table(name, entry) for name, entry in schema["$defs"].items() if _has_fields(entry)]
    return '<div lang="en" class="tw-fields">\n' + "\n".join(parts) + "\n</div>"


def _has_fields(entry: Schema) -> bool:
    return bool(entry.get("properties"))


def _table(name: str, entry: Schema) -> str:
    rows = "\n".join(_rows(entry))
    title = f"{escape(name)}: {escape(str(entry.get('description', '')))}"
    return (
        f"<details><summary>{title}</summary>\n"
        f'<div class="tw-scroll"><table class="tw-rates">'
        f'<thead><tr><th scope="col">Field</th><th scope="col">Meaning</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div></details>"
    )


def _rows(entry: Schema) -> Iterator[str]:
    required = entry.get("required", ())
    for field, details in entry["properties"].items():
        note = "" if field in required else " (optional)"
        meaning = escape(str(details.get("description", "")))
        yield f'<tr><th scope="row"><code>{escape(field)}</code>{note}</th><td>{meaning}</td></tr>'
