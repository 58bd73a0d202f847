"""What mkdocs-static-i18n leaves open: the language of each page, its counterparts, one lost page.

Each repair names what goes wrong without it. They hold for release 1.3.1, hence pinned.
"""

from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url


def current_language(config: MkDocsConfig) -> str:
    """The language that is being built: the whole site is built once for each."""
    language: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    return language


def default_language(config: MkDocsConfig) -> str:
    """The language whose pages stand at the root of the site."""
    language: str = config.plugins["i18n"].default_language  # type: ignore[attr-defined]
    return language


def is_first_language(config: MkDocsConfig) -> bool:
    """Whether this is the outer build, which the builds of the other languages run inside."""
    return not config.plugins["i18n"].building  # type: ignore[attr-defined]


def declare_language(config: MkDocsConfig) -> None:
    """Gives the theme the language being built, in the spelling of `<html lang>`."""
    config.theme["language"] = config.extra["language_tags"][current_language(config)]


def language_context(config: MkDocsConfig, page: Page | None) -> dict[str, Any]:
    """What the templates need to know about languages.

    Computed for each page, because the plugin's own list stays at the page rendered before: the
    switch of the lost page, for instance, led to the translations of another one.
    """
    plugin = config.plugins["i18n"]
    default = default_language(config)
    language = current_language(config)
    return {
        "language": language,
        "home": _home(language, default),
        "about": _home(language, default) + "about/",
        "languages": [
            {
                "code": other.locale,
                "name": other.name,
                "tag": config.extra["language_tags"][other.locale],
                "default": other.locale == default,
                **_addresses(config, page, other.locale, _home(other.locale, default)),
            }
            for other in plugin.config.languages
            if other.build
        ],
    }


def home(config: MkDocsConfig) -> str:
    """The beginning of every address in the current language, seen from the site's root."""
    return _home(current_language(config), default_language(config))


def homes(config: MkDocsConfig) -> list[str]:
    """The beginning of the addresses in each language that is built."""
    languages = config.plugins["i18n"].config.languages
    return [_home(each.locale, default_language(config)) for each in languages if each.build]


def way_home(config: MkDocsConfig, page: Page) -> str:
    """The relative address of the home in the page's language: empty, or ending in a slash."""
    way = get_relative_url(home(config) or ".", page.url or ".").rstrip("/")
    return "" if way in ("", ".") else f"{way}/"


def is_lost_page_of_another_language(config: MkDocsConfig, template_name: str) -> bool:
    """One 404.html serves the whole site; without this the last language would overwrite it."""
    return template_name == "404.html" and not is_first_language(config)


def _home(language: str, default: str) -> str:
    return "" if language == default else f"{language}/"


def _addresses(
    config: MkDocsConfig, page: Page | None, language: str, home: str
) -> dict[str, str | None]:
    """Where the same page stands in another language: seen from the site's root, and absolute.

    The absolute address is for search engines, which read no relative ones; a page without a
    counterpart has none, and its switch leads to that language's home.
    """
    counterpart = page.file.alternates.get(language) if page else None  # type: ignore[attr-defined]
    if counterpart is None:
        return {"address": home or "./", "absolute": None}
    url = "" if counterpart.url in (".", "./") else counterpart.url
    return {"address": url or "./", "absolute": urljoin(config.site_url or "", url)}
