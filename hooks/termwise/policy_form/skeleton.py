"""The beginning of a new policy: the recipe with its values left blank, each still an example.

The recipe in policies/README.md is the one source, so what is explained there is what is copied.
"""

import re
from collections.abc import Iterator, Mapping

from termwise.policy_form.fields import written_values
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import BLANK, Path, Source, Spot, read_source

SCHEMA = "schema/policy.schema.json"
"""Where a site has the schema, seen from its root."""

RECIPE = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
ABOUT: tuple[Path, ...] = (
    ("name",),
    ("language",),
    ("effective",),
    ("timezone",),
    ("currency",),
    ("source", "title"),
    ("source", "site"),
    ("source", "read"),
    ("tax", "name"),
    ("tax", "prices"),
)
"""What the company's page says of itself, beside its figures."""

HEAD = f"""\
# Fill in every {BLANK}; the comment beside it tells what stands there in an example. Take away what
# the company does not have, and let each text say in your own words what its page says. Then run
# `termwise check`: it tells what is still blank or wrong. All of it is explained in
# policies/README.md.
"""


def recipe_in(readme: str) -> str:
    """The policy that is to be copied: the first one shown in the text that explains it."""
    found = RECIPE.search(readme)
    assert found, "the recipe stands in the README of the policies"
    return found[1]


def shown_in(readme: str) -> list[str]:
    """Every part of a policy that the text shows, the recipe first."""
    return RECIPE.findall(readme)


def skeleton(recipe: str, provider: str, site: str = "") -> str:
    """A policy for a provider in which what only its page can tell is blank.

    It names the schema that a site publishes, or else that of a site built beside it.
    """
    source = read_source(recipe, "the recipe")
    spots = dict(_blanks(source))
    lines = recipe.splitlines()
    for line, examples in _by_line(source, spots).items():
        lines[line - 1] = _left_blank(lines[line - 1], examples, source)
    schema, *rest = lines
    if site:
        schema = f"# yaml-language-server: $schema={site.rstrip('/')}/{SCHEMA}"
    rest = [re.sub(r"^(provider:) [a-z-]+", rf"\1 {provider}", line) for line in rest]
    return "\n".join((schema, HEAD + rest[0], *rest[1:], ""))


def _blanks(source: Source) -> Iterator[tuple[Path, Spot]]:
    yield from ((path, source.values[path]) for path in ABOUT)
    for value in written_values(source):
        if value.kind in TARIFF_KINDS:
            yield value.path, value.spot


def _by_line(source: Source, spots: Mapping[Path, Spot]) -> dict[int, list[Spot]]:
    lines: dict[int, list[Spot]] = {}
    for spot in sorted(spots.values(), key=lambda spot: spot.start):
        lines.setdefault(spot.line, []).append(spot)
    return lines


def _left_blank(line: str, spots: list[Spot], source: Source) -> str:
    """A line with its values blank, which go into the comment at its end."""
    examples = ", ".join(source.text[spot.start : spot.end] for spot in spots)
    for spot in reversed(spots):
        start = spot.column - 1
        line = line[:start] + BLANK + line[start + spot.end - spot.start :]
    fields, mark, comment = line.partition("  #")
    about = f"; {comment.strip()}" if mark else ""
    return f"{fields.rstrip()}  # such as {examples}{about}"
