"""The same visits on a slow device: a quarter of the processor, then a narrow link as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from tests.bench.figures import Figure, of_rounds
from tests.bench.peers import BARE_NAME, OURS, paths_of, peer_server, seconds_to_total
from tests.bench.setting import Setting
from tests.bench.slow_device import SlowLink, slowed
from tests.bench.visits import FIRST_PAINT
from tests.browser.site_server import SiteServer

TIMES = 4
BYTES_PER_SECOND = 1_600_000 // 8
DELAY = 0.15
PROCESSOR = "processor a quarter"
LINK = "processor a quarter, 1.6 Mbit/s"
CONDITIONS = (PROCESSOR, LINK)
# The others take minutes each here, and are told apart well enough by their visits at full speed.
VISITED = (OURS, BARE_NAME, "publicodes", "PyScript")


def measure_low_end(setting: Setting) -> list[Figure]:
    """Visit the quickest pages in turn, under each condition, with an empty profile."""
    figures = []
    with peer_server(setting) as (server, peers):
        paths = paths_of(peers)
        for condition in CONDITIONS:
            with _origin(server, condition) as origin:
                figures += _under(setting, condition, origin, paths)
    return figures


@contextmanager
def _origin(server: SiteServer, condition: str) -> Iterator[str]:
    """Where the pages are under a condition: at the server, or behind a link to it."""
    with ExitStack() as opened:
        if condition == LINK:
            link = SlowLink(server.server_port, BYTES_PER_SECOND, DELAY)
            yield opened.enter_context(link).origin
        else:
            yield server.origin


def _under(setting: Setting, condition: str, origin: str, paths: dict[str, str]) -> list[Figure]:
    computed: dict[str, list[float]] = {name: [] for name in VISITED}
    paints = []
    for _ in range(setting.rounds):
        for name in VISITED:
            with closing(setting.launch()) as browser, slowed(browser, TIMES):
                page = browser.new_page()
                computed[name].append(seconds_to_total(page, origin + paths[name]))
                if name == OURS:
                    paints.append(page.evaluate(FIRST_PAINT) / 1000)
    return [
        of_rounds(f"{condition}, first answer: {OURS}", "s", paints),
        *(
            of_rounds(f"{condition}, first computed answer: {name}", "s", seconds)
            for name, seconds in computed.items()
        ),
        *(
            of_rounds(f"{condition}, ratio", f"of {name}", _ratios(computed, name))
            for name in VISITED[1:]
        ),
    ]


def _ratios(computed: dict[str, list[float]], name: str) -> list[float]:
    pairs = zip(computed[OURS], computed[name], strict=True)
    return [ours / theirs for ours, theirs in pairs]
