"""Hand-written pages tell, in `check` and their readers, where their English has changed."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise import places
from termwise.commands.termwise import main
from termwise.pages.parts import SiteContent
from termwise.reading.page_translations import (
    OTHERS,
    page_translation,
    page_translations,
    section_digests,
)
from termwise.site.stage import StagedPage, hand_written_text

NOTICES = {
    "pl": "Angielska strona zmieniła się od czasu tego tłumaczenia.",
    "da": "Den engelske side er ændret, siden denne oversættelse blev lavet.",
    "pt": "A página inglesa mudou desde que esta tradução foi feita.",
}


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the hand-written pages, which `check` reads in place of them."""
    copy = tmp_path / "docs"
    shutil.copytree(places.DOCS, copy)
    monkeypatch.setattr(places, "DOCS", copy)
    monkeypatch.setattr(places, "ROOT", tmp_path)
    return copy


def change(page: Path, old: str, new: str) -> None:
    """Change one place of a page."""
    text = page.read_text("utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, new), "utf-8")


def told(docs: Path) -> list[str]:
    """What is said of all translations, a line each."""
    pages = page_translations(docs)
    return [str(remark) for page in pages for remark in page.remarks(docs.parent)]


def shown(docs: Path, page: str, language: str) -> str:
    """The Markdown of a page as it is staged for a generator, after its front matter."""
    content = SiteContent(markers={"providers": {language: ""}})
    file = docs / f"{page}.{language}.md"
    staged = hand_written_text(StagedPage(page, language), file, content)
    return re.sub(r"^---\n.*?\n---\n", "", staged, flags=re.DOTALL).lstrip()


def test_every_page_is_translated_as_its_english_is_now() -> None:
    """In all languages, and nothing is remarked."""
    pages = page_translations(places.DOCS)
    english = [one for one in places.DOCS.glob("*.md") if "." not in one.stem]
    english.append(places.DOCS / "providers" / "index.md")
    assert {one.source for one in pages} == set(english)
    assert len(pages) == len(OTHERS) * len(english)
    assert told(places.DOCS) == []


def test_check_names_the_section_that_has_changed(docs: Path) -> None:
    """At its line in every translation, with what to write; it is no reason to fail."""
    change(docs / "about.md", "Terms change.", "Terms change often.")
    now = section_digests((docs / "about.md").read_text("utf-8"))["binding"]
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert result.stdout.endswith(", 3 stale pages\n")
    lines = [line for line in result.stderr.splitlines() if not line.startswith("  ")]
    files = [line.split(":")[0] for line in lines]
    assert files == [f"docs/about.{language}.md" for language in sorted(OTHERS)]
    (_, line, _, what) = lines[0].split(":", 3)
    assert (
        (docs / "about.da.md")
        .read_text("utf-8")
        .splitlines()[int(line) - 1]
        .startswith("  binding: ")
    )
    assert "The section “binding” of docs/about.md has changed since it was translated" in what
    assert f"then write “binding: {now}” under translates" in what


def test_a_page_is_fresh_again_with_the_digest_that_check_tells(docs: Path) -> None:
    """What is to be written is what it takes."""
    change(docs / "about.md", "Terms change.", "Terms change often.")
    [remark] = [line for line in told(docs) if line.startswith("docs/about.pl.md")]
    found = re.search(r"found (\S+: \S+); expected (\S+: \S+);", remark)
    assert found
    change(docs / "about.pl.md", found[1], found[2])
    assert not any(line.startswith("docs/about.pl.md") for line in told(docs))


@pytest.mark.parametrize("language", OTHERS)
def test_a_stale_page_says_so(docs: Path, language: str) -> None:
    """Below its title, in its language, with the way to the English page."""
    assert "tw-notice--stale" not in shown(docs, "about", language)
    change(docs / "about.md", "Terms change.", "Terms change often.")
    title, _, notice, *_ = shown(docs, "about", language).splitlines()
    assert title.startswith("# ")
    assert NOTICES[language] in notice
    assert '<a href="../../about/" hreflang="en">' in notice


def test_the_way_to_an_english_home_page(docs: Path) -> None:
    """Of a list of its folder, too."""
    change(docs / "providers" / "index.md", "title: ", "title: All ")
    file = page_translation(docs / "providers" / "index.pl.md", docs)
    assert file
    assert file.stale
    assert 'href="../../providers/"' in shown(docs, "providers/index", "pl")


def test_sections_that_are_new_or_gone(docs: Path) -> None:
    """Both are told by their names, and a page that says nothing of its source is all stale."""
    change(docs / "about.md", "{#binding}", "{#bound}")
    lines = [line for line in told(docs) if line.startswith("docs/about.pl.md")]
    assert len(lines) == 2
    assert "The section “bound” of docs/about.md is not known to be translated" in lines[0]
    assert "A translation of the section “binding” of docs/about.md, which is gone" in lines[1]
    change(docs / "compare.pl.md", "translates:", "other:")
    [line] = [line for line in told(docs) if line.startswith("docs/compare.pl.md")]
    assert "The section “top” of docs/compare.md is not known to be translated" in line


def test_a_heading_in_code_begins_no_section() -> None:
    """Nor do empty lines and the ends of lines change a digest."""
    page = "# T\n\n## A {#a}\n```\n## b\n```\n## C {#c lang=en}\nx\n"
    assert list(section_digests(page)) == ["top", "a", "c"]
    assert section_digests(page.replace("\n", " \r\n\r\n")) == section_digests(page)
