"""The browser's Python, made from Pyodide in one of three stages, each on top of the one before.

`library` rests on Pyodide's public interface alone, `memory` and `trimming` on its insides: all
that is known of these stands in this package, and in the worker's `memory.js`. A release of Pyodide
that does not fit a stage is met by a simpler one (`choice`). `build_runtime` makes it from locked
inputs (the npm package `pyodide`, the calculator's wheel, `tzdata`); the same inputs always give
the same bytes. It knows no policy and no page: what must work in it is told as sessions.
"""

from termwise.browser.build import Manifest, build_runtime, site_name
from termwise.browser.choice import wanted_runtime
from termwise.browser.tools import RuntimeBuildError, Sessions

__all__ = [
    "Manifest",
    "RuntimeBuildError",
    "Sessions",
    "build_runtime",
    "site_name",
    "wanted_runtime",
]
