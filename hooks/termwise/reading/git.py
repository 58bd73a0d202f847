"""Asking git, which this room alone does. Little is imported here: most builds ask nothing else."""

import subprocess
from pathlib import Path


class NoRevision(ValueError):
    """What was named is no revision, or the folder lies in no git repository."""


def run_git(folder: Path, *arguments: str, told: bytes = b"") -> bytes:
    """What a command of git says that is `told` something on its input. Raises NoRevision."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        run = subprocess.run(command, input=told, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoRevision("git is not installed.") from None
    if run.returncode:
        raise NoRevision(run.stderr.decode(errors="replace").strip() or "git failed.")
    return run.stdout
