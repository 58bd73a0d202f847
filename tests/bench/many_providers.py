"""As many providers as wanted: the real ones over and over, under other names, at other prices."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "policies"
PRICE = re.compile(r"(?<=price: )\d+(?=\.\d\d\b)")


def write_providers(folder: Path, count: int) -> Path:
    """Write policies and translations of so many providers into a new folder.

    No two have the same prices, so that nothing can be worked out once for several of them.
    """
    sources = sorted(file.parent for file in REAL.glob("*/policy.yaml"))
    for number, source in enumerate(islice(cycle(sources), count)):
        _write_copy(source, folder, number // len(sources))
    return folder


def _write_copy(source: Path, folder: Path, number: int) -> None:
    target = folder / (f"{source.name}-{number}" if number else source.name)
    target.mkdir(parents=True)
    written = (source / "policy.yaml").read_text(encoding="utf-8")
    copy = renamed(written, source.name, target.name, number)
    (target / "policy.yaml").write_text(copy, encoding="utf-8")
    for translation in _translations(source):
        shutil.copyfile(translation, target / translation.name)


def renamed(written: str, old: str, new: str, number: int) -> str:
    """A policy file under another name, with every price so much higher."""
    text = written.replace(f"\nprovider: {old}\n", f"\nprovider: {new}\n", 1)
    text = re.sub(r"^(name: .*)$", rf"\1 {number}", text, count=1, flags=re.MULTILINE)
    return PRICE.sub(lambda price: str(int(price[0]) + number), text)


def _translations(source: Path) -> Iterable[Path]:
    return sorted(source.glob("*.po"))
