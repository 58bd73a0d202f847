"""The invented provider, with texts that look like Markdown, YAML, HTML and templates."""

import json
from itertools import cycle
from pathlib import Path

INVENTED = Path(__file__).parents[1] / "generality/policies/northlight/policy.yaml"

NAME = """Duxtel "Router" Help: {root} *x* <b>'s' & {{ x }} #"""
"""What stands in title, metadata, lists and headings."""

IN_TEXTS = (
    "__init__ <b>x",
    "*x* **y**",
    "[a](b) ![c](d)",
    "&amp; &lt;i&gt;",
    "<script>alert()</script>",
    "`x` \\*y\\* \\",
    "# x #",
    "--- x: y",
    """"both" 'kinds'""",
    "<!-- termwise:providers -->",
    "<!-- /ready --> x",
)
"""Texts of a policy, in which braces would be slots."""

AWKWARD = (*IN_TEXTS, "x {: #x}", "{{ x }}", "{% x %}", "{root} {rows}", "x {#x}")

RENAMED = (
    *(
        "title: Remote work",
        "title: Visits",
        "name: Remote help",
        "name: Visit",
        "label: Remote work",
    ),
    *("label: Travel", "label: Do you need us today?", "label: Contract clients"),
    *("label: First answer", "title: Northlight rate card", "note: This company is made up."),
    *("done: It took place", "summary: A technician works on your computer."),
    *("text: No price is published for remote work at other hours.",),
)
"""What is renamed, as the file of the invented company has it."""


def write_awkward_policies(folder: Path) -> Path:
    """Put this provider into a folder of policies, in a time zone that those of the site name.

    The browser's Python holds the zones of a site: with another one it would be made anew.
    """
    written = INVENTED.read_text("utf-8")
    written = written.replace("name: Northlight Field Service", f"name: {json.dumps(NAME)}")
    written = written.replace("timezone: Europe/Copenhagen", "timezone: Europe/Warsaw")
    for renamed, text in zip(RENAMED, cycle(IN_TEXTS), strict=False):
        assert written.count(renamed), renamed
        for end in ("\n", ",", "}"):
            key = renamed.partition(":")[0]
            written = written.replace(renamed + end, f"{key}: {json.dumps(text)}{end}")
    contacts = [{"kind": "web", "value": text} for text in AWKWARD]
    provider = folder / "northlight"
    provider.mkdir(parents=True)
    (provider / "policy.yaml").write_text(f"{written}\ncontacts: {json.dumps(contacts)}\n", "utf-8")
    return folder
