"""What the search of a built site may find: a list for each language, fetched by who searches.

Of generated pages it is told what they hold; hand-written ones are read as they were built, each
section for itself. What finds in it is `docs/assets/javascripts/search-engine.js`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from textwrap import shorten

from termwise.kept.digests import digest_of
from termwise.languages import LANGUAGES
from termwise.pages.parts import Found
from termwise.pages.phrases.search_words import alike_words, search_words, unsearched_words
from termwise.site.stage import APART, Staged, StagedPage
from termwise.words.messages import message_words

FOLDER = "search"
SEARCHED, UNSEARCHED = "data-searched", "data-unsearched"
"""The attributes of an article, with the kind of what is found in it, and of what is left out."""

LEFT_OUT = re.compile(rf"<(?P<tag>[a-z0-9-]+)\b[^>]*\s{UNSEARCHED}[\s>]")
HEADINGS = ("h1", "h2", "h3")
STAFF = "staff"
MOST_FOR_STAFF = 300
"""Letters of a section; all of them together would be most of the list."""

VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


def write(site: Path, staged: Staged) -> None:
    """Write the lists into the site."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        words = message_words(language)
        found = [*_sections(site, staged, language), *staged.found.get(language, ())]
        listed = {
            "found": [{name: told for name, told in vars(one).items() if told} for one in found],
            "subjects": search_words(words),
            "alike": alike_words(words),
            "unsearched": unsearched_words(words),
        }
        written = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{language}.json").write_text(written, encoding="utf-8")


def _sections(site: Path, staged: Staged, language: str) -> Iterator[Found]:
    """The sections of the hand-written pages of a language."""
    for page in staged.pages:
        if page.language == language and page.generated is None and page.name not in APART:
            yield from _sections_read((site / page.file).read_text(encoding="utf-8"), page)


_READ: dict[str, tuple[str, Sequence[Found]]] = {}
"""What stood in a page, by its address, with the digest of the page: while a site is served, most
pages stay as they are, and reading them all would take as long as making those that changed."""


def _sections_read(html: str, page: StagedPage) -> Sequence[Found]:
    digest, found = _READ.get(page.address, ("", ()))
    now = digest_of(html)
    if digest != now:
        found = tuple(sections_of(html, page))
        _READ[page.address] = now, found
    return found


def sections_of(html: str, page: StagedPage) -> Iterator[Found]:
    """What stands in the article of a page below each of its headings; the first is the page's.

    A heading with nothing below it that is searched is no answer.
    """
    reader = _SectionReader()
    reader.feed(_without_unsearched(html))
    reader.close()
    way = page.address.removeprefix(page.home) or "./"
    for number, section in enumerate(reader.sections):
        place = way if number == 0 else f"{way}#{section.anchor}"
        of = reader.sections[0].title if number else ""
        if text := _beginning(section.text, reader.kind):
            yield Found(place, reader.kind, section.title, text, of)


def _without_unsearched(html: str) -> str:
    """A page without the elements that are left out: a parser would take long for their rows."""
    while found := LEFT_OUT.search(html):
        depth, end = 1, len(html)
        for tag in re.compile(rf"<(/?){found['tag']}\b[^>]*>").finditer(html, found.end()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                end = tag.end()
                break
        html = html[: found.start()] + html[end:]
    return html


def _beginning(text: str, kind: str) -> str:
    """A text as it is searched: of what only editors read, no more than what it begins with."""
    return shorten(text, MOST_FOR_STAFF, placeholder="") if kind == STAFF else text


class _Section:
    """A heading and the text below it, up to the next one."""

    def __init__(self, anchor: str) -> None:
        self.anchor = anchor
        self._title: list[str] = []
        self._text: list[str] = []

    @property
    def title(self) -> str:
        return " ".join("".join(self._title).split())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._text).split())

    def add(self, text: str, *, to_title: bool) -> None:
        (self._title if to_title else self._text).append(text)


class _SectionReader(HTMLParser):
    """Reads the searched article of a page; `kind` is empty where it has none."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.sections: list[_Section] = []
        self._open: list[str] = []
        """The elements of the article that are open."""

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "article" and SEARCHED in told:
            self.kind = told[SEARCHED] or ""
            self._open = [tag]
            return
        if not self._open or tag in VOID:
            return
        self._open.append(tag)
        if tag in HEADINGS and (anchor := told.get("id")):
            self.sections.append(_Section(anchor))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass  # HTML leaves the ends of some elements out

    def handle_data(self, data: str) -> None:
        if not self._open or not self.sections:
            return
        to_title = any(tag in HEADINGS for tag in self._open)
        self.sections[-1].add(data, to_title=to_title)
