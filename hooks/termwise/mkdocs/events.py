"""MkDocs' events: a source tree is staged before it reads one, and finished after it has built it.

static-i18n builds the whole site once for each language, on one configuration and inside the build
of the first language; what is said below of "the first language" is said once for all of them.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs_static_i18n.config import I18nPluginLanguage

from termwise import places
from termwise.content.made import UnsoundPolicies, made_content
from termwise.languages import BY_CODE, DEFAULT_LANGUAGE, TABLE
from termwise.mkdocs.served_problems import Wrong, lasting, showing
from termwise.mkdocs.served_site import show_anew, show_now, watch_at_rest
from termwise.mkdocs.theme_templates import share_templates
from termwise.npm_programs import MissingProgram
from termwise.pages.parts import SiteContent
from termwise.pages.ready_html import anchors
from termwise.progress import LOG, detail, result, step
from termwise.site.errors import SiteError
from termwise.site.finish import finish, put_pages
from termwise.site.stage import Setting, Staged, stage
from termwise.site.tree import Tree

MOST_NAMED = 8
"""New pages that are named one by one."""

BEFORE_I18N, AFTER_I18N = 0, -110
"""static-i18n has priority -100: it turns the configuration to a language, and files anew."""


class _Build:
    """What one process knows from one event to the next."""

    served = False
    staged: Staged
    site: Tree
    folder: TemporaryDirectory[str] | None = None
    warnings = CountHandler(level=logging.WARNING)
    wrong = Wrong()
    versions: Mapping[str, str] | None = None
    """What the pages said that are served now."""
    began = 0.0
    reused = 0
    content: SiteContent | None = None
    """What is generated for the next build of a served site, where it is made already."""
    only_edited = False
    """Whether the build is of the pages of what was edited, which all others follow."""
    edited_told = False


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Tells a site that is served while it is edited from one to publish."""
    _Build.served = command == "serve"


@event_priority(BEFORE_I18N)
def stage_site(config: MkDocsConfig) -> MkDocsConfig:
    """Stages what MkDocs then takes for its docs folder, once for all languages."""
    if _is_first_language(config):
        config.plugins["i18n"].config.languages = [_language(one.code) for one in TABLE]
        content = config.extra.get("made") or _Build.content or _made(config)
        _Build.content = content if _Build.served else None
        step("Pages: what stands on them")
        setting = Setting(
            address=config.site_url or "/",
            edit_address=config.edit_uri or "",
            navigation=tuple(config.nav or ()),
            theme=tuple(config.theme.dirs),
            configuration=Path(config.config_file_path).read_bytes(),
            served=_Build.served,
        )
        _Build.staged = _staged(content, setting)
        _Build.reused = sum(page.is_kept for page in _Build.staged.pages)
        if not hasattr(_Build, "site") or _Build.site.folder != Path(config.site_dir):
            _Build.site = Tree(Path(config.site_dir), linked=_Build.served)
        config.docs_dir = str(_Build.staged.folder)
        config.site_dir = str(_Build.staged.folder.with_name("rendered"))  # and cleared each time
        config.edit_uri = None  # pages bring their own: their sources lie elsewhere
        config.nav = None if _Build.only_edited else config.nav  # it names other pages
        config.extra["frame"] = _Build.staged.values
        config.watch.append(config.extra["policies"])
        _Build.warnings = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(_Build.warnings)
    return config


@event_priority(AFTER_I18N)
def turn_theme(config: MkDocsConfig) -> MkDocsConfig:
    """Gives the theme the language being built, in the spelling of `<html lang>`."""
    language = BY_CODE[_language_of(config)]
    config.theme["language"] = language.tag
    step(f"Pages: {language.name}")
    if _is_first_language(config):
        share_templates(config.theme, places.CACHE / "templates")
    return config


on_config = CombinedEvent(stage_site, turn_theme)


@event_priority(AFTER_I18N)
def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """What is no page is put in its place at the end; of the theme nothing is."""
    folder = str(_Build.staged.folder)
    for file in list(files):
        if file.is_documentation_page():
            continue
        if str(file.abs_src_path).startswith(folder):
            file.copy_file = _leave  # type: ignore[method-assign]
        else:
            files.remove(file)
    return files


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tells MkDocs the anchors that it has not seen, for its check of links."""
    page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors(page.markdown or "")
    return html


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Lets go of a page that is done: MkDocs would keep the HTML of all of them to the end."""
    page.content, page.markdown = None, ""
    return output


@event_priority(AFTER_I18N)
def on_post_build(*, config: MkDocsConfig) -> None:
    """Finishes the site when every language stands in its folder."""
    if _is_first_language(config):
        logging.getLogger("mkdocs").removeHandler(_Build.warnings)
        warned = bool(_Build.warnings.get_counts())
        if warned and _Build.served:
            return  # MkDocs is about to end this build: the pages before it stay
        if not _Build.only_edited:
            step("Search, feeds, maps of the site")
        with _told_by_mkdocs():
            put = put_pages if _Build.only_edited else finish
            put(Path(config.site_dir), _Build.site, _Build.staged, keep=not warned)
        _tell_pages(_Build.staged)


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Watches what staff edit, not what is staged of it; goes on where something is wrong."""
    server.unwatch(config.docs_dir)
    at_rest = watch_at_rest(server, config.config_file_path)
    build = partial(_build_edited_first, server, builder, config, at_rest)
    server.builder = lasting(build, _Build.wrong)
    server.set_app(showing(server.serve_request, _Build.wrong))
    activate = server.server_activate

    def activate_and_tell() -> None:
        activate()
        result(f"Open {server.url} in a browser. Ctrl+C ends it.")

    server.server_activate = activate_and_tell  # type: ignore[method-assign]
    return server


def _build_edited_first(
    server: LiveReloadServer, build: Callable[[], None], config: MkDocsConfig, at_rest: Event
) -> None:
    """Builds the pages of what was edited and shows them, then all that speak of it."""
    at_rest.clear()
    try:
        before, now = _Build.content, _made(config)
        known = {page.markdown for page in before.pages} if before else set()
        edited = tuple(page for page in now.pages if page.markdown not in known)
        _Build.edited_told = bool(before and edited)
        if _Build.edited_told:
            _Build.content, _Build.only_edited = replace(now, pages=edited), True
            build()
            show_now(server)
        _Build.content, _Build.only_edited = now, False
        build()
        show_anew(server)
    finally:
        _Build.only_edited = False
        at_rest.set()


def _tell_pages(staged: Staged) -> None:
    """Say how many pages there are, or, while they are edited, which of them are new."""
    before = _Build.versions
    _Build.versions = (
        {**(before or {}), **staged.versions} if _Build.only_edited else staged.versions
    )
    took = f"{monotonic() - _Build.began:.1f} s"
    if before is None or not _Build.served:
        result(f"Pages: {len(staged.pages)}, {_Build.reused} reused")
        return
    changed = [address for address, now in staged.versions.items() if before.get(address) != now]
    new = sorted(changed, key=lambda address: "providers/" not in address)  # what was edited first
    for address in new[MOST_NAMED:]:
        detail(f"New: /{address}")
    named = ", ".join(f"/{address}" for address in new[:MOST_NAMED])
    more = f" and {len(new) - MOST_NAMED} more" if len(new) > MOST_NAMED else ""
    if new or not _Build.edited_told:
        result(f"New after {took}: {named}{more}" if new else f"No page has changed ({took}).")


def _is_first_language(config: MkDocsConfig) -> bool:
    return not config.plugins["i18n"].building  # type: ignore[attr-defined]


def _language_of(config: MkDocsConfig) -> str:
    language: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    return language


def _language(code: str) -> I18nPluginLanguage:
    """A language as static-i18n wants it described."""
    described = I18nPluginLanguage()
    name, default = BY_CODE[code].name, code == DEFAULT_LANGUAGE
    described.load_dict({"locale": code, "name": name, "default": default})
    described.validate()
    return described


def _made(config: MkDocsConfig) -> SiteContent:
    _Build.began = monotonic()
    with _told_by_mkdocs():
        policies = places.ROOT / config.extra["policies"]
        content = made_content(policies, going_on=_Build.served)
    _Build.wrong.problems = content.problems
    for problem in content.problems:
        LOG.warning(problem)
    return content


def _staged(content: SiteContent, setting: Setting) -> Staged:
    if _Build.folder is None:
        places.CACHE.mkdir(exist_ok=True)
        _Build.folder = TemporaryDirectory(prefix="stage-", dir=places.CACHE)
    with _told_by_mkdocs():
        folder = Path(_Build.folder.name, "staged")
        return stage(content, folder, setting, hand_written=not _Build.only_edited)


@contextmanager
def _told_by_mkdocs() -> Iterator[None]:
    """What cannot be made is told in a line, as MkDocs tells its own mistakes."""
    try:
        yield
    except UnsoundPolicies as unsound:
        raise PluginError(f"The policies have problems:\n{unsound}") from unsound
    except (SiteError, MissingProgram) as error:
        raise PluginError(str(error)) from error


def _leave(dirty: bool = False) -> None:
    """Leave a file where it is: pages may name it, that is all."""
