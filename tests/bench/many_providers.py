"""As many providers as wanted: the real ones over and over, under other names, at other prices.

Where it is asked for, the prices of some change on a day to come: these have an edition more.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "policies"
PRICE = re.compile(r"(?<=price: )\d+(?=\.\d\d\b)")
WHOLE_LINE = re.compile(r"^( +)price: (\d+\.\d\d)$", re.MULTILINE)
CHANGE = "2099-01-01"
CHANGING = 4
"""One in so many; since there are five real ones, each of them has its turn."""


def write_providers(folder: Path, count: int, *, changing: bool = False) -> Path:
    """Write policies and translations of so many providers into a new folder.

    No two have the same prices, so that nothing can be worked out once for several of them. If
    `changing`, one in `CHANGING` has a coming edition.
    """
    sources = sorted(file.parent for file in REAL.glob("*/policy.yaml"))
    for number, source in enumerate(islice(cycle(sources), count)):
        target = _write_copy(source, folder, number // len(sources))
        if changing and number % CHANGING == 0:
            _let_prices_change(target / "policy.yaml")
    return folder


def _write_copy(source: Path, folder: Path, number: int) -> Path:
    target = folder / (f"{source.name}-{number}" if number else source.name)
    target.mkdir(parents=True)
    written = (source / "policy.yaml").read_text(encoding="utf-8")
    copy = renamed(written, source.name, target.name, number)
    (target / "policy.yaml").write_text(copy, encoding="utf-8")
    for translation in _translations(source):
        shutil.copyfile(translation, target / translation.name)
    return target


def _let_prices_change(policy: Path) -> None:
    """Give each price that has a line of its own a row for a day to come."""
    written = policy.read_text(encoding="utf-8")
    policy.write_text(WHOLE_LINE.sub(_dated, written), encoding="utf-8")


def _dated(price: re.Match[str]) -> str:
    indent, now = price[1], price[2]
    rows = (("2026-01-01", now), (CHANGE, f"1{now}"))
    written = (f"{indent}  - {{from: {day}, value: {value}, source: list}}" for day, value in rows)
    return "\n".join((f"{indent}price:", *written))


def renamed(written: str, old: str, new: str, number: int) -> str:
    """A policy file under another name, with every price so much higher."""
    text = written.replace(f"\nprovider: {old}\n", f"\nprovider: {new}\n", 1)
    text = re.sub(r"^(name: .*)$", rf"\1 {number}", text, count=1, flags=re.MULTILINE)
    return PRICE.sub(lambda price: str(int(price[0]) + number), text)


def _translations(source: Path) -> Iterable[Path]:
    return sorted(source.glob("*.po"))
