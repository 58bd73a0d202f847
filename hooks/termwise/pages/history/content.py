"""All that a provider's history puts into a site."""

from collections.abc import Mapping, Sequence

from termwise.history.changes import all_changes
from termwise.history.states import Published
from termwise.history.superseded import published_editions, superseded
from termwise.history.terms import StatedTerms
from termwise.languages import LANGUAGES
from termwise.pages.history.files import SupersededFiles
from termwise.pages.history.news import news
from termwise.pages.history.page import history_page
from termwise.pages.history.told_changes import ToldChange, told_changes
from termwise.pages.parts import GeneratedPage, HistoryContent, PagePlace
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider


def history_content(provider: Provider, today: StatedTerms, known: Published) -> HistoryContent:
    """The pages of what has changed, what feeds tell of it, and the terms that were superseded."""
    name = provider.policy.provider
    changes = all_changes(today, known.states, provider.reference)
    views = {language: PolicyView(provider, language) for language in LANGUAGES}
    told = {language: [*told_changes(view, changes)] for language, view in views.items()}
    gone = superseded(known.states, today.digests)
    files = [SupersededFiles(name, published) for published in gone.values()]
    return HistoryContent(
        pages=(_page(name, views, known, told),),
        news={language: news(view, known, told[language]) for language, view in views.items()},
        superseded=[one.listed() for one in files],
        published={
            digest: [one.first.isoformat(), one.last.isoformat()]
            for digest, one in published_editions(known.states).items()
        },
        assets={
            asset.uri: asset.content
            for one in files
            for asset in one.assets()
            if isinstance(asset.content, bytes)
        },
    )


def _page(
    name: str,
    views: Mapping[str, PolicyView],
    known: Published,
    told: Mapping[str, Sequence[ToldChange]],
) -> GeneratedPage:
    """The page of what has changed: search leads to the terms, not to what they were."""
    address = f"providers/{name}/history"
    return GeneratedPage(
        PagePlace(address, address),
        {language: history_page(view, known, told[language]) for language, view in views.items()},
    )
