"""Runs the tools that make the runtime: Node.js and Python's build backend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"
# A fixed moment for every file date that a tool writes: 1980-01-01, the earliest a zip can hold.
# Zip files hold local time: in a zone west of Greenwich it would still be 1979.
EPOCH = "315532800"


class RuntimeBuildError(RuntimeError):
    """The runtime could not be built; the message holds what the tool said."""


def run(command: list[str]) -> None:
    """Run a tool quietly; raises RuntimeBuildError with its last lines if it fails."""
    done = subprocess.run(
        command,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise RuntimeBuildError(f"{Path(command[0]).name} failed:\n{said}")


def run_inside(script: str, *arguments: str) -> None:
    """Run a script of inside/ with Node.js."""
    run([_node(), str(INSIDE / script), *arguments])


def _node() -> str:
    """Find Node.js: beside this Python, where the set-up puts it, or on the path."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("node", path=beside) or shutil.which("node")
    if found is None:
        raise RuntimeBuildError("Node.js is not installed. Run `make setup`.")
    return found
