"""The files by which superseded terms stay: compiled, and as bundles in every language."""

from collections.abc import Iterator, Mapping
from typing import Any

from termwise.compiling.edition import Edition
from termwise.history.superseded import PublishedTerms
from termwise.languages import LANGUAGES
from termwise.pages.data_files import bundle_asset, compiled_asset
from termwise.pages.parts import SiteAsset

Listed = dict[str, Any]
"""What the list of a provider's terms says of one edition."""


def listed(edition: Edition, read: str, page: str, bundles: Mapping[str, str]) -> Listed:
    """An edition in the list of a provider's terms; `page` and `bundles` as seen from the root."""
    described = edition.data()
    return {
        "digest": edition.digest,
        "from": described["effective"],
        "until": described["until"],
        "read": read,
        "page": page,
        "bundles": dict(bundles),
    }


def edition_page(provider: str, edition: Edition) -> str:
    """Where an edition of today's file has its page."""
    return f"providers/{provider}/{edition.place}/"


def history_page_of(provider: str) -> str:
    """Where a provider's changes are told."""
    return f"providers/{provider}/history/"


class SupersededFiles:
    """The files of one superseded edition, under the id that the provider has now."""

    def __init__(self, provider: str, published: PublishedTerms) -> None:
        self._provider, self._published = provider, published
        shown = published.terms.shown(published.edition, published.last)
        self._bundles = {language: bundle_asset(shown, language) for language in LANGUAGES}

    def assets(self) -> Iterator[SiteAsset]:
        """The compiled terms and the bundles."""
        yield compiled_asset(self._provider, self._published.edition)
        yield from self._bundles.values()

    def listed(self) -> Listed:
        """What the list of the provider's terms says of them."""
        bundles = {language: asset.uri for language, asset in self._bundles.items()}
        read = self._published.terms.read.isoformat()
        page = history_page_of(self._provider)
        return listed(self._published.edition, read, page, bundles)
