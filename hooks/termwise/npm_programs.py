"""Programs that npm brings ready made: a package for each kind of machine, of which one fits."""

import os
import subprocess
from pathlib import Path

ALWAYS = ("--bundle", "--charset=utf8", "--log-level=warning")


class MissingProgram(RuntimeError):
    """No program of that name is installed for this machine; the message says what to do."""


class FailedProgram(RuntimeError):
    """A program found a mistake; the message is what it says of it."""


def npm_program(node_modules: Path, name: str) -> Path:
    """The program of that name for this machine. Raises MissingProgram where there is none."""
    programs = sorted(node_modules.glob(f"@{name}/*/bin/{name}*"))
    fitting = [program for program in programs if program.suffix in ("", ".exe")]
    if not fitting:
        raise MissingProgram(f"The build needs the npm package {name}: run `make setup`.")
    return fitting[0]


def put_together(node_modules: Path, *arguments: str | Path) -> str:
    """Let esbuild put scripts or sheets together; what it prints where it writes none.

    Raises MissingProgram, and FailedProgram where it finds a mistake.
    """
    done = subprocess.run(
        [npm_program(node_modules, "esbuild"), *ALWAYS, *arguments],
        env={**os.environ, "NODE_PATH": str(node_modules)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise FailedProgram(done.stderr)
    return done.stdout
