"""What generated pages say in Markdown itself: their front matter and their headings.

All else in them is HTML. Markdown reads headings, so that the contents of a page are made of them.
"""

import yaml

from termwise.policy_form.yaml_text.libyaml import Dumper

AS_LONG_AS_IT_IS = 1_000_000
"""The width of a line that is not broken."""

MARKDOWN = {ord(sign): f"\\{sign}" for sign in "\\`*_{}[]#"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
}
"""What would be read as more than a letter within a line, and how it is written to be none."""


def front_matter(**fields: str) -> str:
    """The head of a page's file, which MkDocs reads."""
    written = yaml.dump(
        {name: _one_line(text) for name, text in fields.items()},
        Dumper=Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=AS_LONG_AS_IT_IS,
    )
    return f"---\n{written}---"


def heading(title: str, anchor: str = "", level: int = 2, language: str = "") -> str:
    """A heading that says a text letter by letter; `language` marks one that is not the page's."""
    marks = [f"#{anchor}"] if anchor else []
    marks += [f'lang="{language}"'] if language else []
    attributes = f" {{{' '.join(marks)}}}" if marks else ""
    return f"{'#' * level} {_one_line(title).translate(MARKDOWN)}{attributes}"


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
