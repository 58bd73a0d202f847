"""The browser's Python: Pyodide with a standard library cut down to what the calculator uses.

`build_runtime` makes it from locked inputs alone (the npm package `pyodide`, the calculator's
wheel, `tzdata`), and the same inputs always give the same bytes.
"""

from termwise.browser.build import Manifest, build_runtime
from termwise.browser.snapshot import Sessions

__all__ = ["Manifest", "Sessions", "build_runtime"]
