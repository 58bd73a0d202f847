"""What a Pyodide may install, in the form of its own lock file, from wheels in a folder.

marimo and JupyterLite take such a file; theirs names addresses of their makers. It tells them all
dependencies at once, which is the quickest way that either documents.
"""

from __future__ import annotations

import hashlib
import json
from email import message_from_bytes
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

EMSCRIPTEN = {
    "extra": "",
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_system": "Emscripten",
    "python_full_version": "3.14.0",
    "python_version": "3.14",
    "sys_platform": "emscripten",
}
WHEEL = "Wheel-Version: 1.0\nGenerator: termwise\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_lock(target: Path, pyodide: Path, wheels: Path, address: str) -> None:
    """The lock file of a Pyodide, as npm has it, over wheels that are served at an address."""
    stock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    entries = [_entry(wheel, address) for wheel in sorted(wheels.glob("*.whl"))]
    there = {entry["name"] for entry in entries}
    for entry in entries:
        entry["depends"] = [name for name in entry["depends"] if name in there]
    packages = {entry["name"]: entry for entry in entries}
    written = json.dumps({"info": stock["info"], "packages": packages}, indent=1)
    target.write_text(written, encoding="utf-8")


def pack_pyyaml(folder: Path) -> None:
    """PyYAML without its compiled part, which it does without; PyPI has no such wheel."""
    modules = Path(yaml.__file__).parent
    name = f"pyyaml-{yaml.__version__}"
    with ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
        for module in sorted(modules.glob("*.py")):
            wheel.write(module, f"yaml/{module.name}")
        described = f"Metadata-Version: 2.1\nName: PyYAML\nVersion: {yaml.__version__}\n"
        for file, text in {"METADATA": described, "WHEEL": WHEEL, "RECORD": ""}.items():
            wheel.writestr(f"{name}.dist-info/{file}", text)


def _entry(wheel: Path, address: str) -> dict[str, Any]:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with ZipFile(wheel) as archive:
        files = archive.namelist()
        described = next(file for file in files if file.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(described))
    modules = {file.split("/")[0] for file in files if file.endswith((".py", ".so"))}
    return {
        "name": str(name),
        "version": str(version),
        "file_name": address + wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(module.removesuffix(".py") for module in modules),
        "depends": _depends(metadata.get_all("Requires-Dist", [])),
        "unvendored_tests": False,
    }


def _depends(written: list[str]) -> list[str]:
    requirements = [Requirement(one) for one in written]
    return [
        canonicalize_name(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(EMSCRIPTEN)
    ]
