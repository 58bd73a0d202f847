"""A site is staged and finished whatever generator stands between: here one of twenty lines."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import material
import pytest
import yaml
from markdown import Markdown

from termwise import places
from termwise.languages import LANGUAGES
from termwise.mkdocs.ready_markdown import ReadyHtml
from termwise.pages.parts import SiteContent, json_asset
from termwise.site.errors import SiteError
from termwise.site.finish import finish
from termwise.site.stage import Setting, Staged, stage
from termwise.site.tree import Tree

MARKERS = (
    *("calculator", "providers", "compare", "examples"),
    *("editors", "schema", "translations", "fields"),
)
SPEED = ("run", "first", "repeat", "bytes", "slow", "limits", "rest")
SETTING = Setting(
    address="https://example.org/below/",
    edit_address="https://forge.example/edit/docs/",
    navigation=("index.md", "about.md"),
    theme=(str(Path(material.__file__).parent / "templates"),),
)


@pytest.fixture(scope="module")
def content() -> SiteContent:
    """No policies: what hand-written pages ask for, and a file."""
    names = (*MARKERS, *(f"speed{name}" for name in SPEED))
    markers = {name: dict.fromkeys(LANGUAGES, "<p>{root}here</p>") for name in names}
    return SiteContent(assets=(json_asset("api/v1/policies.json", {}),), markers=markers)


@pytest.fixture(scope="module")
def staged(content: SiteContent, tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The source tree."""
    return stage(content, tmp_path_factory.mktemp("staged"), SETTING)


@pytest.fixture(scope="module")
def site(staged: Staged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the small generator builds of it, finished."""
    rendered, site = tmp_path_factory.mktemp("rendered"), tmp_path_factory.mktemp("site")
    generate(staged, rendered)
    finish(rendered, Tree(site, linked=False), staged)
    return site


def generate(staged: Staged, rendered: Path) -> None:
    """Write every page with the values of its front matter."""
    for page in staged.pages:
        _, head, body = (staged.folder / page.source).read_text("utf-8").split("---\n", 2)
        meta, markdown = yaml.safe_load(head), Markdown(extensions=["attr_list", ReadyHtml()])
        html = f'<html lang="{meta["language"]}"><title>{meta["title"]}</title>'
        html += '<script type="module" src="../assets/javascripts/site.js"></script>'
        target = rendered / page.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{html}<article data-searched='page'>{markdown.convert(body)}", "utf-8")


def test_every_page_says_where_its_counterparts_stand(staged: Staged) -> None:
    """And where it may be edited; templates need not ask the generator."""
    head = (staged.folder / "providers" / "index.pl.md").read_text("utf-8").split("---\n")[1]
    meta = yaml.safe_load(head)
    assert meta["language"] == "pl"
    assert meta["addresses"]["en"] == "providers/"
    assert meta["addresses"]["da"] == "da/providers/"
    assert meta["edit_address"] == "https://forge.example/edit/docs/providers/index.pl.md"


def test_markers_are_filled_with_the_way_home(staged: Staged) -> None:
    """A page one folder deep has one step to go."""
    assert "<p>../here</p>" in (staged.folder / "providers" / "index.da.md").read_text("utf-8")
    assert "<p>here</p>" in (staged.folder / "index.md").read_text("utf-8")


def test_a_second_staging_writes_nothing(content: SiteContent, staged: Staged) -> None:
    """So nobody who watches the tree is woken for nothing."""
    before = {file: file.stat().st_mtime_ns for file in staged.folder.rglob("*")}
    stage(content, staged.folder, SETTING)
    assert {file: file.stat().st_mtime_ns for file in staged.folder.rglob("*")} == before


def test_scripts_have_their_digest_in_their_names(site: Path) -> None:
    """The pages too, and nothing stays at the old place."""
    [script] = site.glob("assets/termwise/scripts-*/site.js")
    assert script.relative_to(site).as_posix() in (site / "about/index.html").read_text("utf-8")
    assert not list(site.glob("assets/javascripts/*"))


def test_pages_without_an_address_of_their_own_are_taken_away(site: Path) -> None:
    """The lost page begins its addresses at the host, the offline one at a mark."""
    assert '"/below/assets/termwise/' in (site / "404.html").read_text("utf-8")
    assert not (site / "404").exists()
    assert not list(site.glob("**/offline/index.html"))
    offline = [file.read_text("utf-8") for file in site.glob("assets/termwise/offline-*.html")]
    assert len(offline) == len(LANGUAGES)
    assert all('"{root}/' in html for html in offline)


def test_pages_are_listed_indexed_and_told(site: Path) -> None:
    """In the sitemap, the search of each language, and the service worker's release."""
    listed = ElementTree.parse(site / "sitemap.xml").getroot()
    assert len(listed) % len(LANGUAGES) == 0
    for language in LANGUAGES:
        listed = json.loads((site / "search" / f"{language}.json").read_bytes())
        assert "about/" in {one["place"] for one in listed["found"]}
    assert f"Sitemap: {SETTING.address}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert '"files"' in (site / "service-worker.js").read_text("utf-8").partition("\n")[0]


def test_a_page_that_breaks_its_policy_stops_the_site(staged: Staged, tmp_path: Path) -> None:
    """Whatever generator wrote it."""
    generate(staged, tmp_path)
    page = tmp_path / "pl" / "about" / "index.html"
    page.write_text(page.read_text("utf-8") + "<script>go()</script>", "utf-8")
    before = Tree(tmp_path / "site", linked=False)
    with pytest.raises(
        SiteError, match=r"about\.pl\.md breaks its content security policy"
    ) as told:
        finish(tmp_path, before, staged)
    assert not before.folder.exists()  # what is served stays as it was
    found = (
        r"\(line \d+ of pl/about/index.html\): found inline script, “<script>”; .*to mend: put it"
    )
    assert re.search(found, str(told.value))


def test_what_breaks_the_policy_is_told_where_it_was_written(
    staged: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its line in the page of docs/, which is not that of the built page."""
    generate(staged, tmp_path / "site")
    page = tmp_path / "site" / "pl" / "about" / "index.html"
    page.write_text(page.read_text("utf-8") + '<p style="color: red">x</p>', "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.pl.md").write_text('# x\n\n<p style="color: red">x</p>\n', "utf-8")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "DOCS", tmp_path / "docs")
    with pytest.raises(
        SiteError, match=r"docs/about\.pl\.md:3: found inline style of <p>, “<p style"
    ):
        finish(tmp_path / "site", Tree(tmp_path / "finished", linked=False), staged)


def test_a_marker_that_stands_for_nothing_is_told(tmp_path: Path) -> None:
    """With the page that holds it."""
    with pytest.raises(SiteError, match="nothing is generated for <!-- termwise:"):
        stage(SiteContent(), tmp_path, SETTING)
