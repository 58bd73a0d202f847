"""Programs that npm brings ready made: a package for each kind of machine, of which one fits."""

from pathlib import Path


class MissingProgram(RuntimeError):
    """No program of that name is installed for this machine; the message says what to do."""


def npm_program(node_modules: Path, name: str) -> Path:
    """The program of that name for this machine. Raises MissingProgram where there is none."""
    programs = sorted(node_modules.glob(f"@{name}/*/bin/{name}*"))
    fitting = [program for program in programs if program.suffix in ("", ".exe")]
    if not fitting:
        raise MissingProgram(f"The build needs the npm package {name}: run `make setup`.")
    return fitting[0]
