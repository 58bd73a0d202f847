"""Pages in which other tools price the same tariff: nothing in them comes from another host.

PyScript and publicodes are pages by hand. marimo exports a notebook, JupyterLite is told the code
in the address of its console. Both find their Pyodide and its packages where they are told to:
`data-` attributes and `jupyter-lite.json`, as their documentation has it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.bench.peer_lock import pack_pyyaml, write_lock
from tests.bench.quotes import RULES
from tests.bench.setting import INSTALLED
from tests.browser.site_server import PEERS, STOCK_PYODIDE

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).parent / "peer_pages"
NODE_MODULES = ROOT / "node_modules"
TARIFF = (SOURCES / "tariff.py").read_text(encoding="utf-8")
TOTAL = "Total: 369.00"
"""What every page shows when it has computed, and nowhere else."""

# As Markdown, since marimo would fetch a program to look for the imports of a notebook in Python.
NOTEBOOK = f"""---
title: The tariff
---

```python {{.marimo}}
{TARIFF}
TOTAL
```
"""
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# All that the kernel would install one after the other, as it would with a lock of its own.
KERNEL_PACKAGES = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")


@dataclass(frozen=True)
class Peer:
    """Another tool, with the version that its page runs and the address of that page."""

    name: str
    version: str
    path: str
    in_python: bool = True


def make_peer_site(folder: Path) -> list[Peer]:
    """Write the pages into an empty folder, to be served at PEERS; the quickest first."""
    _share_wheels(folder / "wheels")
    shutil.copytree(INSTALLED / "node_modules" / "pyodide", folder / "pyodide-of-marimo")
    return [
        _publicodes(folder / "publicodes"),
        _pyscript(folder / "pyscript"),
        _jupyterlite(folder / "jupyterlite"),
        _marimo(folder / "marimo"),
    ]


def _share_wheels(folder: Path) -> None:
    shutil.copytree(INSTALLED / "wheels", folder)
    kernel = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for wheel in (INSTALLED / kernel).glob("[!w]*.whl"):  # no widgets: nothing here shows any
        shutil.copy(wheel, folder)
    pack_pyyaml(folder)
    address = f"{PEERS}wheels/"
    for name, pyodide in (
        ("marimo", INSTALLED / "node_modules" / "pyodide"),
        ("jupyterlite", NODE_MODULES / "pyodide"),
    ):
        write_lock(folder / f"{name}.json", pyodide, folder, address)


def _publicodes(folder: Path) -> Peer:
    folder.mkdir()
    shutil.copy(SOURCES / "publicodes.html", folder / "index.html")
    shutil.copy(SOURCES / "publicodes.js", folder / "page.js")
    shutil.copy(NODE_MODULES / "publicodes" / "dist" / "index.js", folder / "publicodes.js")
    (folder / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    path = f"{PEERS}publicodes/"
    return Peer("publicodes", npm_version(NODE_MODULES / "publicodes"), path, in_python=False)


def _pyscript(folder: Path) -> Peer:
    package = INSTALLED / "node_modules" / "@pyscript" / "core"
    shutil.copytree(package / "dist", folder / "core", ignore=shutil.ignore_patterns("*.map"))
    shutil.copy(SOURCES / "pyscript.html", folder / "index.html")
    shutil.copy(SOURCES / "tariff.py", folder)
    return Peer("PyScript", npm_version(package), f"{PEERS}pyscript/")


def _jupyterlite(folder: Path) -> Peer:
    """The console alone, without the application around it that edits files."""
    asked = folder.parent / "jupyterlite-asked"
    asked.mkdir()
    settings = {
        "pyodideUrl": f"{STOCK_PYODIDE}pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"{PEERS}wheels/jupyterlite.json",
            "packages": KERNEL_PACKAGES,
        },
    }
    data = {"litePluginSettings": {KERNEL: settings}}
    written = json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": data})
    (asked / "jupyter-lite.json").write_text(written, encoding="utf-8")
    build = ["-m", "jupyterlite_core", "build", "--apps", "repl", "--no-sourcemaps"]
    _run([*build, "--no-unused-shared-packages", "--output-dir", str(folder)], asked)
    code = quote(f"{TARIFF}\nprint(TOTAL)\n")
    path = f"{PEERS}jupyterlite/repl/index.html?kernel=python&execute=1&code={code}"
    return Peer("JupyterLite", installed_version("jupyterlite-core"), path)


def _marimo(folder: Path) -> Peer:
    notebook = folder.parent / "notebook.md"
    notebook.write_text(NOTEBOOK, encoding="utf-8")
    export = ["-m", "marimo", "--quiet", "export", "html-wasm", str(notebook), "--mode", "run"]
    _run([*export, "--no-sandbox", "--output", str(folder)], folder.parent)
    page = folder / "index.html"
    found = page.read_text(encoding="utf-8")
    plain = '<marimo-wasm hidden="">'
    assert found.count(plain) == 1, "marimo writes its page in another way: see tests/bench"
    addresses = (
        f' data-pyodide-index-url="{PEERS}pyodide-of-marimo/"'
        f' data-pyodide-lockfile-url="{PEERS}wheels/marimo.json">'
    )
    page.write_text(found.replace(plain, plain[:-1] + addresses), encoding="utf-8")
    return Peer("marimo", installed_version("marimo"), f"{PEERS}marimo/")


def _run(arguments: list[str], folder: Path) -> None:
    command = [INSTALLED / "bin" / "python", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def installed_version(package: str) -> str:
    """The version of a package in the environment of the other tools."""
    asked = f"from importlib.metadata import version; print(version('{package}'))"
    command = [INSTALLED / "bin" / "python", "-c", asked]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def npm_version(package: Path) -> str:
    """The version of an npm package in a folder."""
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
