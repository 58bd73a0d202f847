"""How soon other tools have computed the same tariff in a browser, in the same run.

Their tariff is a function of twenty lines; ours brings all that a policy can say, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from termwise.reading.policies import read_policies
from termwise.reading.providers import load_providers
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.scenario import read_scenario
from tests.bench.figures import Figure, of_rounds
from tests.bench.peer_pages.tariff import gross
from tests.bench.peer_site import TOTAL, Peer, make_peer_site
from tests.bench.setting import Setting, compress_beforehand
from tests.bench.visits import (
    BARE,
    FIRST_PAINT,
    PAGE,
    seconds_to_ready,
    stock_pyodide,
    write_bare_page,
)
from tests.browser.site_server import PEERS, STOCK_PYODIDE, SiteServer

ROOT = Path(__file__).resolve().parents[2]
OURS = "Termwise"
BARE_NAME = "bare Pyodide"
AHEAD = 0.5
"""The most of a Python peer's time that we may take: to be ahead by a factor, two at least."""

# The pages of others say nothing when they have computed: they are looked at in every frame.
NOTE_TOTAL = f"""
const noteTotal = () => {{
  if (!document.body?.textContent.includes("{TOTAL}")) requestAnimationFrame(noteTotal);
  else dispatchEvent(new Event("termwise:ready"));
}};
if (location.pathname.startsWith("{PEERS}")) requestAnimationFrame(noteTotal);
"""


@dataclass(frozen=True)
class Visit:
    """What one first visit took, in seconds and bytes, and the next with the browser restarted."""

    paint: float
    computed: float
    transferred: int
    repeated: float


def measure_peers(setting: Setting) -> list[Figure]:
    """Visit every page in turn with an empty profile, and once more with what it has kept."""
    _same_prices()
    with peer_server(setting) as (server, peers):
        paths = paths_of(peers)
        visits: dict[str, list[Visit]] = {name: [] for name in paths}
        for _ in range(setting.rounds):
            for name, path in paths.items():
                visits[name].append(_visit(setting, server, path))
    return [*_ours(visits[OURS]), *_theirs(visits, peers)]


@contextmanager
def peer_server(setting: Setting) -> Iterator[tuple[SiteServer, list[Peer]]]:
    """The built site, the bare page and the pages of the peers, as long as it is open."""
    bare, others = setting.work / "bare", setting.work / "peers"
    bare.mkdir()
    others.mkdir()
    write_bare_page(bare)
    peers = make_peer_site(others)
    compress_beforehand(others)
    folders = {
        "/site/": setting.site,
        BARE: bare,
        PEERS: others,
        STOCK_PYODIDE: stock_pyodide(),
    }
    with SiteServer(folders, quality=11) as server:
        yield server, peers


def paths_of(peers: Iterable[Peer]) -> dict[str, str]:
    """Each page that is visited, by the name of its tool."""
    return {OURS: PAGE, BARE_NAME: BARE} | {peer.name: peer.path for peer in peers}


def seconds_to_total(page: Page, address: str) -> float:
    """From the start of the navigation to the moment when the page has computed."""
    page.add_init_script(NOTE_TOTAL)
    return seconds_to_ready(page, address)


def _visit(setting: Setting, server: SiteServer, path: str) -> Visit:
    """A first visit, and the next with the browser started anew."""
    server.served.clear()
    with TemporaryDirectory() as profile:
        with closing(setting.launch_with(Path(profile))) as context:
            page = context.new_page()
            computed = seconds_to_total(page, server.origin + path)
            paint = page.evaluate(FIRST_PAINT) / 1000
        transferred = sum(request.transferred for request in server.served)
        with closing(setting.launch_with(Path(profile))) as context:
            again = seconds_to_total(context.new_page(), server.origin + path)
    return Visit(paint, computed, transferred, again)


def _ours(visits: list[Visit]) -> list[Figure]:
    """Our first answer stands in the page before anything is computed."""
    return [
        of_rounds(f"first answer: {OURS}", "s", [visit.paint for visit in visits]),
        *_times(OURS, visits),
    ]


def _times(name: str, visits: list[Visit]) -> list[Figure]:
    megabytes = [visit.transferred / 1e6 for visit in visits]
    return [
        of_rounds(f"first computed answer: {name}", "s", [visit.computed for visit in visits]),
        of_rounds(f"computed on a repeat visit: {name}", "s", [one.repeated for one in visits]),
        of_rounds(f"transferred: {name}", "MB", megabytes),
    ]


def _theirs(visits: Mapping[str, list[Visit]], peers: Iterable[Peer]) -> list[Figure]:
    figures = _times(BARE_NAME, visits[BARE_NAME])
    for peer in peers:
        pairs = list(zip(visits[OURS], visits[peer.name], strict=True))
        computed = [our.computed / their.computed for our, their in pairs]
        limit = AHEAD if peer.in_python else None
        figures += _times(peer.name, visits[peer.name])
        figures.append(of_rounds("computed, ratio", f"of {peer.name}", computed, limit))
        if not peer.in_python:
            answered = [our.paint / their.computed for our, their in pairs]
            figures.append(of_rounds("first answer, ratio", f"of {peer.name}", answered))
    return figures


def _same_prices() -> None:
    """The function by hand comes to our sums: a comparison of different tariffs says nothing."""
    reference = date(2026, 3, 2)
    providers = load_providers(read_policies(ROOT / "policies"), reference)
    policy = next(one.policy for one in providers if one.policy.provider == "mastiff")
    for day, hour, minutes, client in product((2, 5), (10, 17, 21), (30, 90, 240), (True, False)):
        start = f"2026-03-{day:02}T{hour}:30"
        given = {"start": start, "minutes": str(minutes), "client": "yes" if client else "no"}
        given["purchased_equipment"] = "no"
        quote = price(policy, read_scenario(policy, "remote-help", given, reference))
        assert quote.total is not None
        assert quote.total.gross == Decimal(gross(datetime.fromisoformat(start), minutes, client))
