"""The memory of a booted Pyodide that has imported the calculator, and the trimmed Pyodide for it.

A browser that fills its memory from this file need not boot Python nor import anything. Python is
then as it was under Node.js at the build. Its interpreter and the script around that are without
what no calculator calls. worker.js boots the whole Pyodide from the library if either does not fit.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from termwise import places
from termwise.browser.tools import INSIDE, run_inside

TRIMMING = ("acorn", "acorn-walk", "terser")
"""What `inside/script.mjs` reads and shortens scripts with."""


class Sessions(NamedTuple):
    """What the interpreter must be able to do: bundles, each with queries, read when needed."""

    digest: str
    read: Callable[[], Sequence[Mapping[str, object]]]


NO_SESSIONS = Sessions("", list)


class Snapshot(NamedTuple):
    """The image of the memory, and the interpreter and script of the Pyodide that it is for."""

    image: bytes
    interpreter: bytes
    script: bytes


def snapshot_for(
    library: bytes, sessions: Sessions, pyodide_dir: Path, cache_dir: Path
) -> Snapshot:
    """Return the snapshot for these inputs, from the cache if it was made before."""
    digest = _inputs_digest(library, sessions.digest, pyodide_dir)
    cached = [cache_dir / f"{digest}.{kind}" for kind in ("image", "wasm", "mjs")]
    if not all(path.exists() for path in cached):
        with tempfile.TemporaryDirectory(dir=cache_dir) as work:
            made = _make(library, sessions, pyodide_dir, Path(work))
            for new, place in zip(made, cached, strict=True):
                new.replace(place)  # in one step, so that a broken build leaves no half file
    return Snapshot(*(path.read_bytes() for path in cached))


def _make(library: bytes, sessions: Sessions, pyodide_dir: Path, work: Path) -> list[Path]:
    told = json.dumps(sessions.read()).encode()
    given = {"library.zip": library, "sessions.json": told, "zone": _zone()}
    for name, content in given.items():
        (work / name).write_bytes(content)
    trimmed, published, image = work / "trimmed", work / "published", work / "image"
    folders = [str(trimmed), str(published)]
    for folder in (trimmed, published):
        folder.mkdir()
    inputs = [str(work / name) for name in given]
    run_inside("trimming/trim.mjs", str(pyodide_dir.resolve()), *inputs, *folders)
    run_inside("memory/snapshot.mjs", *folders, *inputs, str(image))
    return [image, published / "pyodide.asm.wasm", published / "pyodide.asm.mjs"]


def _zone() -> bytes:
    """The time zone of the sessions and of exercise.py."""
    return files("tzdata").joinpath("zoneinfo", "Europe", "Warsaw").read_bytes()


def header_of(image: bytes) -> dict[str, Any]:
    """Read what the image says of itself: `build`, `memory` (bytes), `block`, `digest`, `state`."""
    length = int.from_bytes(image[:4], "little")
    header: dict[str, Any] = json.loads(image[4 : 4 + length])
    return header


def _inputs_digest(library: bytes, sessions: str, pyodide_dir: Path) -> str:
    """Digest everything that decides the bytes of all three."""
    digest = hashlib.sha256(library)
    for content in (sessions.encode(), _zone()):
        digest.update(hashlib.sha256(content).digest())
    ours = sorted(INSIDE.rglob("*.*"))
    theirs = [pyodide_dir / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")]
    theirs += [places.NODE_MODULES / tool / "package.json" for tool in TRIMMING]
    for path in [*ours, *theirs]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]
