"""Runs inside Pyodide: keeps the modules that a calculator session imports, and compiles them.

Reads /work/sources.zip and /work/imported.json, writes /work/compiled.zip; /host is the host's
site-packages.
"""

import json
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, "/host")
from pyodide_build._py_compile import _py_compile_archive  # type: ignore[import-untyped]

ARCHIVE = next(path for path in sys.path if path.endswith(".zip")) + "/"
WORK = Path("/work")


def imported_files() -> set[str]:
    """Return the archive's files behind the imported modules."""
    origins = json.loads((WORK / "imported.json").read_text())
    return {o.removeprefix(ARCHIVE) for o in origins if o and o.startswith(ARCHIVE)}


def is_calculator_data(name: str) -> bool:
    """Tell whether the file is one that the calculator reads."""
    return name.startswith("termwise_calculator/") and not name.endswith(".py")


with (
    zipfile.ZipFile(WORK / "sources.zip") as sources,
    zipfile.ZipFile(WORK / "compiled.zip", "w") as kept,
):
    imported = imported_files()
    for name in sorted(sources.namelist()):
        if name in imported or is_calculator_data(name):
            kept.writestr(name, sources.read(name))

_py_compile_archive(WORK / "compiled.zip", keep=False, verbose=False, compression_level=0)
