"""Digests of what something is made from: what is kept is used while its digest is the same.

Files count by their content, installed packages by name and version.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from termwise import places

CODE = (places.TERMWISE, places.CALCULATOR)
CODE_FILES = (".py", ".po", ".mjs")


def digest_of(*parts: str | bytes) -> str:
    """Thirty-two hexadecimal digits that change with any of the parts."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """A digest of files by their paths below a root and their contents."""
    found = sorted((file.relative_to(root).as_posix(), file) for file in files)
    return digest_of(*(part for name, file in found for part in (name, file.read_bytes())))


def files_in(folder: Path) -> list[Path]:
    """All files in a folder and below it, hidden ones too."""
    return [file for file in folder.rglob("*") if file.is_file()]


@cache
def digest_of_code() -> str:
    """Our own code and words, Python, and the packages that are installed."""
    files = [file for folder in CODE for file in files_in(folder) if file.suffix in CODE_FILES]
    return digest_of(digest_of_files(files, places.ROOT), sys.version, *_packages())


def _packages() -> list[str]:
    folders = [Path(folder) for folder in sys.path if Path(folder).is_dir()]
    return sorted(entry.name for folder in folders for entry in folder.glob("*.dist-info"))
