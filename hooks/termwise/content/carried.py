"""Superseded terms carried over from an earlier published site, where git does not have them."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from termwise import places
from termwise.compiling.editions import policy_digest
from termwise.kept.digests import sha256_of
from termwise.languages import LANGUAGES
from termwise.pages.parts import terms_list_place

DIGEST = re.compile(r"sha256:(?P<hex>[0-9a-f]{64})")
BUNDLE = re.compile(rf"{places.ASSETS}/policies/[a-z0-9.-]+\.(?P<digest>[0-9a-f]{{16}})\.json")


@dataclass
class Carried:
    """What is taken from an earlier site: files by their places, entries of lists, remarks."""

    files: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class UnsoundFile(ValueError):
    """A file of an earlier site that is not what its name says."""


def carry(site: Path, providers: Mapping[str, Collection[str]], known: Collection[str]) -> Carried:
    """The terms of an earlier site whose digests are not known, byte for byte.

    `providers` are ids with those they had before. What is not what its digest says is left out,
    with a remark.
    """
    carried, known = Carried(), set(known)
    for provider, former in providers.items():
        for name in (provider, *former):
            for entry in _listed(site, name, carried):
                if entry.get("digest") not in known:
                    _carry(site, name, provider, entry, carried)
                    known.add(entry.get("digest", ""))
    return carried


def _listed(site: Path, provider: str, carried: Carried) -> Iterator[Mapping[str, Any]]:
    """The terms that the earlier site lists; nothing where it has no such list."""
    file = site / terms_list_place(provider)
    if not file.is_file():
        return
    try:
        yield from (dict(one) for one in json.loads(file.read_bytes())["terms"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        carried.remarks.append(f"{file}: not carried over: this is no list of terms")


def _carry(
    site: Path, name: str, provider: str, entry: Mapping[str, Any], carried: Carried
) -> None:
    try:
        files = dict(_files(site, name, provider, entry))
    except (OSError, UnsoundFile) as wrong:
        digest = entry.get("digest", "terms without a digest")
        carried.remarks.append(f"{site}: {digest} of {name} is not carried over: {wrong}")
        return
    carried.files |= {place: str(file) for place, file in files.items()}
    page = f"providers/{provider}/history/"
    carried.terms.setdefault(provider, []).append({**entry, "page": page})


def _files(
    site: Path, name: str, provider: str, entry: Mapping[str, Any]
) -> Iterator[tuple[str, Path]]:
    """The files of one entry, each checked, by the places they get. Raises UnsoundFile, OSError."""
    digest = DIGEST.fullmatch(str(entry.get("digest")))
    if digest is None:
        raise UnsoundFile("its digest is none")
    compiled = site / f"api/v1/{name}/{digest['hex']}.json"
    if _digest_in(compiled) != digest[0]:
        raise UnsoundFile(f"{compiled.name} has another content than its name says")
    yield f"api/v1/{provider}/{digest['hex']}.json", compiled
    bundles = entry.get("bundles")
    if not isinstance(bundles, dict) or bundles.keys() != set(LANGUAGES):
        raise UnsoundFile("it has not one bundle in each language")
    for place in bundles.values():
        yield place, _bundle(site, str(place))


def _digest_in(file: Path) -> str:
    """The digest of the terms in a file, worked out anew."""
    try:
        return policy_digest(json.loads(file.read_bytes())["policy"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnsoundFile(f"{file.name} holds no terms") from None


def _bundle(site: Path, place: str) -> Path:
    named = BUNDLE.fullmatch(place)
    if named is None:
        raise UnsoundFile(f"“{place}” is no place of a bundle")
    if sha256_of((site / place).read_bytes())[:16] != named["digest"]:
        raise UnsoundFile(f"{place} has another content than its name says")
    return site / place
