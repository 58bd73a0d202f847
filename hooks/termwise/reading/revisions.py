"""Policies as they stood at a git revision, written into a folder to be read like any other."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from termwise.problems import Problem
from termwise.reading.git import NoRevision, run_git
from termwise.reading.policies import PolicyFolder, read_policies


def policies_at(policies: Path, revision: str | None) -> PolicyFolder:
    """The policies as they stood at a revision, or as the files are now; problems among them.

    A revision without that folder has no policies. Raises NoRevision.
    """
    if revision is None:
        return read_policies(policies)
    with TemporaryDirectory(prefix="termwise-") as name:
        target = Path(name)
        write_revision(policies, revision, target)
        if not any(target.iterdir()):
            return PolicyFolder({}, {})
        folder = read_policies(target)
        shown = f"{revision}:{policies}"
        problems = [_moved(problem, name, shown) for problem in folder.problems]
        return replace(folder, problems=problems)


def _moved(problem: Problem, old: str, new: str) -> Problem:
    """The problem at the place where the file would be looked for."""
    file = new + problem.place.file.removeprefix(old)
    return replace(problem, place=replace(problem.place, file=file))


def write_revision(policies: Path, revision: str, target: Path) -> None:
    """Write a folder as it stood at a revision; it stays empty where there was no such folder.

    Raises NoRevision.
    """
    root = repository_of(policies)
    inside = folder_in_repository(policies)
    commit = commit_of(policies, revision)
    tree = f"{commit}:{inside}"
    if _runs(root, "cat-file", "-e", tree):
        archive = run_git(root, "archive", "--format=zip", tree)
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(target)


def folder_in_repository(policies: Path) -> str:
    """The path of a folder from the top of its repository, without slashes around it."""
    return run_git(policies, "rev-parse", "--show-prefix").decode().strip("\n/")


def repository_of(policies: Path) -> Path:
    """The top folder of the git repository that holds the policies. Raises NoRevision."""
    try:
        top = run_git(policies, "rev-parse", "--show-toplevel")
    except NoRevision as refused:
        if "not a git repository" not in str(refused):
            raise
        raise NoRevision(
            f"{policies} is in no git repository, so there is nothing to compare it with."
            " Run “git init” there and commit, or name a folder of a repository."
        ) from None
    return Path(top.decode().rstrip("\n"))


def commit_of(policies: Path, revision: str) -> str:
    """The commit that a revision names. Raises NoRevision."""
    name = f"{revision}^{{commit}}"
    try:
        found = run_git(policies, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except NoRevision:
        raise NoRevision(f"git knows no revision “{revision}”.") from None
    return found.decode().strip()


def _runs(folder: Path, *arguments: str) -> bool:
    try:
        run_git(folder, *arguments)
    except NoRevision:
        return False
    return True
