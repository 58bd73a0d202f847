"""Text comes out as it is written, whatever it looks like to Markdown, YAML or a browser."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown import Markdown
from markupsafe import Markup

from termwise import places
from termwise.languages import LANGUAGES
from termwise.mkdocs.ready_markdown import ReadyHtml
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.comparison.row import RowFiles, compared
from termwise.pages.edition_pages import edition_bundles
from termwise.pages.markdown_text import front_matter, heading
from termwise.pages.parts import SiteAsset
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.pages.provider_list import listed_provider
from termwise.pages.safe_text import escape, filled, html, joined
from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from termwise_calculator.telling.markup import escape as escaped_by_the_calculator
from tests.pages.awkward import (
    ADDRESSES,
    AWKWARD,
    IN_TEXTS,
    NAME,
    write_awkward_everywhere,
    write_awkward_policies,
)
from tests.real_providers import REFERENCE

NO_URLS = CalculatorUrls("", "", "")


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """A provider whose texts are awkward, in its governing language and in no other."""
    read = read_policies(write_awkward_policies(tmp_path_factory.mktemp("policies")))
    assert not read.problems
    [provider] = load_providers(read, REFERENCE)
    return provider


class _Text(HTMLParser):
    """The text of HTML, and the tags and ids in it."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.said, self.tags, self.ids = "", set[str](), list[str]()
        self.addresses: list[str] = []
        self.feed(written)

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def _converted(markdown: str) -> tuple[str, Markdown]:
    """A page as mkdocs.yml has it converted."""
    converter = Markdown(
        extensions=["attr_list", "md_in_html", "admonition", "tables", "toc", ReadyHtml()],
        extension_configs={"toc": {"toc_depth": 3}},
    )
    return converter.convert(markdown), converter


@pytest.mark.parametrize("text", AWKWARD)
def test_a_heading_says_its_text(text: str) -> None:
    """In the heading and in the contents of the page, with its own anchor."""
    page, converter = _converted(heading(text, "here", level=3, language="en"))
    assert (found := re.fullmatch(r'<h3 id="here" lang="en">(.*)</h3>', page))
    assert unescape(found[1]) == text
    assert "<" not in found[1]
    assert unescape(converter.toc_tokens[0]["name"]) == text


@pytest.mark.parametrize("text", AWKWARD)
def test_front_matter_holds_its_text(text: str) -> None:
    """As YAML reads it."""
    written = front_matter(title=text, description=f"About {text}.")
    assert (found := re.fullmatch(r"---\n(.*)\n---", written, re.DOTALL))
    assert yaml.safe_load(found[1]) == {"title": text, "description": f"About {text}."}
    assert "\n---" not in found[1]


@pytest.mark.parametrize("text", AWKWARD)
def test_html_escapes_text_and_text_only(text: str) -> None:
    """Wherever it enters, and exactly as the calculator does."""
    safe = escaped_by_the_calculator(text)
    assert html("<b>{}</b>{one}", text, one=text) == f"<b>{safe}</b>{safe}"
    assert joined([text, html("<br>")], " ") == f"{safe} <br>"
    assert filled("a < {b}", b=html("<i>{}</i>", text)) == f"a &lt; <i>{safe}</i>"
    assert escape(escape(text)) == Markup(safe)
    assert html("<p>") + text == f"<p>{safe}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_every_text(language: str, awkward: Provider) -> None:
    """Title, description, headings, clauses, names, answers, contacts; nothing becomes a tag."""
    written = policy_page(PolicyView(awkward, language), NO_URLS)
    _, head, body = written.split("---\n", 2)
    assert yaml.safe_load(head)["title"] == NAME
    assert NAME in yaml.safe_load(head)["description"]
    page = _Text(_converted(body)[0])
    for text in (NAME, *IN_TEXTS, *ADDRESSES):
        assert text in page.said
    assert not page.tags & {"script", "em", "img", "b"}
    assert "x" not in page.ids


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_text_of_a_policy_is_text(language: str, tmp_path: Path) -> None:
    """In the language that governs and in a translation: no tag, no address, no anchor of it."""
    awkward = write_awkward_everywhere(tmp_path)
    read = read_policies(tmp_path)
    assert not read.problems
    [provider] = load_providers(read, REFERENCE)
    written = policy_page(PolicyView(provider, language), NO_URLS)
    page = _Text(_converted(written.split("---\n", 2)[2])[0])
    missing = [one for one, text in awkward.items() if text not in page.said]
    assert missing == []
    assert "{{ x }} <b>" in page.said
    assert not page.tags & {"script", "em", "img", "b", "i"}
    assert not [one for one in page.addresses if one.startswith(("javascript", "d", "b"))]
    assert "x" not in page.ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_edition_says_its_name(language: str, awkward: Provider) -> None:
    """In its title, which is its heading as well, and in its description."""
    written = policy_page(PolicyView(awkward, language, "../"), NO_URLS)
    _, head, body = written.split("---\n", 2)
    title = yaml.safe_load(head)["title"]
    assert title.startswith(NAME)
    assert title in yaml.safe_load(head)["description"]
    assert title in _Text(_converted(body)[0]).said


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_providers_say_its_name(language: str, awkward: Provider) -> None:
    """And nothing in it is taken for the way home, which the site fills in."""
    answers = dict.fromkeys(LANGUAGES, SiteAsset("answers.json", b"{}"))
    files = RowFiles(edition_bundles(awkward), answers, "worker.js")
    own = compared(awkward, language, datetime(2026, 3, 3, 16, 30, tzinfo=UTC), files)
    for row in (listed_provider(PolicyView(awkward, language)), own):
        said = _Text(str(row).replace("{root}", "../")).said
        assert NAME in said
        assert "{root} *x*" in said


def _sources() -> Iterator[tuple[Path, ast.AST]]:
    for file in sorted((places.TERMWISE / "pages").rglob("*.py")):
        yield from ((file, node) for node in ast.walk(ast.parse(file.read_text("utf-8"))))


def test_templates_are_written_out() -> None:
    """No HTML is put together from strings, and none is declared safe but in one module."""
    for file, node in _sources():
        at = f"{file}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            said = "".join(map(str, parts))
            assert not re.search(r"</?[a-z]|&\w+;", said), at
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "Markup", at
            if node.func.id == "html":
                assert isinstance(node.args[0], ast.Constant), at
        if isinstance(node, ast.ImportFrom) and node.module == "termwise_calculator.telling.markup":
            assert file.name == "safe_text.py", at
