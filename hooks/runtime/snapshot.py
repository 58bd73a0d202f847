"""The memory of a booted interpreter that has imported the calculator, as one file.

A browser that fills its memory from this file need not boot Python nor import anything. Python is
then as it was under Node.js at the build; worker.js boots from the library if that fails.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from hooks.runtime.tools import INSIDE, run_inside


def snapshot_for(library: bytes, pyodide_dir: Path, cache_dir: Path) -> bytes:
    """Return the image for this library and interpreter, from the cache if it was made before."""
    cached = cache_dir / f"{_inputs_digest(library, pyodide_dir)}.image"
    if not cached.exists():
        with tempfile.TemporaryDirectory(dir=cache_dir) as work:
            archive, made = Path(work, "library.zip"), Path(work, "image")
            archive.write_bytes(library)
            run_inside("snapshot.mjs", str(pyodide_dir.resolve()), str(archive), str(made))
            made.replace(cached)  # in one step, so that a broken build leaves no half image
    return cached.read_bytes()


def header_of(image: bytes) -> dict[str, Any]:
    """Read what the image says of itself: `build`, `memory` (bytes), `block`, `digest`, `state`."""
    length = int.from_bytes(image[:4], "little")
    header: dict[str, Any] = json.loads(image[4 : 4 + length])
    return header


def _inputs_digest(library: bytes, pyodide_dir: Path) -> str:
    """Digest everything that decides the image's bytes."""
    digest = hashlib.sha256(library)
    ours = [INSIDE / "snapshot.mjs", INSIDE / "forget.py"]
    theirs = [pyodide_dir / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")]
    for path in [*ours, *theirs]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]
