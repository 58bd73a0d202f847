"""The staff guide tells how far each policy is translated, and leads to what waits."""

import re
import shutil
from pathlib import Path

import pytest

from termwise.pages.edit_links import with_edit_links
from termwise.pages.parts import ProviderContent, Sources
from termwise.pages.staff.translation_status import with_translation_status
from termwise.reading.policies import PolicyFolder, read_provider
from tests.places import SOUND

NOTHING = ProviderContent("tidewater", {}, {}, (), {}, [], {}, {}, 0)
DOCS = "https://forge.example/us/terms/edit/main/docs/"
GUIDE = f"{DOCS}staff-guide.md"
LINK = re.compile(r'<code>([^<]+)</code> (\S+) <a class="tw-clause__edit" href="([^"]+)"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy of which one text has changed since it was translated, and one never was."""
    folder = tmp_path_factory.mktemp("status") / "policies" / "tidewater"
    shutil.copytree(SOUND / "tidewater", folder)
    policy = folder / "policy.yaml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("Clients pay {client", "All clients pay {client"), "utf-8")
    polish = folder / "pl.po"
    entries = polish.read_text("utf-8").split("\n\n")
    kept = [one for one in entries if 'msgctxt "charge.travel"' not in one]
    polish.write_text("\n\n".join(kept), "utf-8")
    return folder


@pytest.fixture(scope="module")
def read(folder: Path) -> PolicyFolder:
    """That policy, which is sound."""
    read = read_provider(folder)
    assert read.problems == []
    return read


def row(read: PolicyFolder, language: str = "en") -> str:
    """The row of the provider in a language."""
    content = with_translation_status(NOTHING, read, Sources("terms/policies/tidewater", {}))
    return content.rows["translations"][language]


def test_each_state_is_counted(read: PolicyFolder) -> None:
    """The original, a language with a file, and those without one."""
    polish = read.translations["tidewater"]["pl"]
    shown = row(read)
    assert '<td data-label="English">the original</td>' in shown
    assert shown.count("not begun</td>") == 2
    assert f"Translated: {polish.count('translated')}<br>" in shown
    assert "<summary>Missing: 1</summary>" in shown
    assert "<summary>Nieaktualne: 1</summary>" in row(read, "pl")


def test_what_waits_leads_to_its_line(folder: Path, read: PolicyFolder) -> None:
    """To the message of a stale text; to the text itself where it has no message."""
    links = LINK.findall(with_edit_links(row(read), GUIDE, DOCS))
    texts = {text.id for text in read.policies["tidewater"].texts}
    assert [name for name, _, _ in links if name in texts] == [name for name, _, _ in links]
    files = {
        name: (folder / name).read_text("utf-8").splitlines() for name in ("pl.po", "policy.yaml")
    }
    for name, place, address in links:
        file, line = place.split(":")
        assert (
            address
            == f"https://forge.example/us/terms/edit/main/terms/policies/tidewater/{file}#L{line}"
        )
        held = files[file][int(line) - 1]
        assert held == f'msgctxt "{name}"' if file == "pl.po" else held.strip()
    found = [(name, place.split(":")[0]) for name, place, _ in links]
    assert found == [("discount", "pl.po"), ("charge.travel", "policy.yaml")]


def test_without_an_address_the_place_is_told(read: PolicyFolder) -> None:
    """And no link leads anywhere."""
    shown = with_edit_links(row(read), "")
    assert "<code>discount</code> pl.po:" in shown
    assert "✎" not in shown
    assert "<!--" not in shown
