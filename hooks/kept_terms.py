"""Terms kept between runs of `termwise quote`, so that it need not read every policy anew.

What is kept is what a browser gets: compiled editions and words, plain data. It is used only while
nothing has changed that it was made from: the files of the policies by their content, our own
files and the installed packages by the date of their last change.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import calculator

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".termwise-cache" / "terms"


class KeptTerms:
    """The place where the terms of a provider are kept, in a language.

    What they are made from is looked at first: a file changed while the policies are read makes
    them be read again next time.
    """

    def __init__(self, policies: Path, provider: str, language: str) -> None:
        # Under a digest, since a name that somebody typed may be any path.
        name = f"{policies.resolve()}\0{provider}\0{language}"
        self._file = CACHE / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"
        self._made_from = made_from(policies)

    def read(self) -> Any:
        """The terms as they were kept; None where anything has changed since, or nothing is."""
        try:
            kept = json.loads(self._file.read_bytes())
            return kept["terms"] if kept["made_from"] == self._made_from else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, terms: Any) -> None:
        """Keep the terms of a folder without problems; where nothing can be written, nothing is."""
        kept = json.dumps({"made_from": self._made_from, "terms": terms})
        whole = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            whole.write_text(kept, encoding="utf-8")
            whole.replace(self._file)  # in one step: another command never reads half of it


def made_from(policies: Path) -> str:
    """A digest of all that decides the terms of a folder."""
    digest = hashlib.sha256()
    for file in sorted(policies.rglob("*")):
        if file.is_dir() or file.suffix in (".yaml", ".po"):
            content = b"" if file.is_dir() else file.read_bytes()
            digest.update(f"{file.relative_to(policies)}\0{len(content)}\0".encode() + content)
    for changed in _programs():
        digest.update(f"{changed}\0".encode())
    return digest.hexdigest()


def _programs() -> Iterator[str]:
    """Our own files and the folder of the installed packages, each with its last change."""
    yield str(Path(click.__file__).parents[1].stat().st_mtime_ns)
    for folder in (Path(__file__).parent, Path(calculator.__file__).parent):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".po"):
                yield f"{file}\0{file.stat().st_mtime_ns}"
