"""A folder of files that is brought up to date: only what has changed is written anew."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from termwise.kept.digests import digest_of, files_in
from termwise.pages.parts import SiteAsset


class Tree:
    """A folder that holds what it is given from one round to the next, and hidden files of others.

    Each round puts all files in their places and ends with `remove_the_rest`. What was put there in
    an earlier round is known without being read: a file that is named as the content must never
    change. It is `linked` where the file system can, for folders that nobody else writes to.
    """

    def __init__(self, folder: Path, *, linked: bool) -> None:
        self.folder = folder
        self._linked = linked
        self._known: dict[str, Path | str] = {}
        self._asked: set[str] = set()
        self._there = {file.relative_to(folder).as_posix() for file in files_in(folder)}

    def put(self, asset: SiteAsset) -> None:
        """Put a file in its place, if it is not there."""
        self._asked.add(asset.uri)
        content = asset.content
        known = digest_of(content) if isinstance(content, bytes) else content
        if self._known.get(asset.uri) != known:
            target = self.folder / asset.uri
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                _write(target, content)
            else:
                self._place(target, content)
            self._known[asset.uri] = known

    def remove_the_rest(self) -> None:
        """Remove what nobody has asked for in this round, and end it."""
        for path in self._there - self._asked:
            if not path.startswith("."):
                self._remove(self.folder / path)
            self._known.pop(path, None)
        self._there, self._asked = self._asked, set()

    def _remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        with suppress(OSError):  # a folder that holds anything else stays
            for folder in file.relative_to(self.folder).parents[:-1]:
                (self.folder / folder).rmdir()

    def _place(self, target: Path, source: Path) -> None:
        if self._linked and target.exists() and target.samefile(source):
            return
        target.unlink(missing_ok=True)  # it may be the only other name of a kept file
        try:
            if self._linked:
                os.link(source, target)
                return
        except OSError:
            pass
        shutil.copyfile(source, target)


def _write(target: Path, content: bytes) -> None:
    if not target.exists() or target.read_bytes() != content:
        target.unlink(missing_ok=True)
        target.write_bytes(content)
