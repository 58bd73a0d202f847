"""Translations: which text is shown in which language, and in which state."""

import pytest

from termwise.reading.policies import PolicyFolder, read_policies, shown_text
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from tests.places import SOUND

PO_FILE = SOUND / "tidewater" / "pl.po"


@pytest.fixture(scope="module")
def policy() -> ReadPolicy:
    """The policy that has one of everything."""
    text = (SOUND / "tidewater" / "policy.yaml").read_text(encoding="utf-8")
    read, problems = read_policy_text(text)
    assert read is not None, problems
    return read


def shown(policy: ReadPolicy, po_file: str, text_id: str) -> dict[str, str | bool]:
    """A text as Polish readers see it; the PO file must be without problems."""
    translated, problems = policy.read_translation(po_file.encode(), "pl.po", "pl")
    assert problems == []
    text = next(one for one in policy.texts if one.id == text_id)
    return shown_text(text, "en", translated)


def test_a_current_translation_is_shown(policy: ReadPolicy) -> None:
    """The translation, its language, and that a machine made it."""
    assert shown(policy, PO_FILE.read_text(encoding="utf-8"), "discount") == {
        "text": "Klienci płacą o {client-discount.percent} mniej.",
        "state": "translated",
        "machine": True,
        "language": "pl",
    }


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ('msgid "Clients pay', 'msgid "All clients pay', "stale"),
        ('msgctxt "discount"', '#, fuzzy\nmsgctxt "discount"', "missing"),
        (
            'msgstr "Klienci płacą o {client-discount.percent} mniej."',
            'msgstr ""',
            "missing",
        ),
    ],
    ids=["the governing text has changed", "the translation is fuzzy", "it is empty"],
)
def test_a_translation_that_is_not_current_is_never_shown(
    policy: ReadPolicy, old: str, new: str, state: str
) -> None:
    """The governing text stands in its place, with the reason."""
    po_file = PO_FILE.read_text(encoding="utf-8").replace(old, new)
    assert shown(policy, po_file, "discount") == {
        "text": "Clients pay {client-discount.percent} less.",
        "state": state,
        "machine": False,
        "language": "en",
    }


def test_a_stale_translation_may_hold_what_no_longer_exists(policy: ReadPolicy) -> None:
    """It is not shown, so its slots are no problem."""
    po_file = PO_FILE.read_text(encoding="utf-8").replace('msgid "Clients pay', 'msgid "We take')
    po_file = po_file.replace("o {client-discount.percent} mniej", "o {gone.percent} mniej")
    assert shown(policy, po_file, "discount")["state"] == "stale"


def test_a_reviewed_message_is_no_machine_translation(policy: ReadPolicy) -> None:
    """The flag `reviewed` says that a person has read it."""
    po_file = PO_FILE.read_text(encoding="utf-8")
    po_file = po_file.replace('msgctxt "discount"', '#, reviewed\nmsgctxt "discount"')
    assert shown(policy, po_file, "discount")["machine"] is False
    assert shown(policy, po_file, "versions")["machine"] is True


def test_slots_may_come_in_another_order_and_case(policy: ReadPolicy) -> None:
    """A translation orders its sentence as it needs, and inflects lengths."""
    po_file = PO_FILE.read_text(encoding="utf-8").replace(
        "Każde rozpoczęte {labour.per} kosztuje {labour.price}.",
        "Płaci się {labour.price} za {labour.per|hours|genitive}.",
    )
    assert shown(policy, po_file, "glance.price")["state"] == "translated"


def test_obsolete_messages_are_left_alone(policy: ReadPolicy) -> None:
    """What a translation tool keeps for later is no message."""
    po_file = PO_FILE.read_text(encoding="utf-8")
    po_file += '\n#~ msgctxt "gone"\n#~ msgid "Old"\n#~ msgstr "{old.slot}"\n'
    assert shown(policy, po_file, "discount")["state"] == "translated"


def test_line_breaks_around_a_translation_are_no_part_of_it(policy: ReadPolicy) -> None:
    """Editors leave one at the end of both texts, or of one of them."""
    po_file = PO_FILE.read_text(encoding="utf-8")
    for old, new in (("mniej.", "mniej.\\n"), ("percent} less.", "percent} less.\\n")):
        po_file = po_file.replace(old, new)
        found = shown(policy, "\ufeff" + po_file, "discount")
        assert found["text"] == "Klienci płacą o {client-discount.percent} mniej."


def test_the_governing_language_shows_the_file_itself() -> None:
    """In the governing language there is nothing to translate."""
    folder = read_policies(SOUND)
    texts = folder.texts("tidewater", "en")
    assert {text["state"] for text in texts.values()} == {"governing"}


def test_a_language_without_a_file_has_every_text_missing() -> None:
    """The page then shows the governing text throughout, with a notice."""
    folder: PolicyFolder = read_policies(SOUND)
    texts = folder.texts("tidewater", "da")
    assert {(text["state"], text["language"]) for text in texts.values()} == {("missing", "en")}
    assert folder.problems == []
