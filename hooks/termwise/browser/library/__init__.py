"""First stage: Python boots from one archive of byte-code, with only what the calculator imports.

Rests on Pyodide's public interface alone: `loadPyodide` with `indexURL`, `stdLibURL`,
`lockFileContents` and `env`; `runPython`, `pyimport`, `FS`, `mountNodeFS`; and on the files of its
npm package. Nothing here may know a module of Pyodide's by name: the later stages do.
"""
