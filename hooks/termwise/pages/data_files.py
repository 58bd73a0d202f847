"""The files of the site that are no pages: API, schema, the browser's bundles and its Python."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from termwise import places
from termwise.compiling.edition import Edition
from termwise.kept.digests import sha256_of
from termwise.pages.parts import SiteAsset, json_asset
from termwise.policy_form.policy_file import json_schema
from termwise.policy_form.skeleton import SCHEMA
from termwise.reading.providers import Provider
from termwise.words.catalogue import quote_messages

PAGE_ONLY = (
    *("glance.", "step.", "faq.", "section.", "covered.", "excluded.", "channel."),
    "source.",
)
"""Texts, by the beginning of their id, that no quote shows."""


def api_assets(provider: Provider) -> Iterator[SiteAsset]:
    """The compiled policy, and each of its editions."""
    described = entry(provider)
    yield json_asset(
        described["url"],
        described | {"editions": [edition.data() for edition in provider.editions]},
    )
    for edition in provider.editions:
        yield compiled_asset(described["provider"], edition)


def compiled_asset(provider: str, edition: Edition) -> SiteAsset:
    """One edition, as it stays at an address of its own when it is superseded."""
    name = edition.digest.removeprefix("sha256:")
    return json_asset(f"api/v1/{provider}/{name}.json", {"provider": provider} | edition.data())


def schema_asset() -> SiteAsset:
    """The schema of the policy files."""
    return json_asset(SCHEMA, json_schema())


def entry(provider: Provider) -> dict[str, Any]:
    """What the list of all policies says of one."""
    policy = provider.policy
    return {
        "provider": policy.provider,
        "name": policy.name,
        "language": policy.language,
        "effective": policy.effective.isoformat() if policy.effective else None,
        "digest": policy.digest,
        "services": list(policy.services),
        "url": f"api/v1/{policy.provider}.json",
    }


def bundle(provider: Provider, language: str) -> str:
    """What the browser's calculator needs for an edition in one language, as JSON.

    Other editions are only dated in it: their bundles are fetched when a start asks for them.
    """
    edition = provider.edition
    data = {
        "reference": provider.reference.isoformat(),
        "digest": edition.digest,
        "policy": priced_parts(edition.compiled),
        "calendar": calendar(provider.editions),
        "words": _words_of_quotes(provider.words_data[language]),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def priced_parts(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """A compiled policy without what no quote needs."""
    shown = {part: compiled["document"][part] for part in ("source", "outside")}
    return {**compiled, "texts": {}, "document": shown}


def calendar(editions: Iterable[Edition]) -> list[dict[str, str | None]]:
    """When each edition is in force."""
    dates = ("effective", "until", "digest")
    return [{name: edition.data()[name] for name in dates} for edition in editions]


def _words_of_quotes(words: Mapping[str, Any]) -> dict[str, Any]:
    """Words without the texts and messages that only pages show."""
    texts = {
        text_id: text
        for text_id, text in words["texts"].items()
        if not text_id.startswith(PAGE_ONLY)
    }
    return {**words, "texts": texts, "messages": quote_messages(words["language"])}


def bundle_asset(provider: Provider, language: str) -> SiteAsset:
    """The bundle under a name that holds its digest, so that it can be cached for good."""
    content = bundle(provider, language).encode()
    return named_asset(f"policies/{provider.policy.provider}.{language}", content)


def named_asset(name: str, content: bytes) -> SiteAsset:
    """JSON under a name that holds its digest."""
    return SiteAsset(f"{places.ASSETS}/{name}.{sha256_of(content)[:16]}.json", content)
