"""What the policies contribute to the site, as plain values: the seam between pages and MkDocs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from termwise.problems import Problem

Rows = Mapping[str, Mapping[str, str]]
"""What is put into a marker of hand-written pages: by the marker's name and language."""

PLAIN = "terms.md"
"""The plain terms beside the page of a policy."""


@dataclass(frozen=True)
class PagePlace:
    """Where a page stands, and where search engines are led instead.

    `name` is its place in the site without language and ending: `providers/mastiff`. `canonical`
    names the page that says the same at a better address, itself where there is none.
    """

    name: str
    canonical: str


@dataclass(frozen=True)
class GeneratedPage:
    """A generated page in all languages: Markdown with front matter (`title`, `description`)."""

    place: PagePlace
    markdown: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """One thing that a search may find: a clause, a question, a row of prices, a page.

    `place` is its address seen from the home page of its language, `of` whose it is, `about` the
    subjects whose words lead to it as well, or words of its own.
    """

    place: str
    kind: str  # "provider", "clause", "question", "price", "page"; "staff": for editors alone
    title: str
    text: str
    of: str = ""
    number: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProviderContent:
    """What one provider contributes; nothing in it depends on another provider."""

    provider: str
    entry: Mapping[str, Any]
    """What the list of all policies says of it; `name` is what providers are sorted by."""
    rows: Rows
    """Its part of what is listed of all providers, as HTML."""
    pages: tuple[GeneratedPage, ...]
    assets: Mapping[str, bytes]
    """Its files, by their place in the site."""
    terms: Sequence[Mapping[str, Any]]
    """What the list of its terms says of each edition."""
    found: Mapping[str, Sequence[Found]]
    """What a search may find of it, in each language."""
    home: Mapping[str, str]
    """Its calculator as the home page of each language has it."""
    shows: int
    """How many rows that calculator shows at first; none where a price is missing."""
    used: Mapping[str, str] = field(default_factory=dict)
    """How its policy writes its fields, as HTML, by the names that the reference links them by."""


@dataclass(frozen=True)
class EditorRuntime:
    """The editor's Python: the address of its worker from the root, and how much it downloads."""

    worker: str
    megabytes: int


@dataclass(frozen=True)
class Sources:
    """The files of a provider as they are, and their folder from the root of the repository."""

    path: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class HistoryContent:
    """What the history of one provider contributes."""

    pages: tuple[GeneratedPage, ...]
    """The page of what has changed."""
    news: Mapping[str, Mapping[str, Any]]
    """What feeds and calendars tell, in each language."""
    superseded: Sequence[Mapping[str, Any]]
    """What the list of its terms says of those that no edition has any more."""
    published: Mapping[str, Sequence[str]]
    """The first and the last day on which a state with these terms was committed, by digest."""
    assets: Mapping[str, bytes]
    """The files of superseded terms, by their place in the site."""


@dataclass(frozen=True)
class SharedContent:
    """What stands once in a site, whatever the providers."""

    rows: Rows
    """What replaces the markers; `{rows}` in it is for the rows of the providers."""
    assets: Mapping[str, bytes]
    quote_schemas: Mapping[str, Any]
    """The JSON Schemas of a quote and of its parts, by their names."""


@dataclass(frozen=True)
class SitePage:
    """A generated page in one language."""

    place: PagePlace
    language: str
    markdown: Path
    """The file that holds its Markdown; all that decides its text decides its folder's name."""
    edit_path: str
    """The file to edit, from the root of the repository."""


@dataclass(frozen=True)
class SiteAsset:
    """A file of the site that is no page: `api/v1/mastiff.json`, the runtime of the calculator."""

    uri: str
    content: bytes | Path
    """Its bytes, or the file to copy."""


def json_asset(uri: str, data: Any) -> SiteAsset:
    """Data as a file of the site."""
    return SiteAsset(uri, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def terms_list_place(provider: str) -> str:
    """Where the list of a provider's terms stands, seen from the root of the site."""
    return f"api/v1/{provider}/terms.json"


@dataclass(frozen=True)
class SiteContent:
    """Everything generated for one build, in all languages."""

    pages: tuple[SitePage, ...] = ()
    assets: tuple[SiteAsset, ...] = ()
    news: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What feeds and calendars tell of each provider, by its id and language."""
    markers: Rows = field(default_factory=dict)
    """What replaces `<!-- termwise:NAME -->` in hand-written pages: name, language, Markdown."""
    found: Mapping[str, Sequence[Found]] = field(default_factory=dict)
    """What a search may find of the providers, in each language."""
    quote_schemas: Mapping[str, Any] = field(default_factory=dict)
    """The JSON Schemas of a quote and of its parts, by their names."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with policies that have kept their last good pages, while they are edited."""
