"""Stands in for _pyodide._base in the browser: runs what the boot runs, without a compiler.

The original parses Python to find the value of a last expression. The boot's own code imports a
module and wants it, or its names: with that alone, a restored Python never wakes its compiler.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


def eval_code(
    source: str,
    globals: dict[str, Any] | None = None,  # noqa: A002 (Pyodide passes it by this name)
    **_options: Any,
) -> Any:
    """Return what the boot asks for: `{}`, `import name; name` or `import name; name.__dict__`.

    Anything else is run: the value is that of one line's last part, or nothing for several lines.
    """
    if source == "{}":
        return {}
    statement, _, expression = source.partition("; ")
    name = statement.removeprefix("import ")
    if expression == name:
        return import_module(name)
    if expression == f"{name}.__dict__":
        return vars(import_module(name))
    return _run(source, {} if globals is None else globals)


def _run(source: str, namespace: dict[str, Any]) -> Any:
    if "\n" in source:
        exec(source, namespace)
        return None
    statements, _, expression = source.rpartition(";")
    exec(statements, namespace)
    return eval(expression.strip(), namespace)


def pyimport_impl(path: str) -> ModuleType:
    """Import a module for JavaScript."""
    return import_module(path)


def find_imports(_source: str) -> list[str]:
    """Find nothing: there are no packages to load for an import."""
    return []
