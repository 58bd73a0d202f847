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
    for file in _files(str(policies)):
        if file.is_dir():
            yield file.path
        elif file.name.endswith((".yaml", ".po")):
            content = Path(file).read_bytes()
            yield f"{file.path} {len(content)} {crc32(content)}"
    for folder in (places.TERMWISE, places.CALCULATOR):
        for file in _files(str(folder), OTHER_ROOMS):
            if file.name.endswith((".py", ".po")):
                yield f"{file.path} {file.stat().st_mtime_ns}"
    for packages in sys.path:
        if packages.endswith("site-packages"):
            yield f"{packages} {Path(packages).stat().st_mtime_ns}"


def _files(folder: str, but: Collection[str] = ()) -> "Iterator[os.DirEntry[str]]":
    """All files and folders under a folder but some of its own, in an order that stays."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name not in but:
            yield entry
            if entry.is_dir():
                yield from _files(entry.path)
