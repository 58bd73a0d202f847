"""The editor's Python: Pyodide as it is, and one archive of our code and all that it imports.

It is kept under a digest of what it is made from, and no page but the editor's asks for it.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from termwise import places
from termwise.browser import RuntimeBuildError, site_name
from termwise.kept.digests import (
    FOLDERS,
    digest_of,
    digest_of_code,
    digest_of_files,
    files_in,
    rooms_under,
    sha256_of,
)
from termwise.kept.files import keep_folder
from termwise.languages import TABLE
from termwise.npm_programs import FailedProgram, put_together
from termwise.pages.parts import EditorRuntime

CACHE = places.CACHE / "editor"
ROOM = "termwise.editor"
SCRIPTS = places.SCRIPTS / "editor"
LOADER, SCRIPT, INTERPRETER = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"
LIBRARY, ARCHIVE, HOURS = "library.packed", "termwise.packed", "opening_hours.js"
"""Two of them are zip files as they come; no packed copies lie beside them."""
WHEELS = Path(sys.prefix) / "browser-wheels"
"""Where the set-up puts what has compiled code, made for Pyodide."""

PACKAGES = (
    *("annotated_types", "babel", "holidays", "idna", "markdown", "markupsafe", "num2words"),
    *("pydantic", "typing_extensions", "typing_inspection", "tzdata", "yaml"),
)
"""What our code imports, by the names it is imported by; pydantic-core comes from its wheel."""

LOCALES = "babel/locale-data/"
BUNDLING = ("--minify", "--format=esm", "--legal-comments=inline")
NOT_PACKED = (".so", ".pyd", ".pyi", ".pyc", ".pyx", ".pxd", ".c", ".h")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def editor_runtime(runtime: Mapping[str, Path]) -> tuple[EditorRuntime, dict[str, Path]]:
    """The runtime, and its files by their places in the site, besides those that are there.

    `runtime` are the files of the calculator's Python: Pyodide as it is lies among them. Raises
    RuntimeBuildError where something is not installed.
    """
    pyodide = {name: _place_of(name, runtime) for name in (LOADER, SCRIPT, INTERPRETER)}
    folder = CACHE / _made_from(pyodide)
    if not folder.exists():
        keep_folder(folder, _made(pyodide, runtime))
    files = {
        f"{places.ASSETS}/{file.relative_to(folder).as_posix()}": file for file in files_in(folder)
    }
    [worker] = (uri for uri in files if "/editor-worker-" in uri)
    downloads = [*files.values(), *(runtime[uri] for uri in pyodide.values())]
    size = sum(file.stat().st_size for file in downloads)
    return EditorRuntime(worker, -(-size // 1_000_000)), files


def _place_of(name: str, runtime: Mapping[str, Path]) -> str:
    """Where a file of Pyodide lies in the site, whole: a stage may have a trimmed one beside it."""
    size = (places.NODE_MODULES / "pyodide" / name).stat().st_size
    return next(
        uri
        for uri, file in runtime.items()
        if uri.endswith(f"/{site_name(name)}") and file.stat().st_size == size
    )


def _made_from(pyodide: Mapping[str, str]) -> str:
    """A digest of all that decides the files."""
    names = ("opening_hours", "i18next", "suncalc", "esbuild")
    packages = [places.NODE_MODULES / name / "package.json" for name in names]
    scripts = [*files_in(SCRIPTS), *files_in(places.SCRIPTS / "termwise")]
    return digest_of(
        digest_of_code(ROOM),
        digest_of_files([Path(__file__), *scripts, *packages], places.ROOT),
        _wheel().name,
        *pyodide.values(),
    )


def _made(pyodide: Mapping[str, str], runtime: Mapping[str, Path]) -> dict[str, bytes]:
    own = {
        LIBRARY: (places.NODE_MODULES / "pyodide" / "python_stdlib.zip").read_bytes(),
        ARCHIVE: _archive(),
        HOURS: _bundled(SCRIPTS / HOURS),
    }
    folder = f"editor-{digest_of(*own.values())[:16]}/"
    made = {folder + name: content for name, content in own.items()}
    contents = {uri.removeprefix(f"{places.ASSETS}/"): runtime[uri] for uri in pyodide.values()}
    described = {path: _described(file.read_bytes()) for path, file in contents.items()}
    lock = json.loads((places.NODE_MODULES / "pyodide/pyodide-lock.json").read_text("utf-8"))
    settings = {
        **{name: pyodide[file].removeprefix(f"{places.ASSETS}/") for name, file in _NAMES.items()},
        **{name: folder + file for name, file in _OWN_NAMES.items()},
        "files": described | {path: _described(content) for path, content in made.items()},
        # Pyodide insists on a package list of its own build; no package is ever loaded from it.
        "lock": {"info": lock["info"], "packages": {}},
    }
    written = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    worker = f"const RUNTIME = {written};\n".encode() + _bundled(SCRIPTS / "worker.js")
    return made | {f"editor-worker-{sha256_of(worker)[:16]}.js": worker}


_NAMES = {"loader": LOADER, "script": SCRIPT, "interpreter": INTERPRETER}
_OWN_NAMES = {"library": LIBRARY, "archive": ARCHIVE, "hours": HOURS}


def _described(content: bytes) -> dict[str, object]:
    """What the worker compares a file with."""
    return {"bytes": len(content), "digest": sha256_of(content)}


def _bundled(script: Path) -> bytes:
    """A script and what it imports as one; notices of licences stay in it."""
    try:
        return put_together(places.NODE_MODULES, script, *BUNDLING).encode()
    except FailedProgram as failed:
        raise RuntimeBuildError(f"The editor cannot be put together:\n{failed}") from failed


# ---- The archive


def _archive() -> bytes:
    """Our code, what it imports, and the compiled part of pydantic: packed, in order, undated."""
    contents = dict(_our_code())
    for package in PACKAGES:
        contents |= dict(_package(package))
    with zipfile.ZipFile(_wheel()) as wheel:
        contents |= {name: wheel.read(name) for name in wheel.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents[name])
    return buffer.getvalue()


def _our_code() -> Iterator[tuple[str, bytes]]:
    """The rooms that the editor stands on, and the packages that they are in."""
    for name in rooms_under(ROOM):
        package, _, own = name.partition(".")
        place = FOLDERS[package] / own
        found = files_in(place) if place.is_dir() else [place.with_suffix(".py")]
        for file in found:
            if file.suffix in (".py", ".po", ".json"):
                yield (
                    f"{package}/{file.relative_to(FOLDERS[package]).as_posix()}",
                    file.read_bytes(),
                )
    for package, folder in FOLDERS.items():
        yield f"{package}/__init__.py", (folder / "__init__.py").read_bytes()


def _package(name: str) -> Iterator[tuple[str, bytes]]:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeBuildError(f"{name} is not installed. Run `make setup`.")
    if not spec.submodule_search_locations:
        yield Path(spec.origin).name, Path(spec.origin).read_bytes()
        return
    [folder] = map(Path, spec.submodule_search_locations)
    for file in files_in(folder):
        path = file.relative_to(folder.parent).as_posix()
        if file.suffix not in NOT_PACKED and _is_wanted(path):
            yield path, file.read_bytes()


def _is_wanted(path: str) -> bool:
    """Of the languages that Babel knows, those of the site, and what these rest on."""
    if not path.startswith(LOCALES):
        return not path.endswith((".po", ".pot")) and "/tests/" not in path
    ours = {name for one in TABLE for name in (one.code, one.locale)}
    return Path(path).stem in ours | {"root", "en_001", "en_150"}


def _wheel() -> Path:
    """The wheel of pydantic-core. Raises RuntimeBuildError where there is none."""
    found = sorted(WHEELS.glob("pydantic_core-*.whl"))
    if not found:
        raise RuntimeBuildError(f"{WHEELS} holds no wheel of pydantic-core. Run `make setup`.")
    return found[-1]
