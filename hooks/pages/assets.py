"""The files of the site that are no pages: API, schema, the browser's bundles and its Python."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import calculator
from hooks.policy_model import json_schema
from hooks.providers import Provider
from hooks.runtime import build_runtime
from hooks.site_content import SiteAsset

ASSETS = "assets/termwise"
NOT_PRICED = ("texts", "document")
"""Parts of a compiled policy that no quote needs; the bundle's words hold the texts."""

PAGE_ONLY = (
    *("glance.", "step.", "faq.", "section.", "covered.", "excluded.", "channel."),
    *("outside.", "source."),
)
"""Texts, by the beginning of their id, that no quote shows."""


def api_assets(providers: Iterable[Provider]) -> Iterator[SiteAsset]:
    """The compiled policies, a list of them, and the schema of the policy files."""
    entries = []
    for provider in providers:
        policy = provider.policy
        uri = f"api/v1/{policy.provider}.json"
        entries.append(_entry(provider, uri))
        yield _json_asset(uri, _entry(provider, uri) | {"editions": _editions(provider)})
    yield _json_asset("api/v1/policies.json", {"policies": entries})
    yield _json_asset("schema/policy.schema.json", json_schema())


def _entry(provider: Provider, uri: str) -> dict[str, Any]:
    policy = provider.policy
    return {
        "provider": policy.provider,
        "name": policy.name,
        "language": policy.language,
        "effective": policy.effective.isoformat(),
        "digest": policy.digest,
        "services": list(policy.services),
        "url": uri,
    }


def _editions(provider: Provider) -> list[dict[str, Any]]:
    return [
        {
            "effective": edition.effective.isoformat(),
            "until": None if edition.until is None else edition.until.isoformat(),
            "digest": edition.digest,
            "policy": edition.compiled,
        }
        for edition in provider.editions
    ]


def _json_asset(uri: str, data: Any) -> SiteAsset:
    return SiteAsset(uri, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def bundle(provider: Provider, language: str) -> str:
    """What the browser's calculator needs for one provider in one language, as JSON."""
    editions = [
        {
            "digest": edition.digest,
            "policy": {**edition.compiled, **{part: {} for part in NOT_PRICED}},
        }
        for edition in provider.editions
    ]
    data = {
        "reference": provider.reference.isoformat(),
        "editions": editions,
        "words": _words_of_quotes(provider.words_data[language]),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _words_of_quotes(words: Mapping[str, Any]) -> dict[str, Any]:
    """Words without the texts that only pages show."""
    texts = {
        text_id: text
        for text_id, text in words["texts"].items()
        if not text_id.startswith(PAGE_ONLY)
    }
    return {**words, "texts": texts}


def bundle_asset(provider: Provider, language: str) -> SiteAsset:
    """The bundle under a name that holds its digest, so that it can be cached for good."""
    content = bundle(provider, language).encode()
    return named_asset(f"policies/{provider.policy.provider}.{language}", content)


def named_asset(name: str, content: bytes) -> SiteAsset:
    """JSON under a name that holds its digest."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return SiteAsset(f"{ASSETS}/{name}.{digest}.json", content)


def runtime_assets(folder: Path, providers: Iterable[Provider]) -> tuple[str, list[SiteAsset]]:
    """The browser's Python: the address of its worker from the root, and all its files."""
    zones = sorted({provider.policy.zone.key for provider in providers})
    manifest = build_runtime(folder, Path(calculator.__file__).parent, zones)
    files = [SiteAsset(f"{ASSETS}/{path}", folder / path) for path in manifest["files"]]
    return f"{ASSETS}/{manifest['worker']}", files
