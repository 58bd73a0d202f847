"""The time zones that a policy may name: regions whose clocks change as people's do.

The package `tzdata` decides which there are (`termwise` reads no other), so a quote is the same on
every machine. Abbreviations and fixed offsets are no regions: “EST” is not what New York keeps in
summer, and “Etc/GMT+5” lies west of Greenwich.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from termwise.problems import did_you_mean, quoted

NO_REGION = re.compile(
    r"[CEMW]ET|[CEHM]ST|[CEMP]ST\d[CEMP]DT|(?:Etc/)?GMT(?:[+-]?\d+)?|(?:Etc/)?Greenwich"
)
EXAMPLE = "Europe/Warsaw"
MOST_SUGGESTED = 3
JANUARY_AND_JULY = (1, 7)
YEAR = 2026
"""Whose clocks are compared to find a region: any year since the zones that are suggested agree."""


@cache
def regions() -> frozenset[str]:
    """The names that a policy may give."""
    named = available_timezones() - {"Factory"}
    return frozenset(name for name in named if not NO_REGION.fullmatch(name))


def zone_file(name: str) -> bytes:
    """The compiled time zone; raises FileNotFoundError for a zone that does not exist."""
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def region_to_write(written: str) -> str:
    """How to mend a name that is no region's."""
    abbreviated = NO_REGION.fullmatch(written) and written in available_timezones()
    if abbreviated and (near := list(_regions_like(written))):
        return f"write the region whose clocks are meant, such as {' or '.join(near)}"
    if written.isascii() and (guess := did_you_mean(written, regions())).startswith("did"):
        return guess
    return f"write the region that the provider is in, such as {quoted(EXAMPLE)}"


def _regions_like(zone: str) -> Iterator[str]:
    """Regions whose clocks are called so today, or else show the same time in both seasons."""
    rows = [
        line.split("\t")[2:4]
        for line in (files("tzdata") / "zoneinfo" / "zonenow.tab").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    called = [name for name, about in rows if re.search(rf"\b{re.escape(zone)}\b", about)]
    found = called or [name for name, _ in rows if _offsets(name) == _offsets(zone)]
    yield from sorted(found, key=lambda name: _offsets(name) != _offsets(zone))[:MOST_SUGGESTED]


def _offsets(zone: str) -> list[object]:
    return [
        datetime(YEAR, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in JANUARY_AND_JULY
    ]
