"""Another machine on another day, as far as one machine can play it: what a build must not see."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.places import ROOT

MOMENT = "1772323200"
"""2026-03-01 00:00 in UTC, a moment at which it is two days in the zones of the providers."""

PYTHON_THERE = """\
import os

import time_machine

time_machine.travel(1956526200).start()  # 2031-12-31 23:30 in UTC, with the local time zone kept
os.cpu_count = lambda: 7
listdir, scandir = os.listdir, os.scandir


class Scanned:
    def __init__(self, path="."):
        with scandir(path) as found:
            self._rest = iter(sorted(found, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._rest)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    close = __exit__


os.scandir = Scanned
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
"""
"""Another day, more processors, and a file system that lists files the other way round.

Python imports `sitecustomize` at its start, in the processes that it starts as well."""

CLOCK_OF_NODE = """\
const now = Date.now;
Date.now = () => now() + 5 * 365 * 86_400_000;
"""


def copy_of_checkout(target: Path) -> Path:
    """The same commit in another folder, with the files as they are now and nothing kept."""
    _git("clone", "--quiet", "--no-checkout", str(ROOT), str(target))
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    return target


def environment_elsewhere(checkout: Path, folder: Path) -> dict[str, str]:
    """Another machine, day, time zone, hash seed and language; the checkout's own code."""
    (folder / "sitecustomize.py").write_text(PYTHON_THERE, encoding="utf-8")
    (folder / "clock.cjs").write_text(CLOCK_OF_NODE, encoding="utf-8")
    home, temporary = folder / "home of somebody else", folder / "tmp"
    home.mkdir()
    temporary.mkdir()
    return environment_here() | {
        "HOME": str(home),
        "USER": "somebody",
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join([str(folder), own_code(checkout)]),
        "NODE_OPTIONS": f"--require={folder / 'clock.cjs'}",
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",  # 14 hours before UTC: already tomorrow
        "LC_ALL": "C",
        "PYTHONUTF8": "0",  # as a bare system would read a file that names no encoding
        "PYTHONCOERCECLOCALE": "0",
    }


def own_code(checkout: Path) -> str:
    """Where Python finds the code of a checkout, before what is installed."""
    return os.pathsep.join([str(checkout / "hooks"), str(checkout / "calculator")])


def environment_here() -> dict[str, str]:
    """As anybody builds who wants the same site again: the moment of the build is fixed."""
    others = {
        name: value
        for name, value in os.environ.items()
        if name not in ("TERMWISE_DAY", "TERMWISE_POLICIES", "TERMWISE_SITE_URL")
    }
    return others | {"SOURCE_DATE_EPOCH": MOMENT}


def run_in(checkout: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> str:
    """Run Python in a checkout, with files that others may not read; what it prints."""
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=environment,
        umask=0o077 if checkout != ROOT else -1,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def _git(*arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout
