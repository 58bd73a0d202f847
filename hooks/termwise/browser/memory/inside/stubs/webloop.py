"""Stands in for pyodide.webloop in the browser: the calculator never awaits anything.

The original imports asyncio, which would be a fifth of the Python code to load. What it takes from
JavaScript is taken here too, since a memory image must hold the very objects that Pyodide expects.
"""

from pyodide_js._api import scheduleCallback  # type: ignore[import-not-found]  # noqa: F401


def _initialize_event_loop() -> None:
    """Leave the interpreter without an event loop."""
    from pyodide_js._api import config  # noqa: F401, PLC0415 (the original imports it here)
