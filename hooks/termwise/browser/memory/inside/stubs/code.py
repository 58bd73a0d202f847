"""Stands in for pyodide.code in the browser: the boot asks for two of its names."""

from _pyodide._base import eval_code, find_imports  # type: ignore[import-not-found]  # noqa: F401
