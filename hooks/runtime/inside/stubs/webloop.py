"""Stands in for pyodide.webloop in the browser: the calculator never awaits anything.

The original imports asyncio, which would be a fifth of the Python code to load.
"""


def _initialize_event_loop() -> None:
    """Leave the interpreter without an event loop."""
