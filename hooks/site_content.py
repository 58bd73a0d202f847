"""What the policies contribute to the site, as plain values: the seam between pages and MkDocs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class SitePage:
    """A generated page in one language."""

    name: str
    """Place in the site without language and ending: `providers/mastiff`."""
    language: str
    markdown: str
    """Markdown with front matter (`title`, `description`); blocks may be HTML."""
    edit_path: str
    """The file to edit, from the root of the repository."""


@dataclass(frozen=True)
class SiteAsset:
    """A file of the site that is no page: `api/v1/mastiff.json`, the runtime of the calculator."""

    uri: str
    content: bytes | Path
    """Its bytes, or the file to copy."""


@dataclass(frozen=True)
class SiteContent:
    """Everything generated for one build, in all languages."""

    pages: tuple[SitePage, ...] = ()
    assets: tuple[SiteAsset, ...] = ()
    markers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What replaces `<!-- termwise:NAME -->` in hand-written pages: name, language, Markdown."""
