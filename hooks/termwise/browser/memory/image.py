"""The memory of a booted Pyodide that has imported the calculator.

A browser that fills its memory from this file need not boot Python nor import anything. Python is
then as it was under Node.js at the build. The worker boots from the library where it does not fit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from termwise.browser.library.archive import library_for
from termwise.browser.tools import Inputs, digest_of_stages, kept, run_inside, zone_of_sessions
from termwise.kept.digests import digest_of

INSIDE = Path(__file__).parent / "inside"
# Replaced: what Pyodide's boot imports for event loops, package downloads, visitors' own code and
# help texts, none of which is used here.
STUBS = {
    "ast.py": "ast.py",
    "asyncio/__init__.py": "asyncio.py",
    "_pyodide/_base.py": "base.py",
    "pyodide/code.py": "code.py",
    "_pyodide/docstring.py": "docstring.py",
    "pyodide/_package_loader.py": "package_loader.py",
    "sysconfig/__init__.py": "sysconfig.py",
    "traceback.py": "traceback.py",
    "pyodide/webloop.py": "webloop.py",
}
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


class Memory(NamedTuple):
    """The image of the memory, and the library that it was made from: the way back."""

    library: bytes
    image: bytes


class Given(NamedTuple):
    """Files that the scripts read: the library, the sessions, and their time zone."""

    library: Path
    sessions: Path
    zone: Path


def memory_for(inputs: Inputs) -> Memory:
    """Return the memory for these inputs, from the cache if it was made before. Raises Unfit."""
    library = library_with_stubs(inputs)
    place = inputs.cache / f"{made_from(library, inputs)}.image"

    def make(work: Path) -> list[Path]:
        given = written(library, inputs, work)
        return [write_image("memory", inputs.pyodide, inputs.pyodide, given, work)]

    [image] = kept([place], make)
    return Memory(library, image)


def library_with_stubs(inputs: Inputs) -> bytes:
    """The library as the memory is made from it: nothing in it that no calculator needs."""
    stubs = {name: INSIDE / "stubs" / stub for name, stub in STUBS.items()}
    return library_for(inputs, "memory", stubs)


def made_from(library: bytes, inputs: Inputs) -> str:
    """A digest of everything that decides the image's bytes."""
    theirs = inputs.digest_of_pyodide(*PYODIDE)
    ours = digest_of_stages("memory")
    return digest_of(ours, theirs, library, inputs.sessions.digest, zone_of_sessions())


def written(library: bytes, inputs: Inputs, work: Path) -> Given:
    """The files for the scripts, in the folder where they work."""
    given = Given(work / "library.zip", work / "sessions.json", work / "zone")
    told = json.dumps(inputs.sessions.read()).encode()
    contents = (library, told, zone_of_sessions())
    for file, content in zip(given, contents, strict=True):
        file.write_bytes(content)
    return given


def write_image(
    stage: str, pyodide: Path, published: Path, given: Given, work: Path, *exercises: Path
) -> Path:
    """Write the image of a Pyodide, as a visitor has it in the folder of what is published.

    All that the sessions do is done in it once, and all that is in further files of Python.
    """
    image = work / "image"
    folders = (pyodide.resolve(), published.resolve())
    run_inside(stage, INSIDE / "snapshot.mjs", *folders, *given, image, *exercises)
    return image


def header_of(image: bytes) -> dict[str, Any]:
    """Read what the image says of itself: `build`, `memory` (bytes), `block`, `digest`, `state`."""
    length = int.from_bytes(image[:4], "little")
    header: dict[str, Any] = json.loads(image[4 : 4 + length])
    return header
