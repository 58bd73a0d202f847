"""Files kept from one run to the next, of which no other run ever reads half."""

import os
from contextlib import suppress
from pathlib import Path


def keep_text(file: Path, text: str) -> None:
    """Write a kept file in one step; where nothing can be written, nothing is."""
    whole = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        whole.write_text(text, encoding="utf-8")
        whole.replace(file)
