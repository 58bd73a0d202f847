"""Second stage: Python's memory, with the calculator imported, is kept at the build.

Rests on what is private to Pyodide: the options `_makeSnapshot` and `_loadSnapshot`,
`makeMemorySnapshot` and its format, `API.restoreSnapshot`, `API.rawRun`, the modules of Python that
its boot imports (`inside/stubs` stand in for some), and the numbers of WebAssembly's table. In the
browser the worker's `memory.js` knows the same. A browser where it does not fit boots from the
library that the memory was made from.
"""
