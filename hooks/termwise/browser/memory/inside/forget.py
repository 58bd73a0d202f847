"""Runs inside Pyodide, before its memory is kept: forgets what only the way there needed.

A visitor downloads every byte that stays. What made the classes and compiled the patterns has done
its work, and nobody reads docstrings, annotations or line numbers in a browser.
"""

import gc
import io
import sys
import zipimport
from collections.abc import Iterable, Sequence
from types import CodeType, FunctionType, ModuleType

MAKES_CLASSES = ("typing", "_typing", "annotationlib", "inspect", "keyword")
READS_CODE = (
    *("ast", "dis", "opcode", "_opcode", "_opcode_metadata"),
    *("token", "tokenize", "_tokenize", "linecache"),
)
COMPILES_PATTERNS = ("re._parser", "re._compiler", "re._casefix")
FINDS_MODULES = ("site", "importlib.abc", "importlib._abc", "importlib.util")
DESCRIBES = (
    *("reprlib", "_pyodide._core_docs", "_pyodide.docstring", "_pyodide.docs_argspec"),
    *("_pyodide.jsbind", "_pyodide._future_helper"),
)
FORGOTTEN = MAKES_CLASSES + READS_CODE + COMPILES_PATTERNS + FINDS_MODULES + DESCRIBES

# CPython's flags of code objects and of types. A docstring is the first constant of its code.
HAS_DOCSTRING = 0x4000000
GENERATOR_OR_COROUTINE = 0x20 | 0x80 | 0x200
HEAP_TYPE, IMMUTABLE_TYPE = 1 << 9, 1 << 8
NOTHING = (lambda: None).__code__

OF_ANNOTATIONS = {"__annotate_func__", "__orig_bases__"}
"""Where classes keep what their annotations say, and generic ones what they were made of."""


def forget_modules(names: Iterable[str]) -> None:
    """Empty modules: whoever still holds one of their functions holds no more than that."""
    for name in names:
        if module := sys.modules.pop(name, None):
            module.__dict__.clear()


def stripped(code: CodeType) -> CodeType:
    """Code without docstrings, file names and line numbers, in the code that it holds too."""
    constants = [stripped(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    if code.co_flags & HAS_DOCSTRING:
        constants[0] = None
    return code.replace(co_consts=tuple(constants), co_linetable=b"", co_filename="")


def strip(functions: Sequence[FunctionType]) -> None:
    """Leave functions that share their code, as those of named tuples do, what a call needs."""
    code = stripped(functions[0].__code__)
    for function in functions:
        function.__code__ = NOTHING if _documents_only(function) else code
        function.__doc__ = None
        del function.__annotations__  # an empty dict would be kept for each


def _documents_only(function: FunctionType) -> bool:
    """Tell whether it is a Python shape of what Pyodide has in C, for its documentation."""
    code = function.__code__
    plain = not function.__closure__ and not code.co_flags & GENERATOR_OR_COROUTINE
    special = code.co_name.startswith("__")
    return plain and not special and function.__module__ in ("pyodide.ffi", "_pyodide._core_docs")


def strip_everything() -> None:
    """Strip all functions, and the docstrings and annotations of classes and modules."""
    objects = gc.get_objects()
    sharing: dict[CodeType, list[FunctionType]] = {}
    for function in objects:
        if isinstance(function, FunctionType):
            sharing.setdefault(function.__code__, []).append(function)
    while sharing:
        strip(sharing.popitem()[1])  # what it had is free before the next needs a place
    for documented in objects:
        if isinstance(documented, ModuleType):
            documented.__doc__ = None
            documented.__dict__.pop("__annotate__", None)
        elif _made_in_python(documented):
            documented.__doc__ = None
            for name in OF_ANNOTATIONS & vars(documented).keys():
                delattr(documented, name)


def _made_in_python(thing: object) -> bool:
    return isinstance(thing, type) and thing.__flags__ & (HEAP_TYPE | IMMUTABLE_TYPE) == HEAP_TYPE


def docstrings_of_built_in_types() -> list[int]:
    """Addresses and lengths, in turn, of texts that Python itself does not let anyone remove."""
    types, places = [object], []
    for each in types:
        types += type.__subclasses__(each)
        text = each.__dict__.get("__doc__")
        if isinstance(text, str) and text.isascii():
            places += [id(text) + text.__sizeof__() - len(text) - 1, len(text)]
    return places


def stream(descriptor: int, mode: str) -> io.TextIOWrapper:
    """Open a standard stream with a small buffer: the usual one holds 128 KiB of old bytes."""
    raw = io.FileIO(descriptor, mode, closefd=False)
    buffer = io.BufferedReader(raw, 512) if mode == "r" else io.BufferedWriter(raw, 512)
    return io.TextIOWrapper(buffer, "utf-8", "backslashreplace", line_buffering=True)


sys.stdin = sys.__stdin__ = stream(0, "r")  # type: ignore[misc]
sys.stdout = sys.__stdout__ = stream(1, "w")  # type: ignore[misc]
sys.stderr = sys.__stderr__ = stream(2, "w")  # type: ignore[misc]
forget_modules(FORGOTTEN)
strip_everything()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
sys.path_importer_cache.clear()
