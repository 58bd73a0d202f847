"""Addresses as a provider publishes them: of pages, mailboxes and telephones.

Pages make links of them, so that one that leads nowhere is told while it is written.
"""

import re
from collections.abc import Collection, Iterator

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Source
from termwise.problems import Place, Problem, quoted

LABEL = r"[^\W_]+(?:-+[^\W_]+)*"
HOST = rf"(?:{LABEL}\.)+{LABEL}"
FORMS = {
    "web": re.compile(rf"{HOST}(?::\d{{1,5}})?(?:[/?#]\S*)?"),
    "email": re.compile(rf"[^\s@:/<>]+@{HOST}"),
    "phone": re.compile(r"\+?\(?[\dA-Z](?:[ ()/.-]{0,2}[\dA-Z]){2,19}"),
}
EXPECTED = {
    "web": "an address such as example.org/support, without https://",
    "email": "an address such as support@example.org",
    "phone": "a number such as +48 601 000 000",
}
SCHEME = re.compile(r"(?i)(?:https?:/*|mailto:|tel:)")


def address_problems(written: PolicyFile, source: Source) -> Iterator[Problem]:
    """A site or a contact that is no address of its kind."""
    if written.source.site is not None:
        place = source.place(("source", "site"))
        yield from _problems(written.source.site, "web", place, others=())
    for index, contact in enumerate(written.contacts):
        place = source.place(("contacts", index, "value"))
        yield from _problems(contact.value, contact.kind, place, others=FORMS)


def _problems(text: str, kind: str, place: Place, others: Collection[str]) -> Iterator[Problem]:
    if not FORMS[kind].fullmatch(text):
        what = "This is not written as an address that a link can lead to"
        yield Problem(place, what, quoted(text), EXPECTED[kind], _mend(text, kind, others))


def _mend(text: str, kind: str, others: Collection[str]) -> str:
    meant = SCHEME.sub("", text, count=1)
    if FORMS[kind].fullmatch(meant):
        return f"did you mean {quoted(meant)}?"
    other = next((one for one in others if FORMS[one].fullmatch(meant)), "")
    return f"write “kind: {other}”, or the address of this kind" if other else "write it alone"
