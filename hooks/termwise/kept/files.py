"""Files and folders written aside, then put in their place: nobody ever finds half of one.

Whoever reads meanwhile, another build or a quote, finds what was there before, or all that is new.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

ASIDE = ".aside-"
"""What the ending of everything that is being written begins with."""

_NUMBERS = count()


def replace_file(file: Path, content: str | bytes) -> None:
    """Put a file in its place in one step, text as UTF-8. Raises OSError where it cannot."""
    written = content.encode() if isinstance(content, str) else content
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(file)
    try:
        aside.write_bytes(written)
        aside.replace(file)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def keep_file(file: Path, content: str | bytes) -> None:
    """Put a file in its place as `replace_file` does; where nothing can be written, nothing is."""
    with suppress(OSError):
        replace_file(file, content)


def keep_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder in its place in one step, with files by their paths in it.

    One that is there already stays: another run was quicker, with the same content.
    """
    from shutil import rmtree  # noqa: PLC0415 (reads all about archives: a quote does without)

    aside = _aside(folder)
    try:
        for name, content in files.items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(content)
        if not folder.exists():
            with suppress(OSError):
                aside.replace(folder)
    finally:
        rmtree(aside, ignore_errors=True)


def _aside(path: Path) -> Path:
    """A name of its own for each process, and for each file that a process writes at once."""
    return path.with_name(f"{path.name}{ASIDE}{os.getpid()}-{next(_NUMBERS)}")
