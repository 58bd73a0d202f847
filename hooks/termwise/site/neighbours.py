"""What machines ask for at the root of a site: crawlers, programs that read, clients of its data.

`robots.txt` names the list of pages, `llms.txt` the plain terms, `api/openapi.json` describes the
files under `api/v1/`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from termwise.languages import DEFAULT_LANGUAGE
from termwise.pages.parts import PLAIN, SiteAsset, SiteContent, json_asset

ABOUT = (
    "Independent, unofficial restatements of published support terms, and a calculator that prices "
    "from the same policy files. What binds is the provider’s own text."
)
DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
DAY = {"type": ["string", "null"], "format": "date"}


def neighbour_files(content: SiteContent, address: str) -> Iterator[SiteAsset]:
    """The files, with addresses below that of the site."""
    yield _text("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    yield _text("llms.txt", _for_programs(content, address))
    yield json_asset("api/openapi.json", described_api(address, content.quote_schemas))


def _text(uri: str, text: str) -> SiteAsset:
    return SiteAsset(uri, text.encode())


def _for_programs(content: SiteContent, address: str) -> str:
    """By the form of llmstxt.org: what this is, and where its texts stand as Markdown."""
    found = content.found.get(DEFAULT_LANGUAGE, ())
    lines = [
        f"- [{one.title}]({address}{one.place}{PLAIN}): {one.text}"
        for one in found
        if one.kind == "provider"
    ]
    return "\n".join(
        [
            "# Termwise",
            "",
            f"> {ABOUT}",
            "",
            "## Terms and prices",
            "",
            *lines,
            "",
            "## Data",
            "",
            f"- [All policies]({address}api/v1/policies.json): the list, with digests",
            f"- [Description of the files]({address}api/openapi.json): OpenAPI",
            f"- [Schema of policy files]({address}schema/policy.schema.json): JSON Schema",
            "",
        ]
    )


# ---- The files under api/v1


def described_api(address: str, quote_schemas: Mapping[str, Any]) -> dict[str, object]:
    """The static files as an API: OpenAPI 3.1. The schema of a quote comes with the content."""
    provider = _parameter("provider", "The id of a provider, as the list names it.")
    digest = _parameter("digest", "The digest of some terms, without “sha256:”.")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Termwise: policies as data",
            "version": "1",
            "description": "Static files. Amounts are decimal strings in the currency of the "
            "policy, for what the charge counts: so many minutes, units of a quantity, a session "
            "or a request. They are without or with tax as the policy’s `tax` says. A quote is "
            "no file: `termwise quote --json` prints it, and a page’s calculator hands it out with "
            "each event `termwise:quote`, as the schema `Quote` says.",
        },
        "servers": [{"url": address.rstrip("/") or "/"}],
        "paths": {
            "/api/v1/policies.json": _path("The list of all policies", _list_of("policies", ENTRY)),
            "/api/v1/{provider}.json": _path(
                "A policy with all its editions", _with_editions(), provider
            ),
            "/api/v1/{provider}/terms.json": _path(
                "All terms of a provider: in force, coming and superseded",
                _list_of("terms", TERMS),
                provider,
            ),
            "/api/v1/{provider}/{digest}.json": _path(
                "Some terms, at an address that stays when they are superseded",
                _object({"provider": {"type": "string"}} | EDITION),
                provider,
                digest,
            ),
        },
        "components": {"schemas": quote_schemas},
    }


def _object(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "required": [*properties], "properties": properties}


ENTRY = _object(
    {
        "provider": {"type": "string"},
        "name": {"type": "string"},
        "language": {"type": "string", "description": "In which the source is written."},
        "effective": DAY,
        "digest": DIGEST,
        "services": {"type": "array", "items": {"type": "string"}},
        "url": {"type": "string", "description": "Seen from the root of the site."},
    }
)
EDITION: dict[str, object] = {
    "effective": DAY,
    "until": DAY,
    "digest": DIGEST,
    "policy": {"type": "object", "description": "The compiled terms that pages and quotes use."},
}
TERMS = _object({"digest": DIGEST, "from": DAY, "until": DAY, "bundles": {"type": "object"}})


def _with_editions() -> dict[str, object]:
    properties = ENTRY["properties"]
    assert isinstance(properties, dict)
    editions = {"type": "array", "items": _object(EDITION)}
    return _object({**properties, "editions": editions})


def _list_of(name: str, items: dict[str, object]) -> dict[str, object]:
    return _object({name: {"type": "array", "items": items}})


def _parameter(name: str, description: str) -> dict[str, object]:
    told = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    return told | {"description": description}


def _path(summary: str, schema: dict[str, object], *parameters: dict[str, object]) -> object:
    content = {"application/json": {"schema": schema}}
    answers = {
        "200": {"description": "The file", "content": content},
        "404": {"description": "There is no such file"},
    }
    return {"get": {"summary": summary, "parameters": [*parameters], "responses": answers}}
