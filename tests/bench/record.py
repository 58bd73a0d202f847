"""One run of the benchmark as a record: when, on what machine, with which versions, what figures.

The record in the repository (`make bench ARGS=--keep`) is what the site's page about speed draws.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.peer_site import installed_version, npm_version
from tests.bench.setting import INSTALLED
from tests.browser.chromium import chromium_path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "data" / "bench.json"
PACKAGES = {
    "MkDocs": "mkdocs",
    "Material for MkDocs": "mkdocs-material",
    "tariff-core": "tariff-core",
}
MODULES = {"Pyodide": "node_modules/pyodide", "publicodes": "node_modules/publicodes"}
PEER_PACKAGES = {
    "JupyterLite": "jupyterlite-core",
    "marimo": "marimo",
    "openfisca-core": "openfisca-core",
}

Measured = Mapping[str, tuple[Sequence[Figure], float]]


def record(measured: Measured) -> dict[str, Any]:
    """A run as JSON: for each part its figures, and how many seconds it took."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": _machine(),
        "versions": _versions() | _peer_versions(),
        "parts": {
            name: {"seconds": round(seconds), "figures": [asdict(figure) for figure in figures]}
            for name, (figures, seconds) in measured.items()
        },
    }


def kept_with(run: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """A run beside what is kept: parts that were not measured stay as they were."""
    return {**run, "parts": {**kept["parts"], **run["parts"]}}


def written(run: Mapping[str, Any]) -> str:
    """The record as text, one line for each figure, so that a comparison of two runs reads well."""
    return json.dumps(run, indent=1, ensure_ascii=False) + "\n"


def _machine() -> dict[str, Any]:
    """The kind of machine: whatever makes a figure in seconds mean something."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": round(memory),
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _versions() -> dict[str, str]:
    """What was measured with, by the names that people know."""
    browser = subprocess.run(
        [chromium_path(), "--version"], capture_output=True, text=True, check=True
    )
    packages = {name: version(package) for name, package in PACKAGES.items()}
    modules = {name: npm_version(ROOT / path) for name, path in MODULES.items()}
    chromium = next(part for part in browser.stdout.split() if part[:1].isdigit())
    return {"Chromium": chromium, "Python": platform.python_version(), **packages, **modules}


def _peer_versions() -> dict[str, str]:
    """The other tools, where they are installed."""
    if not INSTALLED.exists():
        return {}
    pyscript = npm_version(INSTALLED / "node_modules" / "@pyscript" / "core")
    packages = {name: installed_version(package) for name, package in PEER_PACKAGES.items()}
    packages["marimo"] += f" (Pyodide {npm_version(INSTALLED / 'node_modules' / 'pyodide')})"
    return {"PyScript": pyscript, **packages}
