"""The standard library and the calculator as one archive of byte-code for the browser.

The stock archive holds 559 source files that every boot would compile anew. This one holds the
modules that a calculator session imports, compiled by the Python that will run them.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from termwise.browser.tools import INSIDE, run, run_inside

HERE = Path(__file__).parent
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Replaced: what Pyodide's boot imports for event loops, package downloads, visitors' own code and
# help texts, none of which is used here.
STUBS_FOLDER = INSIDE / "library" / "stubs"
STUBS = {
    "ast.py": "ast.py",
    "asyncio.py": "asyncio/__init__.py",
    "base.py": "_pyodide/_base.py",
    "code.py": "pyodide/code.py",
    "docstring.py": "_pyodide/docstring.py",
    "package_loader.py": "pyodide/_package_loader.py",
    "sysconfig.py": "sysconfig/__init__.py",
    "traceback.py": "traceback.py",
    "webloop.py": "pyodide/webloop.py",
}


def library_for(calculator_dir: Path, pyodide_dir: Path, cache_dir: Path) -> bytes:
    """Return the archive for these inputs, from the cache if it was made before."""
    cached = cache_dir / f"{_inputs_digest(calculator_dir, pyodide_dir)}.zip"
    if not cached.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_dir) as work:
            made = Path(work, "library.zip")
            made.write_bytes(_prepare(calculator_dir, pyodide_dir, Path(work)))
            made.replace(cached)  # in one step, so that a broken build leaves no half archive
    return cached.read_bytes()


def _inputs_digest(calculator_dir: Path, pyodide_dir: Path) -> str:
    """Digest everything that decides the archive's bytes."""
    digest = hashlib.sha256()
    digest.update(f"pyodide-build {version('pyodide-build')}".encode())
    ours = [path for path in HERE.rglob("*") if path.suffix in {".py", ".mjs"}]
    theirs = [pyodide_dir / name for name in ("pyodide.asm.wasm", "python_stdlib.zip")]
    for path in [*sorted(ours), *theirs, *_calculator_sources(calculator_dir)]:
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _calculator_sources(folder: Path) -> Iterator[Path]:
    """Yield the files that the wheel is made of, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        parts = set(path.relative_to(folder).parts)
        if path.is_file() and not parts & {"build", "dist", "__pycache__"} | _egg_info(parts):
            yield path


def _egg_info(parts: set[str]) -> set[str]:
    return {part for part in parts if part.endswith(".egg-info")}


def _prepare(calculator_dir: Path, pyodide_dir: Path, work: Path) -> bytes:
    """Trace what a session imports, keep that, compile it: the last two inside Pyodide."""
    wheel = _build_wheel(calculator_dir, work)
    with zipfile.ZipFile(pyodide_dir / "python_stdlib.zip") as stock:
        sources = {name: stock.read(name) for name in stock.namelist() if not name.endswith("/")}
    sources |= {path: (STUBS_FOLDER / stub).read_bytes() for stub, path in STUBS.items()}
    with zipfile.ZipFile(wheel) as archive:
        sources |= {n: archive.read(n) for n in archive.namelist() if ".dist-info/" not in n}
    (work / "sources.zip").write_bytes(_stored(sources))
    (work / "wanted.json").write_text(json.dumps(_wanted_modules(sources)))
    _run_inside_pyodide(pyodide_dir, work)
    with zipfile.ZipFile(work / "compiled.zip") as compiled:
        return _stored({name: compiled.read(name) for name in compiled.namelist()})


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


def _build_wheel(calculator_dir: Path, work: Path) -> Path:
    """Build the calculator's wheel with the installed backend: nothing is downloaded."""
    copy = work / "calculator"  # setuptools leaves its traces beside the sources
    for path in _calculator_sources(calculator_dir):
        target = copy / path.relative_to(calculator_dir)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", str(copy)])
    return next((copy / "dist").glob("*.whl"))


def _run_inside_pyodide(pyodide_dir: Path, work: Path) -> None:
    """Run inside/prepare.py in the very Python that the archive is for."""
    packages = sysconfig.get_path("purelib")
    run_inside("library/prepare.mjs", str(pyodide_dir.resolve()), str(work.resolve()), packages)


def _stored(contents: Mapping[str, bytes]) -> bytes:
    """Zip without compression (the web server's brotli does better), in order and undated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), contents[name])
    return buffer.getvalue()
