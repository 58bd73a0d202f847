"""Puts the files of the browser runtime together, each named by its content."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypedDict

from termwise import places
from termwise.browser.choice import AUTO, STAGES, USUAL, misfit_line, simpler_than
from termwise.browser.library.archive import library_for
from termwise.browser.memory.image import header_of, memory_for
from termwise.browser.tools import NO_SESSIONS, Inputs, RuntimeBuildError, Sessions, Unfit
from termwise.browser.trimming.cut import trimmed_for
from termwise.browser.worker import worker_script
from termwise.kept.compressed import gzip_of
from termwise.kept.digests import digest_of, sha256_of
from termwise.policy_form.calendar.time_zones import zone_file

PYODIDE = places.NODE_MODULES / "pyodide"
CACHE = places.CACHE / "runtime"
WITH_COPY = (".bin", ".wasm", ".zip")
"""Endings of the files of megabytes, beside which a packed copy lies."""

# What Pyodide itself downloads; its own standard library and package list are replaced.
LOADER, SCRIPT, INTERPRETER = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"

log = logging.getLogger(__name__)


class Manifest(TypedDict):
    """What was built: `worker` is the one URL a page needs, `files` all paths with their bytes."""

    worker: str
    files: dict[str, int]
    runtime: str
    """The stage that it was made in."""
    pyodide: str
    python: str


class Made(NamedTuple):
    """What a stage makes: the library, and what lets a visitor start sooner than from it."""

    library: bytes
    image: bytes | None = None
    trimmed: Mapping[str, bytes] | None = None


def build_runtime(
    out_dir: Path,
    calculator_dir: Path,
    zones: Iterable[str],
    sessions: Sessions = NO_SESSIONS,
    *,
    runtime: str = USUAL,
    pyodide_dir: Path = PYODIDE,
    cache_dir: Path = CACHE,
) -> Manifest:
    """Write the runtime into `out_dir`; `zones` are the time zones that the policies name.

    What `sessions` with the calculator call of the interpreter stays in it for certain. `runtime`
    is a stage or AUTO. Paths in the manifest are relative to `out_dir`. The slow parts are kept in
    `cache_dir` under digests of all that decides them. Raises RuntimeBuildError, its message a line
    where a stage does not fit that Pyodide.
    """
    lock = json.loads((pyodide_dir / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = json.loads((pyodide_dir / "package.json").read_text(encoding="utf-8"))["version"]
    stage, made = _made(runtime, Inputs(calculator_dir, pyodide_dir, sessions, cache_dir), version)
    contents: dict[str, bytes] = {}
    settings = _placed(made, pyodide_dir, version, contents) | {
        "files": {path: _described(content) for path, content in contents.items()},
        # Pyodide insists on a package list of its own build; no package is ever loaded from it.
        "lock": {"info": lock["info"], "packages": {}},
        "zones": {zone: b64encode(zone_file(zone)).decode() for zone in sorted(set(zones))},
    }
    contents |= _copies(contents)
    worker = _named(contents, "worker-{}.js", worker_script(settings, cache_dir))
    _write(out_dir, contents)
    return {
        "worker": worker,
        "files": {path: len(content) for path, content in contents.items()},
        "runtime": stage,
        "pyodide": version,
        "python": lock["info"]["python"],
    }


def _made(runtime: str, inputs: Inputs, version: str) -> tuple[str, Made]:
    """The wanted stage, or the first that fits; whatever does not fit is told in a line."""
    stage = STAGES[0] if runtime == AUTO else runtime
    while True:
        try:
            return stage, MAKERS[stage](inputs)
        except Unfit as unfit:
            line = misfit_line(unfit, version)
            simpler = simpler_than(unfit.stage)
            if runtime != AUTO or not simpler:
                raise RuntimeBuildError(line) from unfit
            stage = simpler[0]
            log.warning("%s. The build goes on with %s.", line, stage)


def _library(inputs: Inputs) -> Made:
    return Made(library_for(inputs))


def _memory(inputs: Inputs) -> Made:
    return Made(*memory_for(inputs))


def _trimmed(inputs: Inputs) -> Made:
    library, image, interpreter, script = trimmed_for(inputs)
    return Made(library, image, {site_name(SCRIPT): script, INTERPRETER: interpreter})


MAKERS: Mapping[str, Callable[[Inputs], Made]] = {
    "library": _library,
    "memory": _memory,
    "trimmed": _trimmed,
}


def _placed(
    made: Made, pyodide: Path, version: str, contents: dict[str, bytes]
) -> dict[str, object]:
    """Add all that the worker loads to the contents; return the settings that name it.

    Names that begin with `pyodide-` and `python-` are for the way back alone: a release does not
    keep these files for visits without a network.
    """
    loader, whole = _of_pyodide(pyodide, LOADER), _of_pyodide(pyodide, SCRIPT, INTERPRETER)
    settings: dict[str, object] = {}
    if made.trimmed is None:
        folder = _folder(contents, f"interpreter-{version}", loader | whole)
        settings |= {"start": folder, "whole": folder}
    else:
        settings["whole"] = _folder(contents, f"pyodide-{version}", whole)
        settings["start"] = _folder(contents, "trimmed", {**loader, **made.trimmed})
    if made.image is None:
        settings["library"] = _named(contents, "library-{}.zip", made.library)
    else:
        settings["library"] = _named(contents, "python-{}.zip", made.library)
        settings["image"] = _named(contents, "memory-{}.bin", made.image)
        settings["memory"] = header_of(made.image)["memory"]
    return settings


def _described(content: bytes) -> dict[str, object]:
    """What the worker compares a file with."""
    return {"bytes": len(content), "digest": sha256_of(content)}


def _copies(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Copies of the large files for hosts that do not compress, packed as browsers can unpack.

    Only for what the worker reads as bytes (docs/assets/javascripts/termwise/arrival.js): scripts
    are imported by their own addresses. For less than a megabyte a second request would not pay.
    """
    large = {path: content for path, content in contents.items() if path.endswith(WITH_COPY)}
    return {f"{path}.gz": gzip_of(content) for path, content in large.items()}


def _of_pyodide(pyodide: Path, *names: str) -> dict[str, bytes]:
    """Files of Pyodide's package, by the names that they have in a site.

    Hosts send scripts as JavaScript by their ending, and of `.mjs` many know nothing.
    """
    return {site_name(name): (pyodide / name).read_bytes() for name in names}


def site_name(file: str) -> str:
    """What a file of Pyodide's package is called in a site."""
    return file.replace(".mjs", ".js")


def _folder(contents: dict[str, bytes], name: str, files: Mapping[str, bytes]) -> str:
    """Add a folder whose name ends in the digest of its files; return the name, with a slash."""
    folder = f"{name}-{digest_of(*files.values())[:16]}/"
    contents.update({folder + file: content for file, content in files.items()})
    return folder


def _named(contents: dict[str, bytes], pattern: str, content: bytes) -> str:
    """Add a file to the contents under a name that holds its digest, as browsers know it."""
    name = pattern.format(sha256_of(content)[:16])
    contents[name] = content
    return name


def _write(out_dir: Path, contents: Mapping[str, bytes]) -> None:
    """Write what is not there yet: a name holds the digest, so equal names have equal contents."""
    for path, content in contents.items():
        target = out_dir / path
        if target.exists() and target.stat().st_size == len(content):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
