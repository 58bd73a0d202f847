"""The invented provider, with texts that look like Markdown, YAML, HTML and templates."""

import json
from itertools import cycle
from pathlib import Path

from termwise.policy_form.yaml_text.source import read_source, texts_of
from termwise.reading.policy_text import read_policy_text

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
    "[a](javascript:alert())",
)
"""Texts of a policy, in which braces would be slots."""

AWKWARD = (*IN_TEXTS, "x {: #x}", "{{ x }}", "{% x %}", "{root} {rows}", "x {#x}")

ADDRESSES = tuple(f"example.org/{''.join(text.split())}" for text in AWKWARD)
"""An address has no spaces, and may have anything else."""

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
    contacts = [{"kind": "web", "value": address} for address in ADDRESSES]
    provider = folder / "northlight"
    provider.mkdir(parents=True)
    (provider / "policy.yaml").write_text(f"{written}\ncontacts: {json.dumps(contacts)}\n", "utf-8")
    return folder


NAMES = ("title", "origin", "number", "source", "name")
"""The fields beside the translated ones in which anybody may write what they like."""


def write_awkward_everywhere(folder: Path) -> dict[str, str]:
    """Put a provider into a folder of whose texts each is awkward, in two languages.

    Gives what each text must say, by its id, without the sentences that slots fill.
    """
    written = INVENTED.read_text("utf-8")
    policy, problems = read_policy_text(written)
    assert policy is not None, problems
    awkward = {text.id: one for text, one in zip(policy.texts, cycle(IN_TEXTS), strict=False)}
    texts = {text.path: f"{text.text} {awkward[text.id]}" for text in policy.texts}
    source = read_source(written, "policy.yaml")
    names = {path: text for path, text in texts_of(source) if path[-1] in NAMES}
    texts = {path: f"{text[:8]} {{{{ x }}}} <b>" for path, text in names.items()} | texts
    for path in sorted(texts, key=lambda path: -source.values[path].start):
        spot = source.values[path]
        former = written[spot.start : spot.end]
        behind = former[len(former.rstrip()) :] + written[spot.end :]
        written = written[: spot.start] + json.dumps(texts[path]) + behind
    provider = folder / "northlight"
    provider.mkdir(parents=True)
    (provider / "policy.yaml").write_text(written, "utf-8")
    messages = ['msgid ""\nmsgstr "Language: pl\\n"\n']
    for text in policy.texts:
        governing = texts[text.path]
        translated = governing.rpartition("| ")[2]  # of the forms of a unit one may do for all
        written = [json.dumps(one, ensure_ascii=False) for one in (text.id, governing, translated)]
        messages.append("msgctxt {}\nmsgid {}\nmsgstr {}\n".format(*written))
    (provider / "pl.po").write_text("\n".join(messages), "utf-8")
    return awkward
