"""A first visit to a host that compresses nothing, against one that compresses well.

Both are behind one line that lets through what an ordinary one does: there a byte costs time.
"""

from __future__ import annotations

from contextlib import closing
from typing import NamedTuple

from tests.bench.figures import Figure, of_rounds
from tests.bench.setting import Setting
from tests.bench.slow_device import SlowLink
from tests.bench.visits import PAGE, seconds_to_ready, settled
from tests.browser.site_server import SiteServer

BYTES_PER_SECOND = 20_000_000 // 8
DELAY = 0.02
COMPRESSING, PLAIN = 11, None
REFERENCE = "of one that compresses"


class Visit(NamedTuple):
    """Seconds until Python answers, and all bytes that came through the line."""

    seconds: float
    passed: int


def measure_hosts(setting: Setting) -> list[Figure]:
    """Visit both in turn, with an empty profile; the first round only warms the machine."""
    rounds = [
        (_visit(setting, PLAIN), _visit(setting, COMPRESSING)) for _ in range(setting.rounds + 1)
    ][1:]
    seconds = [plain.seconds / other.seconds for plain, other in rounds]
    passed = [plain.passed / other.passed for plain, other in rounds]
    return [
        of_rounds("plain host, cold visit", "s", [plain.seconds for plain, _ in rounds]),
        of_rounds("plain host, bytes", "MB", [plain.passed / 1e6 for plain, _ in rounds]),
        of_rounds("plain host, cold visit, ratio", REFERENCE, seconds, limit=1.6),
        of_rounds("plain host, bytes, ratio", REFERENCE, passed, limit=1.6),
    ]


def _visit(setting: Setting, quality: int | None) -> Visit:
    with (
        SiteServer({"/site/": setting.site}, quality) as server,
        SlowLink(server.server_port, BYTES_PER_SECOND, DELAY) as link,
        closing(setting.launch()) as browser,
    ):
        page = settled(browser.new_page())
        return Visit(seconds_to_ready(page, link.origin + PAGE), link.passed)
