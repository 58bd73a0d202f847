"""The folders of the providers as git has kept them: every state, with the day it was committed.

Two commands of git answer for all providers: one walks the line of commits that a branch has been,
one hands out the files. Nothing is checked out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from posixpath import basename, dirname, join

from termwise.reading.folders import POLICY_FILE
from termwise.reading.git import NoRevision, run_git

FILES = (":(top,glob)**/policy.yaml", ":(top,glob)**/*.po")
"""What is walked: wherever it lay, since a folder may have been moved."""

WALK = (
    *("-c", "core.quotePath=false", "-c", "log.showRoot=true", "-c", "log.showSignature=false"),
    *("log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "--no-abbrev"),
    *("--find-renames", "--format=%H %ct", "--"),
)
COMMIT = re.compile(r"(?P<id>[0-9a-f]{40,64}) (?P<seconds>\d+)")
CHANGE = re.compile(r":\d+ \d+ [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<kind>[A-Z])\d*\t(?P<paths>.+)")
GONE, RENAMED, COPIED, ADDED = "D", "R", "C", "A"


@dataclass(frozen=True, slots=True)
class Change:
    """A file as a commit left it; `blob` is what git calls its content, None where it is gone."""

    path: str
    blob: str | None
    new: bool
    former: str | None
    """Where it lay before, if it was moved."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit on the line that a branch has been, and what it changed."""

    id: str
    moment: datetime
    changes: tuple[Change, ...]

    @property
    def day(self) -> date:
        """The day in UTC on which it was committed, whoever wrote it when."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class CommittedState:
    """The files of a provider's folder from a commit on, by their names."""

    commit: Commit
    blobs: Mapping[str, str]


class Commits:
    """All commits that changed a policy or a translation, the oldest first.

    `shallow` tells that git has not got what was before them.
    """

    def __init__(self, policies: Path, prefix: str, commits: tuple[Commit, ...], shallow: bool):
        self._policies, self._prefix = policies, prefix
        self.commits, self.shallow = commits, shallow

    def states(self, provider: str, formerly: Collection[str] = ()) -> list[CommittedState]:
        """Each state of a provider's folder that differs from the one before, in order.

        A folder is followed to where it lay before, under this id or one it had `formerly`.
        """
        folders = self._folders(join(self._prefix, provider), {provider, *formerly})
        found: list[CommittedState] = []
        files: dict[str, dict[str, str]] = {}
        for commit, folder in zip(self.commits, folders, strict=True):
            _apply(commit, files)
            blobs = files.get(folder, {})
            if POLICY_FILE in blobs and (not found or found[-1].blobs != blobs):
                found.append(CommittedState(commit, dict(blobs)))
        return found

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """The contents of files; those that git has not got are left out."""
        asked = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs)).encode()
        return dict(_answered(run_git(self._policies, "cat-file", "--batch", told=asked)))

    def _folders(self, folder: str, names: Collection[str]) -> list[str]:
        """Where a provider's folder lay after each commit."""
        lay = []
        for number in reversed(range(len(self.commits))):
            lay.append(folder)
            folder = self._before(number, folder, names)
        return lay[::-1]

    def _before(self, number: int, folder: str, names: Collection[str]) -> str:
        """Where the folder lay before a commit: there as well, unless its policy came from afar."""
        change = self._change_of(number, join(folder, POLICY_FILE))
        if change is None or not change.new:
            return folder
        if change.former and basename(dirname(change.former)) in names:
            return dirname(change.former)
        beside = (join(dirname(folder), name) for name in sorted(names) if name != basename(folder))
        return next((other for other in beside if self._lay_there(other, number)), folder)

    def _change_of(self, number: int, path: str) -> Change | None:
        changes = (one for one in self.commits[number].changes if one.path == path and one.blob)
        return next(changes, None)

    def _lay_there(self, folder: str, number: int) -> bool:
        """Tell whether a commit before this one knew a policy in a folder."""
        path = join(folder, POLICY_FILE)
        return any(self._change_of(earlier, path) for earlier in range(number))


def read_commits(policies: Path) -> Commits | None:
    """What git knows of a folder of policies; None where it lies in no repository with a commit."""
    try:
        about = run_git(policies, "rev-parse", "--show-prefix", "--is-shallow-repository").decode()
        walked = run_git(policies, *WALK, *FILES).decode(errors="replace")
    except NoRevision:
        return None
    prefix, shallow = about.splitlines()
    return Commits(policies, prefix.rstrip("/"), tuple(_commits(walked)), shallow == "true")


def _commits(walked: str) -> Iterator[Commit]:
    about: re.Match[str] | None = None
    changes: list[Change] = []
    for line in walked.splitlines():
        if commit := COMMIT.fullmatch(line):
            if about:
                yield _commit(about, changes)
            about, changes = commit, []
        elif change := CHANGE.fullmatch(line):
            changes += _changes(change)
    if about:
        yield _commit(about, changes)


def _commit(about: re.Match[str], changes: list[Change]) -> Commit:
    return Commit(about["id"], datetime.fromtimestamp(int(about["seconds"]), UTC), tuple(changes))


def _changes(change: re.Match[str]) -> Iterator[Change]:
    """A file that was moved is one that is gone and one that is there."""
    first, _, second = change["paths"].partition("\t")
    kind, blob = change["kind"], change["blob"]
    if kind == RENAMED:
        yield Change(first, None, new=False, former=None)
        yield Change(second, blob, new=True, former=first)
    elif kind == GONE:
        yield Change(first, None, new=False, former=None)
    else:
        yield Change(second or first, blob, new=kind in (ADDED, COPIED), former=None)


def _apply(commit: Commit, files: dict[str, dict[str, str]]) -> None:
    """Bring what lies in each folder from the commit before to this one."""
    for change in commit.changes:
        folder = files.setdefault(dirname(change.path), {})
        if change.blob is None:
            folder.pop(basename(change.path), None)
        else:
            folder[basename(change.path)] = change.blob


def _answered(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """The contents in what `git cat-file --batch` answers: `ID blob SIZE`, then the content."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, kind, *size = answer[at:end].decode().split()
        at = end + 1
        if kind == "blob":
            yield name, answer[at : at + int(size[0])]
            at += int(size[0]) + 1
