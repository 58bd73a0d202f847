"""The repository's policies, one of them with terms that have changed once and will change again.

All five are there, so that a site of them needs no other time zones, and no other Python for the
browser, than the site of the repository itself.
"""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from termwise.reading.policies import read_policies
from termwise.reading.providers import Provider, load_providers
from tests.places import POLICIES

TODAY = date(2026, 11, 28)
"""The day of the build: after the first change, before the second."""

CHANGING = "mastiff"
PRICES = {"first": "91.00", "2026-07-01": "103.00", "2027-07-01": "127.00"}
"""The hourly price of each edition by its place; no figure that comes of one comes of another."""

NIGHTS = {"2026-01-01": "Mo-Su 22:00-06:00", "2027-07-01": "Mo-Su 22:00-05:00"}


def write_dated_policies(folder: Path) -> Path:
    """Write them into a new folder."""
    shutil.copytree(POLICIES, folder)
    file = folder / CHANGING / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    for written, rows in _dated().items():
        assert text.count(written) == 1
        text = text.replace(written, rows)
    file.write_text(text, encoding="utf-8")
    return folder


def changing_provider(folder: Path, day: date = TODAY) -> Provider:
    """The provider whose terms change, from such a folder, as of a day."""
    read = read_policies(folder)
    assert not read.problems, read.problems
    providers = load_providers(read, day)
    return next(one for one in providers if one.policy.provider == CHANGING)


def _dated() -> Mapping[str, str]:
    """What is written in the policy, and the dated rows that take its place."""
    prices = PRICES | {"2026-01-01": PRICES["first"]}
    del prices["first"]
    return {
        "    price: 100.00\n": f"    price:\n{_rows(prices)}",
        "  night: Mo-Su 22:00-06:00\n": f"  night:\n{_rows(NIGHTS)}",
    }


def _rows(values: Mapping[str, str]) -> str:
    rows = (
        f"      - {{from: {day}, value: {value}, source: letter}}\n"
        for day, value in sorted(values.items())
    )
    return "".join(rows)
