"""What policies with one of everything, and with nothing, become: data that is kept and compared.

Digests, published terms and what is kept of them depend on each name and form in it.
`.venv/bin/python -m tests.compiling.approved` writes it anew; what has changed is read in the diff.
"""

from pathlib import Path
from typing import Any

import yaml

from termwise.compiling.editions import compile_editions
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.libyaml import TextLoader

EVERYTHING = Path(__file__).with_name("everything.yaml")
APPROVED = Path(__file__).with_name("approved.yaml")


def policies() -> list[dict[str, Any]]:
    """The policies as they are written; the first of them has everything."""
    return [*yaml.load_all(EVERYTHING.read_text("utf-8"), TextLoader)]


def compiled(written: dict[str, Any]) -> dict[str, Any]:
    """Its one edition, but for the texts of clauses, which are copied."""
    (edition,) = compile_editions(PolicyFile.model_validate(written))
    return {name: part for name, part in edition.compiled.items() if name != "texts"}


def main() -> None:
    """Keep what they become now."""
    become = map(compiled, policies())
    text = yaml.dump_all(become, sort_keys=False, default_flow_style=None, width=100)
    APPROVED.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
