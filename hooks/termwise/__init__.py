"""Termwise: reads, checks and compiles policies, and makes pages, reports and the browser's Python.

Here the outside world hooks into the pure core (`termwise_calculator`), which knows nothing of it.
The rooms stand on one another one way; `pyproject.toml` lists them in order, `make lint` holds it.
"""

import zoneinfo

import tzdata

# The machine may have other zones, or those of another year: a quote must not depend on it. By
# their folder, since to look for them in a package takes longer than to price a quote.
zoneinfo.reset_tzpath([f"{tzdata.__path__[0]}/zoneinfo"])
