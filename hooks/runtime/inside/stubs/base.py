"""Stands in for _pyodide._base in the browser: runs what the boot runs, without `ast`.

The original parses Python to find the value of a last expression, which imports the compiler's
modules. The boot's own code is one line, or has no value.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


def eval_code(
    source: str,
    globals: dict[str, Any] | None = None,  # noqa: A002 (Pyodide passes it by this name)
    **_options: Any,
) -> Any:
    """Run the statements; return the value of one line's last part, nothing for several lines."""
    namespace = {} if globals is None else globals
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
