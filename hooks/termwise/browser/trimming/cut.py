"""The trimmed Pyodide, and the memory that fits it: functions are numbered anew in its table."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from termwise import places
from termwise.browser.memory.image import PYODIDE, library_with_stubs, write_image, written
from termwise.browser.tools import Inputs, digest_of_stages, kept, run_inside, zone_of_sessions
from termwise.kept.digests import digest_of, digest_of_files

INSIDE = Path(__file__).parent / "inside"
TOOLS = ("acorn", "acorn-walk", "terser")
"""What `inside/script.mjs` reads and shortens scripts with."""


class Trimmed(NamedTuple):
    """The memory, the library that it was made from, and the interpreter and script for it."""

    library: bytes
    image: bytes
    interpreter: bytes
    script: bytes


def trimmed_for(inputs: Inputs) -> Trimmed:
    """Return what these inputs make, from the cache if it was made before. Raises Unfit."""
    library = library_with_stubs(inputs)
    digest = made_from(library, inputs)
    cached = [inputs.cache / f"{digest}.{kind}" for kind in ("image", "wasm", "mjs")]
    return Trimmed(library, *kept(cached, lambda work: _cut(library, inputs, work)))


def made_from(library: bytes, inputs: Inputs) -> str:
    """A digest of everything that decides the bytes of all three."""
    packages = [places.NODE_MODULES / tool / "package.json" for tool in TOOLS]
    tools = digest_of_files(packages, places.NODE_MODULES)
    ours = digest_of_stages("memory", "trimming")
    theirs = inputs.digest_of_pyodide(*PYODIDE)
    return digest_of(ours, theirs, tools, library, inputs.sessions.digest, zone_of_sessions())


def _cut(library: bytes, inputs: Inputs, work: Path) -> list[Path]:
    """Note what is called and cut the rest; then make the memory in what is left."""
    trimmed, published = work / "trimmed", work / "published"
    for folder in (trimmed, published):
        folder.mkdir()
    given = written(library, inputs, work)
    arguments = (inputs.pyodide.resolve(), *given, trimmed, published)
    run_inside("trimmed", INSIDE / "trim.mjs", *arguments)
    image = write_image("trimmed", trimmed, published, given, work, INSIDE / "exercise.py")
    return [image, published / "pyodide.asm.wasm", published / "pyodide.asm.mjs"]
