"""The browser's Python: Pyodide with a standard library cut down to what the calculator uses.

`build_runtime` makes it from locked inputs alone (the npm package `pyodide`, the calculator's
wheel, `tzdata`), and the same inputs always give the same bytes.
"""

from hooks.runtime.build import Manifest, build_runtime
from hooks.runtime.snapshot import Sessions

__all__ = ["Manifest", "Sessions", "build_runtime"]
