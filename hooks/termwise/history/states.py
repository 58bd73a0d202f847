"""The states of a provider that were published, compiled by today's compiler and kept.

A state counts as published if it stood at the end of a day in UTC: what was committed and replaced
within a day is a draft.
"""

import os
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from termwise import places
from termwise.history.terms import StatedTerms, from_kept, stated_terms
from termwise.kept.digests import digest_of, digest_of_code
from termwise.kept.files import keep_file
from termwise.languages import LANGUAGES
from termwise.policy_form.yaml_text.source import decode
from termwise.problems import UnreadableFile
from termwise.reading.committed import Commits, CommittedState
from termwise.reading.folders import POLICY_FILE
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise.reading.translations import TranslatedTexts, untranslated

CACHE = places.CACHE / "history"
DAYS_KEPT = 30
MOST_STATES = 200
"""The newest of them are read; what is older is told of like what a shallow clone has not got."""

UNREADABLE = ""
"""What is kept of a state that cannot be read."""

Files = Mapping[str, bytes]
"""The files of a provider's folder by their names."""


@dataclass(frozen=True)
class PublishedState:
    """Terms that stood at the end of a day, by the commit that brought them."""

    moment: datetime
    commit: str
    terms: StatedTerms

    @property
    def day(self) -> date:
        """The day in UTC from whose end on they were published."""
        return self.moment.date()


@dataclass(frozen=True)
class Published:
    """The published states of a provider, the oldest first."""

    states: tuple[PublishedState, ...] = ()
    unreadable: tuple[tuple[date, str], ...] = ()
    """Days and commits of states that today's release cannot read."""
    since: date | None = None
    """The first day of which something is known; None without git."""
    whole: bool = field(default=True)
    """Whether nothing was before that day, as far as git knows."""


def ends_of_days(states: Sequence[CommittedState]) -> list[CommittedState]:
    """The last state of each day."""
    kept = [one for one, after in pairwise(states) if one.commit.day != after.commit.day]
    return [*kept, *states[-1:]]


def published(commits: Commits | None, provider: str, formerly: Collection[str]) -> Published:
    """What was published of a provider, as far as git knows."""
    every = ends_of_days(commits.states(provider, formerly)) if commits else []
    if not commits or not every:
        return Published()
    newest = every[-MOST_STATES:]
    contents = commits.contents(blob for state in newest for blob in state.blobs.values())
    found, unreadable = [], []
    for state in newest:
        commit, terms = state.commit, _terms(state, contents)
        if terms is None:
            unreadable.append((commit.day, commit.id))
        else:
            found.append(PublishedState(commit.moment, commit.id, terms))
    whole = len(newest) == len(every) and not _is_cut(commits, newest[0])
    return Published(tuple(found), tuple(unreadable), newest[0].commit.day, whole)


def _is_cut(commits: Commits, first: CommittedState) -> bool:
    """Tell whether git may lack what was before a state: it is as old as a shallow clone."""
    return commits.shallow and first.commit == commits.commits[0]


def _terms(state: CommittedState, contents: Mapping[str, bytes]) -> StatedTerms | None:
    if not contents.keys() >= set(state.blobs.values()):
        return None
    return terms_in({name: contents[blob] for name, blob in state.blobs.items()})


def terms_in(files: Files) -> StatedTerms | None:
    """The terms in the files of a folder, kept from the first time on; None if unreadable."""
    parts = (part for name in sorted(files) for part in (name, files[name]))
    file = CACHE / digest_of(digest_of_code("termwise.history"), *parts)
    with suppress(OSError):
        kept = file.read_text(encoding="utf-8")
        os.utime(file)
        return from_kept(kept) if kept != UNREADABLE else None
    terms = _read(files)
    keep_file(file, terms.kept() if terms else UNREADABLE)
    return terms


def tidy() -> None:
    """Remove what no build has asked for in a long time."""
    with suppress(OSError):
        for file in CACHE.iterdir():
            if time.time() - file.stat().st_mtime > DAYS_KEPT * 24 * 3600:
                file.unlink()


def _read(files: Files) -> StatedTerms | None:
    try:
        text = decode(files[POLICY_FILE], POLICY_FILE)
    except UnreadableFile:
        return None
    policy, _ = read_policy_text(text, covered=False)
    if policy is None:
        return None
    provider = policy.written.provider
    translations = _translations(policy, files)
    return stated_terms(PolicyFolder({provider: policy}, {provider: translations}), provider)


def _translations(policy: ReadPolicy, files: Files) -> dict[str, TranslatedTexts]:
    """The translations of a state; one with a problem counts as missing, as it was not shown."""
    read: dict[str, TranslatedTexts] = {}
    for language in LANGUAGES:
        name = f"{language}.po"
        if language == policy.written.language:
            continue
        read[language] = untranslated(language, policy.texts)
        if name in files:
            translated, problems = policy.read_translation(files[name], name, language)
            if not problems:
                read[language] = translated
    return read
