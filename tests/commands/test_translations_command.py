"""`termwise translations` renews PO files entry by entry, and lists what is not current."""

import difflib
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from termwise.commands.termwise import main
from termwise.reading.po_entries import entries_in
from termwise.reading.policies import read_policies
from tests.places import POLICIES, SOUND

OLD = "Clients pay {client-discount.percent} less."
NEW = "All clients pay {client-discount.percent} less."
CHANGED = """\
+#, fuzzy
+#| msgid "Clients pay {client-discount.percent} less."
-msgid "Clients pay {client-discount.percent} less."
+msgid "All clients pay {client-discount.percent} less."
"""
"""The difference of the Polish file when one text has become the other."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The policy that has one of everything, with its Polish translation."""
    shutil.copytree(SOUND, tmp_path / "policies")
    return tmp_path / "policies" / "tidewater"


def translations(folder: Path, *options: str) -> Result:
    """What the command says of a provider."""
    where = ["--policies", str(folder.parent)]
    return CliRunner().invoke(main, ["translations", folder.name, *options, *where])


def edit(folder: Path, old: str, new: str, name: str = "policy.yaml") -> None:
    """Change one place of a file."""
    text = (folder / name).read_bytes().decode()
    assert text.count(old) == 1
    (folder / name).write_bytes(text.replace(old, new).encode())


def polish(folder: Path) -> str:
    """The Polish file, line ends as they are."""
    return (folder / "pl.po").read_bytes().decode()


def difference(old: str, new: str) -> str:
    """The lines that one has and the other has not."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), n=0)
    return "".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def test_the_files_of_all_policies_are_taken_apart_and_lose_nothing() -> None:
    """Every entry has its text, and together they are the file."""
    files = sorted(POLICIES.rglob("*.po"))
    assert len(files) == 15
    for file in files:
        entries = entries_in(file.read_text("utf-8"))
        assert "".join(line for one in entries for line in one.lines) == file.read_text("utf-8")
        assert [one.is_header for one in entries] == [True, *(len(entries) - 1) * [False]]
        catalogue = [(one.context, one.id) for one in read_po(BytesIO(file.read_bytes())) if one.id]
        assert [(one.context, one.text("msgid")) for one in entries[1:]] == catalogue


def test_current_files_are_left_as_they_are(tmp_path: Path) -> None:
    """Nothing wraps them anew, whoever wrote them."""
    shutil.copytree(POLICIES / "mastiff", tmp_path / "policies" / "mastiff")
    result = translations(tmp_path / "policies" / "mastiff")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count(": nothing to renew\n") == result.stdout.count("\n") == 3
    for file in (POLICIES / "mastiff").glob("*.po"):
        assert (tmp_path / "policies" / "mastiff" / file.name).read_bytes() == file.read_bytes()


def test_the_difference_after_one_changed_clause_is_about_that_clause(folder: Path) -> None:
    """The former text and the translation stay beside the new text, for whoever translates."""
    before = polish(folder)
    edit(folder, OLD, NEW)
    result = translations(folder)
    assert difference(before, polish(folder)) == CHANGED
    assert "pl.po: 1 changed (discount)\n" in result.stdout
    line = polish(folder).splitlines().index('msgctxt "discount"') + 1
    assert f"pl.po:{line}:1: stale in Polski: discount: “{NEW}”\n" in result.stdout
    shown = read_policies(folder.parent).texts("tidewater", "pl")["discount"]
    assert (shown["state"], shown["text"]) == ("stale", NEW)


def test_a_text_that_is_what_it_was_has_its_translation_back(folder: Path) -> None:
    """Whatever stood between, the file is the same to the byte."""
    before = polish(folder)
    edit(folder, OLD, NEW)
    translations(folder)
    edit(folder, NEW, "{client-discount.percent} off.")
    translations(folder)
    assert '#| msgid "Clients pay' in polish(folder)
    edit(folder, "{client-discount.percent} off.", OLD)
    translations(folder)
    assert polish(folder) == before


def test_a_text_that_is_gone_is_kept_for_the_day_on_which_it_returns(folder: Path) -> None:
    """Obsolete at the end of the file, then in its former place."""
    before, policy = polish(folder), (folder / "policy.yaml").read_text("utf-8")
    faq = policy[policy.index("\nfaq:") : policy.index("\nreadings:")]
    edit(folder, faq, "\n")
    result = translations(folder)
    assert "2 obsolete (faq.weekend.question, faq.weekend.answer)" in result.stdout
    assert result.exit_code == 0
    assert '\n#~ msgctxt "faq.weekend.answer"\n' in polish(folder)
    assert read_po(BytesIO(polish(folder).encode())).obsolete
    (folder / "policy.yaml").write_text(policy, "utf-8")
    translations(folder)
    assert polish(folder) == before


def test_a_new_text_stands_behind_the_one_before_it(folder: Path) -> None:
    """With nothing in its translation, so that it counts as missing."""
    before = polish(folder)
    line = f"        text: {OLD}\n"
    edit(folder, line, f"{line}      - id: more\n        text: “More”.\n")
    result = translations(folder)
    added = '+msgctxt "more"\n+msgid "“More”."\n+msgstr ""\n+\n'
    assert difference(before, polish(folder)) == added
    after = polish(folder)
    assert after.index('"discount"') < after.index('"more"') < after.index('"free-minutes"')
    assert ": missing in Polski: more: ““More”.”\n" in result.stdout


def test_a_new_language_begins_with_every_text(folder: Path) -> None:
    """A file that translators' tools read, and that `check` accepts as it stands."""
    result = translations(folder)
    assert "da.po: begun, with 38 messages to translate" in result.stdout
    catalogue = read_po(BytesIO((folder / "da.po").read_bytes()))
    assert str(catalogue.locale) == "da"
    read = read_policies(folder.parent)
    texts = {one.id: one.text for one in read.policies["tidewater"].texts}
    assert {one.context: one.id for one in catalogue if one.id} == texts
    assert read.problems == []
    assert not (folder / "en.po").exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
        lambda text: text.replace("\n\nmsgctxt", "\nmsgctxt"),
    ],
    ids=["line ends of Windows", "a byte order mark", "no last line end", "blank end", "no blank"],
)
def test_how_a_file_is_written_stays(folder: Path, spoil: object) -> None:
    """Line ends, marks and blank lines are whoever's tool wrote them."""
    assert callable(spoil)
    spoilt = spoil(polish(folder))
    (folder / "pl.po").write_bytes(spoilt.encode())
    translations(folder)
    assert polish(folder) == spoilt
    edit(folder, OLD, NEW)
    translations(folder)
    assert difference(spoilt, polish(folder)).replace("\r", "") == CHANGED
    edit(folder, NEW, OLD)
    translations(folder)
    assert polish(folder) == spoilt


def test_a_file_without_its_header_gets_one(folder: Path) -> None:
    """And every message stays."""
    text = polish(folder)
    (folder / "pl.po").write_bytes(text[text.index("msgctxt") :].encode())
    assert translations(folder).exit_code == 0
    assert polish(folder).startswith("# Tidewater Desk: translation of policy.yaml\nmsgid")
    texts = read_policies(folder.parent).texts("tidewater", "pl")
    assert texts["discount"]["state"] == "translated"


def test_a_list_writes_nothing(folder: Path) -> None:
    """What has no file yet is named where it stands in the policy."""
    edit(folder, OLD, NEW)
    before = polish(folder)
    told = translations(folder, "--list").stdout
    assert polish(folder) == before
    assert [file.name for file in folder.glob("*.po")] == ["pl.po"]
    assert f"policy.yaml:168:15: missing in Dansk: discount: “{NEW}”\n" in told
    assert ": stale in Polski: discount: " in told
    assert "renew" not in told


def test_a_file_that_cannot_be_read_is_told_and_left_alone(folder: Path) -> None:
    """The others are renewed all the same."""
    edit(folder, 'msgstr "Praca zdalna"', 'msgstr "Praca zdalna', "pl.po")
    before = polish(folder)
    result = translations(folder)
    assert polish(folder) == before
    assert (folder / "da.po").exists()
    assert result.exit_code == 1
    assert "pl.po:44:1: The PO file cannot be read: " in result.stderr


def test_one_broken_policy_is_told_and_hides_no_other(folder: Path) -> None:
    """Its translations cannot be renewed before it is mended."""
    (folder.parent / "alder").mkdir()
    (folder.parent / "alder" / "policy.yaml").write_text("provider: alder\n", "utf-8")
    result = CliRunner().invoke(main, ["translations", "--policies", str(folder.parent)])
    assert result.exit_code == 1
    assert "alder/policy.yaml:1:1: " in result.stderr
    assert (folder / "da.po").exists()


def test_an_unknown_provider_is_wrong_use(folder: Path) -> None:
    """Those that there are are named."""
    result = translations(folder.parent / "nobody")
    assert result.exit_code == 2
    assert "Choose one of: tidewater." in result.stderr
