"""Digests of what something is made from: what is kept is used while its digest is the same.

Files count by their content, installed packages by name and version. Code counts by rooms: those
that make a part, and those they stand on, as their own imports tell. So no room can be forgotten,
and a comment in one makes nothing anew that it has no part in.
"""

import hashlib
import re
import sys
from base64 import b64encode
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from termwise import places

FOLDERS = {folder.name: folder for folder in (places.TERMWISE, places.CALCULATOR)}
"""The two packages by the names they are imported by."""

CODE_FILES = (".py", ".po", ".mjs")
IMPORT = re.compile(
    rf"^\s*(?:from|import) ({'|'.join(FOLDERS)})(?:\.(\w+)| import ([\w, ]+))", re.MULTILINE
)
"""An import of a room of ours, wherever in a file. Parsing all files would take most of a second;
a test compares with what Python's own parser says."""


def digest_of(*parts: str | bytes) -> str:
    """Thirty-two hexadecimal digits that change with any of the parts."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def sha256_of(content: bytes) -> str:
    """The digest of one content that browsers compute too, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def integrity_of(content: bytes) -> str:
    """The digest by which a browser refuses another content (subresource integrity)."""
    return f"sha256-{b64encode(hashlib.sha256(content).digest()).decode()}"


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """A digest of files by their paths below a root and their contents."""
    found = sorted((file.relative_to(root).as_posix(), file) for file in files)
    return digest_of(*(part for name, file in found for part in (name, file.read_bytes())))


def files_in(folder: Path) -> list[Path]:
    """All files in a folder and below it, hidden ones too."""
    return [file for file in folder.rglob("*") if file.is_file()]


class Room(NamedTuple):
    """A room as it counts: the digest of its files, and the rooms that it imports."""

    digest: str
    imports: frozenset[str]


def digest_of_code(*rooms: str, alone: Collection[str] = ()) -> str:
    """Rooms with all they stand on, such as `termwise.pages`; Python; what is installed.

    Rooms that count `alone` put together what others make: what those stand on counts for itself.
    """
    counted = sorted(rooms_under(*rooms) | {*alone})
    digests = [part for name in counted for part in (name, room(name).digest)]
    return digest_of(*digests, sys.version, *_packages())


def rooms_under(*rooms: str) -> set[str]:
    """The rooms themselves, and all that they import, and so on down."""
    found: set[str] = set()
    waiting = {*rooms}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= room(name).imports - found
    return found


@cache
def room(name: str) -> Room:
    """A room by its import name: a package just below one of ours, or a module there."""
    package, _, own = name.partition(".")
    place = FOLDERS[package] / own
    files = files_in(place) if place.is_dir() else [place.with_suffix(".py")]
    code = [file for file in files if file.suffix in CODE_FILES]
    texts = [file.read_text(encoding="utf-8") for file in code if file.suffix == ".py"]
    imports = frozenset(name for text in texts for name in _imported(text))
    return Room(digest_of_files(code, FOLDERS[package]), imports)


def _imported(text: str) -> Iterable[str]:
    """The rooms that a file of Python imports; a whole package of ours brings no room."""
    for package, below, names in IMPORT.findall(text):
        for name in [below] if below else names.split(","):
            yield f"{package}.{name.split()[0]}"


@cache
def _packages() -> list[str]:
    folders = [Path(folder) for folder in sys.path if Path(folder).is_dir()]
    return sorted(entry.name for folder in folders for entry in folder.glob("*.dist-info"))
