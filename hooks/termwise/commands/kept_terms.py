"""Terms kept between runs of `termwise quote`, so that it need not read every policy anew.

What is kept is what a browser gets: compiled editions and words, plain data. It is used only while
nothing has changed that it was made from: the files of the policies by their content, our own
files and the installed packages by the date of their last change.
"""

import json
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from termwise import places
from termwise.kept.files import keep_file
from termwise.limits import MOST_BYTES

CACHE = places.CACHE / "terms"
OTHER_ROOMS = ("browser", "content", "mkdocs", "pages", "reports", "scenarios", "site")
"""Rooms that no term comes from: a change there makes no quote read the policies again."""


class KeptTerms:
    """The place where the terms of a provider are kept, in a language.

    What they are made from is looked at first: a file changed while the policies are read makes
    them be read again next time.
    """

    def __init__(self, policies: Path, provider: str, language: str) -> None:
        self._made_from = [str(policies.resolve()), provider, language, *made_from(policies)]
        # Under a number, since a name that somebody typed may be any path. Should two have the
        # same, one takes the other's place.
        name = "\0".join(self._made_from[:3])
        self._file = CACHE / f"{crc32(os.fsencode(name)):08x}.json"

    def read(self) -> Any:
        """The terms as they were kept; None where anything has changed since, or nothing is."""
        try:
            kept = json.loads(self._file.read_bytes())
            return kept["terms"] if kept["made_from"] == self._made_from else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, terms: Any) -> None:
        """Keep the terms of a folder without problems; where nothing can be written, nothing is."""
        keep_file(self._file, json.dumps({"made_from": self._made_from, "terms": terms}))


def made_from(policies: Path) -> Iterator[str]:
    """All that decides the terms of a folder, each thing with what tells a change of it.

    A checksum is enough for that, and spares the start the import of a cryptographic library.
    """
    for provider in _entries(str(policies)):
        yield provider.path
        for file in _entries(provider.path):
            if file.name.endswith((".yaml", ".po")):
                yield f"{file.path} {_content(file)}"
    for folder in (places.TERMWISE, places.CALCULATOR):
        for file in _files(str(folder), OTHER_ROOMS):
            if file.name.endswith((".py", ".po")):
                yield f"{file.path} {file.stat().st_mtime_ns}"
    for packages in sys.path:
        if packages.endswith("site-packages"):
            yield f"{packages} {Path(packages).stat().st_mtime_ns}"


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    """What lies in a folder, in an order that stays; nothing where it is none, or not read."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def _content(file: "os.DirEntry[str]") -> str:
    """What tells one content of a file from another; of what is no file, that it is none."""
    try:
        if not file.is_file():
            return "no file"
        with Path(file).open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError:
        return "not read"
    return f"{len(content)} {crc32(content)}"


def _files(folder: str, but: Collection[str] = ()) -> "Iterator[os.DirEntry[str]]":
    """All files and folders under a folder but some of its own, in an order that stays."""
    for entry in _entries(folder):
        if entry.name not in but:
            yield entry
            if entry.is_dir():
                yield from _files(entry.path)
