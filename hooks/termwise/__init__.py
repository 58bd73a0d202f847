"""Termwise: reads, checks and compiles policies, and makes pages, reports and the browser's Python.

Here the outside world hooks into the pure core (`termwise_calculator`), which knows nothing of it.
The rooms stand on one another one way; `pyproject.toml` lists them in order, `make lint` holds it.
"""
