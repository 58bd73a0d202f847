"""The generated part of the site, made in a process of its own (`process.py`).

Reading, checking and pricing need much that MkDocs does not. A process takes all that with it when
it ends, and the build needs no more memory than a build of pages written by hand. What waits for it
meanwhile has imported little, since both are there at the same time. Where a site is served, the
process stays, and makes an edited policy in half the time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from termwise import places
from termwise.languages import LANGUAGES
from termwise.problems import Place, Problem
from termwise.progress import LOG, heard

if TYPE_CHECKING:
    from termwise.content.kept import KeptPart
    from termwise.pages.parts import Found, SiteAsset, SiteContent, SitePage

SHOWN = "&#123;root}"
"""What a text says that would else be filled, as HTML."""

FREED_AT_ONCE = {"MALLOC_MMAP_THRESHOLD_": "131072"}
"""The C library of Linux gives large blocks back, also after it has seen one of 10 MB freed."""


class UnsoundPolicies(ValueError):
    """Policies that no site is made from: every problem, one a line; or why there is no site."""

    def __init__(self, told: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(told)
        self.problems = problems


def made_content(
    policies: Path, earlier_site: Path | None = None, *, going_on: bool = False
) -> "SiteContent":
    """Everything generated for a site. Raises UnsoundPolicies.

    Superseded terms that git does not have are carried over from an `earlier_site`; what is wrong
    there is left out, and told. A site that is `going_on` while it is edited has the last good
    pages of policies with problems, which it holds; none of one that never had any.
    """
    made = _made(policies, earlier_site, going_on=going_on)
    if made.get("failure"):
        raise UnsoundPolicies(made["failure"])
    problems = [_problem(*fields) for fields in made["problems"]]
    if problems and not going_on:
        raise UnsoundPolicies("\n".join(map(str, problems)), problems)
    for remark in made["carried"]["remarks"]:
        LOG.warning(remark)
    return _put_together(made, policies.name, problems)


def _made(policies: Path, earlier_site: Path | None, *, going_on: bool) -> dict[str, Any]:
    """What the process makes, whatever it says meanwhile; one that is going on is asked again."""
    maker = _waiting_maker() if going_on else _Maker()
    asked = {
        "policies": str(policies),
        "earlier_site": str(earlier_site) if earlier_site else None,
        "going_on": going_on,
    }
    made = maker.answer(asked)
    if going_on and made is not None:
        return made
    _waiting.clear()
    status = maker.end()
    if made is None:
        raise UnsoundPolicies(f"The pages could not be made (status {status}).")
    return made


class _Maker:
    """The process, started."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "termwise.content.process"],
            env={**FREED_AT_ONCE, **os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """What it answers; None where it ends without an answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        answer: dict[str, Any] = {}
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            while not answer and (line := self._process.stdout.readline()):
                heard(line, answer.update)
        return answer or None

    def end(self) -> int:
        """Let it end; its status."""
        self._process.communicate()
        return self._process.returncode


_waiting: dict[str, _Maker] = {}
"""The process that waits for the next edit of a site that is served, under a digest of what it has
read to be what it is: what it imports and compiles at first takes longer than a policy."""


def _waiting_maker() -> _Maker:
    from termwise.kept.digests import FOLDERS, digest_of_files, files_in  # noqa: PLC0415

    folders = (*FOLDERS.values(), places.DOCS)
    files = (file for folder in folders for file in files_in(folder) if file.suffix != ".pyc")
    read = digest_of_files(files, places.ROOT)
    if read not in _waiting:
        for former in _waiting.values():
            former.end()
        _waiting.clear()
        _waiting[read] = _Maker()
    return _waiting[read]


def _problem(place: Sequence[Any], *fields: str) -> Problem:
    return Problem(Place(*place), *fields)


def _put_together(
    made: Mapping[str, Any], policies: str, problems: Sequence[Problem]
) -> "SiteContent":
    from termwise.content.kept import filled  # noqa: PLC0415 (only now: see above)
    from termwise.pages.parts import SiteAsset, SiteContent, json_asset  # noqa: PLC0415
    from termwise.pages.staff.users import with_users  # noqa: PLC0415

    shared = _kept(made["shared"])
    providers = [_kept_provider(part, past, policies) for part, past in made["providers"]]
    providers.sort(key=lambda one: str(one.entry["name"]).casefold())
    listed = json_asset("api/v1/policies.json", {"policies": [one.entry for one in providers]})
    markers = filled(shared[1]["rows"], [one.part[1]["rows"] for one in providers])
    used = {one.entry["provider"]: one.part[1]["used"] for one in providers}
    fields = {language: with_users(text, used) for language, text in markers["fields"].items()}
    by_place = made["runtime"] | made["carried"]["files"]
    return SiteContent(
        pages=tuple(page for one in providers for page in one.pages),
        assets=(
            *(asset for one in providers for asset in one.assets),
            *shared[0].assets(),
            listed,
            *(one.terms_list(made["carried"]["terms"]) for one in providers),
            *(SiteAsset(uri, Path(file)) for uri, file in by_place.items()),
        ),
        news={one.entry["provider"]: one.history[1]["news"] for one in providers},
        markers={**markers, "fields": fields, "calculator": _home_calculator(providers)},
        found=_found([one.part[1]["found"] for one in providers]),
        quote_schemas=shared[1]["quote_schemas"],
        problems=tuple(problems),
    )


def _home_calculator(providers: "Sequence[_KeptProvider]") -> dict[str, str]:
    """The calculator of the home page in each language: the one that shows the most by itself."""
    if not providers:
        return dict.fromkeys(LANGUAGES, "")
    part, _ = max((one.part for one in providers), key=lambda part: part[1]["shows"])
    return {
        language: part.page("home", language).read_text(encoding="utf-8").replace("{root}", SHOWN)
        for language in LANGUAGES
    }


def _found(parts: "Sequence[Mapping[str, Any]]") -> "dict[str, list[Found]]":
    """What a search may find of all providers, in each language."""
    from termwise.pages.parts import Found  # noqa: PLC0415

    languages = {language for part in parts for language in part}
    return {
        language: [Found(**one) for part in parts for one in part[language]]
        for language in languages
    }


class _KeptProvider(NamedTuple):
    """The two parts of a provider, each with what it tells, its pages, and its files."""

    part: "tuple[KeptPart, Mapping[str, Any]]"
    history: "tuple[KeptPart, Mapping[str, Any]]"
    pages: "tuple[SitePage, ...]"
    assets: "tuple[SiteAsset, ...]"

    @property
    def entry(self) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = self.part[1]["entry"]
        return entry

    def terms_list(self, carried: Mapping[str, Sequence[Mapping[str, Any]]]) -> "SiteAsset":
        """The list of its terms, with those that were carried over."""
        from termwise.content.terms_lists import terms_list  # noqa: PLC0415

        told, provider = self.history[1], self.entry["provider"]
        superseded = [*told["superseded"], *carried.get(provider, ())]
        return terms_list(provider, self.part[1]["terms"], superseded, told["published"])


@lru_cache(maxsize=1024)
def _kept_provider(part: str, past: str, policies: str) -> _KeptProvider:
    """A provider of the folders of its parts, whose names stand for what is in them."""
    parts = (_kept(part), _kept(past))
    pages = tuple(_pages(parts, policies))
    return _KeptProvider(*parts, pages, tuple(file for one, _ in parts for file in one.assets()))


def _pages(
    parts: "Sequence[tuple[KeptPart, Mapping[str, Any]]]", policies: str
) -> "Iterator[SitePage]":
    """All pages of a provider; they are edited in one file."""
    from termwise.pages.parts import PagePlace, SitePage  # noqa: PLC0415

    _, told = parts[0]
    edited = f"{policies}/{told['entry']['provider']}/policy.yaml"
    for part, own in parts:
        for place in own["pages"]:
            for language in told["rows"]["providers"]:
                markdown = part.page(place["name"], language)
                yield SitePage(PagePlace(**place), language, markdown, edited)


def _kept(folder: str) -> "tuple[KeptPart, Mapping[str, Any]]":
    from termwise.content.kept import KeptPart  # noqa: PLC0415

    part = KeptPart(Path(folder))
    return part, part.told
