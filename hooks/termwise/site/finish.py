"""The passes over a built site: what a generator cannot know, or would do otherwise.

Kept pages come into their places, scripts and styles get digests in their names, each page is held
to its content security policy; then the whole is listed, indexed and told to the service worker,
with the licences of what others have made of it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urlsplit

from termwise import places
from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES
from termwise.pages.parts import SiteAsset
from termwise.problems import harmless, quoted
from termwise.site import licences, search_index, service_worker, sitemap
from termwise.site.content_security import Violation, violations
from termwise.site.digest_names import named, renamed
from termwise.site.errors import SiteError
from termwise.site.kept_pages import keep_page
from termwise.site.stage import APART, LOST, OFFLINE, Staged, StagedPage
from termwise.site.tree import Tree

RELATIVE = re.compile(r'(?<==")\.\.?(?:/[^"]*)?(?=")')
"""The relative addresses in a page."""

ANYWHERE = "{root}/"
"""The mark that the service worker replaces by the way to the root."""


def finish(rendered: Path, site: Tree, staged: Staged, *, keep: bool = True) -> None:
    """Make a site of the pages that a generator has rendered of a staged tree, and of all else.

    Without `keep` no page is kept for later builds, as when this one has warned of something.
    Raises SiteError where a page breaks its content security policy, before anything of the site
    has changed, or where a licence cannot be read.
    """
    put_pages(rendered, site, staged, keep=keep)
    site.put(_lost(rendered, staged))
    site.remove_the_rest()
    sitemap.write(site.folder, staged.setting.address, _listed(staged))
    search_index.write(site.folder, staged)
    licences.write(site.folder)
    if staged.setting.served:
        service_worker.tell_leave(site.folder)
    else:
        service_worker.tell_release(site.folder, _offline(rendered, staged))


def put_pages(rendered: Path, site: Tree, staged: Staged, *, keep: bool = True) -> None:
    """Put the pages of a staged tree into the site with the files that they read.

    Raises SiteError where a page breaks its content security policy, before anything has changed.
    """
    scripts = [SiteAsset(*file) for file in staged.scripts.items()]
    names: Mapping[str, str] = {}
    if not staged.setting.served:
        scripts, names = named(staged.scripts)
    for page in staged.pages:
        if not page.is_kept:
            _finish_page(page, rendered, names, staged, keep=keep)
    for asset in (*staged.assets, *scripts):
        site.put(asset)
    for page in staged.pages:
        if page.name not in APART:
            kept = page.kept if page.is_kept else None
            site.put(SiteAsset(page.file, kept or (rendered / page.file).read_bytes()))


def _finish_page(
    page: StagedPage, rendered: Path, names: Mapping[str, str], staged: Staged, *, keep: bool
) -> None:
    """Let a page name what it was made with, and refuse it if it breaks its own policy."""
    built = rendered / page.file
    html = renamed(built.read_text(encoding="utf-8"), names)
    if found := violations(html, staged.head_scripts):
        told = "\n".join(_told(page, one) for one in found)
        raise SiteError(f"{page.source} breaks its content security policy:\n{told}")
    built.write_text(html, encoding="utf-8")
    if page.kept and keep:
        keep_page(page.kept, html)


def _told(page: StagedPage, found: Violation) -> str:
    """What is wrong, at its line in the file that somebody wrote, or else in the built page."""
    written = places.DOCS / page.source
    if page.generated:
        place = f"{page.generated.edit_path} (line {found.line} of {page.file})"
    elif written.is_file() and found.tag in (text := written.read_text("utf-8")):
        line = text.count("\n", 0, text.index(found.tag)) + 1
        place = f"{written.relative_to(places.ROOT)}:{line}"
    else:
        place = f"{page.source} (line {found.line} of {page.file})"
    return harmless(
        f"{place}: found {found.what}, {quoted(found.tag)}; expected HTML that needs no exception; "
        f"to mend: {found.mend}"
    )


def _lost(rendered: Path, staged: Staged) -> SiteAsset:
    """The page for lost addresses, which serves the whole site, in all languages."""
    [page] = _apart(LOST, staged, DEFAULT_LANGUAGE)
    root = urlsplit(staged.setting.address).path or "/"
    return SiteAsset(f"{LOST}.html", _moved(rendered, page, root).encode())


def _offline(rendered: Path, staged: Staged) -> dict[str, str]:
    """The pages to show offline: HTML by the beginning of the addresses that they stand for."""
    pages = _apart(OFFLINE, staged, *LANGUAGES)
    return {page.home: _moved(rendered, page, ANYWHERE) for page in pages}


def _apart(name: str, staged: Staged, *languages: str) -> list[StagedPage]:
    return [page for page in staged.pages if page.name == name and page.language in languages]


def _moved(rendered: Path, page: StagedPage, root: str) -> str:
    """A page that may stand at any address: its relative addresses begin at the root instead."""

    def absolute(found: re.Match[str]) -> str:
        way = normpath(join(page.address, found[0]))
        ending = "/" if found[0].endswith("/") and way != "." else ""
        return root + ("" if way == "." else way + ending)

    html = (rendered / page.file).read_text(encoding="utf-8")
    return RELATIVE.sub(absolute, html)


def _listed(staged: Staged) -> list[str]:
    """The names of the pages that search engines are led to, each once."""
    pages = (page for page in staged.pages if page.name not in APART)
    return list(dict.fromkeys(page.name for page in pages if page.is_canonical))
