"""A small git repository of policies: what was committed on which day."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

from termwise.history.states import Published, published
from termwise.history.terms import StatedTerms, stated_terms
from termwise.reading.committed import read_commits
from termwise.reading.folders import formerly_written
from termwise.reading.policies import PolicyFolder, read_provider
from termwise.reading.providers import Provider, load_provider
from tests.places import SOUND

PROVIDER = "tidewater"
TODAY = date(2026, 11, 28)


class Repository:
    """Policies of a company, of the sound one by default, in a folder of a new repository."""

    def __init__(self, top: Path, folder: Path = SOUND / PROVIDER) -> None:
        self.top, self.policies, self.company = top, top / "policies", folder.name
        shutil.copytree(folder, self.folder)
        self.git("init", "--quiet")

    @property
    def folder(self) -> Path:
        """The company's folder."""
        return self.policies / self.company

    def git(self, *arguments: str, day: str = "2026-01-01", time: str = "12:00") -> str:
        """Run git as somebody, at noon of a day; what it prints."""
        moment = f"{day}T{time}:00Z"
        who = ("-c", "user.name=Staff", "-c", "user.email=staff@termwise.example")
        run = subprocess.run(
            ["git", "-C", self.top, *who, *arguments],
            env=os.environ | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def edit(self, old: str, new: str, file: str = "policy.yaml") -> None:
        """Write something else in a file of the company, in the one place where it stands."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, day: str, time: str = "12:00") -> str:
        """Commit everything on a day; the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change", day=day, time=time)
        return self.git("rev-parse", "HEAD")

    def published(self, provider: str = PROVIDER) -> Published:
        """What git knows of a provider."""
        formerly = formerly_written(self.policies / provider)
        return published(read_commits(self.policies), provider, formerly)

    def read(self, provider: str = PROVIDER) -> PolicyFolder:
        """The files as they are now."""
        read = read_provider(self.policies / provider)
        assert not read.problems, "\n".join(map(str, read.problems))
        return read

    def today(self, provider: str = PROVIDER) -> StatedTerms:
        """The terms in the files as they are now."""
        return stated_terms(self.read(provider), provider)

    def provider(self, provider: str = PROVIDER) -> Provider:
        """The provider as a page shows it today."""
        return load_provider(self.read(provider), provider, TODAY)
