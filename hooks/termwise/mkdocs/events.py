"""MkDocs' events, each handed to the module that knows what to do."""

import re
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from termwise import places
from termwise.content.made import UnsoundPolicies, made_content
from termwise.mkdocs import i18n_repairs, theme_templates
from termwise.mkdocs.kept_pages import STAND_IN, KeptPages, frame_of
from termwise.pages.parts import SiteAsset, SiteContent, SitePage
from termwise.pages.ready_html import anchors
from termwise.pages.stale_page import with_stale_notice
from termwise.reading.page_translations import page_translation
from termwise.site import content_security, digest_names, search_index, service_worker
from termwise.site import scripts_and_styles as page_files

TEMPLATE_CACHE = places.CACHE / "templates"
MARKER = re.compile(r"<!-- termwise:([a-z]+) -->")
OFFLINE_PAGE = "offline.html"
AFTER_I18N = -110
"""static-i18n has priority -100: it turns the configuration to a language, and files anew."""


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Allows the reload script of `serve`, and of nothing else."""
    content_security.live_reload = command == "serve"


@event_priority(AFTER_I18N)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads the policies once, unless the command that builds has read them already.

    The builds of all languages share the configuration object.
    """
    i18n_repairs.declare_language(config)
    if i18n_repairs.is_first_language(config):
        policies = _root(config) / config.extra["policies"]
        config.extra["content"] = config.extra.get("made") or _made(policies)
        root = _root(config)
        config.extra["page_files"] = page_files.page_files(
            Path(config.docs_dir), config.theme.dirs, root / "node_modules"
        )
        config.extra["kept_pages"] = KeptPages(frame_of(config, _security_policy(config)))
        config.extra["offline_pages"] = {}
        config.watch.append(str(policies))
        theme_templates.share_templates(config.theme, TEMPLATE_CACHE)
    return config


def declare_generated_pages(files: Files, *, config: MkDocsConfig) -> Files:
    """Before static-i18n, which accepts only pages that could lie in the docs folder."""
    for page in _content(config).pages:
        uri = _source_uri(page, config)
        files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


@event_priority(AFTER_I18N)
def fill_generated_pages(files: Files, *, config: MkDocsConfig) -> Files:
    """After static-i18n, which would drop both the text of the pages and files from elsewhere."""
    content, kept = _content(config), _kept_pages(config)
    generated = {_source_uri(page, config): page for page in content.pages}
    for file in list(files):
        if file.src_uri.startswith((page_files.SCRIPTS, page_files.STYLES)):
            files.remove(file)  # what pages use of them has been put together
        if page := generated.get(file.src_uri):
            kept.pages[file.src_uri] = page
            file.abs_src_path = str(page.markdown)
            if kept.html(file.src_uri):
                file.content_string = STAND_IN
            file.generated_by = "termwise"
            file.edit_uri = f"../{page.edit_path}"  # edit addresses start in docs/
    for asset in (*content.assets, *_page_files(config).assets):
        files.append(_asset_file(asset, config))
    if not content_security.live_reload:  # a reload after an edit needs no names to stay apart
        config.extra["names"] = digest_names.name_folders(files, Path(config.site_dir))
    return files


on_files = CombinedEvent(declare_generated_pages, fill_generated_pages)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fills the markers of hand-written pages; `{root}` in them is the way to the home page."""
    language = i18n_repairs.current_language(config)
    markers = _content(config).markers
    root = i18n_repairs.way_home(config, page)
    translation = page_translation(Path(page.file.abs_src_path or ""), Path(config.docs_dir))
    markdown = with_stale_notice(markdown, translation, root)

    def fill(found: re.Match[str]) -> str:
        if found[1] not in markers:
            raise PluginError(f"{page.file.src_uri}: nothing is generated for {found[0]}")
        return markers[found[1]][language].replace("{root}", root)

    return MARKER.sub(fill, markdown)


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tells MkDocs the anchors that it has not seen, for its check of links."""
    page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors(page.markdown or "")
    uri, kept = page.file.src_uri, _kept_pages(config)
    if kept.html(uri):
        page.present_anchor_ids = kept.anchors(uri)
    elif uri in kept.pages:
        kept.remember(page.file, page.present_anchor_ids)
    return html


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tells the templates about languages and the content security policy."""
    if html := _kept_pages(config).html(page.file.src_uri):
        return context | {"kept": html.read_text(encoding="utf-8")}
    return context | _frame(config, page)


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """The same for templates without a page: the lost page, the offline page and the sitemap."""
    anywhere = {"base_url": "{root}"} if template_name == OFFLINE_PAGE else {}
    return context | _frame(config, None) | anywhere


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Refuses a page that breaks its own content security policy; lets go of one that is done.

    MkDocs would keep the HTML of all pages in all languages to the end of the build.
    """
    page.content = None
    if page.file.generated_by == "termwise":
        page.markdown = ""
    if _kept_pages(config).html(page.file.src_uri):
        return output  # as it was when it was kept
    return _secured(output, page.file.src_uri, config)


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """The same for templates without a page, of which one belongs to all languages."""
    if i18n_repairs.is_lost_page_of_another_language(config, template_name):
        return ""  # MkDocs writes no empty files
    output = _secured(output, template_name, config)
    if template_name == OFFLINE_PAGE:
        config.extra["offline_pages"][i18n_repairs.home(config)] = output
        return ""
    return output


@event_priority(AFTER_I18N)
def on_post_build(*, config: MkDocsConfig) -> None:
    """When every language stands in the site folder."""
    if i18n_repairs.is_first_language(config):
        _kept_pages(config).keep()
        site = Path(config.site_dir)
        search_index.build(site, _root(config) / "node_modules", i18n_repairs.homes(config))
        if content_security.live_reload:
            service_worker.tell_leave(site)
        else:
            service_worker.tell_release(site, config.extra["offline_pages"])


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _made(policies: Path) -> SiteContent:
    try:
        return made_content(policies)
    except UnsoundPolicies as unsound:
        raise PluginError(f"The policies have problems:\n{unsound}") from unsound


def _content(config: MkDocsConfig) -> SiteContent:
    content: SiteContent = config.extra["content"]
    return content


def _page_files(config: MkDocsConfig) -> page_files.PageFiles:
    made: page_files.PageFiles = config.extra["page_files"]
    return made


def _security_policy(config: MkDocsConfig) -> str:
    return content_security.policy(_page_files(config).head.values())


def _kept_pages(config: MkDocsConfig) -> KeptPages:
    kept: KeptPages = config.extra["kept_pages"]
    return kept


def _source_uri(page: SitePage, config: MkDocsConfig) -> str:
    """The name that static-i18n expects: `x.md` in the default language, else `x.pl.md`."""
    default = i18n_repairs.default_language(config)
    return f"{page.name}.md" if page.language == default else f"{page.name}.{page.language}.md"


def _asset_file(asset: SiteAsset, config: MkDocsConfig) -> File:
    kind = File if i18n_repairs.is_first_language(config) else _WrittenFile
    if isinstance(asset.content, Path):
        return kind.generated(config, asset.uri, abs_src_path=str(asset.content))
    return kind.generated(config, asset.uri, content=asset.content)


class _WrittenFile(File):
    """A file that the build of the first language has written for all of them."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it as it is."""


def _frame(config: MkDocsConfig, page: Page | None) -> dict[str, Any]:
    return i18n_repairs.language_context(config, page) | {
        "content_security_policy": _security_policy(config),
        "head_scripts": _page_files(config).head,
    }


def _secured(output: str, name: str, config: MkDocsConfig) -> str:
    output = digest_names.renamed(output, config.extra.get("names", {}))
    if found := content_security.violations(output, _page_files(config).head.values()):
        raise PluginError(f"{name} breaks its content security policy:\n" + "\n".join(found))
    return output
