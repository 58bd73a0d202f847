"""Stands in for _pyodide.docstring in the browser: nobody asks for help there."""


def get_cmeth_docstring(_function: object) -> str:
    """Document a function of Pyodide's in C with nothing."""
    return ""
