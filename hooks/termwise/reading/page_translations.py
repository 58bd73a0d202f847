"""Hand-written pages in other languages: `docs/about.pl.md` translates `docs/about.md`.

A translation names in its front matter, under `translates`, each section of the English page by its
anchor, with the digest of the text that was translated. Where the English section has changed
since, the translation is stale: `termwise check` says so, and so does the page.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from termwise.languages import LANGUAGES
from termwise.policy_form.yaml_text.libyaml import TextLoader
from termwise.problems import Place, Problem, quoted

ENGLISH, *OTHERS = LANGUAGES
TOP = "top"
"""The name of what stands above the first section, front matter included."""

FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
SECTION = re.compile(r"## (?P<title>.+?)(?: \{#(?P<anchor>[^ }]+)[^}]*\})?")
DIGITS = 8
KEPT = 64


@dataclass(frozen=True, slots=True)
class PageTranslation:
    """A translated page, the English one, and what each says of the sections."""

    language: str
    file: Path
    source: Path
    name: str
    """The English page's file, from the folder of all pages: `providers/index.md`."""
    translates: Mapping[str, str]
    """The digest of each section when it was translated, by its anchor."""
    sections: Mapping[str, str]
    """The digest of each English section as it is now."""

    @property
    def stale(self) -> bool:
        """Tell whether the English page is no longer what was translated."""
        return self.translates != self.sections

    def remarks(self, shown: Path) -> Iterator[Problem]:
        """What has changed, each at the place where its digest stands or belongs.

        `shown` is the folder from which files are named.
        """
        lines = self.file.read_text("utf-8").splitlines()
        source = self.source.relative_to(shown)
        for name in {**self.sections, **self.translates}:
            was, now = self.translates.get(name), self.sections.get(name)
            if was != now:
                place = Place(str(self.file.relative_to(shown)), _line_of(name, lines), 1)
                yield _remark(place, f"the section “{name}” of {source}", name, was, now)


def _remark(place: Place, section: str, name: str, was: str | None, now: str | None) -> Problem:
    if now is None:
        mend = f"take it out of this page, and “{name}” out of translates"
        return Problem(
            place, f"A translation of {section}, which is gone", f"{name}: {was}", "none", mend
        )
    what = "has changed since it was translated" if was else "is not known to be translated"
    return Problem(
        place,
        f"{section[0].upper()}{section[1:]} {what}",
        f"{name}: {was}" if was else f"no “{name}” under translates",
        f"{name}: {now}",
        f"translate the section anew, then write {quoted(f'{name}: {now}')} under translates",
    )


def _line_of(name: str, lines: list[str]) -> int:
    """The line of a section's digest, or the one below which it belongs."""
    known = (f"  {name}:", "translates:")
    return next(
        (at for key in known for at, line in enumerate(lines, 1) if line.startswith(key)), 1
    )


def page_translations(docs: Path) -> list[PageTranslation]:
    """Every translated page of a folder, in the order of their names."""
    found = (page_translation(file, docs) for file in sorted(docs.rglob("*.md")))
    return [one for one in found if one is not None]


def page_translation(file: Path, docs: Path) -> PageTranslation | None:
    """A page as a translation; None for one that is none, or that has no English page in `docs`."""
    name, _, language = file.stem.rpartition(".")
    source = file.with_name(f"{name}.md")
    if language not in OTHERS or not source.is_file() or not source.is_relative_to(docs):
        return None
    return PageTranslation(
        language=language,
        file=file,
        source=source,
        name=source.relative_to(docs).as_posix(),
        translates=_front_matter(file.read_text("utf-8")).get("translates") or {},
        sections=section_digests(source.read_text("utf-8")),
    )


# A page has a translation in each language, and is read again by each check of one process.
@lru_cache(maxsize=KEPT)
def section_digests(page: str) -> Mapping[str, str]:
    """The digest of each section of a page, by its anchor; of its words, not of its line ends."""
    written: dict[str, list[str]] = {TOP: []}
    name, in_code = TOP, False
    for line in page.splitlines():
        in_code ^= line.startswith("```")
        section = None if in_code else SECTION.fullmatch(line.rstrip())
        if section:
            name = section["anchor"] or section["title"]
        written.setdefault(name, []).append(line.strip())
    return {name: _digest(lines) for name, lines in written.items()}


def _digest(lines: list[str]) -> str:
    text = "\n".join(line for line in lines if line)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


@lru_cache(maxsize=KEPT)
def _front_matter(page: str) -> Mapping[str, Mapping[str, str]]:
    """The front matter with all values as text: a digest may look like a number."""
    found = FRONT_MATTER.match(page)
    return (yaml.load(found[1], TextLoader) if found else None) or {}
