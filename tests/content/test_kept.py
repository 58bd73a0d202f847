"""What is kept for a site: another build may be reading it, until nobody can be any more."""

import os
import time
from pathlib import Path

import pytest

from termwise.content import kept
from termwise.content.kept import IN_USE, KeptContent
from termwise.pages.parts import SharedContent


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptContent:
    """An empty store of its own."""
    monkeypatch.setattr(kept, "CACHE", tmp_path)
    return KeptContent(tmp_path / "policies")


def keep(content: KeptContent, day: str) -> kept.KeptPart:
    """What stands once in a site, as a build of that day makes it."""
    part = content.shared(day)
    content.keep(part, SharedContent(rows={day: {}}, quote_schemas={}, assets={}))
    return part


def test_what_another_day_needs_stays_while_a_build_may_read_it(content: KeptContent) -> None:
    """Two builds at once, of two days: neither takes the other's part away."""
    one, other = keep(content, "2026-03-01"), keep(content, "2026-09-01")
    assert [list(part.told["rows"]) for part in (one, other)] == [["2026-03-01"], ["2026-09-01"]]


def test_what_nobody_uses_is_removed(content: KeptContent) -> None:
    """An hour after its last use; what was taken since stays."""
    parts = [keep(content, day) for day in ("2026-03-01", "2026-03-02")]
    long_ago = time.time() - IN_USE - 1
    for part in parts:
        os.utime(part.folder, (long_ago, long_ago))
    assert parts[1].taken()
    keep(content, "2026-03-03")
    assert [part.taken() for part in parts] == [False, True]
