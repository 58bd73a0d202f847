"""The passes over a built site: what a generator cannot know, or would do otherwise.

Kept pages come into their places, scripts and styles get digests in their names, each page is held
to its content security policy; then the whole is listed, indexed and told to the service worker,
with the licences of what others have made of it.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import urlsplit

from termwise import places
from termwise.languages import DEFAULT_LANGUAGE, home_of
from termwise.pages.parts import SiteAsset
from termwise.problems import harmless, quoted
from termwise.site import licences, search_index, service_worker, sitemap
from termwise.site.content_security import Violation, violations
from termwise.site.digest_names import name_folders, only_of, renamed
from termwise.site.errors import SiteError
from termwise.site.kept_pages import keep_page
from termwise.site.stage import APART, LOST, OFFLINE, Staged, StagedPage

RELATIVE = re.compile(r'(?<==")\.\.?(?:/[^"]*)?(?=")')
"""The relative addresses in a page."""

ANYWHERE = "{root}/"
"""The mark that the service worker replaces by the way to the root."""


def finish(site: Path, staged: Staged, *, keep: bool = True) -> None:
    """Make a site of what a generator has built of a staged tree.

    Without `keep` no page is kept for later builds, as when this one has warned of something.
    Raises SiteError where a page breaks its content security policy or a licence cannot be read.
    """
    only_of(staged.folder, site)
    names = {} if staged.setting.served else name_folders(site)
    for page in staged.pages:
        if page.is_kept:
            _place(page, site)
        else:
            _finish_page(page, site, names, staged, keep=keep)
    for text in staged.plain:
        _put(text, site / text.uri)
    offline = _take_apart(site, staged)
    sitemap.write(site, staged.setting.address, _listed(staged))
    search_index.write(site, staged)
    licences.write(site)
    if staged.setting.served:
        service_worker.tell_leave(site)
    else:
        service_worker.tell_release(site, offline)


def _place(page: StagedPage, site: Path) -> None:
    """Put a page in its place that an earlier build has finished."""
    assert page.kept is not None
    target = site / page.file
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page.kept, target)


def _put(asset: SiteAsset, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = asset.content if isinstance(asset.content, bytes) else asset.content.read_bytes()
    target.write_bytes(content)


def _finish_page(
    page: StagedPage, site: Path, names: Mapping[str, str], staged: Staged, *, keep: bool
) -> None:
    """Let a page name what it was made with, and refuse it if it breaks its own policy."""
    built = site / page.file
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


def _take_apart(site: Path, staged: Staged) -> dict[str, str]:
    """Take the pages away that stand at no address of their own.

    The lost page serves the whole site, in all languages. The others are returned: HTML by the
    beginning of the addresses that they stand for.
    """
    offline = {}
    for page in staged.pages:
        if page.name not in APART:
            continue
        html = (site / page.file).read_text(encoding="utf-8")
        shutil.rmtree((site / page.file).parent)
        if page.name == OFFLINE:
            offline[home_of(page.language)] = _moved(html, page, ANYWHERE)
        elif page.language == DEFAULT_LANGUAGE:
            root = urlsplit(staged.setting.address).path or "/"
            (site / f"{LOST}.html").write_text(_moved(html, page, root), encoding="utf-8")
    return offline


def _moved(html: str, page: StagedPage, root: str) -> str:
    """A page that may stand at any address: its relative addresses begin at the root instead."""

    def absolute(found: re.Match[str]) -> str:
        way = normpath(join(page.address, found[0]))
        ending = "/" if found[0].endswith("/") and way != "." else ""
        return root + ("" if way == "." else way + ending)

    return RELATIVE.sub(absolute, html)


def _listed(staged: Staged) -> list[str]:
    """The names of the pages that search engines are led to, each once."""
    pages = (page for page in staged.pages if page.name not in APART)
    return list(dict.fromkeys(page.name for page in pages if page.is_canonical))
