"""Third stage: the interpreter and its script are cut to what a calculator calls.

Rests on the second stage, on the encoding of WebAssembly (`inside/wasm.mjs`), and on words of
Pyodide's script (`inside/script.mjs`). Each of them is looked for: what is missing stops the build.
A browser that meets a cut after all boots the whole Pyodide from the library.
"""
