"""Writes the source tree that a generator makes a site of: pages, data, scripts and styles.

Every page stands there in every language, with what its templates read in its front matter. What is
the same for all pages comes as values. Nothing here knows which generator reads it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import yaml

from termwise import places
from termwise.kept.digests import digest_of, digest_of_files, files_in
from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES, TABLE, home_of
from termwise.pages.edit_links import with_edit_links
from termwise.pages.parts import Found, SiteAsset, SiteContent, SitePage
from termwise.pages.stale_page import with_stale_notice
from termwise.reading.page_translations import FRONT_MATTER, page_translation
from termwise.site import content_security
from termwise.site.errors import SiteError
from termwise.site.feeds import change_files
from termwise.site.kept_pages import code, kept_page
from termwise.site.neighbours import neighbour_files
from termwise.site.scripts_and_styles import PageFiles, page_files
from termwise.site.tree import Tree
from termwise.words.frame import frame_words
from termwise.words.messages import message_words
from termwise.words.typography import set_markdown, set_text

MARKER = re.compile(r"<!-- termwise:([a-z]+) -->")

NOT_PAGES = ("overrides", "decisions", "examples", "assets/javascripts", "assets/stylesheets")
"""Folders of the docs that no generator gets to see; scripts and styles are put together first."""

WORKER = "service-worker.js"
LOST, OFFLINE = "404", "offline"
"""Pages that stand at no address of their own: `finish` takes them from where they were made."""

APART = {LOST: "lost.html", OFFLINE: "offline.html"}
"""Each with its template."""


@dataclass(frozen=True)
class Setting:
    """What a site is told besides its content.

    `address` is where it will stand, with a slash at its end, `edit_address` where `docs/` may be
    edited, or empty. `navigation` names the sources of the pages in the header. `theme` are the
    folders of the theme. `configuration` is whatever else the generator makes pages by. A site that
    is `served` while it is edited has no digests in its names, and no service worker.
    """

    address: str
    edit_address: str
    navigation: tuple[str, ...]
    theme: tuple[str, ...]
    configuration: bytes = b""
    served: bool = False


@dataclass(frozen=True)
class StagedPage:
    """A page in one language: its place in the site, and where it is kept if it may be."""

    name: str
    language: str
    generated: SitePage | None = None
    kept: Path | None = None

    @property
    def address(self) -> str:
        """As seen from the root of the site: empty, or ending in a slash."""
        return address_of(self.name, self.language)

    @property
    def home(self) -> str:
        """The address of the home page of its language."""
        return home_of(self.language)

    @property
    def source(self) -> str:
        """The name of its source: `x.md` in the default language, else `x.pl.md`."""
        end = "md" if self.language == DEFAULT_LANGUAGE else f"{self.language}.md"
        return f"{self.name}.{end}"

    @property
    def is_canonical(self) -> bool:
        """Whether no other page says the same at a better address."""
        return self.generated is None or self.generated.place.canonical == self.name

    @property
    def is_kept(self) -> bool:
        """Whether an earlier build has finished it."""
        return self.kept is not None and self.kept.exists()

    @property
    def file(self) -> str:
        """The file of the built page."""
        return f"{self.address}index.html"


@dataclass(frozen=True)
class Staged:
    """A source tree as it was written, and what `finish` must know of it."""

    folder: Path
    setting: Setting
    pages: tuple[StagedPage, ...]
    values: Mapping[str, Any] = field(repr=False)
    """What templates read beside each page's own: languages, words, navigation, scripts, policy."""

    head_scripts: tuple[str, ...] = field(repr=False)
    versions: Mapping[str, str] = field(repr=False)
    """A digest of what each page says, by its address seen from the root."""
    found: Mapping[str, Sequence[Found]] = field(repr=False)
    """What a search may find of the providers, in each language."""

    scripts: Mapping[str, bytes] = field(repr=False)
    """The scripts and styles of pages, by the paths that pages name them by."""

    assets: tuple[SiteAsset, ...] = field(repr=False)
    """All other files of the site that are no pages, which a generator need not know."""


def stage(
    content: SiteContent, folder: Path, setting: Setting, *, hand_written: bool = True
) -> Staged:
    """Write the source tree of what is not kept; remove what is no longer part of it.

    Without the `hand_written` pages it is a part of a site: generated pages that are wanted first.
    Raises SiteError where the scripts cannot be put together or a marker stands for nothing.
    """
    files = page_files(places.DOCS, setting.theme, places.NODE_MODULES)
    policy = content_security.policy(files.head.values(), live_reload=setting.served)
    frame = _frame_of(setting, policy)
    sources = _hand_written()
    pages = (
        *(
            StagedPage(name, language)
            for name in ((*sources, *APART) if hand_written else ())
            for language in LANGUAGES
        ),
        *(_generated(page, frame) for page in content.pages),
    )
    tree = Tree(folder, linked=False)
    versions = {}
    for page in pages:
        text = "" if page.is_kept else _text(page, sources, content, setting)
        versions[page.address] = _version(page, text)
        if text:
            tree.put(SiteAsset(page.source, text.encode()))
    for language in () if hand_written else LANGUAGES:
        home = StagedPage("index", language)  # generators want one: it is not put into the site
        tree.put(SiteAsset(home.source, _with_front_matter("", {"language": language}).encode()))
    own = tuple(_as_they_are())
    for asset in own:  # a generator looks whether what pages name is there
        tree.put(asset)
    tree.remove_the_rest()
    return Staged(
        folder,
        setting,
        pages,
        _values(sources, setting, files, policy),
        tuple(files.head.values()),
        versions,
        content.found,
        files.files,
        (
            *content.assets,
            *own,
            *change_files(content.news, setting.address),
            *neighbour_files(content, setting.address),
        ),
    )


def address_of(name: str, language: str) -> str:
    """Where a page stands, seen from the root of the site: empty, or ending in a slash."""
    own = re.sub(r"(^|/)index$", r"\1", name)
    return home_of(language) + (own if own == "" or own.endswith("/") else f"{own}/")


def _version(page: StagedPage, text: str) -> str:
    """A digest of what a page says, whether an earlier build has finished it or not."""
    return _version_of(page.generated.markdown) if page.generated else digest_of(text)


@cache
def _version_of(markdown: Path) -> str:
    """The same of a generated page, whose folder is named for what it is made from."""
    return digest_of(with_edit_links(markdown.read_text(encoding="utf-8"), ""))


def _frame_of(setting: Setting, policy: str) -> str:
    """A digest of all that decides a finished page besides its Markdown."""
    return digest_of(
        code(),
        digest_of_files(files_in(places.DOCS), places.DOCS),
        policy,
        repr(setting),
    )


def _generated(page: SitePage, frame: str) -> StagedPage:
    return StagedPage(page.place.name, page.language, page, kept_page(page, frame))


# ---- Pages


Sources = Mapping[str, Mapping[str, Path]]
"""Hand-written pages by their names and languages."""


def _hand_written() -> Sources:
    """The pages of docs/ with a file for each language that has one."""
    found: dict[str, dict[str, Path]] = {}
    for file in _docs():
        if file.suffix == ".md":
            name, _, language = _path(file).removesuffix(".md").partition(".")
            found.setdefault(name, {})[language or DEFAULT_LANGUAGE] = file
    return found


class _Written(NamedTuple):
    """What stands in a page, what its front matter says beside that, and the file to edit."""

    text: str
    meta: Mapping[str, Any]
    edited: str = ""
    """Its path from docs/, where edit addresses start; empty where there is no such file."""


def _text(page: StagedPage, sources: Sources, content: SiteContent, setting: Setting) -> str:
    """A page's front matter and Markdown."""
    written = _written(page, sources, content)
    counterparts = {} if page.name in APART else _counterparts(page.name)
    meta = {**written.meta, "language": page.language, "addresses": counterparts}
    edited = setting.edit_address and written.edited
    if edited:
        meta["edit_address"] = urljoin(setting.edit_address, written.edited)
    address = meta["edit_address"] if edited else ""
    text = with_edit_links(written.text, address, setting.edit_address)
    return _with_front_matter(text, meta)


def _written(page: StagedPage, sources: Sources, content: SiteContent) -> _Written:
    if page.generated:
        text = page.generated.markdown.read_text(encoding="utf-8")
        return _Written(text, _standing(page.generated), f"../{page.generated.edit_path}")
    if page.name in APART:
        return _Written("", {"template": APART[page.name], "title": page.name, "scripts": "search"})
    files = sources[page.name]
    language = page.language if page.language in files else DEFAULT_LANGUAGE
    meta = {} if language == page.language else {"text_language": language}
    return _Written(hand_written_text(page, files[language], content), meta, _path(files[language]))


def _standing(page: SitePage) -> dict[str, Any]:
    """Where search engines are led from a page that is one of several that say much the same."""
    place = page.place
    if place.canonical == place.name:
        return {}
    return {"canonical": address_of(place.canonical, page.language)}


def _counterparts(name: str) -> dict[str, str]:
    """Where a page stands in each language."""
    return {language: address_of(name, language) for language in LANGUAGES}


def hand_written_text(page: StagedPage, file: Path, content: SiteContent) -> str:
    """A page of docs/ with its markers filled, and a notice where its translation is stale."""
    home = "../" * (page.address.count("/") - home_of(page.language).count("/"))
    head, body = _parts(file.read_text(encoding="utf-8"))
    body = set_markdown(body, page.language if file.stem.endswith(page.language) else "")
    body = with_stale_notice(body, page_translation(file, places.DOCS), home)
    return head + _filled(body, page, content, home)


def _filled(text: str, page: StagedPage, content: SiteContent, home: str) -> str:
    """A text with its markers filled; `{root}` in what fills them is the way to the home page."""

    def fill(found: re.Match[str]) -> str:
        if found[1] not in content.markers:
            raise SiteError(f"{page.source}: nothing is generated for {found[0]}")
        return content.markers[found[1]][page.language].replace("{root}", home)

    return MARKER.sub(fill, text)


def _parts(text: str) -> tuple[str, str]:
    """The front matter of a page, with its marks, and the rest."""
    found = FRONT_MATTER.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


def _with_front_matter(text: str, meta: Mapping[str, Any]) -> str:
    """A page with more in its front matter than it had."""
    found = FRONT_MATTER.match(text)
    head, body = (found[1], text[found.end() :]) if found else ("", text)
    more = yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False)
    return f"---\n{head}{more}---\n{body}"


# ---- What templates read beside each page's own


def _values(sources: Sources, setting: Setting, files: PageFiles, policy: str) -> dict[str, Any]:
    return {
        "languages": [
            {"code": one.code, "name": one.name, "tag": one.tag, "home": home_of(one.code)}
            for one in TABLE
        ],
        "default_language": DEFAULT_LANGUAGE,
        "words": {language: frame_words(message_words(language)) for language in LANGUAGES},
        "navigation": {
            language: [_entry(source, language, sources) for source in setting.navigation]
            for language in LANGUAGES
        },
        "content_security_policy": policy,
        "head_scripts": files.head,
        "address": setting.address,
    }


def _entry(source: str, language: str, sources: Sources) -> dict[str, str]:
    """A page in the navigation, by the title in its front matter."""
    name = source.removesuffix(".md")
    written = sources[name]
    text = written.get(language, written[DEFAULT_LANGUAGE]).read_text(encoding="utf-8")
    found = FRONT_MATTER.match(text)
    title = yaml.safe_load(found[1]).get("title") if found else None
    if not title:
        raise SiteError(f"{source}: a page in the navigation needs a title in its front matter")
    return {"address": address_of(name, language), "title": set_text(title, language)}


# ---- Files


def _docs() -> Iterator[Path]:
    """The files of docs/ that a site is made of."""
    for file in sorted(files_in(places.DOCS)):
        path = _path(file)
        if path != WORKER and not path.startswith(tuple(f"{name}/" for name in NOT_PAGES)):
            yield file


def _path(file: Path) -> str:
    return file.relative_to(places.DOCS).as_posix()


def _as_they_are() -> Iterable[SiteAsset]:
    return (SiteAsset(_path(file), file.read_bytes()) for file in _docs() if file.suffix != ".md")
