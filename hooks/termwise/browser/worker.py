"""The worker's script: its files put together to one by esbuild, below its settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from termwise import places
from termwise.browser.tools import kept, run
from termwise.kept.digests import digest_of, digest_of_files
from termwise.npm_programs import npm_program

WORKER = places.SCRIPTS / "termwise" / "worker.js"
PARTS = [
    WORKER.with_name(f"{name}.js")
    for name in ("worker", "memory", "downloads", "arrival", "digests")
]
WITHOUT_MEMORY = ("--define:RUNTIME.image=null",)
"""The reader of memories is then used nowhere, and esbuild leaves it out."""


def worker_script(settings: Mapping[str, object], cache: Path) -> bytes:
    """Give the worker its settings: one file then names all others, so releases never mix."""
    written = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    options = () if "image" in settings else WITHOUT_MEMORY
    return f"const RUNTIME = {written};\n".encode() + _put_together(options, cache)


def _put_together(options: tuple[str, ...], cache: Path) -> bytes:
    """One script without comments, from the cache if it was made before."""
    esbuild = places.NODE_MODULES / "esbuild" / "package.json"
    parts = digest_of_files(PARTS, WORKER.parent)
    digest = digest_of(parts, esbuild.read_bytes(), Path(__file__).read_bytes(), *options)
    [script] = kept([cache / f"{digest}.js"], lambda work: [_bundled(options, work)])
    return script


def _bundled(options: tuple[str, ...], work: Path) -> Path:
    made = work / "worker.js"
    program = npm_program(places.NODE_MODULES, "esbuild")
    always = ("--bundle", "--format=esm", "--charset=utf8", "--log-level=warning")
    run([program, WORKER, *always, *options, f"--outfile={made}"])
    return made
