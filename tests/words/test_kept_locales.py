"""What is kept of CLDR is what Babel says, and is read anew where the file is no good."""

from pathlib import Path

import pytest

from termwise.languages import LANGUAGES
from termwise.words import cldr as locale_data
from termwise.words import kept_cldr as kept_locales


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to keep it in."""
    monkeypatch.setattr(kept_locales, "CACHE", tmp_path / "locales")
    for kept in (kept_locales.plural_categories, kept_locales.part_category):
        kept.cache_clear()
    return tmp_path / "locales"


@pytest.mark.parametrize("language", LANGUAGES)
def test_kept_is_as_read(folder: Path, language: str) -> None:
    """At first, and from the file."""
    asked = (language, ["PLN", "EUR"], ["Europe/Warsaw"])
    read = locale_data.locale_data(*asked)
    assert kept_locales.kept_locale_data(*asked) == read
    assert len(list(folder.iterdir())) == 1
    assert kept_locales.kept_locale_data(*asked) == read
    assert kept_locales.plural_categories(language) == locale_data.plural_categories(language)
    assert kept_locales.part_category(language) == locale_data.part_category(language)


def test_half_a_file_is_read_anew(folder: Path) -> None:
    """And put in its place."""
    whole = kept_locales.kept_locale_data("pl", ["PLN"])
    [file] = folder.iterdir()
    written = file.read_text(encoding="utf-8")
    file.write_text(written[:100], encoding="utf-8")
    assert kept_locales.kept_locale_data("pl", ["PLN"]) == whole
    assert file.read_text(encoding="utf-8") == written


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    """A folder of this name cannot be made where a file has it."""
    folder.write_text("", encoding="utf-8")
    assert kept_locales.part_category("en") == locale_data.part_category("en")
