"""Stands in for asyncio in the browser: Pyodide asks for one name, the calculator for none."""


def get_event_loop() -> None:
    """Refuse, as asyncio does where no event loop runs."""
    raise RuntimeError("The calculator's Python has no event loop")
