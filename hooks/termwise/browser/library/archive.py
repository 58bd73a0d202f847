"""The standard library and the calculator as one archive of byte-code for the browser.

The stock archive holds 559 source files that every boot would compile anew. This one holds the
modules that a calculator session imports, compiled by the Python that will run them.
"""

from __future__ import annotations

import ast
import io
import json
import shutil
import sys
import sysconfig
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from termwise.browser.tools import Inputs, digest_of_stages, kept, run, run_inside
from termwise.kept.digests import digest_of, digest_of_files

PREPARE = Path(__file__).parent / "inside" / "prepare.mjs"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
NOT_SHIPPED = {"build", "dist", "__pycache__", "coverage"}
"""Folders of the calculator: what tools leave there, and what only the staff uses."""

Replaced = Mapping[str, Path]
"""Files that stand in for some of the archive, by their names there."""


def library_for(inputs: Inputs, stage: str = "library", replaced: Replaced | None = None) -> bytes:
    """Return the archive for these inputs, from the cache if it was made before.

    A later stage may replace some of its files. Raises Unfit, of that stage.
    """
    stubs = replaced or {}
    place = inputs.cache / f"{made_from(inputs, stubs)}.zip"
    [content] = kept([place], lambda work: [_prepared(inputs, stage, stubs, work)])
    return content


def made_from(inputs: Inputs, replaced: Replaced) -> str:
    """A digest of everything that decides the archive's bytes."""
    sources = digest_of_files(_calculator_sources(inputs.calculator), inputs.calculator)
    theirs = inputs.digest_of_pyodide("pyodide.asm.wasm", "python_stdlib.zip")
    stubs = [part for name, file in replaced.items() for part in (name, file.read_bytes())]
    tool = f"pyodide-build {version('pyodide-build')}"
    return digest_of(tool, digest_of_stages("library"), theirs, sources, *stubs)


def _calculator_sources(folder: Path) -> Iterator[Path]:
    """Yield the files that the wheel is made of, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        parts = set(path.relative_to(folder).parts)
        if path.is_file() and not parts & NOT_SHIPPED | _egg_info(parts):
            yield path


def _egg_info(parts: set[str]) -> set[str]:
    return {part for part in parts if part.endswith(".egg-info")}


def _prepared(inputs: Inputs, stage: str, replaced: Replaced, work: Path) -> Path:
    """Trace what a session imports, keep that, compile it: the last two inside Pyodide."""
    sources = _sources(inputs, replaced, work)
    (work / "sources.zip").write_bytes(_stored(sources))
    (work / "wanted.json").write_text(json.dumps(_wanted_modules(sources)))
    _run_inside_pyodide(inputs.pyodide, stage, work)
    with zipfile.ZipFile(work / "compiled.zip") as compiled:
        content = _stored({name: compiled.read(name) for name in compiled.namelist()})
    made = work / "library.zip"
    made.write_bytes(content)
    return made


def _sources(inputs: Inputs, replaced: Replaced, work: Path) -> dict[str, bytes]:
    """Pyodide's standard library, what replaces some of it, and the calculator."""
    wheel = _build_wheel(inputs.calculator, work)
    with zipfile.ZipFile(inputs.pyodide / "python_stdlib.zip") as stock:
        sources = {name: stock.read(name) for name in stock.namelist() if not name.endswith("/")}
    sources |= {name: stub.read_bytes() for name, stub in replaced.items()}
    with zipfile.ZipFile(wheel) as archive:
        return sources | {n: archive.read(n) for n in archive.namelist() if ".dist-info/" not in n}


def _wanted_modules(sources: Mapping[str, bytes]) -> list[str]:
    """Name the calculator's modules and whatever any line of them may import, sooner or later."""
    wanted = set()
    for name, source in sources.items():
        if name.startswith("termwise_calculator/") and name.endswith(".py"):
            module = name.removesuffix(".py").removesuffix("/__init__")
            wanted |= {module.replace("/", "."), *_imports_in(source)}
    return sorted(wanted - {"__future__"})


def _imports_in(source: bytes) -> Iterator[str]:
    """Yield every module named by an import anywhere in the source, in functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _build_wheel(calculator: Path, work: Path) -> Path:
    """Build the calculator's wheel with the installed backend: nothing is downloaded."""
    copy = work / "calculator"  # setuptools leaves its traces beside the sources
    for path in _calculator_sources(calculator):
        target = copy / path.relative_to(calculator)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", copy])
    return next((copy / "dist").glob("*.whl"))


def _run_inside_pyodide(pyodide: Path, stage: str, work: Path) -> None:
    """Run inside/prepare.py in the very Python that the archive is for."""
    packages = sysconfig.get_path("purelib")
    run_inside(stage, PREPARE, pyodide.resolve(), work.resolve(), packages)


def _stored(contents: Mapping[str, bytes]) -> bytes:
    """Zip without compression (the web server's brotli does better), in order and undated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), contents[name])
    return buffer.getvalue()
