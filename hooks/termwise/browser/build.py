"""Puts the files of the browser runtime together, each named by its content."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from termwise import places
from termwise.browser.library import library_for
from termwise.browser.snapshot import NO_SESSIONS, Sessions, header_of, snapshot_for

PYODIDE = places.NODE_MODULES / "pyodide"
WORKER = places.SCRIPTS / "termwise" / "worker.js"
CACHE = places.CACHE / "runtime"

# What Pyodide itself downloads; its own standard library and package list are replaced.
LOADER, SCRIPT, INTERPRETER = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"


class Manifest(TypedDict):
    """What was built: `worker` is the one URL a page needs, `files` all paths with their bytes."""

    worker: str
    files: dict[str, int]
    pyodide: str
    python: str


def build_runtime(
    out_dir: Path,
    calculator_dir: Path,
    zones: Iterable[str],
    sessions: Sessions = NO_SESSIONS,
    *,
    pyodide_dir: Path = PYODIDE,
    worker: Path = WORKER,
    cache_dir: Path = CACHE,
) -> Manifest:
    """Write the runtime into `out_dir`; `zones` are the time zones that the policies name.

    What `sessions` with the calculator call of the interpreter stays in it for certain. Paths in
    the manifest are relative to `out_dir`. The slow parts, preparing the standard library inside
    Pyodide and booting from it, are kept in `cache_dir` under a digest of all that decides them.
    """
    lock = json.loads((pyodide_dir / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = json.loads((pyodide_dir / "package.json").read_text(encoding="utf-8"))["version"]
    library = library_for(calculator_dir, pyodide_dir, cache_dir)
    snapshot = snapshot_for(library, sessions, pyodide_dir, cache_dir)
    loader = (pyodide_dir / LOADER).read_bytes()
    whole = {name: (pyodide_dir / name).read_bytes() for name in (SCRIPT, INTERPRETER)}
    trimmed = {LOADER: loader, SCRIPT: snapshot.script, INTERPRETER: snapshot.interpreter}
    contents: dict[str, bytes] = {}
    whole_folder = _folder(contents, f"pyodide-{version}", whole)
    trimmed_folder = _folder(contents, "trimmed", trimmed)
    library_name = _named(contents, "python-{}.zip", library)
    image_name = _named(contents, "memory-{}.bin", snapshot.image)
    settings = {
        "library": library_name,
        "image": image_name,
        "trimmed": trimmed_folder,
        "whole": whole_folder,
        "memory": header_of(snapshot.image)["memory"],
        "bytes": {path: len(content) for path, content in contents.items()},
        # Pyodide insists on a package list of its own build; no package is ever loaded from it.
        "lock": {"info": lock["info"], "packages": {}},
        "zones": {zone: b64encode(_zone(zone)).decode() for zone in sorted(set(zones))},
    }
    script = _worker(worker, settings)
    worker_name = _named(contents, "worker-{}.js", script)
    _write(out_dir, contents)
    return {
        "worker": worker_name,
        "files": {path: len(content) for path, content in contents.items()},
        "pyodide": version,
        "python": lock["info"]["python"],
    }


def _folder(contents: dict[str, bytes], name: str, files: Mapping[str, bytes]) -> str:
    """Add a folder whose name ends in the digest of its files; return the name, with a slash."""
    folder = f"{name}-{_digest(*files.values())}/"
    contents.update({folder + file: content for file, content in files.items()})
    return folder


def _named(contents: dict[str, bytes], pattern: str, content: bytes) -> str:
    """Add a file to the contents under a name that holds its digest; return the name."""
    name = pattern.format(_digest(content))
    contents[name] = content
    return name


def _zone(name: str) -> bytes:
    """Return the compiled time zone; raises FileNotFoundError for a zone that does not exist."""
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def _worker(source: Path, settings: Mapping[str, object]) -> bytes:
    """Give the worker its settings: one file then names all others, so releases never mix."""
    written = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    return f"const RUNTIME = {written};\n{source.read_text(encoding='utf-8')}".encode()


def _digest(*contents: bytes) -> str:
    """Return sixteen hexadecimal digits that change with any of the contents."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _write(out_dir: Path, contents: Mapping[str, bytes]) -> None:
    """Write what is not there yet: a name holds the digest, so equal names have equal contents."""
    for path, content in contents.items():
        target = out_dir / path
        if target.exists() and target.stat().st_size == len(content):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
