"""The list of a provider's terms: those of today's file, then all that they superseded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from termwise.pages.parts import SiteAsset, json_asset, terms_list_place

Listed = Mapping[str, Any]


def terms_list(
    provider: str,
    today: Sequence[Listed],
    superseded: Iterable[Listed],
    published: Mapping[str, Sequence[str]],
) -> SiteAsset:
    """`published` are first and last day of what git knows, by digest.

    What was carried over keeps the days that it was listed with.
    """
    terms = [_entry(one, published, superseded=False) for one in today]
    terms += [_entry(one, published, superseded=True) for one in superseded]
    return json_asset(terms_list_place(provider), {"provider": provider, "terms": terms})


def _entry(
    one: Listed, published: Mapping[str, Sequence[str]], *, superseded: bool
) -> dict[str, Any]:
    days = published.get(one["digest"], one.get("published", ()))
    return {**one, "published": list(days), "superseded": superseded}
